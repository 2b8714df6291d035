"""A dossier for each test of the store, copied from one made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store import samples
from vto_desktop.store import Dossier, open_dossier


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample dossier once."""
    path = tmp_path_factory.mktemp("modele") / "modele.vto"
    samples.make(path)
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """Return a closed dossier of the test's own."""
    return Path(shutil.copy(template, tmp_path / "dossier.vto"))


@pytest.fixture
def dossier(path: Path) -> Iterator[Dossier]:
    """Return that dossier, open."""
    with open_dossier(path, author="Anne") as opened:
        yield opened
