"""Synthèse financière: where the year's money came from, what it paid, how it meets the budget."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from vto_desktop import french
from vto_desktop.reports import finance_details
from vto_desktop.reports.charts import PAPER, authority_bars, authority_colours, bar, donut
from vto_desktop.reports.grid import Cell, Column, Row, Table, cell, draw_beside, fitted, money, row
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import CAPTION, Run
from vto_desktop.services.figures import AuthorityShare, FinanceSummary, SourceFigure
from vto_desktop.services.published import AUTHORITIES, AUTHORITY_SUBSIDIES


def layout(summary: FinanceSummary, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the financial summary of a fiscal year."""
    paper = Paper(
        summary.head,
        title=f"Synthèse financière {summary.year}",
        subtitle=f"Exercice {summary.year}, au {french.short_date(summary.ends_on)}",
        dossier_name=dossier_name,
        printed_at=printed_at,
    )
    _income(paper, summary)
    _authorities(paper, summary)
    _expenses(paper, summary)
    finance_details.add(paper, summary)
    return paper


def write(summary: FinanceSummary, path: Path, *, dossier_name: str, printed_at: datetime) -> tuple[str, ...]:
    """Write the financial summary as PDF; return notices about it. UserErrors: those of ``write_safely``."""
    return layout(summary, dossier_name=dossier_name, printed_at=printed_at).write(path)


# --- income --------------------------------------------------------------------------------------


def _income(paper: Paper, summary: FinanceSummary) -> None:
    if not summary.sources:
        paper.section("Ressources par source", f"Aucune ressource n’est enregistrée en {summary.year}.")
        return
    sentence = summary.sentence or f"Les ressources {summary.year} se répartissent comme suit."
    paper.section("Ressources par source", sentence, keep=150)
    paper.y += 2
    total = french.amount(summary.income_total, space=french.NBSP)
    ring = donut(summary.sources, total, f"Ressources {summary.year}", PAPER, (150, 150))
    draw_beside(paper, ring, _source_table(summary))


def _source_table(summary: FinanceSummary) -> Table:
    show = money([f.amount for f in summary.sources])
    whole = summary.income_total
    parents = {figure.path[:-1] for figure in summary.sources}
    rows = [
        _source_row(f, has_children=f.path in parents, whole=whole, text=show(f.amount))
        for f in summary.sources
    ]
    rows.append(row("Total des ressources", show(whole), _share(whole, whole), kind="total"))
    columns = (Column("Source de financement", weight=1), Column("Montant", "right"), Column("Part", "right"))
    return Table(columns, tuple(rows))


def _source_row(figure: SourceFigure, *, has_children: bool, whole: int, text: str) -> Row:
    name = cell(
        figure.path[-1],
        level=len(figure.path) - 1,
        swatch="" if has_children else PAPER.colour(figure.colour),
    )
    return row(name, text, _share(figure.amount, whole), kind="strong" if len(figure.path) == 1 else "body")


def _share(part: int, whole: int) -> str:
    return french.percent(part, whole, decimals=1)


# --- local authorities ---------------------------------------------------------------------------


def _authorities(paper: Paper, summary: FinanceSummary) -> None:
    shares = summary.authority_shares
    if not shares:
        return
    sentence = summary.authority_sentence or "Part des collectivités dans les ressources, par exercice."
    paper.section("Part des collectivités dans les ressources", sentence, keep=110)
    dues, subsidies = map(PAPER.colour, authority_colours(summary.sources))
    columns = (
        Column("% des ressources", weight=1),
        Column("Adhésions", "right", swatch=dues),
        Column("Subventions", "right", swatch=subsidies),
        Column("Total", "right"),
    )
    table = Table(columns, tuple(map(_authority_row, shares)), padding=1.4)
    draw_beside(paper, authority_bars(shares[-7:], summary.sources, PAPER, (212, 98)), table)
    paper.y += 4
    paper.paragraph(_where_from(shares, summary), CAPTION, after=0)


def _authority_row(share: AuthorityShare) -> Row:
    decimals = 0 if share.is_published else 1
    figures = [
        french.percent(v, 10_000, decimals=decimals) for v in (share.dues, share.subsidies, share.total)
    ]
    name = str(share.year) if share.is_published else f"{share.year} calculé"
    bold = Cell(((Run(figures[2], "semibold"),),))
    return row(name, figures[0], figures[1], bold)


def _where_from(shares: Sequence[AuthorityShare], summary: FinanceSummary) -> str:
    published = [share.year for share in shares if share.is_published]
    computed = [str(share.year) for share in shares if not share.is_published]
    about = (AUTHORITIES, AUTHORITY_SUBSIDIES)
    told = [p.source for p in summary.published if p.measure in about and p.source]
    texts = []
    if published:
        years = str(published[0]) if len(published) == 1 else f"{published[0]} à {published[-1]}"
        sources = f" ({french.listed(list(dict.fromkeys(told)))})" if told else ""
        texts.append(f"{years} : chiffres publiés{sources}, barres pleines.")
    if computed:
        texts.append(f"« Calculé » ({french.listed(computed)}) : ce dossier, barres hachurées.")
    return " ".join(texts)


# --- expenses ------------------------------------------------------------------------------------


def _expenses(paper: Paper, summary: FinanceSummary) -> None:
    spent = [figure for figure in summary.expenses if figure.amount]
    if not spent:
        paper.section("Dépenses par nature", f"Aucune dépense n’est enregistrée en {summary.year}.")
        return
    sentence = summary.expense_sentence or f"Les dépenses {summary.year}, de la plus forte à la plus faible."
    paper.section("Dépenses par nature", sentence, keep=80)
    show = money([figure.amount for figure in spent])
    largest = max(figure.amount for figure in spent)
    rows = [
        row(
            figure.account_class,
            figure.label,
            Cell(chart=bar(figure.amount, largest, PAPER.bar, PAPER, (150, 6.5))),
            show(figure.amount),
            _share(figure.amount, summary.expense_total),
        )
        for figure in spent
    ]
    whole = summary.expense_total
    rows.append(row("", "Total des dépenses", "", show(whole), _share(whole, whole), kind="total"))
    columns = (
        Column("Classe", width=42), Column("Nature", weight=1), Column("", width=162),
        Column("Montant", "right"), Column("Part", "right"),
    )  # fmt: skip
    fitted(paper, Table(columns, tuple(rows)), paper.room).draw()
