"""What every test shares: no screen, and user folders of its own."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from vto_desktop import paths

KINDS = ("config", "data", "state", "cache", "log")


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later collection of garbage: an eighth of the suite went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test its own preferences, drafts and log, and the processes it starts too."""
    root = tmp_path_factory.mktemp("utilisateur")
    for kind in KINDS:
        monkeypatch.setattr(platformdirs, f"user_{kind}_dir", lambda *_, kind=kind, **__: str(root / kind))
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(root / kind))
    paths.user_folder.cache_clear()
    yield root
    paths.user_folder.cache_clear()
