"""A paper of the association, laid out page by page: letterhead, title, notice, sections, footer, outline.

Everything is laid out as marks before anything is drawn, so « page x / y » costs nothing and a layout can be
tested without a PDF. Lengths are points, y goes down from the top of the page.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from vto_desktop.french import NBSP, THIN
from vto_desktop.reports import pdf
from vto_desktop.reports.charts.drawing import Anchor, Chart, Label, Shape, line, rect
from vto_desktop.reports.letterhead import letterhead
from vto_desktop.reports.pdf import Bookmark, Mark, Properties, TextLine
from vto_desktop.reports.text import ACCENT, BODY, CAPTION, Ink, Line, Run, Style, baseline, shortened, wrap
from vto_desktop.services.figures import AssociationHead

MM: Final = 72 / 25.4
SIDE: Final = 18 * MM
TOP: Final = 14 * MM
BOTTOM: Final = 24 * MM
RULE: Final = "#7b8796"
AMBER: Final = ("#fcefd9", "#b98a3a", 0.7)  # ground, line and width of what warns

TITLE: Final = Style(20, 24, "bold", ACCENT)
SECTION: Final = Style(12, 15, "semibold", ACCENT)
_FOOT: Final = Style(8, 10, colour="#4a5563")
_NOTICE: Final = Style(8.5, 11, colour="#7f4c00")


class Paper:
    """A document being laid out; ``y`` is where the next thing goes on the last page."""

    def __init__(
        self,
        head: AssociationHead,
        *,
        title: str,
        subtitle: str,
        dossier_name: str,
        printed_at: datetime,
        size: tuple[float, float] = pdf.A4,
    ) -> None:
        self.ink = Ink()
        self.head = head
        self.size = size
        self.left, self.right = SIDE, size[0] - SIDE
        self.bottom = size[1] - BOTTOM
        self.title, self.subtitle = self.ink.plain(title), self.ink.plain(subtitle)
        self.notice = self.ink.plain(head.notice)
        self.stamp = (self.ink.plain(dossier_name), pdf.printed_text(printed_at))
        self.pages: list[list[Mark]] = [[]]
        self.bookmarks: list[Bookmark] = []
        self.y = TOP
        self._letterhead()
        self._title()

    @property
    def width(self) -> float:
        """Return the width between the margins."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """Return the height left on the last page."""
        return self.bottom - self.y

    @property
    def is_fresh(self) -> bool:
        """Return whether nothing but the running head stands on the last page."""
        return len(self.pages) > 1 and self.y <= self.top

    @property
    def top(self) -> float:
        """Return where the text of a following page begins."""
        return TOP + 30

    # --- placing ---

    def add(self, marks: Iterable[Mark]) -> None:
        """Put finished marks on the last page."""
        self.pages[-1].extend(marks)

    def label(self, x: float, y: float, text: str, style: Style, anchor: Anchor = "start") -> None:
        """Put a cleaned text on the last page, its baseline at ``y``."""
        self.pages[-1].append(Label(x, y, text, style.size, style.colour, anchor, style.face))

    def lines(self, lines: Iterable[Line], x: float, y: float, style: Style, *, ends_at: float = 0) -> float:
        """Put laid-out lines below ``y``, flush right when ``ends_at`` is given; return where they end."""
        for each in lines:
            start = ends_at - each.width if ends_at else x
            self.add([TextLine(start, y + baseline(style), each.pieces, style.size)])
            y += style.leading
        return y

    def place(self, chart: Chart, x: float, y: float) -> None:
        """Put a chart on the last page, its top left corner at a point."""
        self.add(moved(mark, x, y) for mark in chart.marks)

    def new_page(self) -> None:
        """Begin a page; its head and footer are added when the number of pages is known."""
        self.pages.append([])
        self.y = self.top

    def need(self, height: float) -> None:
        """Begin a page unless ``height`` is left, or the page is still empty."""
        if height > self.room and not self.is_fresh:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave some height free, but never at the top of a page."""
        if not self.is_fresh:
            self.y += height

    # --- text ---

    def paragraph(self, text: str | Iterable[Run], style: Style = BODY, *, after: float = 6) -> None:
        """Print a text over the whole width, going on to following pages where it must."""
        for each in wrap(self.ink.runs(text, style), style, self.width):
            self.need(style.leading)
            self.y = self.lines([each], self.left, self.y, style)
        self.y += after

    def height_of(self, text: str | Iterable[Run], style: Style, width: float) -> float:
        """Return the height a text takes."""
        return len(wrap(Ink().runs(text, style), style, width)) * style.leading

    def section(self, title: str, sentence: str = "", *, keep: float = 60) -> None:
        """Print a heading and its sentence, together with at least ``keep`` points of what follows."""
        spoken = self.height_of(sentence, BODY, self.width) + 6 if sentence else 0
        self.space(15)
        self.need(min(SECTION.leading + 5 + spoken + keep, self.bottom - self.top))
        self.bookmarks.append(Bookmark(self.ink.plain(title), len(self.pages) - 1, self.y, 1))
        for each in wrap(self.ink.runs(title, SECTION), SECTION, self.width):
            self.y = self.lines([each], self.left, self.y, SECTION)
        self.y += 3
        if sentence:
            self.paragraph(sentence)

    # --- furniture ---

    def _letterhead(self) -> None:
        made = letterhead(self.head, self.left, self.right, self.y)
        self.add(made.marks)
        self.ink.lost |= made.lost
        self.y = made.y

    def _title(self) -> None:
        self.y += 14
        said = self.ink.runs(self.subtitle, CAPTION)
        beside = wrap(said, CAPTION, self.width * 0.4)
        taken = max(each.width for each in beside)
        lines = wrap(self.ink.runs(self.title, TITLE), TITLE, self.width - taken - 16)
        self.bookmarks.append(Bookmark(self.title, 0, self.y))
        top = self.y + baseline(TITLE) - baseline(CAPTION)
        beside_ends = self.lines(beside, 0, top, CAPTION, ends_at=self.right)
        self.y = max(self.lines(lines, self.left, self.y, TITLE) + 6, beside_ends)
        if self.notice:
            self.show_notice(self.left, self.y, self.width)
            self.y += 16

    def show_notice(self, x: float, y: float, width: float) -> None:
        """Put the example's notice, framed, at a point."""
        text = shortened(self.notice, _NOTICE, width - 14)
        self.add([Shape(rect(x, y, measured(text, _NOTICE) + 14, 16), *AMBER)])
        self.label(x + 7, y + 11.2, text, _NOTICE)

    def furniture(self, page: int, pages: int) -> list[Mark]:
        """Return the running head and the footer of a page (0 is the first)."""
        marks: list[Mark] = []
        if page:
            y = TOP + 8
            name = shortened(self.ink.plain(self.head.name), _FOOT, self.width * 0.45)
            title = shortened(f"{self.title} · {self.subtitle}", _FOOT, self.width * 0.5)
            marks.append(Label(self.left, y, name, 8, ACCENT, "start", "semibold"))
            marks.append(Label(self.right, y, title, 8, _FOOT.colour, "end"))
            marks.append(line(self.left, y + 6, self.right, y + 6, ACCENT, 0.6))
        y = self.size[1] - 43
        marks.append(line(self.left, y, self.right, y, RULE, 0.5))
        stamp = f"{shortened(self.stamp[0], _FOOT, self.width * 0.22)} · {self.stamp[1]}"
        number = f"page\u00a0{page + 1}\u00a0/\u00a0{pages}"
        start, end = self.left + measured(stamp, _FOOT), self.right - measured(number, _FOOT)
        notice = shortened(self.notice, _FOOT, end - start - 20) if self.notice else ""
        marks.append(Label(self.left, y + 13, stamp, 8, _FOOT.colour))
        marks.append(Label((start + end) / 2, y + 13, notice, 8, _FOOT.colour, "middle"))
        marks.append(Label(self.right, y + 13, number, 8, _FOOT.colour, "end"))
        return marks

    # --- writing ---

    @property
    def properties(self) -> Properties:
        """Return what the PDF says of itself."""
        author = self.ink.plain(self.head.name)
        return Properties(self.title, author, f"{self.title}, {self.subtitle}", self.size)

    def draw(self, file: IO[bytes]) -> None:
        """Draw the finished document into a file."""
        canvas = pdf.new_canvas(file, self.properties)
        self.draw_on(canvas)
        canvas.save()

    def draw_on(self, canvas: Any, *, before: int = 0) -> None:
        """Draw the pages of the finished document on a canvas that already has some."""
        for number, marks in enumerate(self.pages):
            headings = [replace(b, page=before + number) for b in self.bookmarks if b.page == number]
            pdf.add_bookmarks(canvas, headings, self.size[1])
            pdf.draw_page(canvas, [*marks, *self.furniture(number, len(self.pages))], self.size[1])
            canvas.showPage()

    def write(self, path: Path) -> tuple[str, ...]:
        """Write the document and return notices about it. UserErrors: those of ``write_safely``."""
        from vto_desktop.store import files  # brings the database along: 30 MB that drawing does not need

        files.write_safely(path, self.draw)
        return self.ink.notices()


def measured(text: str, style: Style) -> float:
    """Return the width of a text in a style."""
    from vto_desktop.reports.fonts import measure

    return measure(text, style.face, style.size)


def moved(mark: Shape | Label, x: float, y: float) -> Shape | Label:
    """Return a mark of a chart at its place on the page."""
    if isinstance(mark, Label):
        text = mark.text.replace(THIN, NBSP)
        return Label(mark.x + x, mark.y + y, text, mark.size, mark.colour, mark.anchor, mark.face)
    points = tuple((px + x, py + y) for px, py in mark.points)
    return Shape(points, mark.fill, mark.stroke, mark.width, mark.dash, mark.is_closed)
