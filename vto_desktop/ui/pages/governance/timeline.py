"""Mandates as bars along time: solid while held, dashed while no end is recorded, hatched before any data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme

GUTTER = 30  # at right, for the arrows of what has no end
BAR = 14
ROW = 20
HEAD = 44
SHORT_MONTHS = ("janv.", "avr.", "juil.", "oct.")
MARGIN_DAYS = 150
MOST_DAYS = 6 * 366


@dataclass(frozen=True)
class Bar:
    """One mandate: its office at left, its holder in the bar."""

    mandate_id: int
    office: str
    person: str
    starts_on: date | None
    ends_on: date | None  # first day without it
    term_on: date | None = None


class Timeline(QWidget):
    """Draws bars in the order given; a click tells which one."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self._on = self._today = self._first = self._last = date.today()  # noqa: DTZ011 - replaced when shown
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(320))

    def show_bars(self, bars: Sequence[Bar], on: date, today: date) -> None:
        """Show mandates around a chosen day; ``today`` ends what is known of those that run."""
        self._bars, self._on, self._today = bars, on, today
        starts = [bar.starts_on for bar in bars if bar.starts_on is not None]
        ends = [bar.ends_on or bar.term_on or on for bar in bars]
        margin = timedelta(days=MARGIN_DAYS)
        first = max(min([*starts, on]), on - timedelta(days=MOST_DAYS // 2)) - margin
        last = min(max([*ends, on]), on + timedelta(days=MOST_DAYS // 2)) + 2 * margin
        self._first = first.replace(day=1, month=(first.month - 1) // 3 * 3 + 1)
        self._last = last
        words = [f"{bar.office}\u00a0: {bar.person}, {_period(bar)}" for bar in bars]
        self.setAccessibleName(f"Mandats au {french.short_date(on)}. " + ". ".join(words))
        self.updateGeometry()
        self.update()

    def bars(self) -> Sequence[Bar]:
        """Return what is drawn."""
        return self._bars

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(HEAD + ROW * max(len(self._bars), 1) + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), self.sizeHint().height())

    # --- places ----------------------------------------------------------------------------------

    def _left(self) -> int:
        metrics = QFontMetrics(theme.font(9))
        widest = max((metrics.horizontalAdvance(bar.office) for bar in self._bars), default=0)
        return min(max(widest + theme.px(16), theme.px(120)), self.width() // 3)

    def _x(self, day: date) -> float:
        whole = max((self._last - self._first).days, 1)
        part = (min(max(day, self._first), self._last) - self._first).days / whole
        return self._left() + part * (self.width() - self._left() - theme.px(GUTTER))

    def _row(self, place: int) -> QRectF:
        top = theme.px(HEAD) + place * theme.px(ROW) + (theme.px(ROW) - theme.px(BAR)) / 2
        return QRectF(0, top, self.width(), theme.px(BAR))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int((event.position().y() - theme.px(HEAD)) // theme.px(ROW))
        if 0 <= place < len(self._bars):
            self.picked.emit(self._bars[place].mandate_id)

    # --- drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(9))
        self._draw_scale(painter)
        for place, bar in enumerate(self._bars):
            self._draw_bar(painter, self._row(place), bar)
        self._draw_day(painter)
        painter.end()

    def _draw_scale(self, painter: QPainter) -> None:
        colours = theme.current()
        bottom = self.height() - theme.px(4)
        day, last_end = self._first, 0.0
        by_year = (self._last - self._first).days > 3 * 366
        metrics = QFontMetrics(theme.font(9))
        while day <= self._last:
            if day.month == 1 or not by_year:
                text = f"{SHORT_MONTHS[(day.month - 1) // 3]} {day.year}" if day.month == 1 else ""
                text = text or SHORT_MONTHS[(day.month - 1) // 3]
                x = self._x(day)
                painter.setPen(QColor(colours.grid))
                painter.drawLine(QPointF(x, theme.px(HEAD) - 4), QPointF(x, bottom))
                if x >= last_end:
                    painter.setPen(QColor(colours.text if day.month == 1 else colours.secondary))
                    painter.drawText(QPointF(x + 3, theme.px(HEAD) - theme.px(8)), text)
                    last_end = x + metrics.horizontalAdvance(text) + theme.px(10)
            day = (day.replace(day=1) + timedelta(days=95)).replace(day=1)

    def _draw_bar(self, painter: QPainter, row: QRectF, bar: Bar) -> None:
        colours = theme.current()
        metrics = QFontMetrics(theme.font(9))
        office = metrics.elidedText(bar.office, Qt.TextElideMode.ElideRight, self._left() - theme.px(8))
        painter.setPen(QColor(colours.secondary))
        painter.drawText(QRectF(0, row.top(), self._left(), row.height()), _MIDDLE, office)
        starts = self._x(bar.starts_on or self._first)
        if bar.starts_on is not None and bar.starts_on > self._first:
            hatched = QRectF(self._x(self._first), row.top(), starts - self._x(self._first) - 1, row.height())
            painter.fillRect(hatched, QBrush(QColor(colours.line), Qt.BrushStyle.BDiagPattern))
        known_until = bar.ends_on or max(min(self._today, self._last), bar.starts_on or self._first)
        solid = QRectF(starts, row.top(), max(self._x(known_until) - starts, 2.0), row.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.link))
        painter.drawRoundedRect(solid, 2, 2)
        if bar.ends_on is None and (bar.term_on is None or bar.term_on > known_until):
            self._draw_open_end(painter, solid, bar)
        name = QRect(int(starts) + 8, int(row.top()), int(solid.width()) - 12, int(row.height()))
        painter.setPen(QColor(colours.on_link))
        painter.setFont(theme.font(8.5, 500))
        cut = QFontMetrics(painter.font()).elidedText(bar.person, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, _MIDDLE, cut)
        painter.setFont(theme.font(9))

    def _draw_open_end(self, painter: QPainter, solid: QRectF, bar: Bar) -> None:
        """Dash to the planned end, or to an arrow at the edge when none is recorded."""
        painter.setPen(QPen(QColor(theme.current().link), 1.5, Qt.PenStyle.DashLine))
        middle = solid.center().y()
        end = self._x(bar.term_on) if bar.term_on is not None else float(self.width() - theme.px(6))
        painter.drawLine(QPointF(solid.right() + 3, middle), QPointF(end, middle))
        painter.setPen(QPen(QColor(theme.current().link), 1.5))
        if bar.term_on is None:
            painter.drawPolyline(
                [QPointF(end - 5, middle - 4), QPointF(end, middle), QPointF(end - 5, middle + 4)]
            )
        else:
            painter.drawLine(QPointF(end, middle - 5), QPointF(end, middle + 5))

    def _draw_day(self, painter: QPainter) -> None:
        colours = theme.current()
        x = self._x(self._on)
        text = f"au {french.short_date(self._on)}"
        wide = QFontMetrics(theme.font(9, 600)).horizontalAdvance(text) + theme.px(16)
        left = min(max(x - wide / 2, 0), self.width() - wide - 1)
        painter.setPen(QPen(QColor(colours.text), 1.5))
        painter.drawLine(QPointF(x, theme.px(20)), QPointF(x, self.height() - theme.px(4)))
        painter.setPen(QColor(colours.neutral.line))
        painter.setBrush(QColor(colours.neutral.back))
        label = QRectF(left + 0.5, 0.5, wide, theme.px(19))
        painter.drawRoundedRect(label, 3, 3)
        painter.setPen(QColor(colours.text))
        painter.setFont(theme.font(9, 600))
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), text)


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


def _period(bar: Bar) -> str:
    starts = f"depuis le {french.short_date(bar.starts_on)}" if bar.starts_on else "début non renseigné"
    if bar.ends_on is not None:
        return f"{starts} jusqu’au {french.short_date(bar.ends_on)}"
    return starts if bar.term_on is None else f"{starts}, terme le {french.short_date(bar.term_on)}"


class Legend(QWidget):
    """What the three ways of drawing mean."""

    TEXTS = ("en fonction", "fin non renseignée", "période sans donnée")

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(", ".join(self.TEXTS))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(9))
        wide = sum(metrics.horizontalAdvance(text) + theme.px(48) for text in self.TEXTS)
        return QSize(wide, theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        painter.setFont(theme.font(9))
        x, middle = 0, self.height() // 2
        for place, text in enumerate(self.TEXTS):
            box = QRect(x, middle - 5, theme.px(24), 10)
            if place == 0:
                painter.fillRect(box, QColor(colours.link))
            elif place == 1:
                painter.setPen(QPen(QColor(colours.link), 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(box.left(), middle, box.right(), middle)
                tip = QPointF(box.right(), middle)
                painter.setPen(QPen(QColor(colours.link), 1.5))
                painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(-4, 4)])
            else:
                painter.fillRect(box, QBrush(QColor(colours.border), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QColor(colours.secondary))
            wide = QFontMetrics(theme.font(9)).horizontalAdvance(text)
            painter.drawText(QRect(box.right() + 8, 0, wide + 4, self.height()), _MIDDLE, text)
            x = box.right() + wide + theme.px(24)
        painter.end()
