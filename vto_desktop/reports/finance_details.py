"""What follows the first page of the financial summary: budget, result, conventions, published figures."""

from collections.abc import Callable, Sequence

from vto_desktop import french
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, money, row
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import CAPTION, Run
from vto_desktop.services.figures import ClassFigure, ConventionFigure, FinanceSummary, Published


def add(paper: Paper, summary: FinanceSummary) -> None:
    """Lay out the sections that explain the year's figures."""
    _forecast(paper, summary)
    _result(paper, summary)
    _in_kind(paper, summary)
    _conventions(paper, summary)
    _published(paper, summary)


# --- forecast and actual -------------------------------------------------------------------------


def _forecast(paper: Paper, summary: FinanceSummary) -> None:
    title = "Prévu et réalisé"
    if not (summary.income_forecast or summary.expense_forecast):
        paper.section(title, f"Aucun budget n’est saisi pour l’exercice {summary.year}.")
        return
    named = f"Le budget « {summary.budget_name} »" if summary.budget_name else "Le budget"
    spent = french.percent(summary.expense_total, summary.expense_forecast)
    brought = french.percent(summary.income_total, summary.income_forecast)
    sentence = (
        f"{named} prévoyait {french.amount(summary.expense_forecast)} de charges et "
        f"{french.amount(summary.income_forecast)} de produits ; {spent} des charges et {brought} des "
        "produits prévus sont réalisés."
    )
    paper.section(title, sentence, keep=90)
    _forecast_table(paper, "Charges", summary.expenses, summary.expense_forecast, summary.expense_total)
    paper.space(10)
    _forecast_table(paper, "Produits", summary.income_classes, summary.income_forecast, summary.income_total)


def _forecast_table(
    paper: Paper, name: str, figures: Sequence[ClassFigure], forecast: int, actual: int
) -> None:
    ordered = sorted(figures, key=lambda figure: figure.account_class)
    show = money([n for figure in ordered for n in (figure.amount, figure.forecast)])
    rows = [_gap_row(f.account_class, f.label, f.forecast, f.amount, show) for f in ordered]
    total = _gap_row("", f"Total des {name.lower()}", forecast, actual, show)
    columns = (
        Column("Classe", width=42), Column(name, weight=1), Column("Prévu", "right"),
        Column("Réalisé", "right"), Column("Écart", "right"), Column("Réalisé / prévu", "right"),
    )  # fmt: skip
    Grid(paper, Table(columns, (*rows, Row(total.cells, "total")))).draw()


def _gap_row(code: str, label: str, forecast: int, actual: int, show: Callable[[int], str]) -> Row:
    gap = actual - forecast
    signed = f"+{show(gap)}" if gap > 0 else show(gap)
    planned = "hors budget" if actual and not forecast else show(forecast)
    return row(code, label, planned, show(actual), signed, french.percent(actual, forecast, decimals=1))


# --- result --------------------------------------------------------------------------------------


def _result(paper: Paper, summary: FinanceSummary) -> None:
    result = summary.result
    named = "excédent" if result > 0 else "déficit"
    basis = f" Exercice tenu {_basis(summary.basis)}." if summary.basis else ""
    sentence = (
        f"L’exercice {summary.year} se solde par un {named} de {french.amount(abs(result))}.{basis}"
        if result
        else f"L’exercice {summary.year} est à l’équilibre.{basis}"
    )
    paper.section("Résultat de l’exercice", sentence, keep=70)
    show = money([summary.income_total, summary.expense_total, result])
    planned = summary.income_forecast - summary.expense_forecast
    forecast = money([summary.income_forecast, summary.expense_forecast])
    rows = (
        row("Total des produits", forecast(summary.income_forecast), show(summary.income_total)),
        row("Total des charges", forecast(summary.expense_forecast), show(summary.expense_total)),
        row("Résultat", forecast(planned), show(result), kind="total"),
    )
    columns = (Column("", weight=1), Column("Prévu", "right"), Column("Réalisé", "right"))
    Grid(paper, Table(columns, rows)).draw()


def _basis(basis: str) -> str:
    words = basis.strip()
    return words[0].lower() + words[1:] if words.lower().startswith("en ") else f"« {words} »"


def _in_kind(paper: Paper, summary: FinanceSummary) -> None:
    title = "Contributions volontaires en nature"
    used, given = summary.in_kind_used, summary.in_kind_given
    if not (used or given):
        paper.section(title, f"Aucune contribution en nature n’est enregistrée en {summary.year}.", keep=0)
        return
    paper.section(title, "Bénévolat, dons et mises à disposition, valorisés hors du résultat.", keep=60)
    show = money([used, given])
    rows = (
        row("86", "Emplois des contributions volontaires en nature", show(used)),
        row("87", "Contributions volontaires en nature", show(given)),
    )
    columns = (Column("Classe", width=42), Column("Nature", weight=1), Column("Montant", "right"))
    Grid(paper, Table(columns, rows)).draw()


# --- conventions ---------------------------------------------------------------------------------


def _conventions(paper: Paper, summary: FinanceSummary) -> None:
    title = "Conventions de l’exercice"
    figures = summary.conventions
    if not figures:
        paper.section(title, f"Aucune convention ne porte sur l’exercice {summary.year}.", keep=0)
        return
    paper.section(title, _conventions_sentence(summary), keep=90)
    totals = [
        sum(getattr(f, name) for f in figures) for name in ("awarded", "share_of_year", "received", "due")
    ]
    show = money([n for f in figures for n in (f.awarded, f.share_of_year, f.received, f.due)])
    rows = [_convention_row(figure, show) for figure in figures]
    rows.append(row("Total", "", *map(show, totals), kind="total"))
    columns = (
        Column("Convention", weight=5), Column("Financeur, état", weight=4), Column("Accordé", "right"),
        Column(f"Part {summary.year}", "right"), Column("Reçu", "right"), Column("À recevoir", "right"),
    )  # fmt: skip
    Grid(paper, Table(columns, tuple(rows))).draw()


def _conventions_sentence(summary: FinanceSummary) -> str:
    figures = summary.conventions
    shares = [f.share_of_year for f in figures if f.share_of_year]
    number = french.count(len(shares), "convention apporte", "conventions apportent")
    brought = f"{number} {french.amount(sum(shares))}" if shares else "Aucune convention n’apporte de part"
    due, late = sum(f.due for f in figures), sum(f.late for f in figures)
    left = f"il reste {french.amount(due)} à recevoir" if due > 0 else "tout est reçu"
    overdue = f", dont {french.amount(late)} en retard" if late > 0 else ""
    return f"{brought} à l’exercice {summary.year} ; {left}{overdue}."


def _convention_row(figure: ConventionFigure, show: Callable[[int], str]) -> Row:
    late = f"dont {show(figure.late)} en retard" if figure.late > 0 else ""
    state = Run(figure.status, "italic", CAPTION.colour)
    funder = ((Run(figure.funder),), (state,)) if figure.status else ((Run(figure.funder),),)
    due = ((Run(show(figure.due)),), (Run(late, "italic"),)) if late else ((Run(show(figure.due)),),)
    amounts = (show(figure.awarded), show(figure.share_of_year), show(figure.received))
    return row(figure.title, Cell(funder), *amounts, Cell(due))


# --- published figures ---------------------------------------------------------------------------


def _published(paper: Paper, summary: FinanceSummary) -> None:
    if not summary.published:
        return
    apart = sum(1 for figure in summary.published if _differs(figure))
    found = (
        "aucun ne s’écarte du calcul"
        if not apart
        else french.count(apart, "s’écarte du calcul (≠)", "s’écartent du calcul (≠)")
    )
    sentence = f"Les chiffres publiés par l’association sont gardés tels quels ; {found}."
    paper.section("Chiffres publiés et chiffres calculés", sentence, keep=60)
    columns = (
        Column("Année"), Column("Mesure", weight=5), Column("Publié", "right"), Column("Calculé", "right"),
        Column("Source", weight=3),
    )  # fmt: skip
    Grid(paper, Table(columns, tuple(map(_published_row, summary.published)))).draw()
    if any(figure.computed is None for figure in summary.published):
        paper.y += 4
        paper.paragraph("– : ce dossier ne contient pas de quoi calculer ce chiffre.", CAPTION, after=0)


def _differs(figure: Published) -> bool:
    """Return whether the computed figure, rounded as the published one is, is another one."""
    if figure.computed is None:
        return False
    step = 100 if figure.value % 100 == 0 else 1
    return french.rounded(figure.computed, step) * step != figure.value


def _published_row(figure: Published) -> Row:
    computed = "–" if figure.computed is None else _measured(figure.computed, figure.unit)
    mark = "≠\u00a0" if _differs(figure) else ""
    shown = _measured(figure.value, figure.unit)
    return row(str(figure.year), figure.label, shown, f"{mark}{computed}", figure.source)


def _measured(value: int, unit: str) -> str:
    """Return a value in hundredths of a unit as ``18 %``, ``2,5 %`` or ``540 participants``."""
    if unit == "€":
        return french.amount(value)
    whole, part = divmod(abs(value), 100)
    text = french.number(-whole if value < 0 else whole) + (f",{part:02d}".rstrip("0") if part else "")
    return f"{text}{french.NBSP}{unit}" if unit else text
