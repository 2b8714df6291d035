"""The documents: each is previewed as the very PDF that is saved; options, notices, refusals."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from sqlalchemy import select

from tests.ui.driving import click, opened, refusal, save, type_into
from vto_desktop.model import Person, Receipt
from vto_desktop.reports import REPORTS
from vto_desktop.ui.forms import paper_desk
from vto_desktop.ui.forms.association import AssociationForm
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.pick import PickInput
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.editions import EditionsPage


@pytest.fixture
def new_page(workspace: Workspace, shown: Callable[[QWidget], None]) -> EditionsPage:
    """Return the page, its first document just asked for."""
    made = EditionsPage(workspace)
    made.resize(1232, 780)
    shown(made)
    made.refresh_now()
    return made


@pytest.fixture
def page(new_page: EditionsPage) -> EditionsPage:
    """Return the page with its first document ready."""
    ready(new_page)
    return new_page


def ready(page: EditionsPage) -> None:
    """Wait until the document asked for is shown."""
    for _round in range(1500):
        QApplication.processEvents()
        if not jobs.active() and not page.desk.pause.isActive():
            break
        QTest.qWait(5)
    QTest.qWait(1)
    QApplication.processEvents()


def text(page: EditionsPage) -> str:
    """Return the text of the document shown, read by an independent reader."""
    reader = PdfReader(io.BytesIO(page.view.content()))
    return " ".join(" ".join(each.extract_text() for each in reader.pages).split())


@pytest.mark.parametrize("name", list(REPORTS))
def test_every_document_is_previewed(new_page: EditionsPage, name: str) -> None:
    page = new_page
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
    page.desk.save(tmp_path / "absent" / "document.pdf")
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
    page.desk.open_elsewhere()
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


# --- letters, periods and slips ------------------------------------------------------------------


def test_letters_may_be_made_for_one_addressee_alone(page: EditionsPage) -> None:
    page.choose("dues-calls")
    ready(page)
    assert page.view.pages() == 16
    field = page.options.person.input
    assert isinstance(field, PickInput)
    QTest.keyClicks(field.line, "ales agg")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    ready(page)
    assert page.view.pages() == 1
    assert "Alès Agglomération" in text(page)
    assert [row.whose for row in page.desk.missing.rows()][1] == "Alès Agglomération"
    page.choose("certificates")
    ready(page)
    assert page.view.pages() == 16, "another document is for everybody again"


def test_groups_are_those_of_a_day_and_the_day_is_asked_only_then(page: EditionsPage) -> None:
    page.choose("dues-calls")
    ready(page)
    assert not page.date_field.isVisible()
    page.options.which.input.set_value("unsettled")
    assert page.date_field.isVisible()
    page.date_field.input.set_value(date(2021, 3, 31))
    ready(page)
    assert 0 < page.view.pages() < 16


def test_a_period_must_end_after_it_begins_and_a_slip_brings_its_own(
    page: EditionsPage, workspace: Workspace
) -> None:
    page.choose("receipts-slip")
    ready(page)
    assert "28 encaissements du 01/01/2021 au 31/12/2021" in text(page)
    page.options.since.input.set_value(date(2021, 3, 8))
    page.options.until.input.set_value(date(2021, 3, 1))
    ready(page)
    assert page.options.until.problem == "La fin doit suivre le début."
    assert not page.print_button.isEnabled()
    page.options.until.input.set_value(date(2021, 3, 15))
    ready(page)
    assert "2 encaissements du 08/03/2021 au 15/03/2021" in text(page)
    with workspace.write("Remettre en banque") as session:
        for receipt in session.scalars(select(Receipt).order_by(Receipt.received_on).limit(3)):
            receipt.slip = "Remise 12"
    ready(page)
    assert "2 encaissements du 08/03/2021 au 15/03/2021" in text(page), "what was chosen stays"
    page.options.slip.input.set_value("Remise 12")
    ready(page)
    assert not page.options.since.isVisible()
    assert "Bordereau d’encaissements Remise 12" in text(page)
    assert "3 encaissements du 08/03/2021 au 17/03/2021" in text(page)


def test_too_many_letters_for_one_file_may_still_be_parted(
    page: EditionsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_desk, "MOST", 15)
    page.choose("certificates")
    ready(page)
    assert page.banner.sentence().startswith("16\u00a0lettres font un fichier trop gros")
    assert not page.print_button.isEnabled()
    assert not page.save_button.isEnabled()
    assert page.batch_button.isEnabled()
    page.desk.batch(tmp_path)
    ready(page)
    assert len(list(tmp_path.glob("Attestation 2021 *.pdf"))) == 16
    page.options.which.input.set_value("settled")
    monkeypatch.setattr(paper_desk, "MOST", 16)
    page.options.changed.emit()
    ready(page)
    assert page.print_button.isEnabled()
    assert page.banner.sentence() == ""


def test_letters_being_laid_out_are_counted_in_the_status_bar(
    page: EditionsPage, workspace: Workspace
) -> None:
    told: list[str] = []
    workspace.status.connect(told.append)
    page.choose("dues-calls")
    ready(page)
    assert "Appels de cotisation\u00a0: 15 / 16" in told
    assert told[-1] == "Appels de cotisation 2021\u00a0: prêt, 16\u00a0pages"


def test_only_letters_are_parted_into_files(page: EditionsPage) -> None:
    for name, report in REPORTS.items():
        page.choose(name)
        ready(page)
        assert page.batch_button.isVisible() is report.is_batch
    page.choose("reminders")
    ready(page)
    assert not page.batch_button.isEnabled(), "nothing is late in the example"
    assert page.options.level.isVisible()


def test_what_is_missing_is_mended_from_the_page_and_the_options_stay(
    page: EditionsPage, workspace: Workspace
) -> None:
    page.choose("dues-calls")
    ready(page)
    page.options.which.input.set_value("unsettled")
    page.date_field.input.set_value(date(2021, 3, 31))
    ready(page)
    missing = page.desk.missing
    assert missing.isVisible()
    click(missing.button)
    form = opened(AssociationForm)
    type_into(form, "bic", "AGRIFRPP")
    save(form)
    ready(page)
    assert "BIC" not in missing.rows()[0].what
    assert page.options.which.input.value() == "unsettled"
    assert page.date_field.input.value() == date(2021, 3, 31)


def test_the_year_of_the_window_brings_its_options(page: EditionsPage, workspace: Workspace) -> None:
    page.choose("receipts-slip")
    ready(page)
    workspace.year = 2020
    ready(page)
    assert page.options.since.input.value() == date(2020, 1, 1)
    assert "Aucun encaissement du 01/01/2020 au 31/12/2020." in text(page)
