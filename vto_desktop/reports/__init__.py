"""The documents by name; each is imported when it is written, since ReportLab takes a quarter of a second."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from vto_desktop import french

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Option = Literal["year", "date"]


@dataclass(frozen=True, slots=True)
class Report:
    """A document: its French title, what must be chosen before printing it, and its summary's function."""

    name: str
    title: str
    purpose: str  # one sentence for the list of documents
    option: Option
    summary: str  # a function of services.summaries, called with the session and the year or the date

    def write(
        self,
        session: "Session",
        path: Path,
        *,
        year: int | None = None,
        on: date | None = None,
        dossier_name: str,
        printed_at: datetime | None = None,
    ) -> tuple[str, ...]:
        """Write the document as PDF and return notices to show, such as CARACTERES_NON_IMPRIMABLES.

        ``year`` is the fiscal year and ``on`` the day; only the one named by ``option`` is needed. Nothing is
        drawn inside the session's time beyond its summary. UserErrors: those of the summary and of
        ``write_safely``.
        """
        return self.draw(self.read(session, year=year, on=on), path, dossier_name=dossier_name, at=printed_at)

    def read(self, session: "Session", *, year: int | None = None, on: date | None = None) -> Any:
        """Return the summary, plain data that can be drawn in another thread."""
        summary: Callable[..., Any] = getattr(import_module("vto_desktop.services.summaries"), self.summary)
        chosen = year if self.option == "year" else on
        if chosen is None:
            raise TypeError(f"{self.name} needs {self.option}")
        return summary(session, chosen)

    def draw(
        self, summary: Any, path: Path, *, dossier_name: str, at: datetime | None = None
    ) -> tuple[str, ...]:
        """Write a summary already read; return notices."""
        moment = at or datetime.now()  # noqa: DTZ005 - a paper carries the user's own clock
        module = import_module(f"vto_desktop.reports.{self.name}")
        notices: tuple[str, ...] = module.write(summary, path, dossier_name=dossier_name, printed_at=moment)
        return notices

    def file_name(self, *, year: int | None = None, on: date | None = None) -> str:
        """Return the file name to propose: « Synthèse financière 2021.pdf »."""
        from vto_desktop.reports.text import safe_name

        when = str(year) if self.option == "year" else french.short_date(on).replace("/", "-")
        return f"{safe_name(f'{self.title} {when}'.strip())}.pdf"


REPORTS: Final = {
    report.name: report
    for report in (
        Report(
            "finance",
            "Synthèse financière",
            "D’où vient l’argent de l’exercice, ce qu’il a payé, et l’écart avec le budget.",
            "year",
            "finance",
        ),
        Report(
            "membership",
            "Synthèse des adhésions",
            "Les adhérents à une date, par type et département, avec leurs représentants.",
            "date",
            "membership",
        ),
        Report(
            "board",
            "Bureau et conseil d’administration",
            "Qui occupe quelle fonction et quel siège à une date.",
            "date",
            "board",
        ),
    )
}
