"""Copies of a dossier: one to keep, one to read while another program holds the original."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from vto_desktop.errors import UserError
from vto_desktop.model import Association
from vto_desktop.services import association
from vto_desktop.store import Dossier, create_dossier, open_dossier
from vto_desktop.store.copies import copy_dossier, read_only_copy

HOLD = """
import sys
from pathlib import Path
from vto_desktop.store import open_dossier
with open_dossier(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a small closed dossier."""
    path = tmp_path / "amis.vto"
    with create_dossier(path) as dossier, dossier.write("Créer", is_start=True) as session:
        association.initialise(session, "Les Amis", year=2022)
    return path


def name_in(dossier: Dossier) -> str:
    """Return the association's name."""
    with dossier.read() as session:
        return session.scalars(select(Association.name)).one()


def test_a_copy_opens_and_the_original_stays_open(small: Path, tmp_path: Path) -> None:
    with open_dossier(small) as dossier:
        made = copy_dossier(dossier, tmp_path / "copie.vto")
        with dossier.write("Renommer") as session:
            session.scalars(select(Association)).one().name = "Après"
    with open_dossier(made) as copy:
        assert name_in(copy) == "Les Amis"
    assert [p.name for p in tmp_path.iterdir() if "partiel" in p.name] == []


def test_a_copy_never_replaces_the_open_dossier(small: Path) -> None:
    with open_dossier(small) as dossier:
        with pytest.raises(UserError, match="COPIE_IMPOSSIBLE"):
            copy_dossier(dossier, small)
        assert name_in(dossier) == "Les Amis"


def test_a_held_dossier_is_read_from_a_copy(small: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    command = [sys.executable, "-c", HOLD, str(small)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = small.read_bytes()
        for _time in range(2):  # the second time an older copy is in the way
            with read_only_copy(small, cache) as copy:
                assert copy.is_read_only
                assert name_in(copy) == "Les Amis"
                with pytest.raises(UserError, match="LECTURE_SEULE"), copy.write("Essayer"):
                    pass
        assert small.read_bytes() == before
        holder.communicate()


def test_one_program_does_not_read_its_own_dossier_twice(small: Path, tmp_path: Path) -> None:
    with open_dossier(small), pytest.raises(UserError, match="DEJA_OUVERT"):
        read_only_copy(small, tmp_path)
