"""Who joined and who left between two days, and why: the movements of members."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import College, Member
from vto_desktop.services.members import belongs_on, member_names
from vto_desktop.services.names import DEPARTEMENT, MEMBER_KIND, MEMBER_NAME, named
from vto_desktop.services.reference import departement_name


@dataclass(frozen=True, slots=True)
class Movement:
    """A member that came or went: ``on`` is its first day as a member, or the first day without it."""

    member_id: int
    name: str
    kind: str
    college: str
    departement: str
    on: date
    is_joining: bool
    reason: str  # why it left; nothing for who joined
    successor: str  # the member that took it in


@dataclass(frozen=True, slots=True)
class Movements:
    """The movements of a period, both days included, in the order of the days."""

    starts_on: date
    ends_on: date
    joined: tuple[Movement, ...]
    left: tuple[Movement, ...]
    before: int  # members on the eve of the first day
    after: int  # members on the last day

    @property
    def change(self) -> int:
        """Return by how many members the association grew; always what ``after`` is more than ``before``."""
        return len(self.joined) - len(self.left)

    @property
    def sentence(self) -> str:
        """Return « 2 entrées, 1 sortie : de 14 à 15 adhérents (+1). »."""
        came = french.count(len(self.joined), "entrée") if self.joined else "Aucune entrée"
        went = french.count(len(self.left), "sortie") if self.left else "aucune sortie"
        whole = french.count(self.after, "adhérent")
        if not self.change:
            stays = f"{whole} au début comme à la fin"
        else:
            sign = french.MINUS if self.change < 0 else "+"
            stays = f"de {french.number(self.before)} à {whole} ({sign}{abs(self.change)})"
        return f"{came}, {went}{french.NBSP}: {stays}."


def movements(session: Session, starts_on: date, ends_on: date) -> Movements:
    """Return who joined and who left from a day to another, both included."""
    return Movements(
        starts_on=starts_on,
        ends_on=ends_on,
        joined=_moved(session, starts_on, ends_on, is_joining=True),
        left=_moved(session, starts_on, ends_on, is_joining=False),
        before=_count(session, starts_on - timedelta(days=1)),
        after=_count(session, ends_on),
    )


def _count(session: Session, on: date) -> int:
    return session.scalar(select(func.count()).select_from(Member).where(belongs_on(on))) or 0


def _moved(session: Session, starts_on: date, ends_on: date, *, is_joining: bool) -> tuple[Movement, ...]:
    day = Member.joined_on if is_joining else Member.left_on
    chosen = named(
        select(
            Member.id, MEMBER_NAME, MEMBER_KIND, College.name, DEPARTEMENT, day, Member.leaving_reason,
            Member.successor_id,
        ).join(College, Member.college_id == College.id)
    ).where(day.between(starts_on, ends_on))  # fmt: skip
    rows = session.execute(chosen.order_by(day, Member.sort_key, Member.id)).all()
    successors = member_names(session, {row[-1] for row in rows if row[-1] is not None})
    return tuple(
        Movement(
            member_id=row_id,
            name=name,
            kind=kind,
            college=college,
            departement=departement_name(code or ""),
            on=on,
            is_joining=is_joining,
            reason="" if is_joining else reason,
            successor="" if is_joining else successors.get(successor_id, ""),
        )
        for row_id, name, kind, college, code, on, reason, successor_id in rows
    )
