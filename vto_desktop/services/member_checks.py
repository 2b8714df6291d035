"""What does not fit between members and their seats: nobody sent, or seats kept by a member that left."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Body, Eligibility, Mandate, Member, Representative
from vto_desktop.services.composition import Sitting
from vto_desktop.services.governance_checks import RANK, Act, Finding, findings_of, serious
from vto_desktop.services.members import belongs_on
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.representatives import held_on

SINGLE: Final = 3  # members told one by one; more are grouped in one finding


def all_findings(session: Session, *, on: date) -> list[Finding]:
    """Return what is to be checked in every body and about members on a day, the gravest first."""
    bodies = session.scalars(select(Body).order_by(Body.position, Body.id)).all()
    found = [each for body in bodies for each in findings_of(session, body, on=on)]
    return sorted([*found, *member_findings(session, on=on)], key=lambda each: RANK[each.tone])


def serious_findings(
    session: Session, bureau: Body | None, sitting: Sequence[Sitting], *, on: date
) -> list[Finding]:
    """Return what the dashboard says at once; terms and declarations have lines of their own there."""
    return [*serious(session, bureau, sitting, on=on), *_left(session, on)]


def about_body(
    session: Session, body: Body, *, on: date, sitting: Sequence[Sitting] | None = None
) -> list[Finding]:
    """Return what is to be checked about a body on a day; for one of representatives, about members too."""
    found = findings_of(session, body, on=on, sitting=sitting)
    if body.eligibility == Eligibility.REPRESENTATIVES:
        found += member_findings(session, on=on)
    return sorted(found, key=lambda each: RANK[each.tone])


def member_findings(session: Session, *, on: date) -> list[Finding]:
    """Return the members that left and still have seats, then those that nobody represents."""
    return [*_left(session, on), *_unrepresented(session, on)]


def _left(session: Session, on: date) -> Iterator[Finding]:
    """Find members that left by a day, and still have representatives or mandates afterwards."""

    def lasting(row: Any) -> Any:
        after = or_(row.ends_on.is_(None), row.ends_on > Member.left_on)
        ever_held = or_(row.ends_on.is_(None), row.starts_on.is_(None), row.ends_on > row.starts_on)
        statement = select(func.count()).where(row.member_id == Member.id, after, ever_held)
        return statement.correlate(Member).scalar_subquery()

    sent, seated = lasting(Representative), lasting(Mandate)
    chosen = (
        named(select(Member.id, MEMBER_NAME, Member.left_on, sent, seated).select_from(Member))
        .where(Member.left_on <= on, sent + seated > 0)
        .order_by(Member.left_on.desc(), Member.id)
    )
    for row_id, name, left_on, representatives, mandates in session.execute(chosen):
        counts = (
            french.count(representatives, "représentant") if representatives else "",
            french.count(mandates, "mandat") if mandates else "",
        )
        said = f"{name} a quitté l’association le {french.short_date(left_on)}{french.NBSP}: encore "
        said += french.listed([each for each in counts if each])
        yield Finding("danger", None, "Départ d’un adhérent", said, Act.LEAVE, row_id)


def _unrepresented(session: Session, on: date) -> Iterator[Finding]:
    sent = select(Representative.id).where(Representative.member_id == Member.id, held_on(Representative, on))
    chosen = (
        named(select(Member.id, MEMBER_NAME).select_from(Member))
        .where(belongs_on(on), Member.organisation_id.is_not(None), ~sent.exists())
        .order_by(Member.sort_key, Member.id)
    )
    rows = session.execute(chosen.limit(SINGLE + 1)).all()
    if len(rows) <= SINGLE:
        for row_id, name in rows:
            yield Finding("warn", None, "Siège sans représentant", name, Act.SEND, row_id)
        return
    whole = session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    said = french.some([name for _row_id, name in rows], most=SINGLE, whole=whole)
    title = f"{french.count(whole, 'siège')} sans représentant"
    yield Finding("warn", None, title, said, Act.SEND, rows[0][0])
