"""What the search of the whole dossier finds: rows of its tables, and documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from vto_desktop import french
from vto_desktop.reports import REPORTS
from vto_desktop.services.finding import find as find_rows
from vto_desktop.ui.kit.workspace import Workspace

MOST = 6
"""Hits of one kind that the search of the whole dossier shows."""
ICONS = {
    "member": "users", "person": "user", "organisation": "building-2", "convention": "handshake",
    "budget_line": "scale", "entry": "receipt", "meeting": "calendar", "mandate": "landmark",
    "dues": "coins", "dues_campaign": "coins",
    "receipt": "banknote",
}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """Something found: where it is kept, what it is called, what tells it apart."""

    table: str
    row_id: int
    group: str
    title: str
    detail: str
    icon: str
    name: str = ""
    """Of a document: its name in the registry (``row_id`` is then 0)."""


def find(workspace: Workspace, text: str) -> list[Hit]:
    """Return members, persons, conventions, lines and documents whose words contain what was typed."""
    if workspace.dossier is None:
        return []
    with workspace.read() as session:
        rows = find_rows(session, text, year=workspace.year, most=MOST)
    hits = [Hit(r.table, r.row_id, r.group, r.title, r.detail, ICONS.get(r.table, "file-text")) for r in rows]
    return [*hits, *_documents(text)]


def _documents(text: str) -> Iterator[Hit]:
    words = french.search_key(text).split()
    for name, report in REPORTS.items():
        if all(word in french.search_key(report.title, "document édition") for word in words):
            yield Hit("report", 0, "Documents", report.title, "Éditions", "file-text", name)
