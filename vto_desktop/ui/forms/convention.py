"""The form of a convention: who grants what, for what, in agreement with whom, and when."""

from datetime import date

from sqlalchemy.orm import selectinload

from vto_desktop.errors import UserError
from vto_desktop.model import Convention, ConventionAgreement, ReportRhythm
from vto_desktop.services import conventions
from vto_desktop.services.funding_state import amended_ends, status
from vto_desktop.ui.forms import picks
from vto_desktop.ui.forms.creation import organisation_or_new
from vto_desktop.ui.forms.records import copy_of, step
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput, MemoInput, NumberInput, TextInput
from vto_desktop.ui.kit.money_and_dates import AmountInput, DateInput
from vto_desktop.ui.kit.workspace import Workspace

WARNED = ("funding_source_id", "awarded_amount")
DATES = ("asked_on", "refused_on", "notified_on", "signed_on", "starts_on", "ends_on", "settled_on")


def new_convention() -> Convention:
    """Return a convention to fill in."""
    return Convention(
        title="",
        report_delay_months=6,
        report_rhythm=ReportRhythm.YEARLY.value,
        account_code="74",
        agreements=[],
    )


def loaded_convention(workspace: Workspace, row_id: int) -> Convention:
    """Return a convention to edit, with its agreements; raises UserError FICHE_ABSENTE."""
    with workspace.read() as session:
        row = session.get(Convention, row_id, options=[selectinload(Convention.agreements)])
    if row is None:
        raise UserError(
            "FICHE_ABSENTE", "Cette convention n’existe plus : elle a été supprimée. Actualisez la liste."
        )
    return row


def copied_convention(workspace: Workspace, row_id: int) -> Convention:
    """Return a new convention like another one: same funder, object, authorities; no dates yet."""
    source = loaded_convention(workspace, row_id)
    made = copy_of(source)
    made.title = f"{source.title} (copie)"
    for name in DATES:
        setattr(made, name, None)
    made.awarded_amount, made.funder_reference = None, ""
    made.agreements = [
        ConventionAgreement(organisation_id=each.organisation_id) for each in source.agreements
    ]
    return made


class ConventionForm(Form):
    """Adds or edits a convention; its status follows from the dates typed."""

    title = "Convention"
    row: Convention

    def build(self) -> None:
        self.head(self.row.title or "Nouvelle convention", " ")
        self._build_identity()
        self._build_money()
        self._build_reports()
        for name in DATES:
            self.input(name).changed.connect(self._show_status)
        for name in WARNED:
            self.input(name).changed.connect(self._warn)
        self.input("asked_amount").changed.connect(self._warn)
        self.setMinimumWidth(theme.px(680))

    def _build_identity(self) -> None:
        workspace = self.workspace
        self.add("&Intitulé", "title", TextInput())
        self.add("&Objet", "object", MemoInput(lines=2))
        self.pair(
            self.field("&Financeur", "funder_id", organisation_or_new(self)),
            self.field("&Source de financement", "funding_source_id", picks.source_input(workspace)),
        )
        chart = picks.chart_of(workspace, workspace.year)
        self.pair(
            self.field("&Programme", "programme_id", picks.programme_input(workspace)),
            self.field(
                "&Compte", "account_code", picks.AccountInput(workspace, chart, classes=("7",)),
                hint="Où ses encaissements sont comptés",
            ),
        )  # fmt: skip
        self.pair(
            self.field(
                "&Réf. du financeur", "funder_reference", TextInput(), hint="Numéro EJ ou d’engagement"
            ),
            self.field("Suivi par", "person_in_charge_id", picks.person_input(workspace)),
        )
        self.add(
            "En accord avec", "agreement_ids", picks.authorities_input(workspace),
            hint="Collectivités avec lesquelles l’objet a été décidé",
        )  # fmt: skip
        self.add("", "is_members_only", FlagInput("Réservée aux adhérents"))

    def _build_money(self) -> None:
        self.section("Montants et dates")
        self.pair(
            self.field("Montant demandé", "asked_amount", AmountInput()),
            self.field("Demandée le", "asked_on", DateInput()),
        )
        self.pair(
            self.field("Montant accordé", "awarded_amount", AmountInput(), hint="Hors avenants"),
            self.field("Notifiée le", "notified_on", DateInput()),
        )
        self.pair(
            self.field("Signée le", "signed_on", DateInput()),
            self.field("Refusée le", "refused_on", DateInput()),
        )
        self.pair(
            self.field("Début", "starts_on", DateInput()),
            self.field("Fin", "ends_on", DateInput()),
            self.field("Soldée le", "settled_on", DateInput()),
        )

    def _build_reports(self) -> None:
        self.section("Comptes rendus financiers")
        self.pair(
            self.field("Rythme", "report_rhythm", ChoiceInput([(r.value, r.value) for r in ReportRhythm])),
            self.field(
                "Délai en mois",
                "report_delay_months",
                NumberInput(0, 60),
                hint="Après la clôture de l’exercice",
            ),
        )
        self.add("Notes", "notes", MemoInput(lines=2))

    def load(self, row: Convention) -> None:
        super().load(row)
        self.input("agreement_ids").set_value([each.organisation_id for each in row.agreements])
        self._show_status()
        self._warn()

    def apply(self, row: Convention) -> None:
        for attribute, field in self.fields.items():
            if attribute != "agreement_ids":
                setattr(row, attribute, field.input.value())
        wanted = self.input("agreement_ids").value()
        # Rows that stay are kept as they are: their pair is unique, and undo should see only what changed.
        present = {each.organisation_id: each for each in row.agreements}
        row.agreements = [present.get(i) or ConventionAgreement(organisation_id=i) for i in wanted]

    def check(self) -> dict[str, str]:
        wanted = {
            "title": "Indiquez l’intitulé de la convention.",
            "funder_id": "Choisissez le financeur.",
            "account_code": "Choisissez un compte.",
        }
        return {name: words for name, words in wanted.items() if self.input(name).is_empty()}

    def _show_status(self) -> None:
        dates = Convention(**{name: self.input(name).value() for name in DATES})
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        with self.workspace.read() as session:
            ends_on = amended_ends(session, on=today).get(self.row.id)
        said = status(dates, on=today, ends_on=ends_on).value.lower()
        self.subheading.setText(f"D’après ses dates\u00a0: {said}")

    def _warn(self) -> None:
        """Say what looks incomplete but may be kept."""
        typed = Convention(**{name: self.input(name).value() for name in (*WARNED, "asked_amount")})
        warnings = conventions.convention_warnings(typed)
        for name in WARNED:
            self.fields[name].show_remark(warnings.get(name, ""), "warn")

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is wrong, and beside it still what is doubtful."""
        super().show_problems(problems)
        self._warn()

    def save(self) -> None:
        with self.workspace.write(step(self.row, "la convention", self.row.title)) as session:
            self.row = conventions.save_convention(session, self.row)
