"""Marks become a PDF: the only place where a canvas is drawn on, and where a file is named."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import IO, Any, Final, cast

from vto_desktop.reports import fonts
from vto_desktop.reports.charts.drawing import Label, Shape
from vto_desktop.reports.text import Piece

A4: Final = (595.276, 841.89)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG drawn into a box, its top left corner at a point."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in one or more faces, from a point on its baseline: one phrase for who copies it."""

    x: float
    y: float
    pieces: tuple[Piece, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: where its heading stands."""

    title: str
    page: int
    y: float
    level: int = 0


Mark = Shape | Label | TextLine | Picture


@dataclass(frozen=True, slots=True)
class Properties:
    """What a PDF says of itself."""

    title: str
    author: str
    subject: str
    size: tuple[float, float] = A4


def new_canvas(file: IO[bytes], properties: Properties) -> Any:
    """Return a canvas with title, author, language and embedded font set; nothing else is ever embedded."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    setattr(rl_config, "useA85", 0)  # noqa: B010 - printable streams: a fifth larger, for mail of the nineties
    # Left to itself, a canvas names Helvetica without embedding it; the published types want a number here.
    font = cast("Any", fonts.font_name("regular"))
    canvas = Canvas(file, pagesize=properties.size, pageCompression=1, lang="fr", initialFontName=font)
    canvas.setTitle(properties.title)
    canvas.setAuthor(properties.author)
    canvas.setSubject(properties.subject)
    canvas.setCreator("VTO Desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def draw_page(canvas: Any, marks: Iterable[Mark], height: float) -> None:
    """Draw the marks of one page; their y goes down from the top, the PDF's goes up from the bottom."""
    for mark in marks:
        if isinstance(mark, Label):
            _draw_label(canvas, mark, height)
        elif isinstance(mark, TextLine):
            _draw_line(canvas, mark, height)
        elif isinstance(mark, Shape):
            _draw_shape(canvas, mark, height)
        else:
            _draw_picture(canvas, mark, height)


def add_bookmarks(canvas: Any, bookmarks: Iterable[Bookmark], height: float) -> None:
    """Add to the outline the headings of the page being drawn."""
    for number, bookmark in enumerate(bookmarks):
        key = f"p{bookmark.page}-{number}"
        canvas.bookmarkHorizontal(key, 0, height - bookmark.y + 14)
        canvas.addOutlineEntry(bookmark.title, key, bookmark.level, closed=False)


def _draw_label(canvas: Any, mark: Label, height: float) -> None:
    canvas.setFont(fonts.font_name(mark.face), mark.size)
    canvas.setFillColor(_colour(mark.colour))
    draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
    draw[mark.anchor](mark.x, height - mark.y, mark.text)


def _draw_line(canvas: Any, mark: TextLine, height: float) -> None:
    text = canvas.beginText(mark.x, height - mark.y)
    for piece in mark.pieces:
        text.setFont(fonts.font_name(piece.face), mark.size)
        text.setFillColor(_colour(piece.colour))
        text.textOut(piece.text)
    canvas.drawText(text)


def _draw_shape(canvas: Any, mark: Shape, height: float) -> None:
    if mark.fill is None and mark.stroke is None:
        return
    if mark.fill is not None:
        canvas.setFillColor(_colour(mark.fill))
    if mark.stroke is not None:
        canvas.setStrokeColor(_colour(mark.stroke))
        canvas.setLineWidth(mark.width)
        canvas.setDash(list(mark.dash))
    path = canvas.beginPath()
    first, *others = mark.points
    path.moveTo(first[0], height - first[1])
    for x, y in others:
        path.lineTo(x, height - y)
    if mark.is_closed:
        path.close()
    canvas.drawPath(path, stroke=int(mark.stroke is not None), fill=int(mark.fill is not None))


@lru_cache(maxsize=1)
def _image(data: bytes) -> Any:
    """Return a picture ready to be drawn: unpacked once for the many letters that carry it."""
    from reportlab.lib.utils import ImageReader

    return ImageReader(io.BytesIO(data))


def _draw_picture(canvas: Any, mark: Picture, height: float) -> None:
    canvas.drawImage(
        _image(mark.data), mark.x, height - mark.y - mark.height, mark.width, mark.height, mask="auto",
        preserveAspectRatio=True, anchor="nw",
    )  # fmt: skip


@cache
def _colour(text: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(text)


def printed_text(moment: datetime) -> str:
    """Return ``15/02/2022, 09 h 12``."""
    return f"{moment:%d/%m/%Y}, {moment:%H}\u00a0h\u00a0{moment:%M}"
