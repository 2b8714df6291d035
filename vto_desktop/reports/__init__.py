"""The documents by name; each is imported when it is written, since ReportLab takes a quarter of a second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict, Unpack

from vto_desktop import french

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from vto_desktop.reports.batch import Batch
    from vto_desktop.reports.bundle import Told

Option = Literal[
    "year", "date", "day", "period", "slip", "members", "ids", "level", "signatory", "labels", "body",
    "meeting", "decision", "numbered",
]  # fmt: skip


class Chosen(TypedDict, total=False):
    """What may be chosen before printing; a document takes what its options name and ignores the rest."""

    year: int | None  # a fiscal year
    on: date | None
    since: date | None  # without days, the period is the fiscal year
    until: date | None
    slip: str  # a bank slip; empty: the whole period
    which: str  # one of the report's groups
    ids: Sequence[int] | None  # chosen one by one: dues, members or receipts, as the document is about
    level: int | None  # of a reminder; None: each its next
    signatory: int | None  # None: the first
    body: str | None  # the name of one; None: those the document is about
    format: str | None  # of a sheet of labels
    first: int | None  # position of the first label on its sheet, from 1
    meeting: int | None
    decision: int | None  # None: the only one of its meeting
    numbered: int | None  # the calendar year that deliberations are numbered in
    to: str | None  # « member », or « representative »: for the attention of the first titular one


KEYS: Final[dict[Option, tuple[str, ...]]] = {
    "year": ("year",), "date": ("on",), "day": ("on",), "period": ("since", "until"), "slip": ("slip",),
    "members": ("which", "ids"), "ids": ("ids",), "level": ("level",), "signatory": ("signatory",),
    "labels": ("format", "first", "to"), "body": ("body",), "meeting": ("meeting",),
    "decision": ("decision",), "numbered": ("numbered",),
}  # fmt: skip
_NEEDED: Final = frozenset({"year", "date", "day", "period", "meeting", "numbered"})


@dataclass(frozen=True, slots=True)
class Report:
    """A document: its French title, what may be chosen before printing it, and its summary's function."""

    name: str
    title: str
    purpose: str  # one sentence for the list of documents
    options: tuple[Option, ...]
    summary: str  # « module.function » of services, called with the session and what the options name
    groups: tuple[tuple[str, str], ...] = ()  # of « members »: each kind of choice and its French words
    about: Literal["", "dues", "member", "receipt"] = ""  # what « ids » are
    heading: str = ""  # of each letter, when it is not the title
    is_batch: bool = False  # one letter for each addressee: may be written as one PDF each

    def write(
        self,
        session: "Session",
        path: Path,
        *,
        dossier_name: str,
        printed_at: datetime | None = None,
        **chosen: Unpack[Chosen],
    ) -> tuple[str, ...]:
        """Write the document as PDF and return notices to show, such as CARACTERES_NON_IMPRIMABLES.

        Nothing is drawn inside the session's time beyond its summary. UserErrors: those of the summary and
        of ``write_safely``.
        """
        return self.draw(self.read(session, **chosen), path, dossier_name=dossier_name, at=printed_at)

    def read(self, session: "Session", **chosen: Unpack[Chosen]) -> Any:
        """Return the summary, plain data that can be drawn in another thread."""
        module, function = self.summary.split(".")
        summary: Callable[..., Any] = getattr(import_module(f"vto_desktop.services.{module}"), function)
        given = {key: value for key, value in chosen.items() if value is not None}
        if "period" in self.options and "year" in given:
            given = _whole_year(session, given["year"]) | given
        for option in self.options:
            if option in _NEEDED and not given.keys() >= set(KEYS[option]):
                raise TypeError(f"{self.name} needs {option}")
        return summary(session, **{key: given[key] for key in self.keys if key in given})

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the names of what may be chosen."""
        return tuple(key for option in self.options for key in KEYS[option])

    def draw(
        self, summary: Any, path: Path, *, dossier_name: str, at: datetime | None = None,
        told: "Told | None" = None,
    ) -> tuple[str, ...]:  # fmt: skip
        """Write a summary already read; return notices. ``told`` hears how far the letters of a batch are."""
        paper = self._module.layout(summary, dossier_name=dossier_name, printed_at=at or _now())
        notices: tuple[str, ...] = paper.write(path, told) if told and self.is_batch else paper.write(path)
        return notices

    def batch(self, summary: Any, folder: Path, *, dossier_name: str, at: datetime | None = None) -> "Batch":
        """Return the files that the letters already read make in a folder; nothing is written yet."""
        from vto_desktop.reports.batch import Batch

        bundle = self._module.layout(summary, dossier_name=dossier_name, printed_at=at or _now())
        return Batch(bundle, folder)

    @property
    def _module(self) -> Any:
        return import_module(f"vto_desktop.reports.{self.name.replace('-', '_')}")

    def file_name(self, summary: Any = None, **chosen: Unpack[Chosen]) -> str:
        """Return the file name to propose: « Synthèse financière 2021.pdf »; a summary may know when."""
        from vto_desktop.reports.text import safe_name

        when = getattr(summary, "when", "") or self._when(chosen)
        return f"{safe_name(' '.join(filter(None, (self.title, when))))}.pdf"

    def _when(self, chosen: Chosen) -> str:
        def day(value: date | None) -> str:
            return french.short_date(value).replace("/", "-")

        if "slip" in self.options and chosen.get("slip"):
            return chosen["slip"]
        if "period" in self.options:
            since, until = day(chosen.get("since")), day(chosen.get("until"))
            period = since if since == until else f"{since} au {until}"
            return period or str(chosen.get("year") or "")
        year = chosen.get("year") if "year" in self.options else None
        is_dated = "date" in self.options and not self.is_batch
        return " ".join(filter(None, (str(year or ""), day(chosen.get("on")) if is_dated else "")))


def _whole_year(session: "Session", year: Any) -> dict[str, Any]:
    from vto_desktop.services.result import fiscal_year

    found = fiscal_year(session, year)
    return {"since": found.starts_on, "until": found.ends_on}


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - a paper carries the user's own clock


REPORTS: Final = {
    report.name: report
    for report in (
        Report(
            "finance",
            "Synthèse financière",
            "D’où vient l’argent de l’exercice, ce qu’il a payé, et l’écart avec le budget.",
            ("year",),
            "summaries.finance",
        ),
        Report(
            "membership",
            "Synthèse des adhésions",
            "Les adhérents à une date, par type et département, avec leurs représentants.",
            ("date",),
            "summaries.membership",
        ),
        Report(
            "board",
            "Bureau et conseil d’administration",
            "Qui occupe quelle fonction et quel siège à une date, comme le rapport annuel l’imprime.",
            ("date", "body"),
            "body_papers.board",
        ),
        Report(
            "portraits",
            "Trombinoscope",
            "Une carte par personne des instances. Les photographies ne sont pas conservées dans le "
            "dossier : les initiales en tiennent lieu.",
            ("date", "body"),
            "body_papers.bodies",
        ),
        Report(
            "bodies",
            "Annuaire des instances",
            "Qui siège dans chaque instance à une date, avec courriel et téléphone.",
            ("date", "body"),
            "body_papers.bodies",
        ),
        Report(
            "convocation",
            "Convocation",
            "La lettre de chaque personne appelée à une réunion, avec l’ordre du jour et un pouvoir.",
            ("meeting", "signatory"),
            "meeting_papers.convocations",
            is_batch=True,
        ),
        Report(
            "attendance-sheet",
            "Feuille d’émargement",
            "Les sièges d’une réunion, à signer.",
            ("meeting",),
            "meeting_papers.signing_sheet",
        ),
        Report(
            "proxy",
            "Pouvoirs",
            "Un pouvoir à compléter et à signer par personne qui tient un siège.",
            ("meeting",),
            "meeting_papers.proxies",
            heading="Pouvoir",
            is_batch=True,
        ),
        Report(
            "minutes",
            "Procès-verbal",
            "Présences, quorum, ordre du jour, délibérations et élections d’une réunion, prêts à compléter.",
            ("meeting",),
            "meeting_papers.minutes",
        ),
        Report(
            "decisions-register",
            "Registre des délibérations",
            "Toutes les délibérations numérotées dans une année, avec leur texte et leurs votes.",
            ("numbered",),
            "decision_papers.register",
        ),
        Report(
            "decision-extract",
            "Extrait du registre des délibérations",
            "Une délibération certifiée conforme, telle qu’une banque la demande.",
            ("meeting", "decision", "date", "signatory"),
            "decision_papers.extract",
        ),
        Report(
            "officers-declaration",
            "Liste des dirigeants",
            "Les dirigeants tels que la déclaration à la préfecture les demande (cerfa 13971) : "
            "nom, profession, domicile, nationalité, fonction.",
            ("date", "signatory"),
            "officers.officers_declaration",
        ),
        Report(
            "dues-calls",
            "Appels de cotisation",
            "L’appel de chaque adhérent : montant, calcul, décision et règlement.",
            ("year", "day", "members", "signatory"),
            "dues_papers.calls",
            groups=(
                ("all", "Toutes les cotisations"),
                ("unsettled", "Cotisations non réglées"),
                ("late", "Cotisations en retard"),
            ),
            about="dues",
            heading="Appel de cotisation",
            is_batch=True,
        ),
        Report(
            "reminders",
            "Relances",
            "Une lettre par cotisation en retard : ce qui a été réglé, ce qui reste, les relances d’avant.",
            ("year", "date", "ids", "level", "signatory"),
            "dues_papers.reminders",
            about="dues",
            heading="Relance",
            is_batch=True,
        ),
        Report(
            "dues-state",
            "État des cotisations",
            "Par adhérent : appelé, reçu, reste dû ; ancienneté des retards et comparaison des exercices.",
            ("year", "date"),
            "dues_summary.dues_summary",
        ),
        Report(
            "certificates",
            "Attestations d’adhésion",
            "Ce qui atteste qu’un adhérent l’est pour l’exercice, et où en est sa cotisation.",
            ("year", "date", "members", "signatory"),
            "certificates.certificates",
            groups=(("all", "Tous les adhérents"), ("settled", "Adhérents à jour de cotisation")),
            about="member",
            heading="Attestation d’adhésion",
            is_batch=True,
        ),
        Report(
            "receipts",
            "Reçus",
            "Un reçu par paiement encaissé sur une période.",
            ("period", "date", "members", "signatory"),
            "receipt_papers.receipts",
            groups=(("dues", "Cotisations"), ("all", "Tous les encaissements")),
            about="receipt",
            heading="Reçu",
            is_batch=True,
        ),
        Report(
            "receipts-slip",
            "Bordereau d’encaissements",
            "Ce qui a été encaissé entre deux dates ou remis en banque, avec les totaux par moyen.",
            ("period", "slip"),
            "receipt_papers.slip",
        ),
        Report(
            "labels",
            "Étiquettes d’adresses",
            "Les adresses des adhérents sur des planches d’étiquettes autocollantes A4, 3 × 7 ou 2 × 7.",
            ("date", "ids", "labels"),
            "labels.labels",
            about="member",
        ),
    )
}
