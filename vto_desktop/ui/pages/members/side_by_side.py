"""Records side by side: one column each, what differs in bold, which one is kept and which ones join it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from vto_desktop.services.duplicates import Card
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.panel import button, label, rule

HOLDS: Final = "Ce qui en dépend"
NOTHING: Final = "rien"
NARROWEST: Final = 150  # pixels of a column; more records than fit are scrolled to


class SideBySide(QWidget):
    """Compares a few records of one kind; the fullest is proposed as the one to keep."""

    chosen = Signal()
    """Another one is kept, or others join it."""
    open_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self._grid.setHorizontalSpacing(theme.px(20))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.kept: dict[int, QRadioButton] = {}
        self.joining: dict[int, QCheckBox] = {}
        self._group = QButtonGroup(self)

    @property
    def kept_id(self) -> int | None:
        """The record to keep."""
        return next((row_id for row_id, one in self.kept.items() if one.isChecked()), None)

    @property
    def other_ids(self) -> list[int]:
        """The records that join it."""
        kept = self.kept_id
        return [row_id for row_id, box in self.joining.items() if row_id != kept and box.isChecked()]

    def show_cards(self, cards: Sequence[Card], *, writable: bool = True) -> None:
        """Compare other records; all join the fullest until somebody says otherwise."""
        self._clear()
        best = max(cards, key=lambda card: (card.weight, -card.row_id), default=None)
        for column, card in enumerate(cards, 1):
            self._add_head(card, column, writable=writable)
            self.kept[card.row_id].setChecked(card is best)
        self._add(rule(), 3, 0, columns=len(cards) + 1)
        row = 4
        for place, (name, _text) in enumerate(cards[0].values if cards else ()):
            texts = [card.values[place][1] for card in cards]
            if any(texts):
                self._add_texts(row, name, texts)
                row += 1
        holds = ["\n".join(f"•\u00a0{line}" for line in card.holds) for card in cards]
        self._add_texts(row, HOLDS, [text or NOTHING for text in holds], compared=False)
        for column in range(1, len(cards) + 1):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, theme.px(NARROWEST))
        self._show_joining()

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for column in range(1, self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        self.kept, self.joining = {}, {}
        self._group.deleteLater()
        self._group = QButtonGroup(self)

    def _add(self, widget: QWidget, row: int, column: int, *, columns: int = 1) -> None:
        self._grid.addWidget(widget, row, column, 1, columns, Qt.AlignmentFlag.AlignTop)

    def _add_head(self, card: Card, column: int, *, writable: bool) -> None:
        keep = QRadioButton("Garder cette fiche")
        keep.setAccessibleName(f"Garder la fiche {column}, {card.name}")
        join = QCheckBox("Fusionner")
        join.setAccessibleName(f"Fusionner la fiche {column}, {card.name}")
        join.setChecked(True)
        for one in (keep, join):
            one.setEnabled(writable)
        self.kept[card.row_id], self.joining[card.row_id] = keep, join
        self._group.addButton(keep)
        keep.toggled.connect(lambda _on: self._show_joining())
        join.toggled.connect(lambda _on: self.chosen.emit())
        open_ = button("Ouvrir la fiche…", partial(self.open_asked.emit, card.row_id), kind="link")
        open_.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        open_.setEnabled(writable)
        self._add(keep, 0, column)
        self._add(join, 1, column)
        self._add(open_, 2, column)

    def _add_texts(self, row: int, name: str, texts: Sequence[str], *, compared: bool = True) -> None:
        differ = compared and len({text for text in texts if text}) > 1
        self._add(label(name, "secondary"), row, 0)
        for column, text in enumerate(texts, 1):
            self._add(_value(text, bold=differ), row, column)

    def _show_joining(self) -> None:
        """Let every record but the one that is kept join it."""
        for row_id, box in self.joining.items():
            is_kept = self.kept[row_id].isChecked()
            policy = box.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            box.setSizePolicy(policy)
            box.setVisible(not is_kept)
        self.chosen.emit()


def _value(text: str, *, bold: bool) -> QLabel:
    made = label(text or "–", "strong" if bold and text else "" if text else "secondary", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made
