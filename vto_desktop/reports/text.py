"""Texts on their way to paper: cleaned, missing characters made visible, broken into lines, safe as names.

No text is ever read as markup: lines are made of runs and drawn as they are, so that ``<img src=…>`` or
``&`` in a name can only be printed, never obeyed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from vto_desktop import french
from vto_desktop.reports import fonts
from vto_desktop.reports.charts.drawing import Face

BLANK: Final = "\u25a1"  # « □ », printed where the font has no character
TEXT: Final = "#1b2430"
SECONDARY: Final = "#4a5563"
ACCENT: Final = "#1f3a5f"


class Style(NamedTuple):
    """Size, leading, face and colour of a text."""

    size: float
    leading: float
    face: Face = "regular"
    colour: str = TEXT


def baseline(style: Style) -> float:
    """Return how far below the top of a line its baseline lies."""
    return (style.leading + style.size * 0.68) / 2


class Run(NamedTuple):
    """A stretch of text in one face; no face or colour means the style's own."""

    text: str
    face: Face | None = None
    colour: str | None = None


class Piece(NamedTuple):
    """A stretch of a laid-out line in one face and colour."""

    text: str
    face: Face
    colour: str


class Line(NamedTuple):
    """A laid-out line and its width in points."""

    pieces: tuple[Piece, ...]
    width: float


BODY: Final = Style(10, 14)
CAPTION: Final = Style(8.5, 11.5, colour=SECONDARY)
CELL: Final = Style(9.5, 12)
SMALL_CELL: Final = Style(8.4, 10.2)
HEAD: Final = Style(8.5, 11, "semibold", SECONDARY)


@cache
def _drawable() -> frozenset[str]:
    """Return Latin letters, figures, signs and spaces that need neither cleaning nor replacing."""
    wanted = [*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x180)), *"’‘“”«»…–—−€·≠≤≥→°"]
    return frozenset(c for c in wanted if fonts.has(c) and unicodedata.category(c) != "Cf") | {french.THIN}


class Ink:
    """Cleans all texts of one paper, and remembers which characters it had to replace."""

    def __init__(self) -> None:
        self.lost: set[str] = set()

    def plain(self, text: str) -> str:
        """Return a text fit to be drawn: narrow spaces widened, missing characters shown as « □ »."""
        if _drawable().issuperset(text):  # nearly every text: 20 times faster than looking at each letter
            return text.replace(french.THIN, french.NBSP)
        cleaned = french.clean(text).replace(french.THIN, french.NBSP)
        if not cleaned.isascii():
            cleaned = "".join([self._shown(char) for char in cleaned])
        before = " " if text[:1] == " " else ""
        after = " " if cleaned and text[-1:] == " " else ""
        return before + cleaned + after

    def _shown(self, char: str) -> str:
        if fonts.has(char) and unicodedata.category(char) != "Cf":
            return char
        category = unicodedata.category(char)
        if category in ("Cf", "Zl", "Zp") or 0xFE00 <= ord(char) <= 0xFE0F:
            return ""  # marks of direction, joiners and variants: nothing to see is lost
        if category == "Zs":
            return " "
        self.lost.add(char)
        return BLANK

    def runs(self, text: "str | Iterable[Run]", style: Style) -> list[Run]:
        """Return cleaned runs with face and colour filled in from the style."""
        given = [Run(text)] if isinstance(text, str) else text
        return [Run(self.plain(r.text), r.face or style.face, r.colour or style.colour) for r in given]

    def notices(self) -> tuple[str, ...]:
        """Return what the reader of the finished paper should know, with its stable code."""
        if not self.lost:
            return ()
        number = french.count(len(self.lost), "caractère absent", "caractères absents")
        return (
            f"{number} de la police d’impression : « {BLANK} » est imprimé à la place. "
            "Le dossier garde le texte d’origine. [CARACTERES_NON_IMPRIMABLES]",
        )


Word = list[Run]


def _words(runs: Iterable[Run]) -> list[Word]:
    """Cut runs at ordinary spaces; a word may go on from one run into the next (a name and its comma)."""
    words: list[Word] = [[]]
    for run in runs:
        for index, part in enumerate(run.text.split(" ")):
            if index:
                words.append([])
            if part:
                words[-1].append(run._replace(text=part))
    return [word for word in words if word]


def _width(word: Word, size: float) -> float:
    return sum([fonts.measure(run.text, run.face or "regular", size) for run in word])


def _cut(word: Word, room: float, size: float) -> list[Word]:
    """Cut a word wider than a line wherever the line ends, without adding a character to it."""
    parts: list[Word] = [[]]
    left = room
    for run in word:
        taken = 0
        for index, char in enumerate(run.text):
            wide = fonts.measure(char, run.face or "regular", size)
            if wide > left and (parts[-1] or index > taken):
                parts[-1] += [run._replace(text=run.text[taken:index])] if index > taken else []
                parts.append([])
                taken, left = index, room
            left -= wide
        parts[-1].append(run._replace(text=run.text[taken:]))
    return parts


def wrap(runs: Iterable[Run], style: Style, room: float) -> list[Line]:
    """Lay runs out in lines no wider than ``room`` points; an empty text is one empty line."""
    lines: list[Line] = []
    current: list[Word] = []
    used, space = 0.0, fonts.measure(" ", style.face, style.size)
    for word in _words(runs):
        wide = _width(word, style.size)
        pieces = [word] if wide <= room else _cut(word, room, style.size)
        for part in pieces:
            wide = _width(part, style.size)
            if current and (used + space + wide > room or len(pieces) > 1):
                lines.append(_line(current, style))
                current, used = [], 0.0
            used += wide + (space if current else 0)
            current.append(part)
    lines.append(_line(current, style))
    return lines


def _line(words: Sequence[Word], style: Style) -> Line:
    """Join words into as few pieces as faces allow, so that a reader of the PDF finds whole phrases."""
    flat: list[Run] = []
    for index, word in enumerate(words):
        for place, run in enumerate(word):
            gap = " " if index and not place else ""
            if flat and flat[-1].face == run.face and flat[-1].colour == run.colour:
                flat[-1] = flat[-1]._replace(text=flat[-1].text + gap + run.text)
            elif gap and flat:
                flat[-1] = flat[-1]._replace(text=flat[-1].text + gap)
                flat.append(run)
            else:
                flat.append(run)
    pieces, wide = [], 0.0
    for run in flat:
        face = run.face or style.face
        pieces.append(Piece(run.text, face, run.colour or style.colour))
        wide += fonts.measure(run.text, face, style.size)
    return Line(tuple(pieces), wide)


def shortened(text: str, style: Style, room: float) -> str:
    """Return a text cut with « … » so that it is no wider than ``room`` points."""
    kept = text[:600]  # wider than any page, even in thin letters
    while kept and fonts.measure(kept if kept == text else f"{kept}…", style.face, style.size) > room:
        kept = kept[: -max(1, len(kept) // 20)]
    return kept if kept == text else f"{kept.rstrip()}…"


# --- file names ----------------------------------------------------------------------------------

_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_NAME_LIMIT: Final = 120  # letters: 240 bytes at most in UTF-8 for Latin letters, below every system's 255


def safe_name(text: str, *, otherwise: str = "document") -> str:
    """Return a file name, without its suffix, that any system accepts, made from any text."""
    cleaned = "".join(c for c in french.clean(text) if unicodedata.category(c) not in ("Cf", "Zl", "Zp"))
    name = re.sub(r'[<>:"/\\|?*]+', "-", re.sub(r"\s+", " ", cleaned))
    name = re.sub(r"\.{2,}", ".", name).strip(" .-")[:_NAME_LIMIT]
    while len(name.encode()) > 2 * _NAME_LIMIT:
        name = name[:-1]
    name = name.strip(" .-")
    if not name:
        return otherwise
    return f"_{name}" if _RESERVED.fullmatch(name) else name
