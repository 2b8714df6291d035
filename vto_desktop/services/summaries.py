"""The summaries that screen, paper, exports and command line all read: finance, membership, board."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    LOCAL_AUTHORITIES,
    Body,
    BodyKind,
    College,
    Mandate,
    Member,
    Organisation,
)
from vto_desktop.services import association, composition, published, reference, result, shares, year_sums
from vto_desktop.services.assembly import sitting_in
from vto_desktop.services.figures import (
    BoardSummary,
    BodySummary,
    FinanceSummary,
    MemberFigure,
    MembershipSummary,
    RepresentativeFigure,
)
from vto_desktop.services.funding_state import convention_figures
from vto_desktop.services.members import belongs_on
from vto_desktop.services.names import DEPARTEMENT, MEMBER_KIND, MEMBER_NAME, named
from vto_desktop.services.representatives import held_on, representatives_on
from vto_desktop.services.rows import get_row
from vto_desktop.services.year_sums import YearSums

UNKNOWN: Final = "Non renseigné"
PAYROLL: Final = "64"
EXTERNAL: Final = "61"


# --- finance -------------------------------------------------------------------------------------


def finance(session: Session, year: int, *, on: date | None = None) -> FinanceSummary:
    """Return income, expenses and result of a fiscal year; conventions as of ``on``, or of its last day.

    Raises UserError EXERCICE_INCONNU.
    """
    sums = year_sums.year_sums(session, year)
    measured = year_sums.measured(sums)
    series = published.authority_shares(session, measured)
    in_kind = result.in_kind_sums(session, sums.year)
    return FinanceSummary(
        head=association.head(session),
        year=year,
        ends_on=sums.year.ends_on,
        basis=sums.year.basis,
        budget_name=sums.budget.name if sums.budget else "",
        income_total=sums.income,
        expense_total=sum(sums.expenses.values()),
        income_forecast=sums.forecast("7"),
        expense_forecast=sums.forecast("6"),
        sources=year_sums.source_figures(sums),
        expenses=year_sums.class_figures(sums, "6", largest_first=True),
        income_classes=year_sums.class_figures(sums, "7"),
        in_kind_used=in_kind[0],
        in_kind_given=in_kind[1],
        authority_shares=series,
        published=published.published_figures(session, measured),
        sentence=_income_sentence(sums),
        authority_sentence=shares.authority_sentence(published.one_a_year(series)),
        expense_sentence=_expense_sentence(sums),
        conventions=convention_figures(session, on=on or sums.year.ends_on, year=sums.year),
        previous_expense_total=sum(sums.previous_expenses.values()) if sums.previous_expenses else None,
    )


def _income_sentence(sums: YearSums) -> str:
    roots = {node.path: node for node in sums.nodes if node.parent_id is None}
    named = [
        (figure.path[0], roots[figure.path].sentence_form, figure.amount)
        for figure in year_sums.source_figures(sums)
        if figure.path in roots and figure.source_id is not None
    ]
    return shares.income_sentence(sums.year.year, sums.income, named, sums.sources.get(None, 0))


def _expense_sentence(sums: YearSums) -> str:
    expenses, before = sums.expenses, sums.previous_expenses or {}
    payroll = expenses.get(PAYROLL, 0)
    changes = [
        ("Les frais de fonctionnement", sum(expenses.values()), sum(before.values())),
        ("la masse salariale", payroll, before.get(PAYROLL, 0)),
    ]
    return shares.expense_sentence(sum(expenses.values()), payroll, expenses.get(EXTERNAL, 0), changes)


# --- membership ----------------------------------------------------------------------------------


def membership(session: Session, on: date) -> MembershipSummary:
    """Return the members as of a date, with their representatives, and their number by kind and place."""
    members = _member_figures(session, on)
    persons = {each.person_id for member in members for each in member.representatives}
    return MembershipSummary(
        head=association.head(session),
        on=on,
        members=members,
        by_kind=_counted(member.kind for member in members),
        by_college=_counted(member.college for member in members),
        by_departement=_counted(member.departement or UNKNOWN for member in members),
        population=sum(member.population or 0 for member in members),
        joined_in_year=_in_year(session, on, joined=True),
        left_in_year=_in_year(session, on, joined=False),
        sentence=_membership_sentence(members, on, len(persons)),
    )


def _member_figures(session: Session, on: date) -> tuple[MemberFigure, ...]:
    sent = representatives_on(session, on)
    capacities = _own_capacities(session, on)
    chosen = (
        named(
            select(
                Member.id, Member.joined_on, Member.person_id, College.name, MEMBER_NAME, MEMBER_KIND,
                DEPARTEMENT, Organisation.population,
            ).join(College, Member.college_id == College.id)
        )
        .where(belongs_on(on))
        .order_by(College.position, Member.sort_key, Member.id)
    )  # fmt: skip
    return tuple(
        MemberFigure(
            member_id=row_id,
            name=name,
            kind=kind,
            college=college,
            departement=reference.departement_name(code or ""),
            population=population,
            joined_on=joined,
            representatives=_listed(sent.get(row_id, ()), person_id),
            capacity=capacities.get(row_id, ""),
        )
        for row_id, joined, person_id, college, name, kind, code, population in session.execute(chosen)
    )


def _listed(
    sent: tuple[RepresentativeFigure, ...], person_id: int | None
) -> tuple[RepresentativeFigure, ...]:
    """Leave out a natural person said to represent itself."""
    return tuple(each for each in sent if each.person_id != person_id) if person_id else sent


def _own_capacities(session: Session, on: date) -> dict[int, str]:
    """Return what natural persons sit as, by member, from a mandate they hold for themselves."""
    chosen = (
        select(Mandate.member_id, Mandate.capacity)
        .join(Member, Mandate.member_id == Member.id)
        .where(Member.person_id == Mandate.person_id, held_on(Mandate, on))
        .order_by(Mandate.id)
    )
    return {member_id: text for member_id, text in session.execute(chosen) if member_id is not None}


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return each value and its number, largest first, then by name; what is unknown comes last."""
    counts = Counter(values)
    order = sorted(counts, key=lambda value: (value == UNKNOWN, -counts[value], french.sort_key(value)))
    return tuple((value, counts[value]) for value in order)


def _in_year(session: Session, on: date, *, joined: bool) -> int:
    days = Member.joined_on if joined else Member.left_on
    statement = select(func.count()).select_from(Member).where(days.between(date(on.year, 1, 1), on))
    return session.scalar(statement) or 0


def _membership_sentence(members: tuple[MemberFigure, ...], on: date, persons: int) -> str:
    day = french.long_date(on)
    if not members:
        return f"Au {day}, l’association ne compte aucun adhérent."
    colleges: dict[str, list[MemberFigure]] = {}
    for member in members:
        colleges.setdefault(member.college, []).append(member)
    parts = [_college_words(name, held) for name, held in colleges.items()]
    said = f"Au {day}, l’association compte {french.count(len(members), 'adhérent')}{french.NBSP}: "
    said += f"{french.listed(parts)}."
    if persons:
        verb = "les représentent" if persons > 1 else "les représente"
        said += f" {french.count(persons, 'personne')} {verb}."
    return said


def _college_words(name: str, held: list[MemberFigure]) -> str:
    words = name[:1].lower() + name[1:]
    singular = " ".join(word.removesuffix("s") for word in words.split())
    said = french.count(len(held), singular, words)
    people = sum(member.population or 0 for member in held)
    if people and all(member.kind in LOCAL_AUTHORITIES for member in held):
        said += f" ({french.count(people, 'habitant')})"
    return said


# --- board ---------------------------------------------------------------------------------------


def board(session: Session, on: date) -> BoardSummary:
    """Return the bureau and the council as they sit on a date."""
    bureau = composition.body_of_kind(session, BodyKind.BUREAU)
    council = composition.body_of_kind(session, BodyKind.COUNCIL)
    since = composition.since(session, bureau.id, on=on) if bureau else composition.Since(None, "")
    return BoardSummary(
        head=association.head(session),
        on=on,
        bureau_since=since.sentence,
        officers=composition.composition(session, bureau.id, on=on) if bureau else (),
        seats=composition.seats(session, council.id, on=on) if council else (),
        council_rule=council.notes if council else "",
        bureau_since_on=since.day,
    )


def body(session: Session, body_id: int, on: date) -> BodySummary:
    """Return who sits in a body on a date; in an assembly without offices, who speaks for each member."""
    row = get_row(session, Body, body_id)
    since = composition.since(session, body_id, on=on)
    sitting = sitting_in(session, row, on=on)
    return BodySummary(row.name, on, since.day, since.sentence, tuple(each.figure for each in sitting))
