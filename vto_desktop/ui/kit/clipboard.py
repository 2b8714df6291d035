"""The clipboard: rows with their headers, as TSV that Excel understands and as HTML for letters."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def put(titles: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[bool]) -> None:
    """Copy a table; columns flagged in ``right`` are aligned right in the HTML."""
    lines = [tuple(titles), *(tuple(row) for row in rows)]
    data = QMimeData()
    data.setText("\n".join("\t".join(line) for line in lines) + "\n")
    data.setHtml(_html(lines, right))
    QGuiApplication.clipboard().setMimeData(data)


def put_text(text: str) -> None:
    """Copy plain text."""
    QGuiApplication.clipboard().setText(text)


def _html(lines: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    from html import escape  # its tables of entities are not for the first paint

    def cell(tag: str, text: str, aligned: bool) -> str:
        side = " align='right'" if aligned else ""
        return f"<{tag}{side}>{escape(text)}</{tag}>"

    rows = []
    for number, line in enumerate(lines):
        tag = "td" if number else "th"
        rows.append("<tr>" + "".join(cell(tag, t, r) for t, r in zip(line, right, strict=True)) + "</tr>")
    return '<meta charset="utf-8"><table>' + "".join(rows) + "</table>"
