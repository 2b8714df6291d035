"""The documents: each is previewed as the very PDF that is saved; options, notices, refusals."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from sqlalchemy import select

from tests.ui.driving import click, refusal
from vto_desktop.model import Person
from vto_desktop.reports import REPORTS
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.editions import EditionsPage


@pytest.fixture
def page(workspace: Workspace, shown: Callable[[QWidget], None]) -> EditionsPage:
    """Return the page with its first document ready."""
    made = EditionsPage(workspace)
    made.resize(1232, 780)
    shown(made)
    made.refresh_now()
    ready(made)
    return made


def ready(page: EditionsPage) -> None:
    """Wait until the document asked for is shown."""
    for _round in range(1500):
        QApplication.processEvents()
        if not jobs.active() and not page._pause.isActive():
            break
        QTest.qWait(5)
    QTest.qWait(1)
    QApplication.processEvents()


def text(page: EditionsPage) -> str:
    """Return the text of the document shown, read by an independent reader."""
    reader = PdfReader(io.BytesIO(page.view.content()))
    return " ".join(" ".join(each.extract_text() for each in reader.pages).split())


@pytest.mark.parametrize("name", list(REPORTS))
def test_every_document_is_previewed(page: EditionsPage, name: str, workspace: Workspace) -> None:
    told: list[str] = []
    workspace.status.connect(told.append)
    page.choose(name)
    ready(page)
    assert (REPORTS[name].heading or REPORTS[name].title) in text(page)
    assert page.view.pages() == len(PdfReader(io.BytesIO(page.view.content())).pages) > 0
    assert page.year_field.isVisible() is bool({"year", "period"} & set(REPORTS[name].options))
    assert page.date_field.isVisible() is ("date" in REPORTS[name].options)
    assert page.banner.sentence() == ""
    assert page.print_button.isEnabled()


def test_the_year_is_that_of_the_window_until_another_is_chosen(
    page: EditionsPage, workspace: Workspace
) -> None:
    assert "Synthèse financière 2021" in text(page)
    page.year_field.input.set_value(2020)
    ready(page)
    assert "Synthèse financière 2020" in text(page)
    click(page.reset_button)
    ready(page)
    assert "Synthèse financière 2021" in text(page)


def test_a_wrong_date_is_told_under_its_field_and_nothing_is_printed(page: EditionsPage) -> None:
    page.choose("board")
    ready(page)
    assert page.date_field.input.value() == date(2021, 12, 31)
    page.date_field.input.set_typed("31/02/2021")
    ready(page)
    assert page.date_field.problem == "Février 2021 a 28 jours."
    assert not page.save_button.isEnabled()


def test_what_is_saved_is_what_is_shown(page: EditionsPage, tmp_path: Path, workspace: Workspace) -> None:
    click(page.save_button)
    dialog = page.findChildren(QFileDialog)[0]
    assert dialog.selectedFiles()[0].endswith("Synthèse financière 2021.pdf")
    dialog.hide()
    target = tmp_path / "été.pdf"
    dialog.fileSelected.emit(str(target))
    assert target.read_bytes() == page.view.content()
    assert workspace.settings.get("dossier_documents") == str(tmp_path)


def test_a_refused_place_leaves_the_previous_file(page: EditionsPage, tmp_path: Path) -> None:
    page.save(tmp_path / "absent" / "document.pdf")
    assert "[PDF_NON_ECRIT]" in refusal()


def test_the_reader_opens_a_copy_of_what_is_shown(
    page: EditionsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return len(opened) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    click(page.open_button)
    assert opened[0].read_bytes() == page.view.content()
    page.open_elsewhere()
    assert "[LECTEUR_ABSENT]" in refusal()


def test_characters_that_cannot_be_printed_are_told(page: EditionsPage, workspace: Workspace) -> None:
    with workspace.write("Renommer une personne") as session:
        session.scalars(select(Person).where(Person.last_name == "TOUET")).one().first_name = "Magalie 🎉"
    page.choose("board")
    ready(page)
    assert "[CARACTERES_NON_IMPRIMABLES]" in page.banner.sentence()
    assert page.print_button.isEnabled()


def test_a_change_elsewhere_is_printed_at_once(page: EditionsPage, workspace: Workspace) -> None:
    page.choose("board")
    ready(page)
    with workspace.write("Renommer une personne") as session:
        session.scalars(select(Person).where(Person.last_name == "TOUET")).one().last_name = "DURAND"
    ready(page)
    assert "DURAND" in text(page)
