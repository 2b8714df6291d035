"""The papers of chosen rows: seen before being sent, mended where they lack something, parted into files."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from sqlalchemy import select

from tests.services.test_papers import complete
from tests.ui.driving import click, is_open, opened, save, type_into
from vto_desktop.model import Dues, Member, Receipt, Reminder
from vto_desktop.reports.batch import LIST
from vto_desktop.ui.forms.association import AssociationForm
from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.forms.person import PersonForm
from vto_desktop.ui.kit import jobs
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.workspace import Workspace

Shown = Callable[[QWidget], None]


def ready(dialog: PapersDialog) -> None:
    """Wait until the papers asked for are shown, or written."""
    for _round in range(1500):
        QApplication.processEvents()
        if not jobs.active() and not dialog.desk.pause.isActive():
            break
        QTest.qWait(5)
    QTest.qWait(1)
    QApplication.processEvents()


def ids_of(workspace: Workspace, kind: Any, many: int) -> list[int]:
    with workspace.read() as session:
        return list(session.scalars(select(kind.id).order_by(kind.id).limit(many)))


@pytest.fixture
def calls(workspace: Workspace, shown: Shown) -> PapersDialog:
    """Return the dialog of the calls of three members."""
    return _dialog(workspace, shown, "dues-calls", Dues, 3)


def _dialog(workspace: Workspace, shown: Shown, name: str, kind: Any, many: int) -> PapersDialog:
    made = PapersDialog(workspace, name, ids_of(workspace, kind, many))
    shown(made)
    ready(made)
    return made


def text(dialog: PapersDialog) -> str:
    reader = PdfReader(io.BytesIO(dialog.desk.view.content()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def answer(words: str) -> str:
    """Click an answer of the message that is open; return what it said."""
    message = opened(Message)
    click(next(one for one in message.findChildren(QPushButton) if one.text() == words))
    return message.sentence


# --- what is shown -------------------------------------------------------------------------------


def test_the_calls_of_chosen_dues_are_shown_and_counted(calls: PapersDialog) -> None:
    assert calls.windowTitle() == "Appels de cotisation"
    assert calls.count.text() == "3\u00a0appels"
    assert calls.desk.view.pages() == 3
    assert "Alès Agglomération" in text(calls)
    assert not calls.desk.options.year.isVisible()
    assert not calls.desk.options.person.isVisible()


def test_what_is_being_made_is_said_where_it_will_stand(workspace: Workspace, shown: Shown) -> None:
    made = PapersDialog(workspace, "dues-calls", ids_of(workspace, Dues, 3))
    said = made.desk.view._nothing
    shown(made)
    made.desk.make()
    assert said.isVisible()
    assert said.text() == "Le document se prépare…"
    ready(made)
    assert not said.isVisible()


def test_certificates_of_members_follow_their_year(workspace: Workspace, shown: Shown) -> None:
    dialog = _dialog(workspace, shown, "certificates", Member, 2)
    assert dialog.count.text() == "2\u00a0attestations"
    assert "au titre de l’exercice 2021" in text(dialog)
    dialog.desk.options.year.input.set_value(2020)
    ready(dialog)
    assert "au titre de l’exercice 2020" in text(dialog)
    assert "aucune cotisation de l’exercice 2020 ne lui a été appelée" in text(dialog)


def test_receipts_are_acknowledged(workspace: Workspace, shown: Shown) -> None:
    dialog = _dialog(workspace, shown, "receipts", Receipt, 1)
    assert dialog.count.text() == "1\u00a0reçu"
    assert "reconnaît avoir reçu" in text(dialog)
    assert not dialog.desk.options.since.isVisible()


def test_dues_that_are_not_late_have_no_reminder(workspace: Workspace, shown: Shown) -> None:
    dialog = _dialog(workspace, shown, "reminders", Dues, 2)
    assert dialog.count.text() == "0\u00a0relance"
    assert not dialog.batch_button.isEnabled()
    with workspace.write("Reprendre un encaissement") as session:
        first = ids_of(workspace, Dues, 1)[0]
        receipt = session.scalars(select(Receipt).where(Receipt.dues_id == first)).one()
        receipt.amount = 100_00
    ready(dialog)
    assert dialog.count.text() == "1\u00a0relance"
    assert "Première relance" in text(dialog)
    dialog.desk.options.level.input.set_value(3)
    ready(dialog)
    assert "Dernière relance" in text(dialog)


def test_reminders_shown_are_noted_as_sent_and_stay_as_they_were(workspace: Workspace, shown: Shown) -> None:
    with workspace.write("Reprendre deux encaissements") as session:
        for receipt in session.scalars(select(Receipt).where(Receipt.dues_id.in_([1, 2]))):
            receipt.amount = 100_00
    dialog = _dialog(workspace, shown, "reminders", Dues, 3)
    dialog.desk.options.on.input.set_value(date(2021, 7, 15))
    ready(dialog)
    assert dialog.count.text() == "2\u00a0relances"
    dialog.desk.options.level.input.set_value(2)
    ready(dialog)
    assert not dialog.sent_button.isEnabled(), "a level forced is no next step"
    dialog.desk.options.level.input.set_value(None)
    ready(dialog)
    click(dialog.sent_button)
    ready(dialog)
    assert not dialog.sent_button.isEnabled()
    with workspace.read() as session:
        kept = session.execute(select(Reminder.dues_id, Reminder.level, Reminder.sent_on)).all()
    assert [tuple(each) for each in kept] == [(1, 1, date(2021, 7, 15)), (2, 1, date(2021, 7, 15))]
    assert "Première relance" in text(dialog)
    assert "Date 15/07/2021" in text(dialog)
    workspace.undo()
    ready(dialog)
    assert dialog.sent_button.isEnabled()


# --- what is missing -----------------------------------------------------------------------------


def test_what_is_missing_is_listed_and_opens_the_row_to_mend(calls: PapersDialog) -> None:
    missing = calls.desk.missing
    assert missing.isVisible()
    assert missing.sentence.text().startswith("5\u00a0fiches sont incomplètes")
    kinds = {"association": AssociationForm, "organisation": OrganisationForm, "person": PersonForm,
             "dues_campaign": CampaignForm}  # fmt: skip
    for place, row in enumerate(missing.rows()):
        missing.table.pick(place)
        click(missing.button)
        form = opened(kinds[row.table])
        assert form.row.id == row.row_id
        form.leave()


def test_a_mended_row_leaves_the_list_and_the_paper_is_made_again(calls: PapersDialog) -> None:
    missing = calls.desk.missing
    place = next(n for n, row in enumerate(missing.rows()) if row.whose == "Alès Agglomération")
    missing.table.pick(place)
    missing.table.setFocus()
    QTest.keyClick(missing.table, Qt.Key.Key_Return)
    form = opened(OrganisationForm)
    type_into(form, "siret", "20006691800018")
    type_into(form, "address", "2 rue Michelet")
    type_into(form, "postcode", "30100")
    type_into(form, "city", "Ales")
    save(form)
    ready(calls)
    assert "Alès Agglomération" not in {row.whose for row in missing.rows()}
    assert len(missing.rows()) == 4
    assert "2 rue Michelet 30100 Ales" in text(calls)


def test_nothing_missing_shows_no_list_and_asks_nothing(
    calls: PapersDialog, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workspace.write("Compléter") as session:
        complete(session)
    ready(calls)
    assert not calls.desk.missing.isVisible()
    assert "Projet" not in text(calls)
    printed: list[str] = []
    monkeypatch.setattr(calls.desk.view, "ask_and_print", printed.append)
    click(calls.print_button)
    assert printed == ["Appels de cotisation 2021"]
    assert not is_open(Message)


def test_incomplete_calls_are_printed_as_drafts_only_once_that_is_agreed(
    calls: PapersDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(calls.desk.view, "ask_and_print", printed.append)
    click(calls.print_button)
    said = answer("Compléter d’abord")
    assert "Il manque, pour Villes et Territoires Occitanie\u00a0: adresse, SIRET" in said
    assert "De même pour 2\u00a0autres fiches." in said
    assert printed == []
    assert calls.focusWidget() is calls.desk.missing.table
    click(calls.print_button)
    answer("Continuer en projet")
    assert printed == ["Appels de cotisation 2021"]
    assert "Projet, à compléter avant envoi" in text(calls)


def test_another_signatory_signs_when_there_are_several(calls: PapersDialog, workspace: Workspace) -> None:
    from vto_desktop.model import Person, Signatory

    assert not calls.desk.options.signatory.isVisible()
    with workspace.write("Désigner deux signataires") as session:
        for place, name in enumerate(("LAPORTE", "TOUET")):
            person = session.scalars(select(Person).where(Person.last_name == name)).one()
            session.add(Signatory(association_id=1, person=person, office=f"Office {name}", position=place))
    ready(calls)
    assert calls.desk.options.signatory.isVisible()
    assert "Office LAPORTE" in text(calls)
    calls.desk.options.signatory.input.combo.setCurrentIndex(1)  # type: ignore[attr-defined]
    ready(calls)
    assert "Office TOUET" in text(calls)


# --- saving and parting --------------------------------------------------------------------------


def test_the_one_file_is_saved_as_it_is_shown(calls: PapersDialog, tmp_path: Path) -> None:
    click(calls.save_button)
    answer("Continuer en projet")
    dialog = opened(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("Appels de cotisation 2021.pdf")
    dialog.hide()
    dialog.fileSelected.emit(str(tmp_path / "appels.pdf"))
    assert (tmp_path / "appels.pdf").read_bytes() == calls.desk.view.content()


def test_one_pdf_for_each_goes_into_the_folder_chosen(
    calls: PapersDialog, tmp_path: Path, workspace: Workspace
) -> None:
    told: list[str] = []
    workspace.status.connect(told.append)
    click(calls.batch_button)
    answer("Continuer en projet")
    dialog = opened(QFileDialog)
    dialog.hide()
    dialog.fileSelected.emit(str(tmp_path))
    ready(calls)
    assert sorted(path.name for path in tmp_path.glob("Appel*.pdf")) == [
        "Appel 2021-001 Alès Agglomération.pdf",
        "Appel 2021-002 Communauté d’Agglomération du Gard rhodanien.pdf",
        "Appel 2021-003 Carcassonne Agglomération.pdf",
    ]
    assert told[-1] == f"3\u00a0PDF écrits dans «\u00a0{tmp_path.name}\u00a0»."
    assert calls.banner.isVisible(), "the status bar is behind the dialog"
    assert calls.banner.sentence().startswith(told[-1])
    assert workspace.settings.get("dossier_documents") == str(tmp_path)


def test_files_of_the_same_names_are_replaced_only_once_agreed(calls: PapersDialog, tmp_path: Path) -> None:
    before = tmp_path / "Appel 2021-001 Alès Agglomération.pdf"
    before.write_bytes(b"avant")
    calls.desk.batch(tmp_path)
    assert "contient déjà 1\u00a0fichier du même nom" in answer("Annuler")
    ready(calls)
    assert before.read_bytes() == b"avant"
    calls.desk.batch(tmp_path)
    answer("Remplacer")
    ready(calls)
    assert before.read_bytes().startswith(b"%PDF")


def test_a_cancelled_batch_tells_what_is_missing_and_goes_on_when_asked(
    calls: PapersDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lot"
    folder.mkdir()
    progress = jobs.Job.__call__

    def cancelled_at_the_second(job: jobs.Job, done: int, total: int = 0, what: str = "") -> None:
        if done == 1:
            job.cancel()  # as the button does
        progress(job, done, total, what)

    with monkeypatch.context() as patch:
        patch.setattr(jobs.Job, "__call__", cancelled_at_the_second)
        calls.desk.batch(folder)
        ready(calls)
    assert len(list(folder.glob("*.pdf"))) == 1
    assert (folder / LIST).exists()
    said = answer("Écrire les manquants")
    assert "1\u00a0PDF écrit sur 3, complets. Il manque Appel 2021-002 Communauté d’Agglomération" in said
    ready(calls)
    assert len(list(folder.glob("*.pdf"))) == 3
    assert not (folder / LIST).exists()


def test_a_folder_that_is_gone_is_told_and_nothing_else_happens(calls: PapersDialog, tmp_path: Path) -> None:
    calls.desk.batch(tmp_path / "absent")
    ready(calls)
    said = answer("Fermer")
    assert "[PDF_NON_ECRIT]" in said
    assert "Aucun PDF écrit sur 3. Il manque Appel 2021-001 Alès Agglomération.pdf" in said
    assert LIST not in said, "there is no folder to hold that list"


def test_a_day_that_cannot_be_read_is_told_under_its_field(workspace: Workspace, shown: Shown) -> None:
    dialog = _dialog(workspace, shown, "certificates", Member, 1)
    dialog.desk.options.on.input.set_typed("31/02/2021")
    ready(dialog)
    assert dialog.desk.options.on.problem == "Février 2021 a 28 jours."
    assert not dialog.print_button.isEnabled()
    dialog.desk.options.on.input.set_value(date(2021, 2, 28))
    ready(dialog)
    assert dialog.print_button.isEnabled()
    assert "le 28 février 2021" in text(dialog)
