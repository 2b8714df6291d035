"""Letters of one kind in one file, for printing: one after the other, each found in the outline."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from vto_desktop.reports import pdf
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.pdf import Properties
from vto_desktop.reports.text import Ink
from vto_desktop.services.figures_papers import Letters

Told = Callable[[int, int, str], object]
"""Told how far the work is: done, of how many, about whom; what it raises ends the work."""

MakePaper = Callable[[Letters[Any], Any, str, datetime], Paper]
"""Lays out one letter: all of them, this one, the dossier's name and the moment."""


def say_nothing(_done: int, _total: int, _whom: str) -> None:
    """Tell nobody."""


class Bundle:
    """Lays each letter out when its turn comes, so that five hundred take no more memory than one."""

    def __init__(
        self,
        letters: Letters[Any],
        make: MakePaper,
        *,
        title: str,
        subtitle: str,
        empty: str,
        dossier_name: str,
        printed_at: datetime,
    ) -> None:
        self.letters, self._make = letters, make
        self.title, self.subtitle, self.empty = title, subtitle, empty
        self._dossier_name, self._printed_at = dossier_name, printed_at
        self.ink = Ink()

    @property
    def properties(self) -> Properties:
        """Return what the PDF says of itself."""
        author = self.ink.plain(self.letters.head.name)
        return Properties(
            self.ink.plain(self.title), author, self.ink.plain(f"{self.title}, {self.subtitle}")
        )

    def paper(self, letter: Any) -> Paper:
        """Return one letter laid out."""
        return self._make(self.letters, letter, self._dossier_name, self._printed_at)

    def draw(self, file: IO[bytes], told: Told = say_nothing) -> None:
        """Draw every letter into one file; a sentence says so when there is none."""
        canvas = pdf.new_canvas(file, self.properties)
        letters, pages = self.letters.letters, 0
        for number, letter in enumerate(letters):
            told(number, len(letters), letter.addressee.name)
            pages = self._draw_one(canvas, self.paper(letter), pages)
        if not letters:
            self._draw_one(canvas, self._nothing(), 0)
        canvas.save()

    def _draw_one(self, canvas: Any, paper: Paper, pages: int) -> int:
        paper.draw_on(canvas, before=pages)
        self.ink.lost |= paper.ink.lost
        return pages + len(paper.pages)

    def _nothing(self) -> Paper:
        paper = Paper(
            self.letters.head, title=self.title, subtitle=self.subtitle, dossier_name=self._dossier_name,
            printed_at=self._printed_at,
        )  # fmt: skip
        paper.y += 8
        paper.paragraph(self.empty)
        return paper

    def write(self, path: Path, told: Told = say_nothing) -> tuple[str, ...]:
        """Write the file and return notices about it; what ``told`` raises leaves no file.

        UserErrors: those of ``write_safely``.
        """
        from vto_desktop.store import files  # brings the database along: 30 MB that drawing does not need

        files.write_safely(path, lambda file: self.draw(file, told))
        return self.ink.notices()
