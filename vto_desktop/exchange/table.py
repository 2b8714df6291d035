"""A table as it was read from a file: rows of texts with their numbers, and how the file was understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vto_desktop.errors import UserError

Rows = Sequence[tuple[int, Sequence[str]]]
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that are not empty, each with its number as a spreadsheet shows it.

    Every cell is the text a person reads there: dates as ``08/12/2021``, numbers with a decimal comma.
    ``problems`` are sentences on the whole file; ``encoding`` and ``separator`` are empty for a workbook.
    """

    path: Path
    rows: Rows
    problems: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    sheet: str = ""
    starts_1904: bool = False
    encoding: str = ""
    separator: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(cells) for _number, cells in self.rows), default=0)


def unreadable(
    path: Path, what: str, act: str, *, code: str = "FICHIER_ILLISIBLE", details: str = ""
) -> UserError:
    """Return a refusal to read a file: what it is, and what to do."""
    return UserError(
        code,
        f"«\u00a0{path.name}\u00a0» {what}. Rien n’a été importé, le dossier est intact. {act}",
        details=details,
    )
