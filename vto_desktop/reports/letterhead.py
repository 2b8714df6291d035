"""What stands at the head of every paper: logo or initials, name, address, numbers; laid out once a head."""

import base64
import struct
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, NamedTuple

from vto_desktop.reports.charts.drawing import Label, Shape, line, rect
from vto_desktop.reports.pdf import Mark, Picture, TextLine
from vto_desktop.reports.text import ACCENT, CAPTION, Ink, Line, Run, Style, baseline, shortened, wrap
from vto_desktop.services.figures import AssociationHead

_LOGO: Final = 37.0
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_LOGO_PIXELS: Final = 16_000_000  # beyond, a small file could unpack to gigabytes
_NAME: Final = Style(14, 17, "bold", ACCENT)


class Letterhead(NamedTuple):
    """The marks of a letterhead, where it ends, and the characters it could not draw."""

    marks: tuple[Mark, ...]
    y: float
    lost: frozenset[str]


@lru_cache(maxsize=2)
def letterhead(head: AssociationHead, left: float, right: float, top: float) -> Letterhead:
    """Return the letterhead between two margins, the same for every letter of a batch."""
    ink, width = Ink(), right - left
    marks = logo(head, ink, left, top)
    x, half = left + _LOGO + 12, left + width * 0.6
    y = _place(marks, at_most(ink, head.name, _NAME, half - x, 10), x, top - 1, _NAME)
    for text in filter(None, (head.tagline, head.website)):
        y = _place(marks, at_most(ink, text, CAPTION, half - x, 3), x, y, CAPTION)
    z = top
    for text in _right_lines(head):
        z = _place(marks, at_most(ink, text, CAPTION, right - half - 12, 5), right, z, CAPTION, is_right=True)
    y = max(y, z, top + _LOGO) + 10
    marks.append(line(left, y, right, y, ACCENT, 1.2))
    return Letterhead(tuple(marks), y, frozenset(ink.lost))


def _place(
    marks: list[Mark], lines: Iterable[Line], x: float, y: float, style: Style, *, is_right: bool = False
) -> float:
    for each in lines:
        start = x - each.width if is_right else x
        marks.append(TextLine(start, y + baseline(style), each.pieces, style.size))
        y += style.leading
    return y


def at_most(ink: Ink, text: str, style: Style, width: float, most: int) -> list[Line]:
    """Return at most so many lines: a letterhead or an address never pushes its paper off the page."""
    lines = wrap(ink.runs(text, style), style, width)
    if len(lines) <= most:
        return lines
    last = "".join(piece.text for piece in lines[most - 1].pieces)
    cut = shortened(last + " …" * 3, style, width)
    return [*lines[: most - 1], *wrap([Run(cut, style.face, style.colour)], style, width)]


def _right_lines(head: AssociationHead) -> list[str]:
    address = [text for text in (*head.address.splitlines()[:5], head.city_line) if text.strip()]
    numbers = [f"{label} {number}" for label, number in (("SIRET", head.siret), ("RNA", head.rna)) if number]
    contact = [text for text in (head.email, head.phone) if text]
    lines = [*(address or ["Siège : à renseigner (Réglages)"]), " · ".join(numbers), " · ".join(contact)]
    return [text for text in lines if text]


def logo(head: AssociationHead, ink: Ink, x: float, y: float) -> list[Mark]:
    """Return the association's logo, or its initials when there is none that can be drawn."""
    data = _image(head.logo)
    if data is not None:
        return [Picture(x, y, _LOGO, _LOGO, data)]
    words = [word for word in ink.plain(head.name).split() if word[:1].isupper()]
    initials = "".join(word[0] for word in words[:2]) or "–"
    style = Style(13, 16, "bold", "#ffffff")
    base = y + _LOGO / 2 + 4.6
    text = Label(x + _LOGO / 2, base, initials, style.size, style.colour, "middle", style.face)
    return [Shape(rect(x, y, _LOGO, _LOGO), ACCENT), text]


def _image(encoded: str) -> bytes | None:
    """Return a PNG that can be drawn; a damaged or bomb-like one must not cost the user the paper."""
    from reportlab.lib.utils import ImageReader

    try:
        data = base64.b64decode(encoded)
        width, height = struct.unpack(">II", data[16:24])
        if not data.startswith(_PNG) or not 0 < width * height <= _LOGO_PIXELS:
            return None
        reader: Any = ImageReader(BytesIO(data))
        reader.getRGBData()
    except Exception:  # decoders raise a dozen types, from binascii.Error to zlib.error
        return None
    return data
