"""Reminders of dues: who is late and by how much, which level comes next and from when, what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.model import Dues, FiscalYear, Member, Reminder
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.rows import delete_row, get_row, parts_of
from vto_desktop.services.standing import days_late, last_reminder, standing

DELAY: Final = 30  # days between two reminders
LAST: Final = 3


@dataclass(frozen=True, slots=True)
class Late:
    """Dues past their date, what was sent about them, and what comes next. Cents."""

    dues_id: int
    member_id: int
    name: str
    number: str
    amount: int
    received: int
    due: int
    due_on: date
    days_late: int
    level: int  # of the last reminder sent; 0: none
    reminded_on: date | None
    delay: int

    @property
    def next_level(self) -> int | None:
        """Return the level of the next reminder, or None once the last one was sent."""
        return self.level + 1 if self.level < LAST else None

    @property
    def ready_on(self) -> date | None:
        """Return from which day the next reminder may be sent, or None when there is none."""
        if self.next_level is None:
            return None
        since = self.due_on + timedelta(1)
        return since if self.reminded_on is None else max(since, self.reminded_on + timedelta(self.delay))

    def is_ready(self, on: date) -> bool:
        """Return whether the next reminder may be sent on a day."""
        return self.ready_on is not None and self.ready_on <= on


def late_dues(session: Session, year: int, *, on: date, delay: int = DELAY) -> list[Late]:
    """Return the dues of a fiscal year that are late on a day, the latest first, then by name."""
    at, (level, reminded_on) = standing(on), last_reminder(on)
    chosen = select(
        Dues.id, Dues.member_id, MEMBER_NAME, Dues.number, Dues.amount, at.received, at.due, Dues.due_on,
        level, reminded_on,
    )  # fmt: skip
    chosen = named(at.joined(chosen).join(Member, Dues.member_id == Member.id))
    chosen = chosen.where(FiscalYear.year == year, at.due > 0, Dues.due_on < on)
    rows = session.execute(chosen.order_by(Dues.due_on, Member.sort_key, Dues.id))
    return [
        Late(
            row_id, member_id, name, number, amount, received, due, due_on,
            days_late(due_on, due=due, on=on), sent, sent_on, delay,
        )
        for row_id, member_id, name, number, amount, received, due, due_on, sent, sent_on in rows
    ]  # fmt: skip


def send_reminders(session: Session, dues_ids: Sequence[int], *, on: date) -> list[Reminder]:
    """Record the next reminder of each of these dues, with what is left to pay; raises RIEN_A_RELANCER.

    Refused as a whole when one of them is not late, or had its last reminder.
    """
    at, (level, _day) = standing(on), last_reminder(on)
    kept: list[Reminder] = []
    for part in parts_of(dues_ids):
        chosen = at.joined(select(Dues.id, at.due, level).select_from(Dues)).where(
            Dues.id.in_(part), at.due > 0, Dues.due_on < on
        )
        kept += [
            Reminder(dues_id=row_id, level=sent + 1, sent_on=on, amount=due)
            for row_id, due, sent in session.execute(chosen)
            if sent < LAST
        ]
    if len(kept) != len(set(dues_ids)):
        raise UserError(
            "RIEN_A_RELANCER",
            "Une de ces cotisations n’est pas en retard, ou a déjà eu ses trois relances. "
            "Aucune relance n’a été enregistrée : choisissez parmi les cotisations en retard.",
        )
    session.add_all(kept)
    session.flush()
    return kept


def delete_reminder(session: Session, row_id: int) -> None:
    """Delete a reminder entered by mistake; raises RELANCE_SUIVIE when another one came after it."""
    row = get_row(session, Reminder, row_id)
    last = session.scalar(select(func.max(Reminder.level)).where(Reminder.dues_id == row.dues_id))
    name = f"Relance de niveau {row.level} du {french.short_date(row.sent_on)}"
    if last != row.level:
        raise UserError(
            "RELANCE_SUIVIE",
            f"«\u00a0{name}\u00a0» a été suivie d’une autre. "
            "Rien n’a été supprimé : supprimez d’abord la dernière.",
        )
    delete_row(session, Reminder, row_id, name=name)


def reminders_of(session: Session, dues_id: int) -> list[Reminder]:
    """Return the reminders sent for dues, first one first."""
    chosen = select(Reminder).where(Reminder.dues_id == dues_id).order_by(Reminder.level)
    return list(session.scalars(chosen))
