"""Above the list of dues: what is called, received and left, how much of it came, how late the rest is."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.figures_dues import AgeBand, DuesSums
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.cards import Card
from vto_desktop.ui.kit.panel import label

CARDS: Final = (
    ("called", "Appelé"), ("received", "Encaissé"), ("due", "Reste dû"), ("rate", "Taux d’encaissement"),
)  # fmt: skip
NARROW: Final = 1060
"""Width, in pixels of the mocks, under which the ages stand below the cards."""


class AgesBar(QWidget):
    """What is due as one bar, a part for each age; a part is clicked, or walked with the arrows."""

    clicked = Signal(int)
    """The first day late of the part: 0 for what is not due yet."""

    def __init__(self) -> None:
        super().__init__()
        self._bands: tuple[AgeBand, ...] = ()
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(16))

    def show_bands(self, bands: Sequence[AgeBand]) -> None:
        """Show what is due by age."""
        self._bands = tuple(each for each in bands if each.amount)
        self._at = -1
        said = ", ".join(map(band_words, self._bands))
        self.setAccessibleName(f"Reste dû par ancienneté\u00a0: {said}" if said else "Rien ne reste dû")
        self.update()

    @property
    def bands(self) -> tuple[AgeBand, ...]:
        """The parts shown."""
        return self._bands

    def _parts(self) -> list[QRectF]:
        whole = sum(each.amount for each in self._bands) or 1
        least, gap = theme.px(6), theme.px(2)
        room = self.width() - len(self._bands) * (least + gap)
        found, x = [], 0.0
        for each in self._bands:
            wide = least + max(room, 0) * each.amount / whole
            found.append(QRectF(x, theme.px(2), wide, theme.px(12)))
            x += wide + gap
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not self._bands:
            painter.setBrush(QColor(theme.current().track))
            painter.drawRoundedRect(QRectF(0, theme.px(2), self.width(), theme.px(12)), 3, 3)
        for place, (each, box) in enumerate(zip(self._bands, self._parts(), strict=True)):
            painter.setBrush(colour(each.from_days))
            chosen = self.hasFocus() and place == self._at
            painter.setPen(QPen(QColor(theme.current().text), 2) if chosen else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 3, 3)
        painter.end()

    def band_at(self, x: float) -> AgeBand | None:
        """Return the part under a point."""
        parts = zip(self._bands, self._parts(), strict=True)
        return next((each for each, box in parts if box.left() <= x <= box.right()), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.band_at(event.position().x())
        QToolTip.showText(event.globalPosition().toPoint(), band_words(found) if found else "", self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self.band_at(event.position().x())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(found.from_days)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if self._bands and event.key() in steps:
            self._at = (self._at + steps[Qt.Key(event.key())]) % len(self._bands)
            self.setAccessibleDescription(band_words(self._bands[self._at]))
            self.update()
        elif self._at >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self._bands[self._at].from_days)
        else:
            super().keyPressEvent(event)


def colour(from_days: int) -> QColor:
    """Return the colour of an age: the later, the stronger; each is told in words beside."""
    look = theme.current()
    orange, red = QColor(look.series["others"]), QColor(look.danger.text)
    mixed = [(one + other) // 2 for one, other in zip(_rgb(orange), _rgb(red), strict=True)]
    between = QColor(*mixed)
    tints = {0: QColor(look.info.line), 1: QColor(look.warn.line), 31: orange, 61: between, 91: red}
    return tints.get(from_days, QColor(look.track))


def _rgb(shade: QColor) -> tuple[int, int, int]:
    return shade.red(), shade.green(), shade.blue()


def band_words(each: AgeBand) -> str:
    """Return « 31 à 60 jours : 1 250 € (2) »."""
    return f"{each.label}\u00a0: {french.amount(each.amount)} ({french.number(each.count)})"


class DuesHead(QWidget):
    """Four cards and the ages of what is due."""

    def __init__(self, open_card: Callable[[str], object], open_age: Callable[[int], object]) -> None:
        super().__init__()
        self._narrow: bool | None = None
        self.cards = {key: Card(name) for key, name in CARDS}
        for key, card in self.cards.items():
            card.clicked.connect(partial(open_card, key))
        self.bar = AgesBar()
        self.bar.clicked.connect(open_age)
        self.words = label("", "caption", wrap=True)
        self._ages = QWidget()
        column = QVBoxLayout(self._ages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addStretch(1)
        self._title = label("Ancienneté du reste dû", "caption")
        column.addWidget(self._title)
        column.addWidget(self.bar)
        column.addWidget(self.words)
        column.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(12))
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(NARROW)
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._title.setVisible(not narrow)  # a low window keeps its room for the list
        for place, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, 0, place)
        if narrow:
            self._grid.addWidget(self._ages, 1, 0, 1, len(self.cards))
        else:
            self._grid.addWidget(self._ages, 0, len(self.cards))
        self._grid.setColumnStretch(len(self.cards), 0 if narrow else 3)
        for place in range(len(self.cards)):
            self._grid.setColumnStretch(place, 2)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def show_sums(self, sums: DuesSums, ages: Sequence[AgeBand], before: str) -> None:
        """Show a year's dues; ``before`` compares the rate with the year before."""
        self.cards["called"].show_figure(french.amount(sums.called), french.count(sums.calls, "appel"))
        over = f"trop-perçu {french.amount(sums.overpaid)}" if sums.overpaid else "aucun trop-perçu"
        self.cards["received"].show_figure(french.amount(sums.received), over)
        late = f"dont {french.amount(sums.late)} en retard" if sums.late else "rien en retard"
        self.cards["due"].show_figure(french.amount(sums.due), late, "problem" if sums.late else "caption")
        self.cards["rate"].show_figure(french.percent(sums.collected, sums.called), before)
        self.bar.show_bands(ages)
        self.words.setText(" · ".join(map(band_words, self.bar.bands)))
        self._ages.setVisible(bool(self.bar.bands))
