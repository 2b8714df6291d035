"""What is to be done today: late money, reports, mandates and settings, the most urgent first."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Body,
    BodyKind,
    Convention,
    FiscalYear,
    Mandate,
    Organisation,
    Person,
    ReportDue,
)
from vto_desktop.services import association, composition, declaration, member_checks
from vto_desktop.services.composition import Sitting
from vto_desktop.services.figures import ToDo
from vto_desktop.services.funding_state import InstalmentFigure, instalment_figures
from vto_desktop.services.governance_checks import Finding
from vto_desktop.services.to_do_dues import dues_to_do

SOON: Final = 60  # days within which an instalment or a report is announced
ENDING: Final = 90  # days within which the end of a mandate is announced
_RANK: Final = {"danger": 0, "warn": 1, "info": 2, "neutral": 3}


def to_do(session: Session, year: int, today: date) -> list[ToDo]:
    """Return what is to be done, the most urgent first."""
    bureau = composition.body_of_kind(session, BodyKind.BUREAU)
    sitting = composition.sittings(session, bureau.id, on=today) if bureau is not None else []
    found = [
        *dues_to_do(session, year, today),
        *_instalments(session, today),
        *_reports(session, today),
        *_changes(session, today),
        *_mandates(session, bureau, sitting, today),
        *_conflicts(session, bureau, sitting, today),
        *_settings(session),
    ]
    return sorted(found, key=lambda each: (_RANK[each.tone], each.due_on or date.max, each.title))


def _not_yet(day: Any, today: date) -> ColumnElement[bool]:
    return or_(day.is_(None), day > today)


def _instalments(session: Session, today: date) -> Iterator[ToDo]:
    granted = or_(
        and_(Convention.signed_on.is_not(None), Convention.signed_on <= today),
        and_(Convention.notified_on.is_not(None), Convention.notified_on <= today),
    )
    chosen = (
        select(Convention.id, Convention.title, Organisation.name)
        .join(Organisation, Convention.funder_id == Organisation.id)
        .where(granted, _not_yet(Convention.settled_on, today), Convention.refused_on.is_(None))
    )
    conventions = {row_id: (title, funder) for row_id, title, funder in session.execute(chosen)}
    for each in instalment_figures(session, on=today, convention_ids=list(conventions)):
        if each.left and each.due_on is not None and (each.due_on - today).days <= SOON:
            yield _instalment(each, each.due_on, *conventions[each.convention_id], today=today)


def _instalment(each: InstalmentFigure, due_on: date, title: str, funder: str, *, today: date) -> ToDo:
    days = (due_on - today).days
    when = "" if each.is_late else ", aujourd’hui" if days == 0 else f", dans {french.count(days, 'jour')}"
    return ToDo(
        state="En retard" if each.is_late else "À venir",
        tone="danger" if each.is_late else "warn",
        title=f"{each.label}, {funder}",
        detail=f"{title}{when}",
        due_on=due_on,
        amount=each.left,
        action="Encaisser" if each.is_late else "Voir",
        table="instalment",
        row_id=each.instalment_id,
    )


def _reports(session: Session, today: date) -> Iterator[ToDo]:
    chosen = (
        select(
            ReportDue.id,
            ReportDue.kind,
            ReportDue.year,
            ReportDue.due_on,
            Convention.title,
            Organisation.name,
        )
        .join(Convention, ReportDue.convention_id == Convention.id)
        .join(Organisation, Convention.funder_id == Organisation.id)
        .where(_not_yet(ReportDue.sent_on, today), _not_yet(Convention.settled_on, today))
        .order_by(ReportDue.due_on, ReportDue.id)
    )
    ends = dict(session.execute(select(FiscalYear.year, FiscalYear.ends_on)).all())
    for row_id, kind, year, due_on, title, funder in session.execute(chosen):
        is_late = due_on < today
        if not is_late and ends.get(year, date(year, 12, 31)) >= today:
            continue  # the year it reports on is not over
        yield ToDo(
            state="En retard" if is_late else "À préparer", tone="danger" if is_late else "info",
            title=f"{kind} {year}, {funder}", detail=title, due_on=due_on, amount=None,
            action="Préparer", table="report_due", row_id=row_id,
        )  # fmt: skip


def _changes(session: Session, today: date) -> Iterator[ToDo]:
    for each in declaration.undeclared(session, on=today):
        is_open = today <= each.declare_before
        yield ToDo(
            state="À préparer" if is_open else "À compléter", tone="info" if is_open else "neutral",
            title=f"Changement de bureau du {french.short_date(each.changed_on)}",
            detail=f"déclaration à la préfecture non renseignée ({french.count(each.count, 'mandat')})",
            due_on=each.declare_before, amount=None,
            action="Déclarer", table="officers_declaration", row_id=each.mandate_id,
        )  # fmt: skip


def _mandates(
    session: Session, bureau: Body | None, sitting: Sequence[Sitting], today: date
) -> Iterator[ToDo]:
    figures = [each.figure for each in sorted(sitting, key=lambda each: each.by_office)]
    endless = [each for each in figures if each.until is None]
    if bureau is not None and endless:
        starts = {each.since for each in endless}
        since = f" depuis le {french.short_date(starts.pop())}" if len(starts) == 1 else ""
        yield ToDo(
            state="À compléter", tone="neutral",
            title=f"{bureau.name}{french.NBSP}: fin des mandats non renseignée",
            detail=f"{french.count(len(endless), 'mandat')}{since}", due_on=None, amount=None,
            action="Compléter", table="mandate", row_id=endless[0].mandate_id,
        )  # fmt: skip
    yield from _ending(session, [each.mandate_id for each in figures], today)


def _ending(session: Session, mandate_ids: list[int], today: date) -> Iterator[ToDo]:
    chosen = (
        select(Mandate, Person)
        .join(Person, Mandate.person_id == Person.id)
        .where(Mandate.id.in_(mandate_ids), Mandate.ends_on.is_(None), Mandate.term_on.is_not(None))
        .order_by(Mandate.term_on, Mandate.id)
    )
    for mandate, person in session.execute(chosen):
        term = mandate.term_on or date.max
        if (term - today).days <= ENDING:
            is_over = term < today
            yield ToDo(
                state="En retard" if is_over else "À venir", tone="danger" if is_over else "warn",
                title=f"Mandat de {person.full_name}", detail=mandate.office.label_for(person),
                due_on=term, amount=None, action="Renouveler", table="mandate", row_id=mandate.id,
            )  # fmt: skip


def _conflicts(
    session: Session, bureau: Body | None, sitting: Sequence[Sitting], today: date
) -> Iterator[ToDo]:
    """Tell what contradicts itself in the bodies, all of one kind in one line."""
    by_title: dict[str, list[Finding]] = {}
    for each in member_checks.serious_findings(session, bureau, sitting, on=today):
        by_title.setdefault(each.title, []).append(each)
    names = dict(session.execute(select(Body.id, Body.name)).all()) if by_title else {}
    for title, found in by_title.items():
        first, count = found[0], f" ({french.number(len(found))})" if len(found) > 1 else ""
        yield ToDo(
            state="À vérifier", tone=first.tone, title=f"{title}{count}",
            detail=french.some([_of_body(each, names) for each in found]), due_on=None, amount=None,
            action="Voir", table="member" if first.body_id is None else "composition",
            row_id=first.body_id or first.row_id,
        )  # fmt: skip


def _of_body(each: Finding, names: Mapping[int, str]) -> str:
    """Return « Président·e (Bureau) »."""
    return f"{each.detail} ({names[each.body_id]})" if each.body_id is not None else each.detail


def _settings(session: Session) -> Iterator[ToDo]:
    row = association.get_association(session)
    missing = association.missing_settings(row) if row else []
    if missing:
        yield ToDo(
            state="À compléter", tone="neutral", title="Réglages de l’association",
            detail=f"il manque {french.listed(missing)}", due_on=None, amount=None,
            action="Compléter", table="association", row_id=1,
        )  # fmt: skip
