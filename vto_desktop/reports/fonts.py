"""Source Sans 3 as papers embed it: its four faces, the width of a text, the characters it has.

Its figures all have one width, so columns of amounts line up without any font feature.
"""

from functools import cache, lru_cache
from typing import Any, Final

from vto_desktop.paths import resource
from vto_desktop.reports.charts.drawing import Face

FACES: Final[dict[Face, str]] = {
    "regular": "SourceSans3_400Regular",
    "semibold": "SourceSans3_600SemiBold",
    "bold": "SourceSans3_700Bold",
    "italic": "SourceSans3_400Regular_Italic",
}


@cache
def _font(face: Face) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = FACES[face]
    pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))
    return pdfmetrics.getFont(name)


def font_name(face: Face) -> str:
    """Return the name under which ReportLab knows a face, registered on first use."""
    _font(face)
    return FACES[face]


@cache
def _widths(face: Face) -> dict[str, int]:
    font = _font(face).face
    return {chr(code): width for code, width in font.charWidths.items()}


@lru_cache(maxsize=8192)  # the words and lines that letters repeat
def measure(text: str, face: Face, size: float) -> float:
    """Return the width of a text in points."""
    widths = _widths(face)
    return sum([widths.get(char, 500) for char in text]) * size / 1000


def has(char: str) -> bool:
    """Return whether the font can draw a character."""
    return char in _widths("regular")
