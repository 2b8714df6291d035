"""Published figures: kept as the association gave them, beside what the dossier computes, never replaced.

A measure names what a figure measures: ``authorities`` and ``authority_subsidies`` (share of the local
authorities in the income, and of their subsidies), ``source:État/DREETS`` (share of a funding source),
``class:64`` (share of a class in the expenses), ``change:6`` and ``change:64`` (against the year before).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import PublishedFigure
from vto_desktop.services.figures import AuthorityShare, Published
from vto_desktop.services.rows import Problems, delete_row, get_row, require, save_row, too_long
from vto_desktop.services.shares import share

AUTHORITIES: Final = "authorities"
AUTHORITY_SUBSIDIES: Final = "authority_subsidies"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What a year's measures are computed from. Cents."""

    year: int
    income: int
    sources: dict[str, int]  # by path « État/DREETS »
    dues: int
    authorities: int  # dues and subsidies of the local authorities
    expenses: dict[str, int]  # by two-figure class
    previous_expenses: dict[str, int] | None  # None: the year before is not in the dossier


def computed(measure: str, figures: YearFigures) -> int | None:
    """Return a measure in hundredths of a percent, or None when the dossier does not hold what it needs."""
    name, _, wanted = measure.partition(":")
    rules: dict[str, Callable[[], int | None]] = {
        AUTHORITIES: lambda: _of(figures.authorities, figures.income),
        AUTHORITY_SUBSIDIES: lambda: _of(figures.authorities - figures.dues, figures.income),
        "source": lambda: _of(figures.sources.get(wanted), figures.income),
        "class": lambda: _of(_expenses(figures.expenses, wanted), sum(figures.expenses.values())),
        "change": lambda: _change(figures, wanted),
    }
    return rules[name]() if name in rules else None


def _of(part: int | None, whole: int) -> int | None:
    return None if part is None or whole <= 0 else share(part, whole)


def _expenses(sums: dict[str, int], prefix: str) -> int:
    return sum(amount for code, amount in sums.items() if code.startswith(prefix))


def _change(figures: YearFigures, prefix: str) -> int | None:
    if figures.previous_expenses is None:
        return None
    before = _expenses(figures.previous_expenses, prefix)
    return _of(_expenses(figures.expenses, prefix) - before, before)


def published_figures(session: Session, figures: YearFigures) -> tuple[Published, ...]:
    """Return the figures published for a year, each beside what the dossier computes."""
    statement = (
        select(PublishedFigure).where(PublishedFigure.year == figures.year).order_by(PublishedFigure.id)
    )
    return tuple(
        Published(
            row.year, row.measure, row.label, row.value, row.unit, row.source, computed(row.measure, figures)
        )
        for row in session.scalars(statement)
    )


def authority_shares(session: Session, figures: YearFigures, *, years: int = 4) -> tuple[AuthorityShare, ...]:
    """Return the published series up to a year, then the year's own share computed from the dossier."""
    wanted = PublishedFigure.measure.in_((AUTHORITIES, AUTHORITY_SUBSIDIES))
    known = (figures.year - years < PublishedFigure.year) & (PublishedFigure.year <= figures.year)
    columns = PublishedFigure.year, PublishedFigure.measure, PublishedFigure.value
    found: dict[int, dict[str, int]] = {}
    for year, measure, value in session.execute(select(*columns).where(wanted, known)):
        found.setdefault(year, {})[measure] = value
    series = [
        AuthorityShare(year, values[AUTHORITIES] - values.get(AUTHORITY_SUBSIDIES, 0),
                       values.get(AUTHORITY_SUBSIDIES, 0), is_published=True)
        for year, values in sorted(found.items()) if AUTHORITIES in values
    ]  # fmt: skip
    if figures.income > 0:
        dues = share(figures.dues, figures.income)
        total = share(figures.authorities, figures.income)
        series.append(AuthorityShare(figures.year, dues, total - dues, is_published=False))
    return tuple(series)


def one_a_year(series: tuple[AuthorityShare, ...]) -> list[AuthorityShare]:
    """Return the series with one figure a year: the published one when there is one."""
    published = {each.year for each in series if each.is_published}
    return [each for each in series if each.is_published or each.year not in published]


# --- keeping -------------------------------------------------------------------------------------


def published_problems(row: PublishedFigure) -> Problems:
    """Return what must be corrected before the published figure can be kept."""
    wanted = {
        "year": "Indiquez l’année.",
        "label": "Indiquez ce que mesure le chiffre.",
        "value": "Indiquez le chiffre publié.",
    }
    found = too_long(row) | require(row, wanted)
    if row.year is not None and not 1900 <= row.year <= 2200:
        found["year"] = "L’année n’est pas plausible."
    return found


def save_published(session: Session, row: PublishedFigure) -> PublishedFigure:
    """Keep a published figure; raises Invalid."""
    return save_row(session, row, published_problems(row))


def delete_published(session: Session, row_id: int) -> None:
    """Delete a published figure."""
    delete_row(session, PublishedFigure, row_id, name=get_row(session, PublishedFigure, row_id).label)
