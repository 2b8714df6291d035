"""The file behind the log: it turns over by itself, and a full or vanished disk never stops the program.

Apart, because ``logging.handlers`` brings sockets and pickles with it: nothing for the first paint.
"""

import logging
import os
from logging.handlers import RotatingFileHandler
from typing import IO


class QuietHandler(RotatingFileHandler):
    """A log that a full or vanished disk never stops the program with."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: there is nowhere left to say it."""

    def _open(self) -> IO[str]:  # type: ignore[override]
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")
