"""The complete directory: every record once, whatever it concerns, and never what is confidential."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop.exchange.tables import Sheet, write_book
from vto_desktop.model import CivilStatus, Organisation, Person
from vto_desktop.services import directory, list_query
from vto_desktop.services.list_query import every_row
from vto_desktop.store import Dossier

SECRETS = ("Villeneuve-secrète", "nationalité-secrète", "profession-secrète", "note-secrète")


def written(dossier: Dossier, path: Path) -> openpyxl.Workbook:
    write_book(path, (Sheet(q.title, q.columns, every_row(dossier.read, q)) for q in directory.SHEETS))
    return openpyxl.load_workbook(path)


def test_each_kind_of_record_has_its_sheet_with_all_its_rows(shared: Dossier, tmp_path: Path) -> None:
    book = written(shared, tmp_path / "annuaire.xlsx")
    assert book.sheetnames == [
        "Adhérents", "Représentants", "Organismes", "Personnes", "Mandats", "Réunions", "Cotisations",
    ]  # fmt: skip
    with shared.read() as session:
        persons = session.scalar(select(func.count()).select_from(Person))
        bodies = session.scalar(select(func.count()).select_from(Organisation))
    assert book["Adhérents"].max_row == 17
    assert book["Cotisations"].max_row == 17
    assert book["Personnes"].max_row == (persons or 0) + 1
    assert book["Organismes"].max_row == (bodies or 0) + 1
    rows = {row[0]: row for row in book["Adhérents"].iter_rows(min_row=2, values_only=True)}
    assert rows["Didier LAPORTE"][1] == "Personne physique"
    assert rows["Montpellier Méditerranée Métropole"][5] == "Clara GIMENEZ, Coralie MANTION"


def test_no_civil_status_and_no_notes_ever(writing: Session, tmp_path: Path) -> None:
    person = writing.scalars(select(Person).where(Person.last_name == "TOUET")).one()
    person.civil_status = CivilStatus(
        born_on=date(1961, 7, 9), birth_place=SECRETS[0], nationality=SECRETS[1], profession=SECRETS[2]
    )
    person.notes = SECRETS[3]
    person.address, person.postcode, person.city = "1 place de la Mairie", "34600", "Bédarieux"
    writing.flush()
    cells: list[str] = []
    for query in directory.SHEETS:
        cells += [str(cell) for row in query.rows(writing, query.ids(writing)) for cell in row]
        cells += [column.title for column in query.columns]
    assert not [cell for cell in cells if any(secret in cell for secret in SECRETS) or "1961" in cell]
    assert {"1 place de la Mairie", "34600", "Bédarieux"} <= set(cells)


def test_a_long_list_is_read_page_by_page(shared: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_query, "PAGE", 5)
    with shared.read() as session:
        members = directory.SHEETS[0]
        whole = members.rows(session, members.ids(session))
    assert list(every_row(shared.read, members)) == whole
