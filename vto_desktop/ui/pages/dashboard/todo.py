"""« À faire » : what is to be done, until when, how much, and one button each."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.figures import ToDo
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.panel import Panel, button, label, rule

SHOWN: Final = 6
NOTHING: Final = "Rien d’urgent : tout ce qui était attendu est fait."


class ToDoPanel(Panel):
    """The most urgent first; « Tout afficher » shows the others."""

    def __init__(self, act: Callable[[ToDo], object], parent: QWidget | None = None) -> None:
        super().__init__("À faire", padded=False, parent=parent)
        self._act = act
        self._items: tuple[ToDo, ...] = ()
        self._all = False
        self.all_button = button("Tout afficher", self._toggle, kind="link")
        self.header_widget(self.all_button)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.content.setSpacing(0)
        self.content.addLayout(self._lines)
        self.content.addStretch(1)

    def show_items(self, items: Sequence[ToDo]) -> None:
        """Show what is to be done."""
        self._items = tuple(items)
        shown = self._items if self._all else self._items[:SHOWN]
        while (found := self._lines.takeAt(0)) is not None:
            if (old := found.widget()) is not None:
                old.hide()
                old.deleteLater()
        dated, priced = any(i.due_on for i in shown), any(i.amount is not None for i in shown)
        for item in shown:
            self._lines.addWidget(rule())
            self._lines.addWidget(_Line(item, self._act, dated=dated, priced=priced))
        if not shown:
            nothing = label(NOTHING, "secondary", wrap=True)
            nothing.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
            self._lines.addWidget(nothing)
        hidden = len(self._items) > SHOWN
        self.all_button.setVisible(hidden)
        self.all_button.setText("Réduire" if self._all else "Tout afficher")
        self.set_caption(self._caption(len(shown)))

    def _caption(self, shown: int) -> str:
        if not self._items:
            return ""
        if shown < len(self._items):
            return f"{shown} sur {len(self._items)}, les plus urgents d’abord"
        return french.count(shown, "point")

    def _toggle(self) -> None:
        self._all = not self._all
        self.show_items(self._items)

    def titles(self) -> list[str]:
        """Return what is to be done, as shown or not."""
        return [item.title for item in self._items]


class _Line(QFrame):
    """State, what and for whom, date, amount, act."""

    def __init__(self, item: ToDo, act: Callable[[ToDo], object], *, dated: bool, priced: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(2), theme.px(16), theme.px(2))
        row.setSpacing(theme.px(8))
        state = QWidget()
        state.setFixedWidth(theme.px(92))
        inside = QHBoxLayout(state)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(ChipLabel(Chip(item.state, item.tone)), 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(state)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, kind in ((item.title, ""), (item.detail, "caption")):
            words.addWidget(_cut(text, kind))
        row.addLayout(words, 1)
        if dated:
            row.addWidget(_figure(french.short_date(item.due_on), 84))
        if priced:
            amount = french.amount(item.amount) if item.amount is not None else ""
            row.addWidget(_figure(amount, 84, bold=True))
        self.act = button(item.action, lambda: act(item), kind="small")
        self.act.setFixedWidth(theme.px(96))
        self.act.setAccessibleName(f"{item.action}\u00a0: {item.title}")
        row.addWidget(self.act)
        self.setMinimumHeight(theme.px(40))


def _cut(text: str, kind: str) -> QLabel:
    """Return a label that gives way and tells its whole text as a tip."""
    made = _Elided(text)
    made.setObjectName(kind)
    made.setToolTip(text)
    return made


class _Elided(QLabel):
    """One line that is cut with « … » when it has no room."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(theme.px(60))
        self.setText(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if cut != self.text():
            self.setText(cut)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())


def _figure(text: str, wide: int, *, bold: bool = False) -> QLabel:
    made = label(text)
    made.setFont(theme.font(10, 600 if bold else 400, figures=True))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setMinimumWidth(theme.px(wide))
    return made
