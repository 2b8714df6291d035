"""This user's preferences: one small JSON file, every reading of it tolerant of damage."""

import json
from pathlib import Path
from typing import Any

from vto_desktop import paths


class Settings:
    """Preferences by name; a missing, damaged or read-only file never stops the program."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.user_folder("config") / "preferences.json"
        self._values = self._load()

    def _load(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def get(self, name: str, default: Any = None) -> Any:
        """Return a preference, or ``default`` when it was never set."""
        return self._values.get(name, default)

    def set(self, name: str, value: Any) -> None:
        """Keep a preference (JSON values only); a disk that refuses it costs only the memory of it."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        text = json.dumps(self._values, ensure_ascii=False, indent=1)
        partial = self.path.with_suffix(".partiel")
        try:
            partial.write_text(text, encoding="utf-8")
            partial.replace(self.path)
        except OSError:
            partial.unlink(missing_ok=True)
