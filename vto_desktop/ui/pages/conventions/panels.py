"""The panels of a convention: who and what, amounts, yearly shares, reports due, the curve of receipts."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy

from vto_desktop import french
from vto_desktop.model import ReportKind, ReportRhythm
from vto_desktop.reports import charts
from vto_desktop.reports.charts import Step
from vto_desktop.services.reconciling import Reconciled
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.charts import Region, SvgView
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.panel import Facts, Panel, label
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages.conventions.pieces import Legend, MoneyBar
from vto_desktop.ui.pages.conventions.reading import ConventionView, report_chip

CURVE: Final = (372, 214)
STALE: Final = timedelta(days=120)
"""How long after its last step a curve still shows today: later, the money would shrink into a corner."""


class IdentityPanel(Panel):
    """Who grants what, for what, in agreement with whom."""

    def __init__(self) -> None:
        super().__init__("Identité")
        self.facts = Facts()
        self.add(self.facts)
        self.content.addStretch(1)

    def show_view(self, view: ConventionView) -> None:
        """Show a convention."""
        row = view.row
        programme = ", ".join(filter(None, (row.programme.code, row.programme.name))) if row.programme else ""
        self.facts.show_facts(
            [
                ("Financeur", row.funder.name),
                ("Source", view.source),
                ("Programme", programme),
                ("Réf. du financeur", row.funder_reference),
                ("En accord avec", french.listed([each.organisation.name for each in row.agreements])),
                ("Objet", row.object),
                ("Demandée", _amount_and_day(row.asked_amount, row.asked_on)),
                ("Accordée", _amount_and_day(row.awarded_amount, row.notified_on)),
                ("Signée", french.short_date(row.signed_on)),
                ("Période", _period(view)),
                ("Suivi par", row.person_in_charge.full_name if row.person_in_charge else ""),
                *([("Réservée", "aux adhérents")] if row.is_members_only else []),
                *([("Notes", row.notes)] if row.notes else []),
            ]
        )


def _amount_and_day(amount: int | None, day: object) -> str:
    words = french.amount(amount) if amount is not None else ""
    shown = french.short_date(day)  # type: ignore[arg-type]  # dates come from the model as date or None
    return " le ".join(filter(None, (words, shown))) if words else shown


def _period(view: ConventionView) -> str:
    first, last = (french.short_date(day) for day in (view.row.starts_on, view.ends_on))
    if first and last:
        return f"{first} – {last}"
    return f"à partir du {first}" if first else f"jusqu’au {last}" if last else ""


class AmountsPanel(Panel):
    """The four amounts, and one bar."""

    NAMES: Final = ("Accordé", "Encaissé", "Reste à encaisser", "Dont en retard")

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(2))
        self.figures: list[QLabel] = []
        for place, name in enumerate(self.NAMES):
            figure = label("", "bigFigure")
            figure.setFont(theme.font(15, 600, figures=True))
            figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(name, "caption"), 0, place)
            grid.addWidget(figure, 1, place)
            grid.setColumnStretch(place, 1)
            self.figures.append(figure)
        self.content.addLayout(grid)
        self.content.addSpacing(theme.px(4))
        self.bar = MoneyBar()
        self.add(self.bar)

    def show_view(self, view: ConventionView) -> None:
        """Show a convention."""
        amounts = (view.awarded, view.received, view.left, view.late)
        for name, figure, amount in zip(self.NAMES, self.figures, amounts, strict=True):
            figure.setText("non renseigné" if amount is None else french.amount(amount))
            figure.setAccessibleName(f"{name}\u00a0: {figure.text()}")
        late = self.figures[-1]
        colour = theme.current().danger.text if view.late else theme.current().text
        late.setStyleSheet(f"color: {colour}")
        self.bar.show_amounts(view.received, view.late, view.awarded or 0)


class ListPanel(Panel):
    """A titled panel with a small table, its totals and a sentence below."""

    def __init__(self, title: str, columns: tuple[Column, ...], workspace: Workspace, name: str) -> None:
        super().__init__(title, padded=False)
        self.table = Table(columns, name=name, settings=workspace.settings)
        self.table.can_export = False
        self.table.setAccessibleName(title)
        self.note = label("", "caption", wrap=True)
        self.note.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(8))
        self.content.setSpacing(0)
        self.content.setContentsMargins(theme.px(8), 0, theme.px(8), 0)  # below the title's own margin
        self.add(self.table)
        self.add(self.table.totals)
        self.add(self.note)
        self.content.addStretch(1)

    def fit(self, most: int) -> None:
        """Take the height of the rows; without any, the sentence stands alone."""
        self.table.fit_height(most)
        self.table.setVisible(bool(self.table.rows.rowCount()))

    def say(self, sentence: str) -> None:
        """Show a sentence below the table, or none."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))


class SharesPanel(ListPanel):
    """The part of each fiscal year, and whether they add up."""

    def __init__(self, workspace: Workspace) -> None:
        columns = (
            Column("year", "Exercice", "text", 70),
            Column("amount", "Part", "amount", 92),
            Column("received", "Encaissé", "amount", 92, tip="Encaissements, imputés dans l’ordre"),
            Column("state", "", "chip", 106, sortable=False),
        )
        super().__init__("Parts annuelles", columns, workspace, "ConventionShares")

    def show_view(self, view: ConventionView, year: int) -> None:
        """Show the shares, and what of them concerns the years after ``year``."""
        self.table.show_rows(
            (each.share_id, str(each.year), each.amount, each.received, each.chip) for each in view.shares
        )
        self.fit(4)
        total = Reconciled(sum(each.amount for each in view.shares), view.awarded)
        words = "réparti" if total.is_equal else total.words
        if view.shares:
            sums = {
                "year": "Total",
                "amount": french.amount(total.total),
                "received": french.amount(sum(each.received for each in view.shares)),
                "state": f"✓ {words}" if total.is_equal else words,
            }
            self.table.totals.show_texts(sums, {"state": total.role})
        else:
            self.table.totals.show_texts({})
        empty = "Aucune part. «\u00a0Ajouter\u00a0» répartit l’accordé entre les exercices."
        self.say(_later_sentence(view, year) if view.shares else empty)


def _later_sentence(view: ConventionView, year: int) -> str:
    later = [each for each in view.shares if each.year > year and each.amount]
    if not later or not any(each.year <= year for each in view.shares):
        return ""
    amount = french.amount(sum(each.amount for each in later))
    years = french.listed([str(each.year) for each in later])
    return f"À la clôture {year}, {amount} concernent {years} (produits constatés d’avance, compte 487)."


class ReportsPanel(ListPanel):
    """The reports owed to the funder, with the days left."""

    def __init__(self, workspace: Workspace) -> None:
        columns = (
            Column("report", "Compte rendu dû", width=0, least=112),
            Column("due_on", "Échéance", "date", 96),
            Column("state", "État", "chip", 136),
            Column("sent_on", "Envoyé le", "date", 96, hidden=True),
        )
        super().__init__("Comptes rendus dus", columns, workspace, "ConventionReports")

    def show_view(self, view: ConventionView) -> None:
        """Show the reports due and the rule they follow."""
        short = {ReportKind.FINANCIAL.value: "Financier"}
        self.table.show_rows(
            (
                each.id,
                f"{short.get(each.kind, each.kind)} {each.year}",
                each.due_on,
                report_chip(each.due_on, each.sent_on, on=view.on),
                each.sent_on,
            )
            for each in view.row.reports_due
        )
        self.fit(5)
        whole = view.row.report_rhythm == ReportRhythm.YEARLY
        rhythm = "chaque exercice" if whole else "dernier exercice seulement"
        months = french.count(view.row.report_delay_months, "mois", "mois")
        self.say(f"Règle\u00a0: {rhythm}, {months} après sa clôture")


class CurvePanel(Panel):
    """Money expected and received, cumulated; a click leads to the row behind a step."""

    clicked = Signal(str, int)
    """Table and id of the row behind a step."""

    def __init__(self) -> None:
        super().__init__("Encaissements cumulés")
        self.header_widget(Legend())
        self.view = SvgView()
        self.view.setMinimumHeight(theme.px(180))
        self.view.clicked.connect(self._lead)
        self._nothing = label("La courbe apparaît avec la première tranche datée.", "secondary", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add(self.view, 1)
        self.add(self._nothing, 1)

    def _lead(self, key: str) -> None:
        table, _, row_id = key.partition(":")
        self.clicked.emit(table, int(row_id))

    def show_view(self, view: ConventionView) -> None:
        """Draw the steps of a convention."""
        expected = [
            Step(f"instalment:{each.instalment_id}", each.due_on, each.amount)
            for each in view.instalments
            if each.due_on is not None
        ]
        received = [Step(f"receipt:{each.id}", each.received_on, each.amount) for each in view.receipts]
        self.view.setVisible(bool(expected or received))
        self._nothing.setVisible(not (expected or received))
        if not (expected or received):
            return
        last = max(step.on for step in (*expected, *received))
        today = view.on if view.on <= last + STALE else None
        palette = charts.DARK if theme.current().name == "dark" else charts.LIGHT
        chart = charts.cash_curve(expected, received, today, palette, CURVE)
        regions = [Region(str(each.key), each.label, each.points) for each in chart.regions]
        self.view.show_svg(chart.svg(), chart.description, regions)
