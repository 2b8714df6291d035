"""Drawing lanes and the scale above: solid while held, pale once over, dashed where no end is recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from vto_desktop import french
from vto_desktop.ui.kit import theme
from vto_desktop.ui.pages.governance.timeline.lanes import ALWAYS, Bar, Lane
from vto_desktop.ui.pages.governance.timeline.scale import Scale

BAR: Final = 14
ROW: Final = 20
HEAD: Final = 44
NARROW: Final = 24  # a bar below this width has no name in it
MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


@dataclass
class Painting:
    """What is drawn at once: the colours and fonts are looked up once for all bars."""

    painter: QPainter
    scale: Scale
    width: int
    height: int
    on: int
    today: int

    def __post_init__(self) -> None:
        self.colours = theme.current()
        self.font, self.small = theme.font(9), theme.font(8.5, 500)
        self.metrics, self.small_metrics = QFontMetrics(self.font), QFontMetrics(self.small)

    @cached_property
    def _link(self) -> QColor:
        return QColor(self.colours.link)

    @property
    def right(self) -> float:
        """Return where the bars end."""
        return float(self.width)

    # --- lanes -----------------------------------------------------------------------------------

    def lane(self, lane: Lane, top: int, *, current: int | None) -> None:
        """Draw what is in sight of one lane, its bars clipped by the caller."""
        high = theme.px(BAR)
        y = top + (theme.px(ROW) - high) / 2
        left = self.scale.left
        known = self.scale.x(lane.begins)
        if lane.begins > ALWAYS and known > left:
            hatched = QRectF(left, y, min(known, self.right) - left - 1, high)
            self.painter.fillRect(hatched, QBrush(QColor(self.colours.line), Qt.BrushStyle.BDiagPattern))
        drawn = -1.0
        for bar in lane.between(self.scale.day(left), self.scale.day(self.right)):
            drawn = self._bar(bar, QRectF(0, y, 0, high), drawn, is_current=bar.mandate_id == current)

    def _bar(self, bar: Bar, row: QRectF, drawn: float, *, is_current: bool) -> float:
        """Draw a bar and return where it ends; those that share a pixel with the one before are left out."""
        scale = self.scale
        starts = max(scale.x(bar.first), scale.left)
        is_over = bar.ends_on is not None and bar.end <= self.today
        until = bar.end if bar.ends_on is not None else max(self.today, bar.first)
        ends = min(max(scale.x(until), starts + 2), self.right)
        if ends <= drawn + 0.5 and not is_current:
            return drawn
        solid = QRectF(starts, row.top(), ends - starts, row.height())
        tone = self.colours.info
        self.painter.setPen(QPen(QColor(tone.line), 1) if is_over else Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(tone.back) if is_over else self._link)
        self.painter.drawRect(solid)
        if bar.ends_on is None:
            self._open_end(bar, solid)
        elif solid.right() < self.right - 1:
            self._departure(solid)
        if is_current:
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.setPen(QPen(QColor(self.colours.text), 2))
            self.painter.drawRect(solid.adjusted(0, 0, 0, 0))
        self._name(bar.person, solid, tone.text if is_over else self.colours.on_link)
        return ends

    def _name(self, text: str, solid: QRectF, colour: str) -> None:
        room = int(solid.width()) - theme.px(12)
        if room < theme.px(NARROW):
            return
        self.painter.setFont(self.small)
        self.painter.setPen(QColor(colour))
        cut = self.small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.painter.drawText(solid.adjusted(theme.px(6), 0, 0, 0), MIDDLE, cut)

    def _departure(self, solid: QRectF) -> None:
        """Mark the end of a mandate with a short upright line."""
        self.painter.setPen(QPen(QColor(self.colours.secondary), 2))
        x = solid.right()
        self.painter.drawLine(QPointF(x, solid.top() - 2), QPointF(x, solid.bottom() + 2))

    def _open_end(self, bar: Bar, solid: QRectF) -> None:
        """Dash to the planned end, or to an arrow at the edge when none is recorded."""
        middle = solid.center().y()
        if bar.term_on is None:
            end = self.right - theme.px(6)
        else:
            end = min(self.scale.x(bar.term_on.toordinal()), self.right)
        if end <= solid.right() + 3:
            return
        self.painter.setPen(QPen(self._link, 1.5, Qt.PenStyle.DashLine))
        self.painter.drawLine(QPointF(solid.right() + 3, middle), QPointF(end, middle))
        self.painter.setPen(QPen(self._link, 1.5))
        if bar.term_on is None:
            tip = (QPointF(end - 5, middle - 4), QPointF(end, middle), QPointF(end - 5, middle + 4))
            self.painter.drawPolyline(QPolygonF(tip))
        else:
            self.painter.drawLine(QPointF(end, middle - 5), QPointF(end, middle + 5))

    def label(self, text: str, top: int) -> None:
        """Write what a lane is at its left."""
        self.painter.setFont(self.font)
        self.painter.setPen(QColor(self.colours.secondary))
        room = int(self.scale.left) - theme.px(10)
        cut = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.painter.drawText(QRectF(0, top, room + 2, theme.px(ROW)), MIDDLE, cut)

    # --- the scale above -------------------------------------------------------------------------

    def grid(self) -> None:
        """Draw the dates above and a thin line below each."""
        head = theme.px(HEAD)
        self.painter.setFont(self.font)
        for tick in self.scale.ticks(self.right, theme.px(64)):
            x = self.scale.x(tick.day)
            if x < self.scale.left - 1:
                continue
            self.painter.setPen(QColor(self.colours.grid))
            self.painter.drawLine(QPointF(x, head - 4), QPointF(x, self.height))
            self.painter.setPen(QColor(self.colours.text if tick.is_year else self.colours.secondary))
            self.painter.drawText(QPointF(x + 3, head - theme.px(8)), tick.text)

    def elections(self, days: Iterable[int]) -> None:
        """Mark the days of elections with a small triangle under the dates."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(self.colours.series["others"]))
        y, side = theme.px(HEAD), theme.px(4)
        last = -10.0
        for day in days:
            x = self.scale.x(day)
            if self.scale.left <= x <= self.right and x > last + 2:
                self.painter.drawPolygon(
                    QPolygonF((QPointF(x - side, y - 5), QPointF(x + side, y - 5), QPointF(x, y + 1)))
                )
                last = x

    def day_lines(self) -> None:
        """Draw today, then the chosen day over it."""
        today = self.scale.x(self.today)
        if self.today != self.on and self.scale.left <= today <= self.right:
            self.painter.setPen(QPen(QColor(self.colours.danger.text), 1, Qt.PenStyle.DashLine))
            self.painter.drawLine(QPointF(today, theme.px(20)), QPointF(today, self.height))
            said = "aujourd’hui"
            wide = self.metrics.horizontalAdvance(said)
            if abs(today - self.scale.x(self.on)) > wide + theme.px(60):
                self.painter.setFont(self.font)
                self.painter.setPen(QColor(self.colours.danger.text))
                place = min(max(today - wide / 2, self.scale.left), self.right - wide - 2)
                self.painter.drawText(QPointF(place, theme.px(15)), said)
        x = self.scale.x(self.on)
        if not self.scale.left - 1 <= x <= self.right + 1:
            return
        self.painter.setPen(QPen(QColor(self.colours.text), 1.5))
        self.painter.drawLine(QPointF(x, theme.px(19)), QPointF(x, self.height))
        self._pill(x, f"au {french.short_date(date.fromordinal(self.on))}")

    def _pill(self, x: float, text: str) -> None:
        bold = theme.font(9, 600)
        wide = QFontMetrics(bold).horizontalAdvance(text) + theme.px(16)
        left = min(max(x - wide / 2, 0), self.width - wide - 1)
        self.painter.setPen(QColor(self.colours.neutral.line))
        self.painter.setBrush(QColor(self.colours.neutral.back))
        box = QRectF(left + 0.5, 0.5, wide, theme.px(19))
        self.painter.drawRoundedRect(box, 3, 3)
        self.painter.setPen(QColor(self.colours.text))
        self.painter.setFont(bold)
        self.painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def widest(texts: Sequence[str], font: QFont) -> int:
    """Return the width of the widest of some texts."""
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(text) for text in texts), default=0)
