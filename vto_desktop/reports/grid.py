"""Tables on a paper: columns fit their amounts, rows go on over pages, heads are repeated, totals kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from vto_desktop import french
from vto_desktop.reports.charts.drawing import Chart, Shape, line, rect
from vto_desktop.reports.paper import Paper, measured
from vto_desktop.reports.text import ACCENT, CELL, HEAD, Line, Run, Style, wrap

Align = Literal["left", "right"]
Kind = Literal["body", "strong", "group", "total"]

_RULE: Final = "#1b2430"
_ROW_RULE: Final = "#d3d9e0"
_BAND: Final = "#edf1f6"
_PAD: Final = 6.0
_BRANCH: Final = 13.0  # indent of a row below its parent
_SWATCH: Final = 8.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a fixed width in points, or a weight in what is left, or neither: as wide as its texts."""

    title: str
    align: Align = "left"
    width: float = 0
    weight: float = 0
    swatch: str = ""
    ruled: bool = False  # a line at its left, from the head down: a column to write in


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: paragraphs of runs, or a chart; a swatch ties its row to a chart by colour."""

    paragraphs: tuple[tuple[Run, ...], ...] = ()
    swatch: str = ""
    level: int = 0
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of texts and cells, one for each column."""

    cells: tuple[str | Cell, ...]
    kind: Kind = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be laid out; ``style`` is that of its body."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    style: Style = CELL
    padding: float = 2.1  # above and below the lines of a row
    least: float = 0  # height of a row to write in


@dataclass(frozen=True, slots=True)
class _Laid:
    kind: Kind
    cells: tuple[tuple[Line, ...], ...]
    sources: tuple[Cell, ...]
    style: Style

    @property
    def depth(self) -> int:
        return max(1, *(len(lines) for lines in self.cells))


def cell(text: str, *, swatch: str = "", level: int = 0) -> Cell:
    """Return a cell of one paragraph."""
    return Cell(((Run(text),),), swatch, level)


def _cell(given: str | Cell) -> Cell:
    return cell(given) if isinstance(given, str) else given


class Grid:
    """A table laid out for a paper at a place; draws itself below the paper's ``y`` or at a given one."""

    def __init__(
        self, paper: Paper, table: Table, *, x: float | None = None, width: float | None = None
    ) -> None:
        self.paper, self.table = paper, table
        self.x = paper.left if x is None else x
        self.width = paper.width if width is None else width
        self.style = table.style
        self.widths = self._share_out()
        self.rows = [self._lay(row) for row in table.rows]
        self.head = [
            tuple(wrap(paper.ink.runs(c.title, HEAD), HEAD, max(w - 2 * _PAD, 10)))
            for c, w in zip(table.columns, self.widths, strict=True)
        ]

    # --- measures ---

    @property
    def head_height(self) -> float:
        """Return the height of the repeated head."""
        return max(len(lines) for lines in self.head) * HEAD.leading + 7

    @property
    def height(self) -> float:
        """Return the height of the whole table when nothing breaks it."""
        return self.head_height + sum(self._height(row) for row in self.rows)

    @property
    def start_height(self) -> float:
        """Return what must stay together at its beginning: the head and the first rows."""
        first = self.rows[:2]
        return self.head_height + sum(min(self._height(row), 60.0) for row in first)

    def _height(self, row: _Laid, depth: int | None = None) -> float:
        lines = row.depth if depth is None else depth
        height = lines * row.style.leading + 2 * self.table.padding + (1 if row.kind == "total" else 0)
        return max(height, self.table.least) if row.kind == "body" else height

    def _share_out(self) -> list[float]:
        """Give each column its width; texts share what figures leave, and amounts too long print smaller."""
        columns = self.table.columns
        while True:
            natural = [c.width or self._natural(i) for i, c in enumerate(columns)]
            fixed = sum(n for n, c in zip(natural, columns, strict=True) if not c.weight)
            asked = sum(n for n, c in zip(natural, columns, strict=True) if c.weight)
            least = min(self.width * 0.3, asked)
            if fixed + least <= self.width or self.style.size <= 5:
                break
            size = self.style.size - 0.5
            self.style = self.style._replace(size=size, leading=size * 1.26)
        unit = max(self.width - fixed, least) / (sum(c.weight for c in columns) or 1)
        widths = [c.weight * unit if c.weight else n for n, c in zip(natural, columns, strict=True)]
        excess = self.width / sum(widths)
        return [w * excess for w in widths] if excess < 1 else widths

    def _natural(self, index: int) -> float:
        bold = self.style._replace(face="bold")
        ink = self.paper.ink
        column = self.table.columns[index]
        wide = [measured(ink.plain(column.title), HEAD) + (_SWATCH + 4 if column.swatch else 0)]
        for row in self.table.rows:
            given = _cell(row.cells[index]) if row.kind != "group" else Cell()
            indent = self._indent(given)
            wide += [
                indent + measured("".join(run.text for run in ink.runs(runs, bold)), bold)
                for runs in given.paragraphs
            ]
        return max(wide) + 2 * _PAD + 0.5

    def _indent(self, source: Cell) -> float:
        return source.level * _BRANCH + (_SWATCH + 5 if source.swatch else 0)

    def _style(self, kind: Kind) -> Style:
        if kind == "total":
            return self.style._replace(face="bold")
        if kind == "group":
            return self.style._replace(face="semibold", colour=ACCENT)
        return self.style._replace(face="semibold") if kind == "strong" else self.style

    def _lay(self, row: Row) -> _Laid:
        style, sources = self._style(row.kind), tuple(map(_cell, row.cells))
        cells = []
        for index, source in enumerate(sources):
            room = max(self._room(row.kind, index) - 2 * _PAD - self._indent(source), 12.0)
            lines: list[Line] = []
            for runs in source.paragraphs:
                lines += wrap(self.paper.ink.runs(runs, style), style, room)
            cells.append(tuple(lines))
        return _Laid(row.kind, tuple(cells), sources, style)

    def _room(self, kind: Kind, index: int) -> float:
        """Return a cell's width; the name of a group runs over all columns but the last."""
        return sum(self.widths[:-1]) if kind == "group" and index == 0 else self.widths[index]

    # --- drawing ---

    def draw(self) -> None:
        """Draw the table from the paper's ``y``, over as many pages as it takes."""
        paper = self.paper
        paper.need(self.start_height)
        paper.y = self._draw_head(paper.y)
        for index, row in enumerate(self.rows):
            kept = self._kept_with(index)
            if self._height(row) + kept > paper.room:
                self._break_before(row, kept)
            self._draw_row(row)

    def draw_at(self, y: float) -> float:
        """Draw a table known to fit on the page from ``y``; return where it ends."""
        before, self.paper.y = self.paper.y, y
        self.paper.y = self._draw_head(y)
        for row in self.rows:
            self._draw_row(row)
        end, self.paper.y = self.paper.y, before
        return end

    def _kept_with(self, index: int) -> float:
        """Return the height that must not be parted from a row: a total below, or the first of its group."""
        row, below = self.rows[index], self.rows[index + 1 : index + 2]
        if not below:
            return 0.0
        if row.kind in ("group", "strong") or below[0].kind == "total":
            return min(self._height(below[0]), 40.0)
        return 0.0

    def _break_before(self, row: _Laid, kept: float) -> None:
        """Begin a page, unless the row is so tall that it had better begin here and go on there."""
        paper = self.paper
        page = paper.bottom - paper.top - self.head_height
        is_tall = self._height(row) + kept > page * 0.5
        if is_tall and paper.room > self._height(row, min(4, row.depth)):
            return
        if not self._is_at_top():
            self._continue()

    def _is_at_top(self) -> bool:
        return self.paper.y <= self.paper.top + self.head_height + 0.5 and len(self.paper.pages) > 1

    def _continue(self) -> None:
        self.paper.new_page()
        self.paper.y = self._draw_head(self.paper.y)

    def _draw_head(self, y: float) -> float:
        height = self.head_height
        x = self.x
        for column, wide, lines in zip(self.table.columns, self.widths, self.head, strict=True):
            start = y + height - 4 - len(lines) * HEAD.leading
            ends_at = x + wide - _PAD if column.align == "right" else 0
            self.paper.lines(lines, x + _PAD, start, HEAD, ends_at=ends_at)
            if column.swatch:
                left = x + wide - _PAD - lines[0].width - _SWATCH - 4
                box = rect(left, start + HEAD.leading / 2 - _SWATCH / 2 + 0.5, _SWATCH, _SWATCH)
                self.paper.add([Shape(box, column.swatch)])
            x += wide
        self.paper.add([line(self.x, y + height, x, y + height, _RULE, 0.9)])
        return y + height

    def _draw_row(self, row: _Laid) -> None:
        done = 0
        while True:
            left = row.depth - done
            fits = int((self.paper.room - 2 * self.table.padding) // row.style.leading)
            taken = left if fits >= left else max(1, fits)
            self._draw_lines(row, done, taken)
            done += taken
            if done >= row.depth:
                return
            self._continue()

    def _draw_lines(self, row: _Laid, start: int, count: int) -> None:
        paper, height, x = self.paper, self._height(row, count), self.x
        top, right = paper.y, self.x + sum(self.widths)
        if row.kind == "group":
            paper.add([Shape(rect(self.x, top + 0.5, right - self.x, height - 0.5), _BAND)])
        if row.kind == "total":
            paper.add([line(self.x, top, right, top, _RULE, 0.9)])
        y = top + self.table.padding + (1 if row.kind == "total" else 0)
        cells = zip(
            self._aligns(row.kind), self.widths, row.sources, row.cells, self.table.columns, strict=True
        )
        for align, wide, source, lines, column in cells:
            if column.ruled and row.kind != "group":
                paper.add([line(x, top, x, top + height, _ROW_RULE, 0.6)])
            shown = lines[start : start + count]
            ends_at = x + wide - _PAD if align == "right" else 0
            if start == 0:
                self._draw_extras(source, x, y, row.style)
            paper.lines(shown, x + _PAD + self._indent(source), y, row.style, ends_at=ends_at)
            x += wide
        paper.y = top + height
        if row.kind != "total":
            paper.add([line(self.x, paper.y, right, paper.y, _ROW_RULE, 0.4)])

    def _aligns(self, kind: Kind) -> list[Align]:
        """Return the alignment of each cell; the count of a group stands at the far right."""
        aligns = [column.align for column in self.table.columns]
        return [*aligns[:-1], "right"] if kind == "group" else aligns

    def _draw_extras(self, source: Cell, x: float, y: float, style: Style) -> None:
        middle = y + style.leading / 2
        if source.swatch:
            left = x + _PAD + source.level * _BRANCH
            box = rect(left, middle - _SWATCH / 2 + 0.5, _SWATCH, _SWATCH)
            self.paper.add([Shape(box, source.swatch)])
        if source.chart is not None:
            self.paper.place(source.chart, x + _PAD, middle - source.chart.height / 2 + 0.5)


def draw_beside(paper: Paper, chart: Chart, table: Table, *, gap: float = 20) -> None:
    """Draw a chart with its table at its right, or above it when the table is too long for one page."""
    x = paper.left + chart.width + gap
    grid = Grid(paper, table, x=x, width=paper.right - x)
    if grid.height <= paper.bottom - paper.top - 60:
        paper.need(max(chart.height, grid.height))
        tallest = max(chart.height, grid.height)
        paper.place(chart, paper.left, paper.y + (tallest - chart.height) / 2)
        grid.draw_at(paper.y + (tallest - grid.height) / 2)
        paper.y += tallest
        return
    paper.need(chart.height)
    paper.place(chart, paper.left, paper.y)
    paper.y += chart.height + 8
    Grid(paper, table).draw()


def fitted(paper: Paper, table: Table, room: float) -> Grid:
    """Lay a table out, a little tighter when that alone keeps it within ``room`` points."""
    first = grid = Grid(paper, table)
    for less, closer in ((0.1, 0.8), (0.2, 0.6)):
        if grid.height <= room or first.height > room * 1.3:
            return grid
        style = table.style._replace(size=table.style.size - less, leading=table.style.leading - 2 * less)
        grid = Grid(paper, replace(table, style=style, padding=table.padding * closer))
    return grid if grid.height <= room else first


def row(*cells: str | Cell, kind: Kind = "body") -> Row:
    """Return a row of texts and cells."""
    return Row(cells, kind)


def money(amounts: Iterable[int]) -> Callable[[int], str]:
    """Return how a column prints its amounts: all with cents as soon as one has some."""
    with_cents = any(cents % 100 for cents in amounts)
    return lambda cents: french.amount(cents, decimals=with_cents)
