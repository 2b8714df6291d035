"""Étiquettes d'adresses: sheets of self-adhesive labels, printed at their very size, without letterhead.

What does not fit is set smaller, then cut shorter: the capacity first, postcode and city last of all.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Final, NamedTuple

from vto_desktop.reports import fonts, pdf
from vto_desktop.reports.charts.drawing import Face
from vto_desktop.reports.letterhead import at_most
from vto_desktop.reports.pdf import Mark, Properties, TextLine
from vto_desktop.reports.text import Ink, Line, Style, baseline, wrap
from vto_desktop.services.figures_labels import AddressLabel, LabelSheets

MM: Final = 72 / 25.4
PAD_X: Final = 4.0 * MM
PAD_Y: Final = 3.0 * MM
_LEADING: Final = 1.2
_SMALLEST: Final = 7.0
_ONE_LINE: Final = 8.5  # from this size on postcode and city stand on one line
_EMPTY: Final = "Étiquettes d’adresses\u00a0: aucune adresse complète à imprimer."

# How large the text is tried, and in how many lines at most the capacity stands meanwhile.
_TRIES: Final = (
    *((size, 4) for size in (11.0, 10.5, 10.0, 9.5, 9.0)),
    *((size, 2) for size in (10.0, 9.5, 9.0, 8.5)),
    *((size, 1) for size in (9.5, 9.0, 8.5, 8.0, 7.5, _SMALLEST)),
)


class Sheet(NamedTuple):
    """A sheet of labels, A4. Millimetres; margins as makers print them."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap: float  # between two columns; rows touch

    @property
    def total(self) -> int:
        """Return how many labels a sheet has."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return the top left corner of a label of the sheet, from 0, row after row. Points."""
        row, column = divmod(place, self.columns)
        return (self.left + column * (self.width + self.gap)) * MM, (self.top + row * self.height) * MM


SHEETS: Final = {
    "3x7": Sheet(3, 7, 63.5, 38.1, 7.25, 15.15, 2.5),
    "2x7": Sheet(2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
}


class Labels:
    """The sheets laid out; nothing is drawn before ``write`` or ``draw``."""

    def __init__(self, sheets: LabelSheets) -> None:
        self.ink = Ink()
        self.sheet = SHEETS[sheets.format]
        self.properties = Properties(
            "Étiquettes d’adresses", self.ink.plain(sheets.author), f"Planches {sheets.format}", pdf.A4
        )
        self.pages: list[list[Mark]] = [[]]
        for number, label in enumerate(sheets.labels, sheets.first - 1):
            page, place = divmod(number, self.sheet.total)
            while len(self.pages) <= page:
                self.pages.append([])
            self.pages[page] += self._marks(label, *self.sheet.corner(place))
        if not sheets.labels:
            nothing = AddressLabel(0, _EMPTY, "", "", (), "")
            self.pages[0] += self._marks(nothing, *self.sheet.corner(0))

    def _marks(self, label: AddressLabel, x: float, y: float) -> Iterator[Mark]:
        wide, high = self.sheet.width * MM, self.sheet.height * MM
        lines, style = fitted(self.ink, label, wide - 2 * PAD_X, high - 2 * PAD_Y)
        top = y + (high - len(lines) * style.leading) / 2
        for each in lines:
            yield TextLine(x + PAD_X, top + baseline(style), each.pieces, style.size)
            top += style.leading

    def draw(self, file: IO[bytes]) -> None:
        """Draw the sheets into a file that asks its reader not to scale them."""
        canvas = pdf.new_canvas(file, self.properties)
        canvas.setViewerPreference("PrintScaling", "None")
        for marks in self.pages:
            pdf.draw_page(canvas, marks, pdf.A4[1])
            canvas.showPage()
        canvas.save()

    def write(self, path: Path) -> tuple[str, ...]:
        """Write the sheets and return notices about them. UserErrors: those of ``write_safely``."""
        from vto_desktop.store import files  # brings the database along: 30 MB that drawing does not need

        files.write_safely(path, self.draw)
        return self.ink.notices()


def layout(sheets: LabelSheets, *, dossier_name: str, printed_at: datetime) -> Labels:
    """Lay out labels; they say neither which dossier they come from nor when."""
    return Labels(sheets)


def write(sheets: LabelSheets, path: Path, *, dossier_name: str, printed_at: datetime) -> tuple[str, ...]:
    """Write labels as PDF; return notices about them. UserErrors: those of ``write_safely``."""
    return layout(sheets, dossier_name=dossier_name, printed_at=printed_at).write(path)


# --- one label -----------------------------------------------------------------------------------


def fitted(ink: Ink, label: AddressLabel, width: float, height: float) -> tuple[list[Line], Style]:
    """Return the lines of a label and their style, in the largest size that holds them all."""
    for size, most in _TRIES:
        style = Style(size, size * _LEADING)
        lines = _whole(ink, label, style, width, most)
        if lines is not None and len(lines) * style.leading <= height:
            return lines, style
    style = Style(_SMALLEST, _SMALLEST * _LEADING)
    return _cut(ink, label, style, width, int(height / style.leading)), style


def _whole(ink: Ink, label: AddressLabel, style: Style, width: float, most: int) -> list[Line] | None:
    """Return all lines but for a long capacity, cut to so many; None when something is too wide."""
    strong = style._replace(face="semibold")
    place = _lines(ink, label.place, strong, width)
    if len(place) > (2 if style.size < _ONE_LINE else 1):
        return None
    texts = [(label.name, strong), (label.attention, style), *((text, style) for text in label.street)]
    if any(_measure(ink, word, face) > width for text, face in texts for word in text.split(" ")):
        return None
    name, attention, *street = (_lines(ink, text, face, width) for text, face in texts)
    capacity = at_most(ink, label.capacity, style, width, most) if label.capacity else []
    return [*name, *attention, *capacity, *(each for lines in street for each in lines), *place]


def _cut(ink: Ink, label: AddressLabel, style: Style, width: float, most: int) -> list[Line]:
    """Return at most so many lines: a label never spills over its neighbour, whatever was typed."""
    strong = style._replace(face="semibold")
    place = at_most(ink, label.place, strong, width, 2)
    name = at_most(ink, label.name, strong, width, 2)
    left = most - len(name) - len(place)
    kept = label.street[-left:]
    street = [each for text in kept for each in at_most(ink, text, style, width, 1)]
    others = [text for text in (label.attention, label.capacity) if text][: left - len(street)]
    between = [each for text in others for each in at_most(ink, text, style, width, 1)]
    return [*name, *between, *street, *place]


def _lines(ink: Ink, text: str, style: Style, width: float) -> list[Line]:
    return wrap(ink.runs(text, style), style, width) if text else []


def _measure(ink: Ink, text: str, style: Style) -> float:
    face: Face = style.face
    return fonts.measure(ink.plain(text), face, style.size)
