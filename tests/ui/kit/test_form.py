"""Forms: problems in place, one save, nothing typed is lost."""

import os
import stat
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Kind, Organisation
from vto_desktop.ui.kit import drafts
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import AmountInput, DateInput, MemoInput, TextInput
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.workspace import Workspace

Show = Callable[[QWidget], None]


class OrganisationForm(Form):
    """Edits an organisation; refuses a name already seen in ``self.refusal``."""

    title = "Organisme"
    refusal: UserError | None = None

    def build(self) -> None:
        self.head("Organisme", "essai")
        self.add("&Nom", "name", TextInput())
        self.pair(
            self.field("Nom court", "short_name", TextInput(), hint="facultatif"),
            self.field("Notes", "notes", MemoInput()),
        )

    def check(self) -> dict[str, str]:
        return {} if self.input("name").value() else {"name": "Indiquez un nom."}

    def save(self) -> None:
        if self.refusal is not None:
            raise self.refusal
        with self.workspace.write(f"Modifier «\u00a0{self.row.name}\u00a0»") as session:
            session.add(self.row)


def new() -> Organisation:
    return Organisation(name="", short_name="", notes="", kind=Kind.COMMUNE.value)


def opened(qtbot: QtBot, workspace: Workspace, row: Any = None, kind: type[Form] = OrganisationForm) -> Any:
    """Return a form open on a row."""
    form = kind(workspace, row or new())
    qtbot.addWidget(form)
    form.start()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def organisations(workspace: Workspace, name: str) -> int:
    with workspace.read() as session:
        where = Organisation.name == name
        return session.scalar(select(func.count()).select_from(Organisation).where(where)) or 0


def question(form: Form) -> Message:
    """Return the message open over a form."""
    return next(m for m in form.findChildren(Message) if m.isVisible())


def test_ctrl_enter_saves_what_was_typed_in_one_undoable_step(qtbot: QtBot, workspace: Workspace) -> None:
    form = opened(qtbot, workspace)
    saved: list[Any] = []
    form.saved.connect(saved.append)
    qtbot.keyClicks(form.input("name").line, "Lunel")
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not form.isVisible()
    assert [row.name for row in saved] == ["Lunel"]
    assert organisations(workspace, "Lunel") == 1
    workspace.undo()
    assert organisations(workspace, "Lunel") == 0


def test_a_problem_stands_under_its_field_and_goes_when_it_is_mended(
    qtbot: QtBot, workspace: Workspace
) -> None:
    form = opened(qtbot, workspace)
    form.input("notes").memo.setFocus()
    form.submit()
    field = form.fields["name"]
    assert field.problem == "Indiquez un nom."
    assert form.summary.text() == "1\u00a0problème à corriger"
    assert form.input("name").line.hasFocus()
    assert "Indiquez un nom." in form.input("name").editor.accessibleDescription()
    qtbot.keyClicks(form.input("name").line, "L")
    assert field.problem == ""
    assert form.summary.text() == ""


def test_a_tight_field_takes_a_line_below_only_when_there_is_something_to_say(qtbot: QtBot) -> None:
    usual, tight = (Field("Nom", "name", TextInput()) for _ in range(2))
    for field in (usual, tight.tighten()):
        qtbot.addWidget(field)
        field.show()
    low = tight.sizeHint().height()
    assert low < usual.sizeHint().height()
    tight.show_problem("Indiquez le nom.")
    assert tight.sizeHint().height() > low
    tight.show_problem("")
    qtbot.waitUntil(lambda: tight.sizeHint().height() == low)


def test_problems_of_the_service_come_all_at_once(qtbot: QtBot, workspace: Workspace) -> None:
    form = opened(qtbot, workspace)
    form.input("name").set_value("Lunel")
    form.refusal = Invalid({"short_name": "Déjà pris.", "notes": "Trop long.", "siren": "Numéro inconnu."})
    form.submit()
    assert form.isVisible()
    assert form.fields["short_name"].problem == "Déjà pris."
    assert form.fields["notes"].problem == "Trop long."
    assert form.banner.sentence() == "Numéro inconnu."
    assert form.summary.text() == "3\u00a0problèmes à corriger"


def test_a_refusal_keeps_the_form_and_a_second_try_saves(qtbot: QtBot, workspace: Workspace) -> None:
    form = opened(qtbot, workspace)
    form.input("name").set_value("Lunel")
    form.refusal = UserError("DISQUE_PLEIN", "Le disque est plein. Rien n’a été perdu.")
    form.submit()
    assert "[DISQUE_PLEIN]" in form.banner.sentence()
    assert form.input("name").value() == "Lunel"
    form.refusal = None
    form.submit()
    assert organisations(workspace, "Lunel") == 1


def test_a_double_click_on_save_makes_one_row(qtbot: QtBot, workspace: Workspace) -> None:
    form = opened(qtbot, workspace)
    form.input("name").set_value("Lunel")
    qtbot.mouseDClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert organisations(workspace, "Lunel") == 1


def test_saving_again_from_within_a_save_does_nothing(qtbot: QtBot, workspace: Workspace) -> None:
    calls: list[int] = []

    class Eager(OrganisationForm):
        def save(self) -> None:
            calls.append(1)
            self.submit()
            super().save()

    form = opened(qtbot, workspace, kind=Eager)
    form.input("name").set_value("Lunel")
    form.submit()
    assert calls == [1]


def test_escape_closes_at_once_when_nothing_was_typed(qtbot: QtBot, workspace: Workspace) -> None:
    form = opened(qtbot, workspace)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


@pytest.mark.parametrize(("answer", "stays"), [("Garder la saisie", True), ("Abandonner", False)])
def test_escape_asks_before_what_was_typed_is_lost(
    qtbot: QtBot, workspace: Workspace, answer: str, stays: bool
) -> None:
    form = opened(qtbot, workspace)
    qtbot.keyClicks(form.input("name").line, "Lunel")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    buttons = {b.text(): b for b in question(form).findChildren(QPushButton)}
    qtbot.mouseClick(buttons[answer], Qt.MouseButton.LeftButton)
    assert form.isVisible() == stays
    assert organisations(workspace, "Lunel") == 0


def test_a_draft_outlives_a_crash_and_is_proposed(qtbot: QtBot, workspace: Workspace) -> None:
    form = opened(qtbot, workspace)
    qtbot.keyClicks(form.input("name").line, "Lunel")
    dossier = workspace.dossier
    assert dossier is not None
    qtbot.waitUntil(lambda: len(drafts.left(str(dossier.path))) == 1, timeout=3000)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in drafts.folder().iterdir()}
    assert os.name == "nt" or modes == {0o600}
    form.hide()  # the program dies here: neither saved nor given up
    again = opened(qtbot, workspace)
    assert "[BROUILLON_RETROUVE]" in again.draft_banner.sentence()
    resume = next(b for b in again.draft_banner.findChildren(QPushButton) if b.text() == "Reprendre")
    qtbot.mouseClick(resume, Qt.MouseButton.LeftButton)
    assert again.input("name").value() == "Lunel"
    again.submit()
    assert drafts.left(str(dossier.path)) == []
    assert opened(qtbot, workspace).draft_banner.sentence() == ""


def test_a_draft_belongs_to_its_row(qtbot: QtBot, workspace: Workspace) -> None:
    row = SimpleNamespace(id=7, name="Alès", short_name="", notes="")
    form = opened(qtbot, workspace, row)
    qtbot.keyClicks(form.input("name").line, " Agglo")
    form.keep_draft()
    other = SimpleNamespace(id=8, name="Nîmes", short_name="", notes="")
    assert opened(qtbot, workspace, other).draft_banner.sentence() == ""
    assert opened(qtbot, workspace, row).draft_banner.sentence() != ""


def test_damaged_drafts_count_as_none(qtbot: QtBot, workspace: Workspace) -> None:
    form = opened(qtbot, workspace)
    qtbot.keyClicks(form.input("name").line, "Lunel")
    form.keep_draft()
    for file in drafts.folder().iterdir():
        file.write_bytes(b"{\xff")
    assert opened(qtbot, workspace).draft_banner.sentence() == ""


def test_every_label_has_a_letter_of_its_own(qtbot: QtBot, workspace: Workspace) -> None:
    class Many(OrganisationForm):
        def build(self) -> None:
            for place, text in enumerate(("&Montant", "Montant voté", "Échéance", "État", "&Montée", "Note")):
                self.add(text, f"a{place}", TextInput())

        def check(self) -> dict[str, str]:
            return {}

    form = opened(qtbot, workspace, kind=Many)
    labels = [field.label.text() for field in form.fields.values()]
    letters = [text[text.index("&") + 1].upper() for text in labels]
    assert len(set(letters)) == len(letters)
    assert "E" not in letters  # « Enregistrer »
    assert labels[0] == "&Montant"


def test_values_go_both_ways(qtbot: QtBot, workspace: Workspace) -> None:
    class Instalment(Form):
        title = "Tranche"

        def build(self) -> None:
            self.add("Montant", "amount", AmountInput())
            self.add("Échéance", "due_on", DateInput())

        def save(self) -> None:
            pass

    row = SimpleNamespace(id=1, amount=800000, due_on=date(2022, 9, 30))
    form = opened(qtbot, workspace, row, Instalment)
    assert form.input("due_on").line.text() == "30/09/2022"
    assert not form.is_changed()
    form.input("amount").set_value(900000)
    form.input("due_on").line.setText("31/09/2022")
    form.submit()
    assert row.amount == 800000
    assert form.fields["due_on"].problem
    form.input("due_on").line.setText("+0")
    form.submit()
    assert row.amount == 900000


def test_a_form_that_grew_stands_wholly_on_its_screen(qtbot: QtBot, workspace: Workspace) -> None:
    form = OrganisationForm(workspace, new())
    qtbot.addWidget(form)
    screen = form.screen().availableGeometry()
    form.move(screen.right() - 40, screen.bottom() - 40)
    form.start()
    qtbot.waitExposed(form)
    assert screen.contains(form.frameGeometry())
