"""Drawing lanes and the scale above: solid while held, pale once over, dashed where no end is recorded.

What is alike is gathered first and drawn at once: thousands of bars cost a few calls, not thousands.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from vto_desktop import french
from vto_desktop.ui.kit import theme
from vto_desktop.ui.pages.governance.timeline.lanes import ALWAYS, FOREVER, Bar, Lane
from vto_desktop.ui.pages.governance.timeline.scale import Scale

BAR: Final = 14
ROW: Final = 20
HEAD: Final = 44
NARROW: Final = 48  # a bar below this width has no name in it
KNOWN_TEXTS: Final = 20_000  # texts cut to a width that are remembered
MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


@dataclass
class Gathered:
    """What is drawn of the lanes in sight, by the way it is drawn."""

    unknown: list[QRectF] = field(default_factory=list)  # before any data
    running: list[QRectF] = field(default_factory=list)
    over: list[QRectF] = field(default_factory=list)
    departures: list[QLineF] = field(default_factory=list)
    dashes: list[QLineF] = field(default_factory=list)
    tips: list[QLineF] = field(default_factory=list)  # arrows, or the mark of a term
    names: list[tuple[float, float, str, bool]] = field(default_factory=list)  # x, y, text, is over
    current: QRectF | None = None


@dataclass
class Painting:
    """One painting of the timeline."""

    painter: QPainter
    scale: Scale
    width: int
    height: int
    on: int
    today: int

    def __post_init__(self) -> None:
        self.colours = theme.current()
        self.font, self.small = theme.font(9), theme.font(8.5, 500)
        self.right = float(self.width)
        self.high, self.row = theme.px(BAR), theme.px(ROW)
        self.narrow, self.padding = theme.px(NARROW), theme.px(12)
        self.font_key, self.small_key = self.font.toString(), self.small.toString()

    # --- lanes -----------------------------------------------------------------------------------

    def lanes(self, lanes: Iterable[tuple[Lane, int]], *, current: int | None) -> None:
        """Draw lanes and their tops, clipped by the caller."""
        found = Gathered()
        for lane, top in lanes:
            y = top + (self.row - self.high) / 2
            self._before(lane, y, found)
            self._gather(lane, y, found, current)
        self._draw(found)

    def _before(self, lane: Lane, y: float, found: Gathered) -> None:
        known = self.scale.x(lane.begins)
        left = self.scale.left
        if lane.begins > ALWAYS and known > left + 1:
            found.unknown.append(QRectF(left, y, min(known, self.right) - left - 1, self.high))

    def _gather(self, lane: Lane, y: float, found: Gathered, current: int | None) -> None:
        """Gather the bars of a lane; one that shares a pixel with the one before is left out."""
        scale, left, right, today, high = self.scale, self.scale.left, self.right, self.today, self.high
        shift, per_day = left - scale.first * scale.per_day, scale.per_day
        drawn = -1.0
        for first, end, bar in lane.spans(scale.day(left), scale.day(right)):
            is_open = end == FOREVER
            until = max(today, first) if is_open else end
            starts = max(shift + first * per_day, left)
            ends = min(max(shift + until * per_day, starts + 2), right)
            is_current = bar.mandate_id == current
            if ends <= drawn + 1 and not is_current:
                continue
            drawn = ends
            solid = QRectF(starts, y, ends - starts, high)
            is_over = not is_open and end <= today
            (found.over if is_over else found.running).append(solid)
            if is_open:
                self._open_end(bar, ends, y + high / 2, found)
            elif ends < right - 1:
                found.departures.append(QLineF(ends, y - 2, ends, y + high + 2))
            if is_current:
                found.current = solid
            if ends - starts >= self.narrow:
                room = int(ends - starts) - self.padding
                name = _cut(bar.person, room, self.small_key)
                found.names.append((starts + self.padding / 2, y, name, is_over))

    def _open_end(self, bar: Bar, starts: float, middle: float, found: Gathered) -> None:
        """Dash to the planned end, or to an arrow at the edge when none is recorded."""
        if bar.term_on is None:
            end = self.right - theme.px(6)
        else:
            end = min(self.scale.x(bar.term_on.toordinal()), self.right)
        if end <= starts + 3:
            return
        found.dashes.append(QLineF(starts + 3, middle, end, middle))
        if bar.term_on is None:
            found.tips += [
                QLineF(end - 5, middle - 4, end, middle), QLineF(end, middle, end - 5, middle + 4),
            ]  # fmt: skip
        else:
            found.tips.append(QLineF(end, middle - 5, end, middle + 5))

    def _draw(self, found: Gathered) -> None:
        painter, colours = self.painter, self.colours
        link = QColor(colours.link)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(colours.line), Qt.BrushStyle.BDiagPattern))
        painter.drawRects(found.unknown)
        painter.setBrush(link)
        painter.drawRects(found.running)
        painter.setPen(QColor(colours.info.line))
        painter.setBrush(QColor(colours.info.back))
        painter.drawRects(found.over)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for lines, pen in (
            (found.departures, QPen(QColor(colours.secondary), 2)),
            (found.dashes, QPen(link, 1.5, Qt.PenStyle.DashLine)),
            (found.tips, QPen(link, 1.5)),
        ):
            painter.setPen(pen)
            painter.drawLines(lines)
        self._names(found.names)
        if found.current is not None:
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawRect(found.current)

    def _names(self, names: Sequence[tuple[float, float, str, bool]]) -> None:
        """Write all names of one colour, then those of the other."""
        metrics = QFontMetrics(self.small)
        base = (self.high + metrics.ascent() - metrics.descent()) / 2
        self.painter.setFont(self.small)
        for over, colour in ((False, self.colours.on_link), (True, self.colours.info.text)):
            self.painter.setPen(QColor(colour))
            for x, y, text, is_over in names:
                if is_over is over:
                    self.painter.drawText(QPointF(x, y + base), text)

    def labels(self, lanes: Iterable[tuple[Lane, int]]) -> None:
        """Write what each lane is at its left."""
        metrics = QFontMetrics(self.font)
        base = (self.row + metrics.ascent() - metrics.descent()) / 2
        room = int(self.scale.left) - theme.px(10)
        self.painter.setFont(self.font)
        self.painter.setPen(QColor(self.colours.secondary))
        for lane, top in lanes:
            self.painter.drawText(QPointF(0, top + base), _cut(lane.label, room, self.font_key))

    # --- the scale above -------------------------------------------------------------------------

    def grid(self) -> None:
        """Draw the dates above and a thin line below each."""
        head = theme.px(HEAD)
        ticks = [tick for tick in self.scale.ticks(self.right, theme.px(64)) if self._is_in_sight(tick.day)]
        places = [(self.scale.x(tick.day), tick) for tick in ticks]
        self.painter.setFont(self.font)
        self.painter.setPen(QColor(self.colours.grid))
        self.painter.drawLines([QLineF(x, head - 4, x, self.height) for x, _tick in places])
        for x, tick in places:
            self.painter.setPen(QColor(self.colours.text if tick.is_year else self.colours.secondary))
            self.painter.drawText(QPointF(x + 3, head - theme.px(8)), tick.text)

    def _is_in_sight(self, day: float) -> bool:
        return self.scale.left - 1 <= self.scale.x(day) <= self.right + 1

    def elections(self, days: Sequence[int]) -> None:
        """Mark the days of elections, given in order, with a small triangle under the dates."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(self.colours.series["others"]))
        y, side = theme.px(HEAD), theme.px(4)
        last = -10.0
        seen = (
            bisect_left(days, self.scale.day(self.scale.left)),
            bisect_right(days, self.scale.day(self.right)),
        )
        for day in days[slice(*seen)]:
            x = self.scale.x(day)
            if x > last + side:
                points = (QPointF(x - side, y - 5), QPointF(x + side, y - 5), QPointF(x, y + 1))
                self.painter.drawPolygon(QPolygonF(points))
                last = x

    def day_lines(self) -> None:
        """Draw today, then the chosen day over it."""
        if self.today != self.on and self._is_in_sight(self.today):
            self._today(self.scale.x(self.today))
        if self._is_in_sight(self.on):
            x = self.scale.x(self.on)
            self.painter.setPen(QPen(QColor(self.colours.text), 1.5))
            self.painter.drawLine(QPointF(x, theme.px(19)), QPointF(x, self.height))
            self._pill(x, f"au {french.short_date(date.fromordinal(self.on))}")

    def _today(self, x: float) -> None:
        self.painter.setPen(QPen(QColor(self.colours.danger.text), 1, Qt.PenStyle.DashLine))
        self.painter.drawLine(QPointF(x, theme.px(20)), QPointF(x, self.height))
        said = "aujourd’hui"
        wide = QFontMetrics(self.font).horizontalAdvance(said)
        if abs(x - self.scale.x(self.on)) > wide + theme.px(60):
            self.painter.setFont(self.font)
            place = min(max(x - wide / 2, self.scale.left), self.right - wide - 2)
            self.painter.drawText(QPointF(place, theme.px(15)), said)

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


@lru_cache(KNOWN_TEXTS)
def _cut(text: str, room: int, font: str) -> str:
    """Return a text cut to a width in a font, given by its description."""
    chosen = QFont()
    chosen.fromString(font)
    return QFontMetrics(chosen).elidedText(text, Qt.TextElideMode.ElideRight, room)


def widest(texts: Sequence[str], font: QFont) -> int:
    """Return the width of the widest of some texts."""
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(text) for text in texts), default=0)
