"""Which encoding a text file is in, judged by its bytes: French letters among letters, not odd signs."""

import codecs
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# Python's name of each encoding offered, and what people call it.
ENCODINGS: Final = {
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows (CP1252)",
    "iso8859-15": "ISO 8859-15",
    "cp850": "DOS (CP850)",
    "mac-roman": "Mac Roman",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE: Final = ("cp1252", "iso8859-15", "cp850", "mac-roman")  # the first wins when evidence is equal
_LETTERS: Final = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆñÑ")
_SIGNS: Final = frozenset("\u00a0«»°’‘“”–—…€²³·ºª§")
_FOREIGN: Final = re.compile(rb"[^\x00-\x7f]")
MOSTLY: Final = 10  # right characters for a damaged one, for a text to be UTF-8 all the same
_SAMPLE: Final = 20_000  # bytes above 127 that are looked at


def encoding_of(path: Path, *, chunk: int = 1 << 20) -> str:
    """Return the encoding of a text file, a name of ``ENCODINGS``."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if (wide := _wide(start)) is not None:
        return wide
    if _is_utf8(path, chunk):
        return "utf-8-sig"
    foreign = list(_around_foreign(path, chunk))
    return max(_ONE_BYTE, key=lambda name: (_score(foreign, name), -_ONE_BYTE.index(name)))


def _is_utf8(path: Path, chunk: int) -> bool:
    """Return whether a text is UTF-8, but for a few damaged characters at most."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    right = wrong = 0
    with path.open("rb") as file:
        while part := file.read(chunk):
            text = decoder.decode(part)
            if not text.isascii():
                lost = text.count("\ufffd")
                wrong += lost
                right += len(text) - len(text.encode("ascii", "ignore")) - lost
    return wrong == 0 or right >= MOSTLY * wrong


def _wide(start: bytes) -> str | None:
    """Return UTF-16 without its mark: every other byte of a European text is zero."""
    pairs = len(start) // 2
    if pairs < 2:
        return None
    even, odd = start[0 : pairs * 2 : 2].count(0), start[1 : pairs * 2 : 2].count(0)
    if odd > pairs // 2 and even <= pairs // 10:
        return "utf-16-le"
    if even > pairs // 2 and odd <= pairs // 10:
        return "utf-16-be"
    return None


def _around_foreign(path: Path, chunk: int) -> Iterable[bytes]:
    """Yield each of the first bytes above 127 with its neighbours."""
    left = _SAMPLE
    with path.open("rb") as file:
        while left > 0 and (part := file.read(chunk)):
            for found in _FOREIGN.finditer(part):
                yield part[max(found.start() - 1, 0) : found.end() + 1].rjust(2, b" ").ljust(3, b" ")
                left -= 1
                if not left:
                    break


def _score(foreign: list[bytes], name: str) -> int:
    score = 0
    for around in foreign:
        text = around.decode(name, "replace")
        sign = text[1:2]
        beside = text[:1].isalpha() or text[2:3].isalpha()
        if sign in _LETTERS:
            # A capital inside a word of small letters is more often another encoding's accent.
            score += -1 if sign.isupper() and text[:1].islower() else 2 if beside else 1
        elif sign in _SIGNS:
            score += 0 if text[:1].isalpha() and text[2:3].isalpha() and sign not in "’‘" else 1
        else:
            score -= 2
    return score
