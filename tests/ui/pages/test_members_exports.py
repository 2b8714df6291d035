"""What leaves « Adhérents »: the list as it is shown, and the complete directory."""

import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import select

from tests.ui.driving import choose_in, opened, page_of, refusal, settle
from tests.ui.pages.members_rows import names
from vto_desktop.model import Kind, Member, Organisation, Person
from vto_desktop.services import members
from vto_desktop.ui.kit.rows_model import FIRST
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.members import MembersPage, menu

FIRST_PAGE = "members"


@pytest.fixture
def page(window: MainWindow) -> MembersPage:
    """Return the page of members, shown in the window."""
    window.workspace.year = 2021
    return page_of(window, "members", MembersPage)


def export(page: MembersPage, line: str, path: Path) -> None:
    """Choose a line of « Plus » and where the file goes."""
    choose_in(menu.of(page), line)
    opened(QFileDialog).fileSelected.emit(str(path))
    settle()


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_a_small_window_shows_name_and_dues_and_exports_all_columns(
    page: MembersPage, window: MainWindow, tmp_path: Path
) -> None:
    window.resize(1024, 700)
    settle()
    table = page.table
    assert [table.rows.columns[place].key for place in table.shown_columns()] == ["name", "state"]
    assert not table.horizontalScrollBar().isVisible()
    export(page, "Exporter la liste…", tmp_path / "liste.xlsx")
    head = ("Adhérent", "Type", "Dép.", "Population", "Représentant", "Cotisation")
    assert rows(tmp_path / "liste.xlsx")[0] == head


def test_the_list_is_exported_with_its_columns_its_filters_and_its_order(
    page: MembersPage, tmp_path: Path
) -> None:
    page.chips["kind"].choose(Kind.COMMUNE.value, Kind.COMMUNE.value)
    page.table.header.show_column("kind", False)
    page.table.header.show_column("joined_on", True)
    columns = page.table.horizontalHeader()
    columns.moveSection(columns.visualIndex(3), 1)  # « Population » beside the name
    page.table.header.sort_by("population", descending=True)
    export(page, "Exporter la liste…", tmp_path / "communes.xlsx")
    assert rows(tmp_path / "communes.xlsx") == [
        ("Adhérent", "Population", "Dép.", "Représentant", "Cotisation", "Adhésion"),
        ("Ville de Lunel", 26_623, "34", "Nourredine BENIATTOU", "Réglée", None),
        ("Vauvert", 11_671, "30", "Farouk MOUSSA", "Réglée", None),
        ("Ville de Limoux", 10_532, "11", "Pierre DURAND", "Réglée", None),
        ("Ville de Lézignan-Corbières", 10_343, "11", "Bérengère LECEA", "Réglée", None),
    ]


def test_a_long_list_is_exported_whole_even_at_once(
    page: MembersPage, window: MainWindow, tmp_path: Path
) -> None:
    with window.workspace.write("Inscrire") as session:
        for number in range(FIRST + 50):
            person = Person(first_name="Anne", last_name=f"NOM {number:03d}")
            session.add(person)
            session.flush()
            members.save_member(session, Member(person_id=person.id, college_id=3))
    page.table.rows.reload()
    assert not page.table.rows.is_whole
    export(page, "Exporter la liste…", tmp_path / "tous.csv")
    text = (tmp_path / "tous.csv").read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == FIRST + 50 + 16 + 1


def test_the_directory_is_written_from_the_window(
    page: MembersPage, window: MainWindow, tmp_path: Path
) -> None:
    said: list[str] = []
    window.workspace.status.connect(said.append)
    page.chips["kind"].choose(Kind.COMMUNE.value)  # the directory is that of everybody all the same
    export(page, "Annuaire complet…", tmp_path / "annuaire.xlsx")
    book = openpyxl.load_workbook(tmp_path / "annuaire.xlsx")
    assert book["Adhérents"].max_row == 17
    assert said[-1] == "Annuaire exporté\u00a0: annuaire.xlsx"


def test_a_directory_that_cannot_be_written_is_refused_and_the_old_one_kept(
    page: MembersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "annuaire.xlsx"
    target.write_bytes(b"ancien")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    export(page, "Annuaire complet…", target)
    assert "disque" in refusal().lower()
    assert target.read_bytes() == b"ancien"


def test_members_are_listed_for_any_date_and_kind_together(page: MembersPage, window: MainWindow) -> None:
    with window.workspace.write("Dater") as session:
        for row in session.scalars(
            select(Member).join(Organisation).where(Organisation.kind == Kind.COMMUNE)
        ):
            row.joined_on = date(2021, 6, 1)
    page.chips["kind"].choose(Kind.COMMUNE.value)
    QApplication.processEvents()
    assert len(names(page)) == 4
    page.day_chip.choose(date(2021, 5, 31))
    assert names(page) == []
