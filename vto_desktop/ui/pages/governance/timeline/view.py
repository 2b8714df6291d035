"""The timeline itself: scrolls over lanes and years, comes nearer, tells a click on a bar or on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme
from vto_desktop.ui.pages.governance.timeline.lanes import ALWAYS, FOREVER, Bar, Lane, packed
from vto_desktop.ui.pages.governance.timeline.painting import HEAD, ROW, Painting, widest
from vto_desktop.ui.pages.governance.timeline.scale import CLOSEST, YEAR, Scale

MARGIN: Final = 150  # days around what is known
USUAL: Final = 10 * YEAR  # days shown at first, when the whole is longer
NEARER: Final = 1.25  # one step of zoom
SLACK: Final = 4  # pixels by which a click may miss a narrow bar
TOLD: Final = 30  # mandates that the accessible name tells


class Timeline(QAbstractScrollArea):
    """Draws bars on lanes; ``picked`` tells a mandate, ``day_chosen`` a day clicked or dragged to above."""

    picked = Signal(int)
    day_chosen = Signal(date)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(theme.px(320))
        self.lanes: list[Lane] = []
        self._bars: Sequence[Bar] = ()
        self._body: object = None
        self._on = self._today = date.today().toordinal()  # noqa: DTZ011 - replaced when shown
        self._low, self._high = float(self._on), float(self._on + 1)
        self._first, self._per_day = self._low, 1.0
        self._known = (self._on, self._on)  # the first and last day that the bars name
        self._elections: list[int] = []
        self._current: int | None = None
        self._left = theme.px(120)
        self._drags = False
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)  # the panel below shows
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setSingleStep(theme.px(ROW))

    # --- content ---------------------------------------------------------------------------------

    def show_bars(self, bars: Sequence[Bar], on: date, today: date, *, body: object = None) -> None:
        """Show the mandates of a body around a chosen day; for the same body, zoom and place stay."""
        self._on, self._today = on.toordinal(), today.toordinal()
        if bars is not self._bars:
            self._bars = bars
            self._pack(bars)
        self._low = float(min(*self._known, self._on, self._today) - MARGIN)
        self._high = float(max(*self._known, self._on, self._today) + 2 * MARGIN)
        if body is None or body != self._body:
            self._body = body
            self._show_around()
        else:
            self._fit_bars()
            self._keep_day_in_sight()
        self._tell(bars, on)
        self.viewport().update()

    def _pack(self, bars: Sequence[Bar]) -> None:
        """Lay other bars out on lanes."""
        self.lanes = packed(bars)
        self._elections = sorted({bar.elected_on.toordinal() for bar in bars if bar.elected_on is not None})
        labels = [lane.label for lane in self.lanes]
        self._left = min(max(widest(labels, theme.font(9)) + theme.px(16), theme.px(120)), theme.px(240))
        days = [bar.first for bar in bars if bar.first > ALWAYS] + [
            bar.end for bar in bars if bar.end < FOREVER
        ]
        days += [bar.term_on.toordinal() for bar in bars if bar.term_on is not None]
        self._known = (min(days, default=self._on), max(days, default=self._on))

    def _tell(self, bars: Sequence[Bar], on: date) -> None:
        """Say who sits on the chosen day, for those who do not see the bars."""
        sitting = [bar.words for bar in bars if bar.first <= self._on < bar.end]
        more = f" Et {len(sitting) - TOLD} autres." if len(sitting) > TOLD else ""
        said = ". ".join(sitting[:TOLD])
        self.setAccessibleName(f"Mandats au {french.short_date(on)}. {said}{more}")

    def bars(self) -> list[Bar]:
        """Return what can be seen by scrolling, lane by lane."""
        return [bar for lane in self.lanes for bar in lane.bars]

    def set_current(self, mandate_id: int | None) -> None:
        """Frame the bar of a mandate and bring its lane into sight."""
        self._current = mandate_id
        place = next((n for n, lane in enumerate(self.lanes) if self._in(lane, mandate_id)), None)
        if place is not None:
            top, bar = place * theme.px(ROW), self.verticalScrollBar()
            room = self.viewport().height() - theme.px(HEAD) - theme.px(ROW)
            bar.setValue(min(max(bar.value(), top - room), top))
        self.viewport().update()

    @staticmethod
    def _in(lane: Lane, mandate_id: int | None) -> bool:
        return any(bar.mandate_id == mandate_id for bar in lane.bars)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), self.whole_height())

    def whole_height(self) -> int:
        """Return the height that shows every lane."""
        return theme.px(HEAD + 12) + theme.px(ROW) * max(len(self.lanes), 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(HEAD + 2 * ROW))

    # --- the part in sight -----------------------------------------------------------------------

    @property
    def scale(self) -> Scale:
        """The scale as it is now."""
        return Scale(float(self._left), self._first, self._per_day)

    @property
    def _room(self) -> float:
        return max(self.viewport().width() - self._left, 1.0)

    def _show_around(self) -> None:
        """Show all, or ten years around the chosen day when there is more."""
        whole = self._high - self._low
        self._per_day = self._room / min(whole, USUAL)
        self._first = self._low if whole <= USUAL else self._on - USUAL / 2
        self._fit_bars()

    def _fit_bars(self) -> None:
        """Keep zoom and place within what is known, and tell the scroll bars."""
        whole = self._high - self._low
        self._per_day = min(max(self._per_day, self._room / whole), max(CLOSEST, self._room / whole))
        seen = self._room / self._per_day
        self._first = min(max(self._first, self._low), max(self._high - seen, self._low))
        bar = self.horizontalScrollBar()
        bar.blockSignals(True)
        bar.setRange(0, max(round((whole - seen) * self._per_day), 0))
        bar.setPageStep(round(self._room))
        bar.setSingleStep(theme.px(40))
        bar.setValue(round((self._first - self._low) * self._per_day))
        bar.blockSignals(False)
        lanes, room = theme.px(ROW) * len(self.lanes) + theme.px(6), self.viewport().height() - theme.px(HEAD)
        self.verticalScrollBar().setRange(0, max(lanes - room, 0))
        self.verticalScrollBar().setPageStep(max(room, 1))

    def _keep_day_in_sight(self) -> None:
        seen = self._room / self._per_day
        if not self._first <= self._on <= self._first + seen:
            self._first = self._on - seen / 2
            self._fit_bars()

    def _scrolled(self, value: int) -> None:
        self._first = self._low + value / self._per_day
        self.viewport().update()

    def zoom(self, factor: float, *, at: float | None = None) -> None:
        """Come nearer (or farther, below 1) around a place: a point of the view, else the chosen day."""
        x = at if at is not None else min(max(self.scale.x(self._on), self._left), self.viewport().width())
        day = self.scale.day(x)
        self._per_day *= factor
        whole = self._high - self._low
        self._per_day = min(max(self._per_day, self._room / whole), CLOSEST)
        self._first = day - (x - self._left) / self._per_day
        self._fit_bars()
        self.viewport().update()

    def show_all(self) -> None:
        """Show the whole time at once."""
        self._per_day = 0.0
        self._fit_bars()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = event.oldSize().width() - self._left
        if before > 0 and self._high - self._low <= before / self._per_day + 2:
            self._per_day = 0.0  # the whole was in sight: it stays so
        self._fit_bars()

    # --- keys and mouse --------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(NEARER ** (steps.y() / 120), at=event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(steps.x()) > abs(steps.y()):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (steps.x() or steps.y()))
        else:
            lanes = self.verticalScrollBar()
            lanes.setValue(lanes.value() - steps.y() * theme.px(ROW) * 3 // 120)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sideways, lanes = self.horizontalScrollBar(), self.verticalScrollBar()
        page = round(self._room / 4)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                sideways.setValue(sideways.value() + (page if event.key() == Qt.Key.Key_Right else -page))
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                row = theme.px(ROW)
                lanes.setValue(lanes.value() + (row if event.key() == Qt.Key.Key_Down else -row))
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                sideways.setValue(0 if event.key() == Qt.Key.Key_Home else sideways.maximum())
            case Qt.Key.Key_Plus | Qt.Key.Key_Minus:
                self.zoom(NEARER if event.key() == Qt.Key.Key_Plus else 1 / NEARER)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._current is not None:
                self.picked.emit(self._current)
            case _:
                super().keyPressEvent(event)

    def bar_at(self, place: QPoint) -> Bar | None:
        """Return the bar under a point of the view."""
        row = (place.y() - theme.px(HEAD) + self.verticalScrollBar().value()) // theme.px(ROW)
        if place.y() < theme.px(HEAD) or not 0 <= row < len(self.lanes):
            return None
        lane = self.lanes[row]
        if place.x() < self._left:  # the label: who is there on the chosen day, else the last
            return lane.at(self._on) or lane.bars[-1]
        return lane.at(self.scale.day(place.x()), slack=SLACK / self._per_day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._drags = self._is_above(place)
        if self._drags:
            self._choose(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._drags:
            self._choose(place)
            return
        if self._is_above(place):
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
        elif self.bar_at(place) is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drags:
            self._drags = False
        elif (bar := self.bar_at(event.position().toPoint())) is not None:
            self.set_current(bar.mandate_id)
            self.picked.emit(bar.mandate_id)

    def _is_above(self, place: QPoint) -> bool:
        """Return whether a point lies on the dates, where a day is chosen."""
        return place.y() < theme.px(HEAD) and place.x() >= self._left

    def _choose(self, place: QPoint) -> None:
        day = int(min(max(self.scale.day(place.x()), self._low), self._high))
        if day != self._on:
            self.day_chosen.emit(date.fromordinal(day))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos())
            if bar is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), bar.words, self.viewport())
            return True
        return super().viewportEvent(event)

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, head, row = self.viewport(), theme.px(HEAD), theme.px(ROW)
        painter = QPainter(view)
        drawn = Painting(painter, self.scale, view.width(), view.height(), self._on, self._today)
        drawn.grid()
        top = self.verticalScrollBar().value()
        first = max(top // row, 0)
        last = min((top + view.height() - head) // row + 1, len(self.lanes))
        lanes = [(self.lanes[n], head + n * row - top) for n in range(first, last)]
        painter.setClipRect(QRect(0, head, view.width(), view.height() - head))
        drawn.labels(lanes)
        painter.setClipRect(QRect(self._left, head, view.width() - self._left, view.height() - head))
        drawn.lanes(lanes, current=self._current)
        painter.setClipping(False)
        drawn.elections(self._elections)
        drawn.day_lines()
        painter.end()
