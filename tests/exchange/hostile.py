"""Files that mean harm or are broken, each written by a function of its path."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import openpyxl

SHEET: Final = "xl/worksheets/sheet1.xml"
END: Final = b"</sheetData>"
MEGABYTE: Final = 1_000_000
Change = Callable[[bytes], bytes]


def workbook(path: Path) -> Path:
    """Write a small sound workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Adhérent", "SIREN"])
    sheet.append(["Ville de Limoux", 211_102_061])
    book.save(path)
    return path


def _changed(path: Path, change: Change, *, many: bytes = b" ", times: int = 0) -> None:
    """Write a workbook whose first sheet went through ``change``; a NUL in it is that many megabytes."""
    sound = workbook(path.with_suffix(".sain.xlsx"))
    with (
        zipfile.ZipFile(sound) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            before, zero, after = (change(content) if entry.filename == SHEET else content).partition(b"\0")
            with new.open(entry.filename, "w", force_zip64=True) as part:
                part.write(before)
                for _ in range(times if zero else 0):
                    part.write(many * MEGABYTE)
                part.write(after)
    sound.unlink()


def _with(path: Path, rows: bytes, *, before: bytes = b"", times: int = 0) -> None:
    def change(sheet: bytes) -> bytes:
        return before + sheet[sheet.index(b"<worksheet") :].replace(END, rows + END)

    _changed(path, change, many=b"a", times=times)


def _text(content: bytes) -> bytes:
    return b'<row r="9"><c r="A9" t="inlineStr"><is><t>' + content + b"</t></is></c></row>"


def _laughs() -> bytes:
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return b'<?xml version="1.0"?><!DOCTYPE x [' + b"".join(lines) + b"]>"


def _letter(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")


XXE: Final = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'

# name of the file → what writes it; each must be refused with one of these codes, or read (« »).
WORKBOOKS: Final[dict[str, tuple[Callable[[Path], object], str]]] = {
    "bombe.xlsx": (lambda p: _changed(p, lambda sheet: sheet + b"\0", times=310), "FICHIER_ILLISIBLE"),
    "texte-immense.xlsx": (lambda p: _with(p, _text(b"\0"), times=270), "FICHIER_ILLISIBLE"),
    "zone-immense.xlsx": (
        lambda p: _with(p, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "FICHIER_ILLISIBLE",
    ),
    "milliard-de-rires.xlsx": (lambda p: _with(p, _text(b"&a9;"), before=_laughs()), "FICHIER_ILLISIBLE"),
    "entité-externe.xlsx": (lambda p: _with(p, _text(b"&secret;"), before=XXE), "FICHIER_ILLISIBLE"),
    "tronqué.xlsx": (lambda p: p.write_bytes(workbook(p).read_bytes()[:2000]), "FICHIER_ILLISIBLE"),
    "hasard.xlsx": (lambda p: p.write_bytes(b"PK\x03\x04" + os.urandom(50_000)), "FICHIER_ILLISIBLE"),
    "hasard.xls": (
        lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(50_000)),
        "FICHIER_ILLISIBLE",
    ),
    "lettre.xlsx": (_letter, "FICHIER_ILLISIBLE"),
    "vide.xlsx": (lambda p: p.write_bytes(b""), "FICHIER_VIDE"),
    "renommé.csv": (workbook, ""),
    "une-case-très-bas.xlsx": (lambda p: _with(p, b'<row r="1048576"><c r="B1048576"/></row>'), ""),
}

TEXTS: Final[dict[str, tuple[bytes, str]]] = {
    "vide.csv": (b"", "FICHIER_VIDE"),
    "rien.csv": (b"\r\n;;;\r\n", "FICHIER_VIDE"),
    "marque-seule.csv": (b"\xef\xbb\xbf", "FICHIER_VIDE"),
    "zéros.csv": (b"\0" * 100_000, "FICHIER_ILLISIBLE"),
    "hasard.csv": (bytes(range(256)) * 400, "FICHIER_ILLISIBLE"),
    "document.csv": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "FICHIER_ILLISIBLE"),
    "page.xls": (b"\n<html><table><tr><td>Nom</td></tr></table></html>", "FICHIER_ILLISIBLE"),
    "image.csv": (b"\x89PNG\r\n\x1a\n\0\0\0", "FICHIER_ILLISIBLE"),
    "guillemet.csv": (b'Nom;Ville\n"Ville de Limoux;Limoux\n' + b"A;B\n" * 50_000, "GUILLEMET_OUVERT"),
    "un-million-de-colonnes.csv": (b"a;" * 1_000_000 + b"\n" + b"1;" * 1_000_000, "TROP_DE_COLONNES"),
    "trop-de-lignes.csv": (b"Nom;Ville\n" + b"A;B\n" * 200_001, "TROP_DE_LIGNES"),
    "lignes-vides.csv": (b"\n" * 20_000_000, "TROP_DE_LIGNES"),
    "trop-gros.csv": (b"Nom;Ville\n" + b"A;B\n" * 12_500_000, "FICHIER_TROP_GROS"),
    "virgules.csv": (b"," * 20_000_000, ""),
    "champ-immense.csv": (b"Nom;Ville\nA;" + b"x" * 200_000 + b"\n", ""),
    "nul.csv": (b"Nom;Ville\nLimo\0ux;Li\0moux\n", ""),
    "texte.xlsx": (b"Nom;Ville\nLimoux;Limoux\n", ""),
}
