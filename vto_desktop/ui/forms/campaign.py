"""The campaign of a year in three steps: the decision, the scale, what each member is called by one click."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy import select

from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Body, BodyKind, Dues, DuesCampaign, DuesScale, FiscalYear, Meeting
from vto_desktop.services import calls, campaigns, meetings, proposals
from vto_desktop.services.calls import Retained
from vto_desktop.ui.forms.campaign_preview import PreviewInput
from vto_desktop.ui.forms.campaign_scales import ScalesInput
from vto_desktop.ui.forms.meeting import body_input
from vto_desktop.ui.forms.picks import meeting_choices
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, MemoInput, TextInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace

NEW: Final = "new"
STEPS: Final = ("1  Décision", "2  Barème", "3  Appels")
FIELDS: Final = (
    ("name", "meeting", "body_id", "held_on", "called_on", "due_on", "notes"),
    ("scales",),
    ("wanted",),
)


@dataclass
class Campaign:
    """A campaign as the steps edit it."""

    fiscal_year_id: int
    name: str
    id: int | None = None
    meeting: int | str | None = None  # an id, NEW, or none
    body_id: int | None = None
    held_on: date | None = None
    called_on: date | None = None
    due_on: date | None = None
    notes: str = ""
    scales: list[DuesScale] = field(default_factory=list)
    wanted: dict[int, Retained] = field(default_factory=dict)


class CampaignForm(Form):
    """Edits a campaign of the fiscal year looked at, and calls its members."""

    title = "Campagne de cotisations"
    row: Campaign

    @classmethod
    def new(cls, workspace: Workspace, parent: Any = None) -> "CampaignForm":
        """Return the form of a new campaign of the year looked at."""
        year = workspace.year
        with workspace.read() as session:
            year_id = session.scalars(select(FiscalYear.id).where(FiscalYear.year == year)).one()
            assembly = session.scalars(select(Body.id).where(Body.kind == BodyKind.ASSEMBLY.value)).first()
        row = Campaign(year_id, f"Cotisations {year}", body_id=assembly)
        return cls(workspace, row, parent)

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "CampaignForm":
        """Return the form of a kept campaign."""
        with workspace.read() as session:
            kept = session.get_one(DuesCampaign, row_id)
            row = Campaign(
                kept.fiscal_year_id, kept.name, id=kept.id, meeting=kept.meeting_id, called_on=kept.called_on,
                due_on=kept.due_on, notes=kept.notes, scales=list(kept.scales),
            )  # fmt: skip
            session.expunge_all()
        return cls(workspace, row, parent)

    def __init__(self, workspace: Workspace, row: Campaign, parent: Any = None) -> None:
        self._calls = False
        self._step = 0
        self._read_year(workspace, row)
        super().__init__(workspace, row, parent)
        self.setMinimumSize(QSize(theme.px(820), theme.px(560)))
        self._go(0)

    def _read_year(self, workspace: Workspace, row: Campaign) -> None:
        with workspace.read() as session:
            self._year = session.get_one(FiscalYear, row.fiscal_year_id)
            self._before = proposals.year_before(session, self._year.year)
            self._scales_before = campaigns.scales_before(session, self._year.year)
            called = select(Dues.id).where(Dues.campaign_id == row.id, Dues.called_on.is_not(None)).limit(1)
            self._is_called = session.scalar(called) is not None

    # --- building --------------------------------------------------------------------------------

    def build(self) -> None:
        path, kind, row_id = self._draft
        self._draft = (path, f"{kind} {self._year.year}", row_id)  # a new campaign belongs to its year
        kept = self.row.id is not None
        self.head(self.row.name if kept else f"Nouvelle campagne {self._year.year}")
        self._signs = [label(text, "secondary") for text in STEPS]
        signs = QHBoxLayout()
        signs.setSpacing(theme.px(24))
        for sign in self._signs:
            signs.addWidget(sign)
        signs.addStretch(1)
        self._column.addLayout(signs)
        self.steps = QStackedWidget()
        for step in (self._decision(), self._scale(), self._preview()):
            self.steps.addWidget(step)
        self._column.addWidget(self.steps, 1)

    def _decision(self) -> QWidget:
        page, column = _page()
        column.addWidget(self.field("&Nom", "name", TextInput()))
        choices = [*meeting_choices(self.workspace), (NEW, "Une réunion qui n’est pas dans la liste…")]
        hint = "La réunion qui a fixé le barème\u202f; les appels la citent."
        column.addWidget(
            self.field("&Décidée par", "meeting", ChoiceInput(choices, empty="Aucune"), hint=hint)
        )
        self._new_meeting = QWidget()
        beside = QHBoxLayout(self._new_meeting)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.px(16))
        beside.addWidget(self.field("&Instance", "body_id", body_input(self.workspace)), 1)
        beside.addWidget(self.field("&Tenue le", "held_on", DateInput()), 1)
        column.addWidget(self._new_meeting)
        days = QHBoxLayout()
        days.setSpacing(theme.px(16))
        days.addWidget(self.field("&Appelée le", "called_on", DateInput()), 1)
        days.addWidget(self.field("À &régler avant le", "due_on", DateInput()), 1)
        column.addLayout(days)
        column.addWidget(self.field("N&otes", "notes", MemoInput(lines=2)))
        column.addStretch(1)
        self.input("meeting").changed.connect(self._show_meeting)
        return page

    def _scale(self) -> QWidget:
        page, column = _page()
        about = "Ce que doit chaque type d’adhérent. Une ligne laissée vide\u00a0: pas d’appel pour ce type."
        top = QHBoxLayout()
        top.addWidget(label(about, "secondary", wrap=True), 1)
        self.take_button = button("", self._take_scales, icon="copy")
        self.take_button.setVisible(self._scales_before is not None)
        if self._scales_before is not None:
            self.take_button.setText(f"Reprendre le barème {self._scales_before[0]}")
        top.addWidget(self.take_button)
        column.addLayout(top)
        self.scales = ScalesInput()
        self._offer_kinds()
        made = self.field("Barème", "scales", self.scales)
        made.label.hide()
        column.addWidget(made)
        column.addStretch(1)
        return page

    def _preview(self) -> QWidget:
        page, column = _page()
        self.preview = PreviewInput(self._before)
        made = self.field("Appels", "wanted", self.preview)
        made.label.hide()
        column.addWidget(made, 1)
        self.preview.changed.connect(self._show_buttons)
        return page

    def _footer(self) -> QFrame:
        footer = super()._footer()
        row = footer.layout()
        assert isinstance(row, QHBoxLayout)  # noqa: S101 - as the base made it
        self.back_button = button("&Précédent", self.back, icon="chevron-left")
        self.prepare_button = button("Enregistrer &sans appeler", self._prepare)
        row.insertWidget(row.count() - 1, self.back_button)
        row.insertWidget(row.count() - 1, self.prepare_button)
        return footer

    # --- going from step to step -----------------------------------------------------------------

    def _go(self, step: int) -> None:
        self._step = step
        if step == len(STEPS) - 1:
            self._offer()
        self.steps.setCurrentIndex(step)
        for place, sign in enumerate(self._signs):
            sign.setObjectName("strong" if place == step else "secondary")
            sign.style().unpolish(sign)
            sign.style().polish(sign)
        self._show_meeting()
        self._show_buttons()
        self._focus_step()

    def _focus_step(self) -> None:
        last = self._step == len(STEPS) - 1
        (self.preview.table if last else self.fields[FIELDS[self._step][0]].input).setFocus()

    def go_to_calls(self) -> None:
        """Go to the calls at once, as far as the steps before are right."""
        while self._step < len(STEPS) - 1 and not self._step_problems():
            self._go(self._step + 1)

    def back(self) -> None:
        """Go back one step."""
        self._go(max(self._step - 1, 0))

    def submit(self) -> None:
        """Go on to the next step when this one is right; on the last one, keep and call."""
        if self._step == len(STEPS) - 1:
            self._calls = bool(self.preview.value())
            super().submit()
            return
        problems = self._step_problems()
        self.show_problems(problems)
        if not problems:
            self._go(self._step + 1)

    def _prepare(self) -> None:
        """Keep the campaign and its dues without calling them."""
        self._calls = False
        super().submit()

    def _step_problems(self) -> dict[str, str]:
        names = FIELDS[self._step]
        found = {name: said for name in names if (said := self.fields[name].input.problem())}
        if self._step == 0 and not found:
            found = campaigns.campaign_problems(self._campaign()) | self._meeting_problems()
        elif self._step == 1 and not found:
            scales = self.scales.value()
            found = {f"scales.{name}": said for name, said in campaigns.scales_problems(scales).items()}
            if not scales:
                found["scales"] = "Indiquez au moins ce que doit un type d’adhérent."
        return found

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show the problems, on the step of the first one."""
        names = {name.partition(".")[0] for name in problems}
        wrong = [step for step, fields in enumerate(FIELDS) if names & set(fields)]
        if wrong and self._step not in wrong:
            self._go(wrong[0])
        super().show_problems(problems)

    def _show_meeting(self) -> None:
        self._new_meeting.setVisible(self.input("meeting").value() == NEW)

    def _show_buttons(self) -> None:
        last = self._step == len(STEPS) - 1
        self.back_button.setVisible(self._step > 0)
        self.prepare_button.setVisible(last)
        count = len(self.preview.value()) if last else 0
        what = f"&Appeler {french.count(count, 'adhérent')}" if count else "&Enregistrer"
        self.save_button.setText(what if last else "&Suivant")
        self.save_button.setToolTip("Ctrl+Entrée")

    # --- what is shown ---------------------------------------------------------------------------

    def _offer_kinds(self) -> None:
        with self.workspace.read() as session:
            members = proposals.proposed(session, self._year, [], on=self._day(None), campaign_id=None)
        self.scales.offer(Counter(each.kind for each in members))

    def _take_scales(self) -> None:
        if self._scales_before is not None:
            self.scales.take(self._scales_before[1])

    def _day(self, called_on: date | None) -> date:
        """Return the day members are called: the campaign's, or today once it was called before."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        if called_on is None:
            return today
        return max(today, called_on) if self._is_called else called_on

    def _offer(self) -> None:
        """Compute what each member would be called, by the scale as it is typed now."""
        on = self._day(self.input("called_on").value())
        with self.workspace.read() as session:
            year = session.get_one(FiscalYear, self._year.id)
            found = proposals.proposed(session, year, self.scales.value(), on=on, campaign_id=self.row.id)
        self.preview.offer(found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(1080), room.width()), min(theme.px(680), room.height() - theme.px(60)))
        self._focus_step()

    # --- keeping ---------------------------------------------------------------------------------

    def _campaign(self) -> DuesCampaign:
        values = {name: self.input(name).value() for name in ("name", "called_on", "due_on", "notes")}
        meeting = self.input("meeting").value()
        return DuesCampaign(
            id=self.row.id, fiscal_year_id=self.row.fiscal_year_id, scales=[],
            meeting_id=meeting if isinstance(meeting, int) else None, **values,
        )  # fmt: skip

    def _meeting(self) -> Meeting | None:
        if self.input("meeting").value() != NEW:
            return None
        return Meeting(body_id=self.input("body_id").value(), held_on=self.input("held_on").value())

    def _meeting_problems(self) -> dict[str, str]:
        row = self._meeting()
        return meetings.meeting_problems(row) if row is not None else {}

    def check(self) -> dict[str, str]:
        if self._calls and self.input("called_on").value() is None:
            return {"called_on": "Indiquez la date de l’appel."}
        return {}

    def save(self) -> None:
        row, meeting = self._campaign(), self._meeting()
        on = self._day(row.called_on)
        wanted = self.preview.value()
        verb = "Appeler" if self._calls else "Préparer"
        what = french.count(len(wanted), "cotisation")
        with self.workspace.write(f"{verb} {what}, campagne «\u00a0{row.name}\u00a0»") as session:
            if meeting is not None:
                row.meeting_id = meetings.save_meeting(session, meeting).id
            kept = session.get(DuesCampaign, row.id) if row.id is not None else None
            if kept is not None:
                for name in ("name", "meeting_id", "called_on", "due_on", "notes"):
                    setattr(kept, name, getattr(row, name))
            try:
                campaign, done = calls.keep_campaign(
                    session, kept or row, self.scales.value(), wanted, on=on, calls=self._calls
                )
            except Invalid as invalid:
                raise Invalid(_renamed(invalid.problems)) from invalid
            self.row.id = campaign.id
        said = "cotisation appelée", "cotisations appelées"
        if not self._calls:
            said = "cotisation préparée", "cotisations préparées"
        self.workspace.say(f"{french.count(len(done), *said)}.")


def _renamed(problems: dict[str, str]) -> dict[str, str]:
    """Return problems of dues under the name of their field."""
    return {f"wanted{name.removeprefix('dues')}" if name.startswith("dues.") else name: said
            for name, said in problems.items()}  # fmt: skip


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, theme.px(8), 0, 0)
    column.setSpacing(theme.px(8))
    return page, column
