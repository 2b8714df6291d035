"""Writing to the members listed: addresses for the BCC field, labels seen before they are printed."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import select

from tests.ui.driving import choose_in, click, opened, save, settle, type_into
from tests.ui.pages.members_rows import member_called
from vto_desktop.model import Kind, Organisation, Person
from vto_desktop.ui.forms.organisation import OrganisationForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.members import MembersPage, menu
from vto_desktop.ui.pages.members.emails import EmailsDialog

FIRST_PAGE = "members"


@pytest.fixture
def page(window: MainWindow) -> MembersPage:
    """Return the page of members, showing the communes, two of which can be written to."""
    window.show_page("members")
    window.workspace.year = 2021
    settle()
    with window.workspace.write("Situer") as session:
        for name, street, postcode, city in (
            ("Ville de Lunel", "240 avenue Victor Hugo", "34400", "Lunel"),
            ("Vauvert", "Place de la Libération", "30600", "Vauvert"),
        ):
            row = session.scalars(select(Organisation).where(Organisation.name == name)).one()
            row.address, row.postcode, row.city = street, postcode, city
            row.email = f"mairie@{city.lower()}.invalid"
        maire = session.scalars(select(Person).where(Person.last_name == "BENIATTOU")).one()
        maire.email = "n.beniattou@lunel.invalid"
    found = window.current_page
    assert isinstance(found, MembersPage)
    found.chips["kind"].choose(Kind.COMMUNE.value)
    return found


# --- e-mail --------------------------------------------------------------------------------------


@pytest.fixture
def emails(page: MembersPage) -> EmailsDialog:
    choose_in(menu.of(page), "Copier les adresses électroniques…")
    return opened(EmailsDialog)


def choose(dialog: EmailsDialog, name: str, text: str) -> None:
    field = getattr(dialog, name).input
    assert isinstance(field, ChoiceInput)
    field.combo.setCurrentIndex(field.combo.findText(text))


def unreached(dialog: EmailsDialog) -> list[str]:
    return [dialog.table.rows.values(row)[0] for row in range(dialog.table.rows.rowCount())]


def test_the_addresses_of_the_members_listed_are_copied_and_counted(emails: EmailsDialog) -> None:
    assert emails.told.text() == "3\u00a0adresses pour 4\u00a0adhérents, représentants au 31/12/2021."
    click(emails.copy_button)
    assert QApplication.clipboard().text() == (
        "mairie@vauvert.invalid; mairie@lunel.invalid; n.beniattou@lunel.invalid"
    )
    assert (
        emails.banner.sentence()
        == "3\u00a0adresses copiées\u00a0: collez-les dans le champ «\u00a0Cci\u00a0» du message."
    )
    assert unreached(emails) == ["Ville de Lézignan-Corbières", "Ville de Limoux"]


def test_whom_and_the_separator_are_chosen_and_remembered(
    emails: EmailsDialog, page: MembersPage, window: MainWindow
) -> None:
    choose(emails, "whom", "Les adhérents seulement")
    choose(emails, "separator", "Virgule (Thunderbird, Gmail)")
    assert emails.told.text() == "2\u00a0adresses pour 4\u00a0adhérents."
    click(emails.copy_button)
    assert QApplication.clipboard().text() == "mairie@vauvert.invalid, mairie@lunel.invalid"
    choose(emails, "whom", "Les représentants titulaires")
    assert len(unreached(emails)) == 3
    emails.accept()
    choose_in(menu.of(page), "Copier les adresses électroniques…")
    again = opened(EmailsDialog)
    assert again.whom.input.value() == "Les représentants titulaires"
    assert again.separator.input.value() == ","
    window.workspace.settings.set("courriels_à", "n’importe quoi")
    assert EmailsDialog(window.workspace, [], date(2021, 12, 31)).whom.input.value()


def test_those_without_an_address_are_copied_and_completed_from_there(emails: EmailsDialog) -> None:
    click(emails.list_button)
    lines = QApplication.clipboard().text().splitlines()
    assert lines == [
        "Sans adresse\tPourquoi", "Ville de Lézignan-Corbières\taucune adresse",
        "Ville de Limoux\taucune adresse",
    ]  # fmt: skip
    emails.table.pick(emails.table.rows.id_at(0))
    QTest.keyClick(emails.table, Qt.Key.Key_Return)
    form = opened(OrganisationForm)
    type_into(form, "email", "mairie@lezignan.invalid")
    save(form)
    assert unreached(emails) == ["Ville de Limoux"]
    assert emails.told.text().startswith("4\u00a0adresses")


def test_nobody_listed_nothing_copied(page: MembersPage) -> None:
    page.filter_field.setText("zzz")
    page.filter_field.filter_now()
    choose_in(menu.of(page), "Copier les adresses électroniques…")
    dialog = opened(EmailsDialog)
    assert dialog.told.text().startswith("Aucune adresse pour 0\u00a0adhérent")
    assert not dialog.copy_button.isEnabled()
    assert not dialog.list_button.isEnabled()


# --- labels --------------------------------------------------------------------------------------


@pytest.fixture
def labels(page: MembersPage) -> PapersDialog:
    choose_in(menu.of(page), "Étiquettes d’adresses…")
    dialog = opened(PapersDialog)
    wait(dialog)
    return dialog


def wait(dialog: PapersDialog) -> None:
    """Wait until the sheets asked for are shown."""
    for _round in range(400):
        QTest.qWait(5)
        if not dialog.desk.pause.isActive():
            break
    settle()


def text(dialog: PapersDialog) -> list[str]:
    reader = PdfReader(io.BytesIO(dialog.desk.view.content()))
    return [line for page in reader.pages for line in page.extract_text().splitlines()]


def test_labels_of_the_members_listed_are_seen_before_they_are_printed(labels: PapersDialog) -> None:
    assert labels.count.text() == "2\u00a0étiquettes"
    assert not labels.batch_button.isVisible()
    assert text(labels) == [
        "Vauvert", "Place de la Libération", "30600 VAUVERT",
        "Ville de Lunel", "240 avenue Victor Hugo", "34400 LUNEL",
    ]  # fmt: skip
    assert [row.whose for row in labels.desk.missing.rows()] == [
        "Ville de Lézignan-Corbières", "Ville de Limoux",
    ]  # fmt: skip
    assert labels.desk.missing.sentence.text().endswith("sans adresse entière, pas d’étiquette.")


def test_sheet_position_and_addressee_are_chosen(labels: PapersDialog, window: MainWindow) -> None:
    options = labels.desk.options
    options.to.input.set_value("representative")
    options.format.input.set_value("2x7")
    options.first.input.set_value(14)
    wait(labels)
    assert labels.desk.view.pages() == 2
    assert "À l’attention de M. Nourredine BENIATTOU" in text(labels)
    assert window.workspace.settings.get("étiquettes_format") == "2x7"
    options.first.input.set_value(15)
    wait(labels)
    assert options.first.problem == "Une planche en compte 14\u00a0: indiquez de 1 à 14, ligne après ligne."
    assert not labels.print_button.isEnabled()
    options.format.input.set_value("3x7")
    wait(labels)
    assert options.first.problem == ""
    assert labels.print_button.isEnabled()


def test_what_is_missing_is_told_before_saving(labels: PapersDialog, tmp_path: Path) -> None:
    click(labels.save_button)
    message = opened(Message)
    assert "Il manque, pour Ville de Lézignan-Corbières" in message.sentence
    assert message.sentence.endswith("Ces adhérents n’auront pas d’étiquette.")
    click(next(one for one in message.findChildren(QPushButton) if one.text() == "Compléter d’abord"))
    labels.desk.missing.mend(0)
    form = opened(OrganisationForm)
    for name, typed in (("address", "Cours de la Republique"), ("postcode", "11200"), ("city", "Lezignan")):
        type_into(form, name, typed)
    save(form)
    wait(labels)
    assert labels.count.text() == "3\u00a0étiquettes"
    labels.desk.save(tmp_path / "planches.pdf")
    assert PdfReader(tmp_path / "planches.pdf").pages[0].extract_text().count("\n") == 8


def test_the_day_of_the_labels_is_that_of_the_list(
    labels: PapersDialog, page: MembersPage, window: MainWindow
) -> None:
    assert labels.desk.options.on.input.value() == date(2021, 12, 31)
    page.day_chip.choose(date(2199, 1, 1))
    assert page.writing_day() == date.today()  # noqa: DTZ011 - nobody is written to in the future
    with window.workspace.read() as session:
        assert member_called(session, "Vauvert").id in page.table.rows.ids
