"""Papers drawn in memory and read back by pypdf, which knows nothing of how they were drawn."""

import io
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pypdf import PdfReader

from tests.reports import samples, samples_meetings, samples_papers
from vto_desktop.reports import (
    attendance_sheet,
    board,
    bodies,
    certificates,
    convocation,
    decision_extract,
    decisions_register,
    dues_calls,
    dues_state,
    finance,
    membership,
    minutes,
    officers_declaration,
    portraits,
    proxy,
    receipts,
    receipts_slip,
    reminders,
)
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.tables import ListColumn, LongTable

LIST_COLUMNS = (ListColumn("Adhérent"), ListColumn("Qualité"), ListColumn("Montant", "right"))


def draw_list(head: Any, rows: list[tuple[str, ...]], totals: tuple[str, ...] = ()) -> LongTable:
    """Lay out a list of three columns."""
    return LongTable(
        head, "Liste des adhérents", "au 31/12/2021", LIST_COLUMNS, rows, totals=totals,
        dossier_name="exemple-2021.vto", printed_at=samples.PRINTED_AT,
    )  # fmt: skip


def _layout(module: Any) -> Callable[[Any], Paper | Bundle]:
    def laid(summary: Any) -> Paper | Bundle:
        paper: Paper | Bundle = module.layout(
            summary, dossier_name="exemple-2021.vto", printed_at=samples.PRINTED_AT
        )
        return paper

    return laid


DOCUMENTS: dict[str, tuple[Callable[[Any], Paper | Bundle], Any]] = {
    "finance": (_layout(finance), samples.FINANCE),
    "membership": (_layout(membership), samples.MEMBERSHIP),
    "board": (_layout(board), samples.BOARD),
    "portraits": (_layout(portraits), samples.BODIES),
    "bodies": (_layout(bodies), samples.BODIES),
    "convocation": (_layout(convocation), samples_meetings.CONVOCATIONS),
    "attendance-sheet": (_layout(attendance_sheet), samples_meetings.SIGNING),
    "proxy": (_layout(proxy), samples_meetings.PROXIES),
    "minutes": (_layout(minutes), samples_meetings.MINUTES),
    "decisions-register": (_layout(decisions_register), samples_meetings.REGISTER),
    "decision-extract": (_layout(decision_extract), samples_meetings.EXTRACT),
    "officers-declaration": (_layout(officers_declaration), samples_meetings.DECLARATION),
    "dues-calls": (_layout(dues_calls), samples_papers.CALLS),
    "reminders": (_layout(reminders), samples_papers.REMINDERS),
    "dues-state": (_layout(dues_state), samples_papers.STATE),
    "certificates": (_layout(certificates), samples_papers.CERTIFICATES),
    "receipts": (_layout(receipts), samples_papers.RECEIPTS),
    "receipts-slip": (_layout(receipts_slip), samples_papers.SLIP),
}


def read(paper: Paper | Bundle | LongTable) -> PdfReader:
    """Draw a paper and open it with the independent reader."""
    file = io.BytesIO()
    paper.draw(file)
    file.seek(0)
    return PdfReader(file, strict=True)


def text_of(reader: PdfReader) -> str:
    """Return the whole text, spaces of every width as one ordinary space."""
    lines = "\n".join(page.extract_text() for page in reader.pages).splitlines()
    return "\n".join(" ".join(text.split()) for text in lines if text.strip())


def squeezed(text: str) -> str:
    """Return a text without any space, as line ends fall where they like."""
    return "".join(text.split())


def spoiled(value: Any, text: str, *, only: frozenset[str] = frozenset(), name: str = "") -> Any:
    """Return a record with a hostile text in every text it holds, or in those named."""
    if isinstance(value, str):
        return text if not only or name in only else value
    if isinstance(value, tuple):
        parts = (spoiled(each, text, only=only, name=name) for each in value)
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            f.name: spoiled(getattr(value, f.name), text, only=only, name=f.name) for f in fields(value)
        }
        return replace(value, **changed)
    return value
