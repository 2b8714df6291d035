"""Pictures of every piece of the kit, for a person to look at: ``python -m tests.ui.kit.gallery FOLDER``.

``QT_SCALE_FACTOR=2`` draws them as a 200 % screen does.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.settings import Settings
from vto_desktop.ui.kit import drafts, messages, theme
from vto_desktop.ui.kit.cards import Card
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import (
    AmountInput,
    ChoiceInput,
    DateInput,
    FlagInput,
    MemoInput,
    PercentInput,
    PickInput,
    TextInput,
)
from vto_desktop.ui.kit.list_page import ListPage
from vto_desktop.ui.kit.panel import Banner, Facts, Panel, button
from vto_desktop.ui.kit.sources import MemorySource
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.tree import Branch, Tree
from vto_desktop.ui.kit.workspace import Workspace

COLUMNS = (
    Column("name", "Adhérent", width=0),
    Column("kind", "Type", width=110),
    Column("population", "Population", "number", 100),
    Column("person", "Représentant", "noted", 190),
    Column("amount", "Montant", "amount", 110),
    Column("state", "Cotisation", "chip", 110),
)
STATES = (
    Chip("Réglée", "ok"),
    Chip("Partielle", "warn"),
    Chip("En retard", "danger"),
    Chip("Appelée", "info"),
)
NAMES = (
    "Alès Agglomération",
    "CC du Grand Orb",
    "Commune au nom très long " * 6,
    "GIP Alès Cévennes",
    "Vauvert",
)
ROWS = [
    (i + 1, name, "CA", 138176 * i or None, ("Clara GIMENEZ", "+1 suppl."), 123450 * i, STATES[i % 4])
    for i, name in enumerate(NAMES * 4)
]


class Open:
    """A dossier that is only there."""

    path = Path("exemple.vto")
    is_read_only = False
    undo_label = redo_label = None

    def subscribe(self, _listener: Callable[[frozenset[str]], object]) -> Callable[[], None]:
        return lambda: None


class Members(ListPage):
    """A list with everything on it."""

    title, icon, columns = "Adhérents", "users", COLUMNS

    def build_list(self) -> None:
        self._source = MemorySource(COLUMNS, ROWS)
        self.primary("Nouvel adhérent", "plus", lambda: None)
        self.action("Exporter…", lambda: None)
        self.chip("kind", "Type", lambda: [("CA", "CA")]).set_value("CA", "CA")
        self.chip("late", "En retard")
        self._facts = Facts()
        self.detail.tab("Fiche").addWidget(self._facts)
        self.detail.tab("Représentants")
        self.detail.action("Modifier", lambda: None, icon="pencil")

    def ids(self, text: str, chips: Mapping[str, Any], sort_key: str, descending: bool) -> Sequence[int]:
        return self._source.ids(text, chips, sort_key, descending)

    def rows(self, ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        return self._source.rows(ids)

    def footer(self, ids: Sequence[int]) -> tuple[str, str]:
        return french.count(len(ids), "adhérent"), "Cotisations 2021 : 64 000 € appelés"

    def totals(self, ids: Sequence[int]) -> Mapping[str, str]:
        return {"name": "Total", "amount": french.amount(6_400_000)}

    def show_detail(self, identifier: int) -> None:
        self.detail.head(ROWS[identifier - 1][1], "Aussi écrit : autrement", [Chip("34 Hérault"), STATES[0]])
        self._facts.show_facts([("SIREN", "243 400 017"), ("Réf.", None), ("Siège", "à Alès, " * 12)])


class Everything(Form):
    """A form with every kind of field."""

    title = "Nouvelle tranche"

    def build(self) -> None:
        self.head("Évaluation finale des contrats de ville, Hérault", "DDETS de l’Hérault")
        self.add("&Libellé", "label", TextInput())
        due = self.field("Échéance", "due", DateInput())
        self.pair(due, self.field("Montant", "amount", AmountInput(), hint="1234,5 ou 1 234,50 €"))
        self.add(
            "Organisme", "body", PickInput(lambda _text: [(1, "Celles", "Hérault")], lambda _i: "Celles")
        )
        self.section("Suivi")
        state = self.field("État", "state", ChoiceInput([("b", "Solde")]))
        self.pair(state, self.field("Part", "share", PercentInput()))
        self.add("Condition", "done", FlagInput("Compte rendu accepté"))
        self.add("Commentaire", "note", MemoInput(placeholder="Facultatif"))

    def save(self) -> None:
        raise UserError("DISQUE_PLEIN", "Le disque est plein. Rien n’a été perdu.")


def pieces() -> QWidget:
    """Return cards, panels, banners and buttons on one sheet."""
    sheet = QWidget()
    sheet.setMinimumWidth(theme.px(900))
    column = QVBoxLayout(sheet)
    cards = QHBoxLayout()
    column.addLayout(cards)
    for name, figure, note in (
        ("Ressources", "400 000 €", "budget 392 000 €"),
        ("Résultat", "+3 100 €", "excédent"),
    ):
        card = Card(name)
        card.show_figure(figure, note)
        cards.addWidget(card)
    panel = Panel("À faire")
    panel.set_caption("6 sur 9")
    panel.action("Tout afficher", lambda: None)
    table = Table((Column("state", "État", "chip", 110), Column("what", "Quoi", "lines", 0),
                   Column("done", "Avancement", "bar", 110)))  # fmt: skip
    table.show_rows(
        [(1, STATES[2], ("Cotisations 2021", "Limoux"), (1, 2)), (2, STATES[1], ("Solde", ""), (0, 1))]
    )
    table.fit_height()
    panel.add(table)
    column.addWidget(panel)
    banner = Banner("Ce dossier est en lecture seule. [LECTURE_SEULE]")
    column.addWidget(banner)
    row = QHBoxLayout()
    column.addLayout(row)
    for kind in ("", "primary", "small", "link"):
        row.addWidget(button("Bouton", lambda: None, icon="plus", kind=kind))
    return sheet


def tree() -> QWidget:
    """Return a budget half unfolded."""
    made = Tree((Column("l", "Charges", width=0), Column("p", "Prévu", "amount", 110, muted=True),
                 Column("e", "Écart %", "percent", 90, signed=True)))  # fmt: skip
    line = Branch(1, ("622 Honoraires", 5_800_000, (8, 58)), tones={"e": "danger"})
    other = Branch(2, ("623 Publicité", "hors budget", None), tones={"p": "warn"})
    made.show_branches(
        [Branch(None, ("62 Autres services", 9_400_000, (5, 94)), [line, other], "62", bold=True)]
    )
    made.unfold("62")
    made.resize(theme.px(560), theme.px(200))
    return made


@contextmanager
def dressed(folder: Path, look: str, size: int = 100) -> Iterator[Workspace]:
    """Dress the application and give a workspace."""
    settings = Settings(folder / f"preferences-{look}.json")
    settings.set("apparence", look)
    settings.set("taille", size)
    theme.apply(settings)
    workspace = Workspace(settings)
    workspace.set_dossier(Open(), year=2021, notice="Exemple : montants et dates fictifs")  # type: ignore[arg-type]
    yield workspace


def shoot(widget: QWidget, path: Path) -> None:
    """Write what a widget looks like."""
    widget.show()
    for _ in range(4):
        QApplication.processEvents()
    widget.grab().save(str(path))


def write_all(folder: Path, look: str, size: int = 100) -> list[Path]:
    """Write every picture of one look and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with dressed(folder, look, size) as workspace:
        page = Members(workspace)
        page.resize(theme.px(1160), theme.px(640))
        page.refresh_now()
        page.table.pick(2)
        row = SimpleNamespace(
            id=None, label="Solde", due=date(2022, 9, 30), amount=800_000, body=1, state="b", share=5650,
            done=True, note="",
        )  # fmt: skip
        form = Everything(workspace, row)
        form.input("due").set_typed("31/09/2022")
        form.submit()
        refusal = UserError("EXERCICE_CLOS", "L’exercice 2020 est clos. Rien n’a été modifié.")
        shown: dict[str, QWidget] = {"list": page, "form": form, "pieces": pieces(), "tree": tree()}
        shown["message"] = messages.show_error(None, refusal)
        paths = [folder / f"{look}-{name}.png" for name in shown]
        for widget, path in zip(shown.values(), paths, strict=True):
            shoot(widget, path)
        drafts.drop("exemple.vto", "Everything", None)
        for widget in shown.values():
            widget.hide()
            widget.deleteLater()
    return paths


if __name__ == "__main__":
    application = QApplication([])
    for name in ("light", "dark"):
        write_all(Path(sys.argv[1]), name, int(sys.argv[2]) if len(sys.argv) > 2 else 100)
