"""The options of a document: its year or dates, whom it is for, who signs; each shown where it counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.model import Body, FiscalYear
from vto_desktop.reports import Chosen, Report
from vto_desktop.services import addressees, labels, receipt_papers
from vto_desktop.services.figures_labels import FORMATS, ON_A_SHEET
from vto_desktop.services.figures_papers import Addressee
from vto_desktop.ui.forms.meeting_options import MeetingOptions
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.fields import Field, give_mnemonics
from vto_desktop.ui.kit.inputs import ChoiceInput, NumberInput, PickInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.pick import Found
from vto_desktop.ui.kit.workspace import Workspace

TO_HINT: Final = "Titulaire\u00a0: à son attention, avec sa qualité."
FIRST_HINT: Final = "Sa place sur la planche, ligne après ligne."
SHEET: Final = "étiquettes_format"
TAKEN: Final = "FEADOIN"  # Alt+letters of the menus, and of the buttons beside the options
LEVELS: Final = ((1, "Première relance"), (2, "Deuxième relance"), (3, "Dernière relance"))


class PaperOptions(QWidget):
    """One field for each thing that may be chosen; those that the document has no use for are hidden."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._ends: dict[int, tuple[date, date]] = {}
        self._report: Report | None = None
        self._ids: Sequence[int] | None = None
        self._people: list[Addressee] = []
        self.year = Field("&Exercice", "year", ChoiceInput([]))
        self.since = Field("&Du", "since", DateInput())
        self.until = Field("A&u", "until", DateInput())
        self.slip = Field("Remise en &banque", "slip", ChoiceInput([]))
        self.on = Field("À la &date du", "on", DateInput(), hint="8/12/21, 08122021 ou +30")
        self.which = Field("&Concerne", "which", ChoiceInput([]))
        self.level = Field("&Niveau", "level", ChoiceInput(LEVELS, empty="Le suivant de chacun"))
        self.person = Field("Un &seul destinataire", "person", self._person_input())
        self.signatory = Field("Si&gnataire", "signatory", ChoiceInput([]))
        self.meetings = MeetingOptions(workspace)
        self.body = Field("&Instance", "body", ChoiceInput([]))
        self.to = Field("&Adressées à", "to", ChoiceInput(labels.TO.items()), hint=TO_HINT)
        self.format = Field("&Planches", "format", ChoiceInput(FORMATS.items()))
        self.first = Field(
            "&Première étiquette", "first", NumberInput(1, max(ON_A_SHEET.values())), hint=FIRST_HINT
        )
        give_mnemonics(self.fields(), TAKEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for field in self.fields():
            column.addWidget(field)
            field.input.changed.connect(self.changed.emit)
            if isinstance(field.input, ChoiceInput):  # the panel keeps its width, whatever is chosen from
                field.input.combo.setMinimumContentsLength(8)
                field.input.combo.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
        self.year.input.changed.connect(self._take_year)
        for field in (self.slip, self.which):
            field.input.changed.connect(self._show_days)

    def fields(self) -> tuple[Field, ...]:
        """Return every field, shown or not, in order."""
        return (
            *self.meetings.fields(), self.year, self.since, self.until, self.slip, self.on, self.which,
            self.level, self.person, self.signatory, self.body, self.to, self.format, self.first,
        )  # fmt: skip

    def _person_input(self) -> PickInput:
        return PickInput(self._found, lambda place: self._people[place].name, placeholder="Tous")

    def _found(self, text: str) -> list[Found]:
        words = french.search_key(text).split()
        return [
            (place, each.name, each.address[-1] if each.address else "")
            for place, each in enumerate(self._people)
            if all(word in french.search_key(each.name) for word in words)
        ]

    # --- what there is ---------------------------------------------------------------------------

    def read(self) -> None:
        """Read the years, the bank slips and the signatories of the dossier."""
        with self._workspace.read() as session:
            years = select(FiscalYear.year, FiscalYear.starts_on, FiscalYear.ends_on)
            rows = session.execute(years.order_by(FiscalYear.year.desc())).all()
            slips = receipt_papers.slips(session)
            signers = addressees.signatories(session)
            bodies = session.scalars(select(Body.name).order_by(Body.position, Body.id)).all()
        self._ends = {year: (starts_on, ends_on) for year, starts_on, ends_on in rows}
        _choices(self.year).set_choices((year, str(year)) for year in self._ends)
        _choices(self.slip).set_choices([("", "Toute la période"), *((name, name) for name in slips)])
        _choices(self.signatory).set_choices(signers)
        _choices(self.body).set_choices([(None, "Toutes"), *((name, name) for name in bodies)])
        self.meetings.read()
        self._show_signatories()

    def show_report(self, report: Report, ids: Sequence[int] | None = None) -> None:
        """Show the options of a document; ``ids`` are already chosen, so nobody is asked whom it is for."""
        self._report, self._ids = report, ids
        options = set(report.options)
        _choices(self.which).set_choices(report.groups)
        self.person.input.set_value(None)
        shown = {
            self.year: bool({"year", "period"} & options) and (ids is None or report.about == "member"),
            self.since: "period" in options and ids is None,
            self.until: "period" in options and ids is None,
            self.slip: "slip" in options,
            self.on: "date" in options,
            self.which: bool(report.groups) and ids is None,
            self.level: "level" in options,
            self.body: "body" in options,
            self.person: report.is_batch and ids is None,
            **dict.fromkeys((self.to, self.format, self.first), "labels" in options),
        }
        for field, is_shown in shown.items():
            field.setVisible(is_shown)
        self.meetings.show_report(report)
        self._show_days()
        self._show_signatories()

    def _show_signatories(self) -> None:
        """Ask who signs only where somebody does, and where there is a choice."""
        is_signed = self._report is not None and "signatory" in self._report.options
        self.signatory.setVisible(is_signed and _choices(self.signatory).combo.count() > 1)

    def _show_days(self) -> None:
        """Leave out the days that do not count: those of a bank slip, and that of the group of all."""
        is_period = self._report is not None and "period" in self._report.options and self._ids is None
        for field in (self.since, self.until):
            field.setVisible(is_period and not (self.slip.isVisibleTo(self) and self.slip.input.value()))
        if self._report is not None and "day" in self._report.options:  # it only tells who is in a group
            everybody = self._report.groups[0][0]
            self.on.setVisible(self._ids is None and self.which.input.value() != everybody)

    def show_people(self, people: Iterable[Addressee]) -> None:
        """Offer those the letters are for; who was picked stays so when still among them."""
        picked = self.picked()
        self._people = list({(each.member_id, each.name): each for each in people}.values())
        same = [n for n, each in enumerate(self._people) if picked and _is_same(each, picked)]
        if picked is not None:
            self.person.input.blockSignals(True)
            self.person.input.set_value(same[0] if same else None)
            self.person.input.blockSignals(False)

    def picked(self) -> Addressee | None:
        """Return the only one wanted, or None for all."""
        place = self.person.input.value() if self.person.isVisibleTo(self) else None
        return self._people[place] if place is not None and place < len(self._people) else None

    # --- what is chosen --------------------------------------------------------------------------

    def reset(self) -> None:
        """Take the fiscal year looked at, its days, its last day or today, everybody."""
        self.year.input.set_value(self._workspace.year)
        self._take_year()
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        ends_on = self._ends.get(self._workspace.year, (today, today))[1]
        self.on.input.set_value(min(ends_on, today))
        self.person.input.set_value(None)
        for field in (self.slip, self.which, self.level, self.signatory, self.body, self.to):
            _choices(field).combo.setCurrentIndex(0)
        kept = self._workspace.settings.get(SHEET)
        self.format.input.set_value(kept if kept in FORMATS else next(iter(FORMATS)))
        self.first.input.set_value(1)
        self.meetings.reset()

    def preset(self, given: Mapping[str, Any]) -> None:
        """Take what was chosen where the document was asked for: a meeting, a deliberation, a day."""
        self.meetings.preset(given)
        if "on" in given:
            self.on.input.set_value(given["on"])

    def _take_year(self) -> None:
        starts_on, ends_on = self._ends.get(self.year.input.value(), (None, None))
        self.since.input.set_value(starts_on)
        self.until.input.set_value(ends_on)

    def chosen(self) -> Chosen | None:
        """Return what was chosen, or None after having said under its field what is wrong."""
        problems = {field: self._problem(field) for field in self.fields()}
        for field, problem in problems.items():
            field.show_problem(problem)
        needs_year = self._report is None or bool({"year", "period"} & set(self._report.options))
        if any(problems.values()) or (needs_year and self.year.input.value() is None):
            return None
        if self.format.isVisibleTo(self):
            self._workspace.settings.set(SHEET, self.format.input.value())
        found: dict[str, Any] = {field.attribute: field.input.value() for field in self.fields()}
        del found["person"]
        if not self.which.isVisibleTo(self):
            del found["which"]
        if self._ids is not None:
            found["ids"] = self._ids
        chosen: Chosen = found  # type: ignore[assignment]  # the fields are named after its keys
        return chosen

    def _problem(self, field: Field) -> str:
        if not field.isVisibleTo(self):
            return ""
        if isinstance(field.input, DateInput):
            if field.input.is_empty():
                return field.input.problem() or "Indiquez une date, par exemple 08/12/2021."
            since, until = self.since.input.value(), self.until.input.value()
            if field is self.until and since and until and until < since:
                return "La fin doit suivre le début."
        if field is self.first and not field.input.problem():
            last = ON_A_SHEET[self.format.input.value()]
            typed = field.input.value()
            if typed is None or typed > last:
                return f"Une planche en compte {last}\u00a0: indiquez de 1 à {last}, ligne après ligne."
        return self.meetings.problem(field) or field.input.problem()


def _is_same(one: Addressee, other: Addressee) -> bool:
    return (one.member_id, one.name) == (other.member_id, other.name)


def _choices(field: Field) -> ChoiceInput:
    assert isinstance(field.input, ChoiceInput)  # noqa: S101 - made so above
    return field.input
