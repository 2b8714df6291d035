"""Pages: refreshed when seen, filtered as one types, safe on a dossier that only reads."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Kind, Organisation
from vto_desktop.store import Dossier
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.workspace import Workspace

Show = Callable[[QWidget], None]


class Counting(Page):
    """Counts its refreshes."""

    title, icon = "Essai", "users"
    shows = frozenset({"organisation"})

    def build(self) -> None:
        self.refreshed = 0
        self.refusal: UserError | None = None
        self.main = self.primary("Nouveau", "plus", lambda: None)

    def refresh(self) -> None:
        self.refreshed += 1
        if self.refusal is not None:
            raise self.refusal


class Organisations(ListPage):
    """Lists organisations by name."""

    title, icon = "Organismes", "users"
    shows = frozenset({"organisation"})
    columns = (Column("name", "Nom", width=0), Column("kind", "Type"))

    def build_list(self) -> None:
        self.opened: list[int] = []
        self.details: list[int] = []
        self.kind = self.chip("kind", "Type", lambda: [("commune", "Commune"), ("ca", "CA")])
        self.long = self.chip("long", "Nom long")
        self.detail.tab("Fiche")

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        with self.workspace.read() as session:
            found = session.execute(select(Organisation.id, Organisation.name)).all()
        words = french.sort_key(text)
        kept = [(french.sort_key(name), i) for i, name in found if words in french.sort_key(name)]
        if chips.get("long"):
            kept = [one for one in kept if len(one[0]) > 12]
        if chips.get("kind") == "ca":
            kept = []
        return [i for _key, i in sorted(kept, reverse=descending)]

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        with self.workspace.read() as session:
            found = {row.id: row.name for row in session.execute(select(Organisation.id, Organisation.name))}
        return [(found[i], "Commune") for i in ids]

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        return french.count(len(ids), "organisme"), ""

    def totals(self, ids: Sequence[int]) -> Mapping[str, str]:
        return {"name": f"Total {len(ids)}"}

    def show_detail(self, identifier: int) -> None:
        self.details.append(identifier)
        self.detail.head(f"Fiche {identifier}")

    def open_row(self, identifier: int) -> None:
        self.opened.append(identifier)


def add(workspace: Workspace, name: str) -> None:
    with workspace.write(f"Ajouter «\u00a0{name}\u00a0»") as session:
        session.add(Organisation(name=name, kind=Kind.COMMUNE.value))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, shown: Show) -> Organisations:
    """Return the list, shown and filled."""
    made = Organisations(workspace)
    made.resize(1000, 600)
    shown(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: not made.is_stale)
    return made


def names(page: Organisations) -> list[str]:
    return [page.table.rows.values(row)[0] for row in range(page.table.rows.rowCount())]


def test_a_hidden_page_waits_until_it_is_seen(qtbot: QtBot, workspace: Workspace) -> None:
    page = Counting(workspace)
    qtbot.addWidget(page)
    add(workspace, "Lunel")
    assert (page.refreshed, page.is_stale) == (0, True)
    page.show()
    qtbot.waitUntil(lambda: page.refreshed == 1)
    add(workspace, "Limoux")
    assert page.refreshed == 2
    page.hide()
    workspace.undo()
    assert (page.refreshed, page.is_stale) == (2, True)


def test_a_change_elsewhere_leaves_a_page_alone(qtbot: QtBot, workspace: Workspace) -> None:
    page = Counting(workspace)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.refreshed == 1)
    workspace.changed.emit(frozenset({"budget_line"}))
    assert page.refreshed == 1
    workspace.year = 2020
    assert page.refreshed == 2


def test_a_refusal_stands_on_the_page(qtbot: QtBot, workspace: Workspace) -> None:
    page = Counting(workspace)
    qtbot.addWidget(page)
    page.refusal = UserError("BASE_ENDOMMAGEE", "Le dossier est endommagé.")
    page.show()
    qtbot.waitUntil(lambda: page.refreshed == 1)
    assert page.banner.sentence() == "Le dossier est endommagé. [BASE_ENDOMMAGEE]"
    page.refusal = None
    add(workspace, "Lunel")
    assert page.banner.sentence() == ""


def test_what_writes_is_off_on_a_dossier_that_only_reads(
    qtbot: QtBot, workspace: Workspace, dossier: Dossier
) -> None:
    page = Counting(workspace)
    qtbot.addWidget(page)
    page.refresh_now()
    assert page.main.isEnabled()
    dossier.is_read_only = True
    workspace.set_dossier(dossier, year=2021, notice="Exemple")
    page.refresh_now()
    assert not page.main.isEnabled()
    assert page.notice.chip.text == "Exemple"
    dossier.is_read_only = False


def test_no_dossier_no_refresh(qtbot: QtBot, workspace: Workspace) -> None:
    page = Counting(workspace)
    qtbot.addWidget(page)
    workspace.set_dossier(None)
    page.show()
    qtbot.wait(20)
    assert page.refreshed == 0
    with pytest.raises(UserError, match="AUCUN_DOSSIER"):
        workspace.read()


def test_typing_filters_without_accents_and_escape_clears(qtbot: QtBot, page: Organisations) -> None:
    assert len(names(page)) == 5
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filter_field.hasFocus()
    qtbot.keyClicks(page.filter_field, "OEUV")
    qtbot.waitUntil(lambda: names(page) == ["Œuvre du Gard"])
    assert page.count_label.text() == "1\u00a0organisme"
    assert page.table.totals.texts() == {"name": "Total 1"}
    qtbot.keyClick(page.filter_field, Qt.Key.Key_Escape)
    assert len(names(page)) == 5


def test_return_in_the_filter_goes_to_the_list(qtbot: QtBot, page: Organisations) -> None:
    page.focus_filter()
    qtbot.keyClicks(page.filter_field, "zebre")
    qtbot.keyClick(page.filter_field, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    assert page.details[-1:] == [page.table.current_id()]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.opened == [page.table.current_id()]


def test_chips_filter_and_their_cross_frees(qtbot: QtBot, page: Organisations) -> None:
    qtbot.mouseClick(page.long, Qt.MouseButton.LeftButton)
    assert names(page) == ["Alès Agglomération", "Nîmes Métropole", "Œuvre du Gard"]
    page.kind.menu_of_choices().actions()[1].trigger()
    assert names(page) == []
    assert page.kind.text() == "Type : CA"
    qtbot.mouseClick(page.kind, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.long, Qt.MouseButton.LeftButton)
    assert len(names(page)) == 5
    assert page.kind.text() == "Type"


def test_opening_a_filtered_out_row_frees_the_filters(page: Organisations) -> None:
    wanted = page.table.rows.ids[0]
    page.filter_field.setText("zebre")
    page.filter_field.filter_now()
    assert page.table.rows.row_of(wanted) == -1
    page.open_item(wanted)
    assert page.table.current_id() == wanted
    assert len(names(page)) == 5


def test_the_detail_follows_what_changes(workspace: Workspace, page: Organisations) -> None:
    page.table.pick(page.table.rows.ids[1])
    before = len(page.details)
    add(workspace, "Aaa")
    assert names(page)[0] == "Aaa"
    assert len(page.details) == before + 1


def test_nothing_found_says_how_to_go_back(page: Organisations) -> None:
    page.filter_field.setText("'; DROP TABLE organisation; --")
    page.filter_field.filter_now()
    assert names(page) == []
    assert "Échap" in page.table.accessibleDescription()


def test_undo_and_redo_pass_through_the_workspace(workspace: Workspace, page: Organisations) -> None:
    add(workspace, "Lunel")
    assert "Lunel" in names(page)
    workspace.undo()
    assert "Lunel" not in names(page)
    workspace.redo()
    assert "Lunel" in names(page)
    workspace.redo()  # nothing left: nothing happens


def test_the_primary_action_is_a_button_with_its_keys(qtbot: QtBot, workspace: Workspace) -> None:
    page = Counting(workspace)
    qtbot.addWidget(page)
    buttons = [b for b in page.findChildren(QPushButton) if b.objectName() == "primary"]
    assert [(b.text(), b.shortcut().toString()) for b in buttons] == [("Nouveau", "Ctrl+N")]
