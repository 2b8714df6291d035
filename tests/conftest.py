"""What every test shares: no screen, and user folders of its own."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

import pytest

from vto_desktop import paths


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own preferences, drafts, backups and log."""
    root = tmp_path_factory.mktemp("utilisateur")

    def folder(kind: str) -> Path:
        place = root / kind
        place.mkdir(parents=True, exist_ok=True)
        return place

    monkeypatch.setattr(paths, "user_folder", folder)
    for kind, variable in (("config", "CONFIG"), ("data", "DATA"), ("state", "STATE"), ("cache", "CACHE")):
        monkeypatch.setenv(f"XDG_{variable}_HOME", str(root / kind))
    return root
