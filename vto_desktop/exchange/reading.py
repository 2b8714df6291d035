"""Any file with a table in it: a workbook or a text, told apart by what it holds and not by its name."""

from pathlib import Path
from typing import Final

from vto_desktop import garbage
from vto_desktop.errors import UserError
from vto_desktop.exchange import limits
from vto_desktop.exchange.delimited import read_delimited
from vto_desktop.exchange.table import Progress, Table, unreadable
from vto_desktop.exchange.workbooks import read_workbook

ENDINGS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")

_WORKBOOKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_OTHERS: Final = {
    b"%PDF": "est un document PDF",
    b"\x89PNG": "est une image",
    b"\xff\xd8\xff": "est une image",
    b"GIF8": "est une image",
    b"{\\rtf": "est un document de texte",
    b"SQLite format 3": "est une base de données",
    b"Rar!": "est une archive",
    b"7z\xbc\xaf": "est une archive",
    b"\x1f\x8b": "est une archive",
}


@garbage.put_off()
def read(
    path: Path,
    *,
    sheet: str = "",
    encoding: str = "",
    separator: str = "",
    progress: Progress | None = None,
) -> Table:
    """Return the rows of a file and what there is to say of it as a whole.

    Raises UserError: INTROUVABLE, ACCES_REFUSE, FICHIER_VIDE, FICHIER_TROP_GROS, FICHIER_ILLISIBLE,
    MOT_DE_PASSE, GUILLEMET_OUVERT, TROP_DE_LIGNES, TROP_DE_COLONNES. ``progress`` may raise to give up.
    """
    start, size = _looked_at(path)
    if start.startswith(_WORKBOOKS):
        table = read_workbook(path, sheet=sheet, progress=progress)
    else:
        for mark, what in _OTHERS.items():
            if start.startswith(mark):
                raise unreadable(path, what, "Choisissez un fichier .xlsx, .ods ou .csv.")
        if size > limits.FILE_BYTES:
            raise _too_big(path)
        table = read_delimited(path, encoding=encoding, separator=separator, progress=progress)
    if not table.rows and not sheet:
        raise unreadable(
            path, "ne contient aucune donnée", "Choisissez un autre fichier.", code="FICHIER_VIDE"
        )
    return table


def _looked_at(path: Path) -> tuple[bytes, int]:
    """Return the first bytes of a file and its size."""
    try:
        if path.is_dir():
            raise unreadable(path, "est un dossier, pas un fichier", "Choisissez un fichier.")
        with path.open("rb") as file:
            start, size = file.read(16), path.stat().st_size
    except FileNotFoundError as error:
        raise UserError(
            "INTROUVABLE",
            f"«\u00a0{path.name}\u00a0» n’existe pas. Rien n’a été importé, le dossier est intact.",
        ) from error
    except OSError as error:
        raise unreadable(
            path,
            "ne peut pas être lu",
            "S’il est ouvert dans un autre programme, fermez-le\u202f; sinon copiez-le ailleurs.",
            code="ACCES_REFUSE",
            details=str(error.errno),
        ) from error
    if size > limits.FILE_BYTES * 4:
        raise _too_big(path)
    if not start:
        raise unreadable(path, "est vide", "Choisissez un autre fichier.", code="FICHIER_VIDE")
    return start, size


def _too_big(path: Path) -> UserError:
    return unreadable(
        path,
        "est trop gros pour une liste",
        "Ne gardez que la liste à importer, puis recommencez.",
        code="FICHIER_TROP_GROS",
    )
