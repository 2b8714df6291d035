"""« Délibérations »: what a meeting decided, numbered, with votes and outcome."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.model import Outcome
from vto_desktop.services import decisions, meeting_papers
from vto_desktop.services.figures import MandateFigure
from vto_desktop.services.figures_meetings import DecisionFigure
from vto_desktop.ui.forms.decision import DecisionForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.forms.records import deleting, named
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.items import Act, Item, Items
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace

TONES: Final = {
    Outcome.ADOPTED.value: "ok", Outcome.REJECTED.value: "danger", Outcome.POSTPONED.value: "warn",
    Outcome.NOTED.value: "neutral",
}  # fmt: skip
EMPTY: Final = (
    "Aucune délibération. «\u00a0Délibération\u00a0» ajoute la première\u202f; son numéro suit l’année."
)

MOST_LINES, MOST = 3, 240
"""Lines and characters of its text that a deliberation shows in the list."""


class DecisionsTab(QWidget):
    """The decisions of one meeting, by number."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._meeting_id: int | None = None
        self.add_button = button("Délibération", self.add, icon="plus")
        self.count = label("", "caption")
        self.items = Items(EMPTY)
        self.elected = label("", "secondary", wrap=True)
        top = QHBoxLayout()
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self.items)
        column.addWidget(self.elected)

    def show_meeting(self, meeting_id: int) -> None:
        """Show what a meeting decided."""
        self._meeting_id = meeting_id
        with self._workspace.read() as session:
            found = decisions.decisions_of(session, meeting_id)
            elected = meeting_papers.elected_at(session, meeting_id)
            warnings = decisions.warnings_of(session, meeting_id)
        writable = not self._workspace.is_read_only
        self.add_button.setEnabled(writable)
        self.count.setText(french.count(len(found), "délibération") if found else "")
        items = [self._item(each, warnings[each.decision_id], found) for each in found]
        self.items.show_items(items, writable=writable)
        self.elected.setText(elected_words(elected))
        self.elected.setVisible(bool(elected))

    def _item(self, each: DecisionFigure, warnings: Sequence[str], found: Sequence[DecisionFigure]) -> Item:
        place = found.index(each)
        acts: list[Act] = [("Modifier…", "pencil", partial(self.edit, each.decision_id))]
        if place > 0:
            acts.append(("Monter", "arrow-up", partial(self.exchange, each.decision_id, -1)))
        if place < len(found) - 1:
            acts.append(("Descendre", "arrow-down", partial(self.exchange, each.decision_id, 1)))
        acts.append(("Extrait pour la banque…", "file-text", partial(self.print_extract, each.decision_id)))
        acts.append(("Supprimer", "trash-2", partial(self.delete, each.decision_id, each.number)))
        return Item(
            f"{each.number}  {each.title}",
            Chip(each.outcome, TONES.get(each.outcome, "neutral")),
            (_beginning(each.text),),
            (votes_words(each),),
            tuple(acts),
            tuple(f"À vérifier\u00a0: {warning}" for warning in warnings),
        )

    # --- acts ------------------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form of a new decision."""
        if self._meeting_id is not None and not self._workspace.is_read_only:
            DecisionForm.new(self._workspace, self._meeting_id, self).start()

    def edit(self, row_id: int) -> None:
        """Open the form of a decision."""
        DecisionForm.edit(self._workspace, row_id, self).start()

    def print_extract(self, row_id: int) -> None:
        """Show the extract of a decision, to be printed."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        preset = {"meeting": self._meeting_id, "decision": row_id, "on": today}
        PapersDialog(self._workspace, "decision-extract", None, self, preset=preset).open()

    def exchange(self, row_id: int, step: int) -> None:
        """Exchange the numbers of two decisions that follow each other."""
        with self._workspace.write("Changer l’ordre des délibérations") as session:
            decisions.exchange(session, row_id, step)

    def delete(self, row_id: int, number: str) -> None:
        """Delete the last decision of its year; another is refused, for its number."""
        what = named("la délibération", number)
        deleting(self._workspace, self, what, decisions.delete_decision, row_id)


def elected_words(elected: Sequence[MandateFigure]) -> str:
    """Return « Élection (Bureau) : Magalie TOUET, présidente ; … », a line a body."""
    held: dict[str, list[str]] = {}
    for each in elected:
        office = f"{each.office[:1].lower()}{each.office[1:]}"
        held.setdefault(each.office_group, []).append(f"{each.person}, {office}")
    lines = ((body, "\u202f; ".join(names)) for body, names in held.items())
    return "\n".join(f"Élection ({body})\u00a0: {names}." for body, names in lines)


def votes_words(each: DecisionFigure) -> str:
    """Return « Pour 9 · Contre 0 · Abstention 1 », what was not counted left out."""
    votes = (
        ("Pour", each.votes_for), ("Contre", each.votes_against), ("Abstention", each.votes_abstained),
    )  # fmt: skip
    return " · ".join(f"{word} {french.number(value)}" for word, value in votes if value is not None)


def _beginning(text: str) -> str:
    """Return the first lines of a text, each on its own as it is printed; « … » when it goes on."""
    lines = [line for each in text.splitlines() if (line := each.strip())]
    shown = "\n".join(lines[:MOST_LINES])
    if len(shown) > MOST:
        shown = shown[:MOST].rsplit(" ", 1)[0]
    return shown if shown == "\n".join(lines) else f"{shown}\u00a0…"
