"""Calls for dues and reminders, read for printing: what each carries, and what it lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    NATURAL_PERSON,
    Body,
    Dues,
    DuesCampaign,
    DuesScale,
    FiscalYear,
    Meeting,
    Member,
    Organisation,
    Receipt,
    Reminder,
)
from vto_desktop.services import addressees, association
from vto_desktop.services.addressees import ADDRESS, BIC, IBAN, RNA, SIGNATORY, SIRET, VAT, Contact
from vto_desktop.services.figures_papers import Call, Gap, Letters, Paid, ReminderLetter, Sent
from vto_desktop.services.reminders import DELAY, LAST
from vto_desktop.services.result import fiscal_year
from vto_desktop.services.rows import parts_of
from vto_desktop.services.scales import computation_in_words, computed_dues, scale_for
from vto_desktop.services.standing import standing

CALL_NEEDS: Final = (ADDRESS, SIRET, RNA, IBAN, BIC, VAT, SIGNATORY)
REMINDER_NEEDS: Final = (ADDRESS, SIRET, IBAN, BIC, SIGNATORY)


def calls(
    session: Session, year: int, *, on: date, which: str = "all", ids: Sequence[int] | None = None,
    signatory: int | None = None,
) -> Letters[Call]:  # fmt: skip
    """Return the calls for the dues of a fiscal year, in the order of their numbers; cancelled ones left out.

    ``which`` is ``all``, ``unsettled`` or ``late`` on a day; ``ids`` are dues chosen one by one, of any year.
    Raises UserError EXERCICE_INCONNU.
    """
    rows = list(_chosen(session, year, on=on, which=which, ids=ids))
    contacts = addressees.of_members(session, list({row.member_id for row in rows}))
    bases = _bases(session, [row for row in rows if not row.basis.strip()])
    signed = addressees.issuer(session, signatory)
    return Letters(
        head=association.head(session), issuer=signed, year=_year_of(rows, year), on=on,
        letters=tuple(_call(row, contacts[row.member_id], bases.get(row.id, "")) for row in rows),
        gaps=addressees.own_gaps(session, signed, CALL_NEEDS),
    )  # fmt: skip


def _chosen(session: Session, year: int, *, on: date, which: str, ids: Sequence[int] | None) -> Iterator[Any]:
    """Yield the dues to print; nothing is asked of those cancelled or of no amount."""
    fiscal = fiscal_year(session, year)
    for part in [None] if ids is None else parts_of(ids):
        at = standing(on, dues_ids=part)
        chosen = at.joined(_STATEMENT)
        if part is None:
            chosen = chosen.where(DuesCampaign.fiscal_year_id == fiscal.id)
        else:
            chosen = chosen.where(Dues.id.in_(part))
        if which != "all":
            chosen = chosen.where(at.due > 0)
        if which == "late":
            chosen = chosen.where(Dues.due_on < on)
        yield from session.execute(_with_member(chosen))


def _year_of(rows: Sequence[Any], year: int) -> int:
    """Return the fiscal year of dues chosen one by one, when they have but one."""
    years = {row.year for row in rows}
    return years.pop() if len(years) == 1 else year


_STATEMENT: Final = (
    select(
        Dues.id, Dues.member_id, FiscalYear.year, Dues.number, Dues.commitment_number, Dues.called_on,
        Dues.due_on, Dues.basis, Dues.computed_amount, Dues.amount, Dues.reason, Dues.campaign_id,
        Body.name.label("body"), Meeting.held_on, Organisation.needs_commitment_number, Organisation.kind,
        Organisation.population,
    )
    .select_from(Dues)
    .where(Dues.cancelled_on.is_(None), Dues.amount > 0)
)  # fmt: skip


def _with_member(chosen: Any) -> Any:
    return (
        chosen.join(Member, Dues.member_id == Member.id)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .outerjoin(Meeting, DuesCampaign.meeting_id == Meeting.id)
        .outerjoin(Body, Meeting.body_id == Body.id)
        .order_by(Dues.number, Member.sort_key, Dues.id)
    )


def _bases(session: Session, rows: Sequence[Any]) -> dict[int, str]:
    """Return how dues called before their computation was kept come to their amount, where that is sure."""
    scales: dict[int, list[DuesScale]] = {}
    for part in parts_of(list({row.campaign_id for row in rows})):
        for scale in session.scalars(select(DuesScale).where(DuesScale.campaign_id.in_(part))):
            scales.setdefault(scale.campaign_id, []).append(scale)
    found = {}
    for row in rows:
        held = scale_for(scales.get(row.campaign_id, ()), row.kind or NATURAL_PERSON)
        if held is not None and computed_dues(held, row.population) == row.computed_amount:
            found[row.id] = computation_in_words(held, population=row.population)
    return found


def _call(row: Any, contact: Contact, basis: str) -> Call:
    addressee, missing = contact
    made = Call(
        dues_id=row.id, addressee=addressee, year=row.year, number=row.number.strip(),
        commitment_number=addressees.known(row.commitment_number), called_on=row.called_on,
        due_on=row.due_on, basis=row.basis.strip() or basis, computed=row.computed_amount,
        amount=row.amount, reason=row.reason.strip(), decided=_decided(row.body, row.held_on),
    )  # fmt: skip
    return replace(made, gaps=(*missing, *_call_gaps(made, row)))


def _decided(body: str | None, day: date | None) -> str:
    return f"en {body[:1].lower()}{body[1:]} le {french.long_date(day)}" if body and day else ""


def _call_gaps(made: Call, row: Any) -> Iterator[Gap]:
    wanted = {
        "numéro d’appel": not made.number,
        "date de l’appel": made.called_on is None,
        "échéance": made.due_on is None,
        "numéro d’engagement": bool(row.needs_commitment_number) and not made.commitment_number,
        "base de calcul": not made.basis and not made.reason,
    }
    yield from (Gap(what, "dues", made.dues_id) for what, is_missing in wanted.items() if is_missing)
    if not made.decided:
        yield Gap("réunion qui a décidé le barème", "dues_campaign", row.campaign_id)


# --- reminders -----------------------------------------------------------------------------------


def reminders(
    session: Session, year: int, *, on: date, level: int | None = None, ids: Sequence[int] | None = None,
    signatory: int | None = None,
) -> Letters[ReminderLetter]:  # fmt: skip
    """Return the reminders of the dues of a fiscal year that are late on a day.

    Each is the next one, or the last one sent as long as the delay to the next has not passed, or all are at
    ``level``. One already sent is printed again as it was: its day, what was left then. Raises UserError
    EXERCICE_INCONNU.
    """
    rows = list(_chosen(session, year, on=on, which="late", ids=ids))
    contacts = addressees.of_members(session, list({row.member_id for row in rows}))
    dues_ids = [row.id for row in rows]
    paid, sent = _paid(session, dues_ids), _sent(session, dues_ids)
    signed = addressees.issuer(session, signatory)
    letters = (
        _reminder(row, contacts[row.member_id], paid.get(row.id, []), sent.get(row.id, []), level, on)
        for row in rows
    )
    return Letters(
        head=association.head(session), issuer=signed, year=_year_of(rows, year), on=on,
        letters=tuple(letters),
        gaps=addressees.own_gaps(session, signed, REMINDER_NEEDS),
    )  # fmt: skip


def _paid(session: Session, dues_ids: Sequence[int]) -> dict[int | None, list[Paid]]:
    found: dict[int | None, list[Paid]] = {}
    for part in parts_of(dues_ids):
        chosen = select(
            Receipt.dues_id, Receipt.received_on, Receipt.amount, Receipt.means, Receipt.reference
        ).where(Receipt.dues_id.in_(part))
        for row in session.execute(chosen.order_by(Receipt.received_on, Receipt.id)):
            found.setdefault(row[0], []).append(Paid(*row[1:]))
    return found


def _sent(session: Session, dues_ids: Sequence[int]) -> dict[int, list[Sent]]:
    found: dict[int, list[Sent]] = {}
    for part in parts_of(dues_ids):
        chosen = select(Reminder.dues_id, Reminder.level, Reminder.sent_on, Reminder.amount)
        rows = session.execute(chosen.where(Reminder.dues_id.in_(part)).order_by(Reminder.level))
        for row in rows:
            found.setdefault(row[0], []).append(Sent(*row[1:]))
    return found


def _level(sent: Sequence[Sent], on: date) -> int:
    """Return the level to print on a day: the next one once its time has come, until then the last one."""
    if not sent:
        return 1
    is_next = sent[-1].level < LAST and sent[-1].sent_on + timedelta(DELAY) <= on
    return sent[-1].level + is_next


def _reminder(
    row: Any, contact: Contact, paid: list[Paid], sent: list[Sent], level: int | None, on: date
) -> ReminderLetter:
    wanted = level or _level(sent, on)
    again = next((each for each in sent if each.level == wanted), None)
    day = again.sent_on if again else on
    addressee, missing = contact
    gaps = [gap for gap in missing if gap.what == "adresse"]
    gaps += [] if row.number.strip() else [Gap("numéro d’appel", "dues", row.id)]
    return ReminderLetter(
        dues_id=row.id, addressee=addressee, year=row.year, number=row.number.strip(),
        commitment_number=addressees.known(row.commitment_number), level=wanted, sent_on=day,
        called_on=row.called_on, due_on=row.due_on, amount=row.amount,
        paid=tuple(each for each in paid if each.received_on <= day),
        earlier=tuple(each for each in sent if each.level < wanted), is_sent=again is not None,
        gaps=tuple(gaps),
    )  # fmt: skip
