"""The log of the program's own errors: kinds and places only, never a value, a name or a user's path."""

import faulthandler
import logging
import os
import re
import time
import traceback
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from vto_desktop import paths
from vto_desktop.errors import UserError

SIZE: Final = 512 * 1024
KEPT: Final = 3
BURST: Final = 20
"""Entries of one place written a minute; the others are only counted."""

_ABNORMAL: Final = "arret-*.log"
_recent: dict[str, list[float]] = {}
_fault_file: IO[str] | None = None


def path() -> Path:
    """Return where the log lies."""
    return paths.user_folder("log") / "vto-desktop.log"


def note(text: str) -> None:
    """Write one line that holds no personal data (a fixed sentence, a code, a count)."""
    from vto_desktop.ui.kit.log_file import QuietHandler

    try:
        handler = QuietHandler(path(), maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return
    stamp = datetime.now().astimezone().isoformat(timespec="seconds")
    handler.emit(logging.makeLogRecord({"msg": f"{stamp} {text}"}))
    handler.close()


def write(error: BaseException) -> None:
    """Write the kind and the place of an error."""
    text = described(error)
    now = time.monotonic()
    times = [t for t in _recent.get(text, []) if now - t < 60]
    _recent[text] = [*times, now][-BURST - 1 :]
    if len(times) < BURST:
        note(text)


def described(error: BaseException) -> str:
    """Return the chain of kinds and places of an error, without any message: messages quote values."""
    kind = type(error).__qualname__
    code = f" [{error.code}]" if isinstance(error, UserError) else ""
    lines = [f"{kind}{code}", *frames(error)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines.append(f"after {described(cause)}")
    return "\n".join(lines)


def frames(error: BaseException) -> list[str]:
    """Return where an error happened: ``  ui/kit/form.py:120 submit``, innermost last."""
    found = traceback.extract_tb(error.__traceback__)[-30:]
    return [f"  {_short(f.filename)}:{f.lineno} {f.name}" for f in found]


def _short(filename: str) -> str:
    """Return a file's path from the package on; a user's folder may bear a name."""
    parts = Path(filename).parts
    for root in ("vto_desktop", "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return parts[-1] if parts else ""


def watch_faults() -> None:
    """Have a crash of the interpreter itself leave a trace that the next start finds."""
    global _fault_file  # noqa: PLW0603 - faulthandler writes to one open file
    try:
        place = paths.user_folder("log") / f"arret-{os.getpid()}.log"
        _fault_file = place.open("w", encoding="utf-8")
        faulthandler.enable(_fault_file)
    except (OSError, RuntimeError):
        _fault_file = None


def stop_watching_faults() -> None:
    """End normally: leave no trace."""
    global _fault_file  # noqa: PLW0603 - faulthandler writes to one open file
    if _fault_file is not None:
        faulthandler.disable()
        _fault_file.close()
        Path(_fault_file.name).unlink(missing_ok=True)
        _fault_file = None


def abnormal_end() -> bool:
    """Return whether an earlier run crashed [ARRET_ANORMAL]; its trace goes to the log, without paths."""
    found = False
    own = Path(_fault_file.name).name if _fault_file else ""
    for place in paths.user_folder("log").glob(_ABNORMAL):
        if place.name == own:
            continue
        try:
            text = place.read_text(encoding="utf-8", errors="replace")
            if text.strip():
                found = True
                note("[ARRET_ANORMAL]\n" + re.sub(r'File "([^"]*)"', lambda m: _short(m[1]), text)[:20_000])
                place.unlink()
            elif time.time() - place.stat().st_mtime > 2 * 86_400:
                place.unlink()
        except OSError:
            continue
    return found
