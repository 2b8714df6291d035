"""Real dossier files for the tests of services: the example, built once and copied, and an empty one."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from vto_desktop.services import association, example
from vto_desktop.store import Dossier, create_dossier, open_dossier

YEAR_END = date(2021, 12, 31)


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example once."""
    path = tmp_path_factory.mktemp("exemple") / "exemple.vto"
    with create_dossier(path) as made, made.write("Créer l’exemple 2021") as session:
        example.build_example(session)
    return path


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a new dossier of 2021 once."""
    path = tmp_path_factory.mktemp("vide") / "vide.vto"
    with create_dossier(path) as made, made.write("Créer le dossier") as session:
        association.initialise(session, "Association d’essai", year=2021)
    return path


@pytest.fixture(scope="session")
def shared(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    """Open a copy of the example once, for the tests that only read."""
    with open_dossier(
        Path(shutil.copy(example_file, tmp_path_factory.mktemp("lu") / "exemple.vto"))
    ) as opened:
        yield opened


@pytest.fixture
def session(shared: Dossier) -> Iterator[Session]:
    """Return a session that reads the example and can write nothing."""
    with shared.read() as opened:
        yield opened


@pytest.fixture
def writing(example_file: Path, tmp_path: Path) -> Iterator[Session]:
    """Return a session in one write on a copy of the example, thrown away with the test."""
    with (
        open_dossier(Path(shutil.copy(example_file, tmp_path / "exemple.vto"))) as opened,
        opened.write("Essai") as session,
    ):
        yield session


@pytest.fixture
def empty(empty_file: Path, tmp_path: Path) -> Iterator[Session]:
    """Return a session in one write on a new dossier."""
    with (
        open_dossier(Path(shutil.copy(empty_file, tmp_path / "vide.vto"))) as opened,
        opened.write("Essai") as session,
    ):
        yield session
