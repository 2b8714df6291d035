"""One PDF for each letter, into a folder: each complete or absent, and what is missing said in plain words.

Before the first is written a short text file in the folder names all of them; a name leaves it once its PDF
is there, and the file goes with the last. So even a power cut leaves complete PDFs, and the list of others.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from vto_desktop import french
from vto_desktop.reports.bundle import Bundle, Told, say_nothing
from vto_desktop.reports.text import safe_name

LIST: Final = "Documents manquants.txt"
_LIST_HEAD: Final = (
    "Ces documents n’ont pas été écrits : l’édition s’est arrêtée avant la fin.\n"
    "Les autres PDF de ce dossier sont complets. Refaites l’édition dans ce dossier pour avoir ceux-ci :\n\n"
)


class Batch:
    """The files that letters make in a folder; ``missing`` says which are not written yet."""

    def __init__(self, bundle: Bundle, folder: Path) -> None:
        self._bundle, self.folder = bundle, folder
        letters: Sequence[Any] = bundle.letters.letters
        self._letters = dict(zip(_names(letters), letters, strict=True))
        self.missing = list(self._letters)

    @property
    def names(self) -> list[str]:
        """Return every file's name."""
        return list(self._letters)

    def replaced(self) -> list[str]:
        """Return the files of those names that are there already."""
        return [name for name in self._letters if (self.folder / name).exists()]

    def write(self, told: Told = say_nothing) -> tuple[str, ...]:
        """Write what is missing, and return notices about all of it.

        What ``told`` raises ends the work between two files. UserErrors: those of ``write_safely``. Either
        way ``missing`` says what is left, and so does a text file in the folder; ``write`` again goes on.
        """
        from vto_desktop.store import files

        self._drop_partials()
        for name in list(self.missing):
            self._list_missing()
            told(
                len(self._letters) - len(self.missing), len(self._letters), self._letters[name].addressee.name
            )
            paper = self._bundle.paper(self._letters[name])
            files.write_safely(self.folder / name, paper.draw)
            self._bundle.ink.lost |= paper.ink.lost
            self.missing.remove(name)
        with suppress(OSError):
            (self.folder / LIST).unlink(missing_ok=True)
        return self._bundle.ink.notices()

    def _drop_partials(self) -> None:
        """Remove what a killed batch left half written, all of it under hidden names."""
        stems = {Path(name).stem[:60] for name in self._letters}
        with suppress(OSError):
            for path in self.folder.glob(".*.partiel"):
                if path.name[1:].rsplit(".", 2)[0] in stems:
                    path.unlink(missing_ok=True)

    def _list_missing(self) -> None:
        """Keep the list true; a folder that refuses it refuses the next PDF too, and says why."""
        text = _LIST_HEAD + "".join(f"– {name}\n" for name in self.missing)
        partial = self.folder / f".{LIST}.partiel"
        with suppress(OSError):
            partial.write_text(text, encoding="utf-8-sig")
            partial.replace(self.folder / LIST)

    def outcome(self) -> str:
        """Return what became of the batch, in one sentence or two."""
        if not self._letters:
            return self._bundle.empty
        done = french.count(len(self._letters) - len(self.missing), "PDF écrit", "PDF écrits")
        if not self.missing:
            return f"{done} dans «\u00a0{self.folder.name}\u00a0»."
        shown = self.missing[:5]
        more = len(self.missing) - len(shown)
        named = [*shown, french.count(more, "autre")] if more else shown
        is_begun = len(self.missing) < len(self._letters)
        told = f"{done} sur {{}}, complets" if is_begun else "Aucun PDF écrit sur {}"
        said = f"{told.format(french.number(len(self._letters)))}. Il manque {french.listed(named)}."
        if (self.folder / LIST).exists():
            said += f" La liste est dans «\u00a0{LIST}\u00a0»."
        return said


def _names(letters: Sequence[Any]) -> list[str]:
    """Return a name for each letter; namesakes are numbered, whatever the case their letters are in."""
    found: list[str] = []
    taken: set[str] = set()
    for letter in letters:
        name = stem = safe_name(letter.file_name)
        number = 2
        while name.casefold() in taken:
            name, number = f"{stem} ({number})", number + 1
        taken.add(name.casefold())
        found.append(f"{name}.pdf")
    return found
