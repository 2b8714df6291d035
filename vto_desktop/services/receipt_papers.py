"""Receipts read for printing: one paper for each payment, and slips of what was received."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Convention, Dues, DuesCampaign, FiscalYear, Instalment, Organisation, Receipt
from vto_desktop.model import Member as MemberRow
from vto_desktop.services import addressees, association
from vto_desktop.services.addressees import ADDRESS, SIGNATORY, SIRET, Contact
from vto_desktop.services.figures_papers import Letters, Payment, Settled, Slip, SlipRow
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.rows import parts_of

NEEDS: Final = (ADDRESS, SIRET, SIGNATORY)


def receipts(
    session: Session, since: date, until: date, *, on: date, which: str = "dues",
    ids: Sequence[int] | None = None, signatory: int | None = None,
) -> Letters[Payment]:  # fmt: skip
    """Return what acknowledges each payment received between two days, both included, the oldest first.

    ``which`` is ``dues``, or ``all`` for what funders paid too; ``ids`` are receipts chosen one by one,
    whose whole payments are printed. What was paid back is not acknowledged.
    """
    rows = _whole_payments(session, since, until, ids)
    if which == "dues" and ids is None:
        rows = [row for row in rows if row.dues_id is not None]
    payments: dict[int, list[Any]] = {}
    for row in rows:
        payments.setdefault(row.payment if row.payment is not None else -row.id, []).append(row)
    found = [parts for parts in payments.values() if sum(row.amount for row in parts) > 0]
    contacts = _contacts(session, [row for parts in found for row in parts])
    before = _received(session, rows)
    signed = addressees.issuer(session, signatory)
    return Letters(
        head=association.head(session), issuer=signed, year=until.year, on=on,
        letters=tuple(_payment(parts, contacts, before) for parts in found),
        gaps=addressees.own_gaps(session, signed, NEEDS),
    )  # fmt: skip


def _statement() -> Any:
    """Return a statement on receipts with what each is for; a row for dues has no convention."""
    chosen = select(
        Receipt.id, Receipt.received_on, Receipt.amount, Receipt.means, Receipt.reference, Receipt.payment,
        Receipt.dues_id, Receipt.instalment_id, Dues.member_id, Dues.number, FiscalYear.year,
        Dues.amount.label("owed"), Convention.funder_id, Convention.title, Instalment.label,
        Instalment.amount.label("expected"),
    )  # fmt: skip
    return (
        chosen.select_from(Receipt)
        .outerjoin(Dues, Receipt.dues_id == Dues.id)
        .outerjoin(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .outerjoin(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .outerjoin(Instalment, Receipt.instalment_id == Instalment.id)
        .outerjoin(Convention, Instalment.convention_id == Convention.id)
        .order_by(Receipt.received_on, Receipt.id)
    )


def _whole_payments(session: Session, since: date, until: date, ids: Sequence[int] | None) -> list[Any]:
    if ids is None:
        return list(session.execute(_statement().where(Receipt.received_on.between(since, until))))
    found: list[Any] = []
    for part in parts_of(ids):
        shared = select(Receipt.payment).where(Receipt.id.in_(part), Receipt.payment.is_not(None))
        chosen = _statement().where(or_(Receipt.id.in_(part), Receipt.payment.in_(shared)))
        found += session.execute(chosen).all()
    return list({row.id: row for row in found}.values())


def _contacts(session: Session, rows: Sequence[Any]) -> dict[int, Contact]:
    members = addressees.of_members(session, [row.member_id for row in rows if row.member_id is not None])
    funders = addressees.of_organisations(
        session, [row.funder_id for row in rows if row.funder_id is not None]
    )
    return {
        row.id: members[row.member_id] if row.member_id is not None else funders[row.funder_id]
        for row in rows
    }


def _received(session: Session, rows: Sequence[Any]) -> dict[int, list[tuple[date, int, int]]]:
    """Return every receipt of the dues and instalments settled: its day, its id, its amount."""
    found: dict[int, list[tuple[date, int, int]]] = {}
    for key, sign in (("dues_id", 1), ("instalment_id", -1)):
        column = getattr(Receipt, key)
        wanted = list({getattr(row, key) for row in rows if getattr(row, key) is not None})
        for part in parts_of(wanted):
            chosen = select(column, Receipt.received_on, Receipt.id, Receipt.amount).where(column.in_(part))
            for target, *receipt in session.execute(chosen):
                found.setdefault(sign * target, []).append(tuple(receipt))
    return found


def _payment(parts: Sequence[Any], contacts: dict[int, Contact], received: dict[int, list[Any]]) -> Payment:
    first = parts[0]
    is_shared = len({row.member_id for row in parts}) > 1  # one member paid for others too
    last = max((row.received_on, row.id) for row in parts)
    return Payment(
        receipt_id=first.id, addressee=contacts[first.id][0],
        number=f"{first.received_on.year}-R{first.id:04d}", received_on=first.received_on, means=first.means,
        reference=first.reference.strip(),
        settled=tuple(
            _settled(row, received, last, contacts[row.id][0].name if is_shared else "") for row in parts
        ),
    )  # fmt: skip


def _settled(row: Any, received: dict[int, list[Any]], last: tuple[date, int], whose: str) -> Settled:
    target = row.dues_id if row.dues_id is not None else -row.instalment_id
    until_now = sum(amount for day, row_id, amount in received[target] if (day, row_id) <= last)
    owed = row.owed if row.dues_id is not None else row.expected
    return Settled(", ".join(filter(None, (_purpose(row), whose))), row.amount, max(owed - until_now, 0))


def _purpose(row: Any) -> str:
    """Return « Cotisation 2021, appel n° 2021-003 », or « Étude culture, acompte »."""
    if row.dues_id is None:
        return ", ".join(filter(None, (row.title, row.label)))
    number = f", appel n°{french.NBSP}{row.number}" if row.number.strip() else ""
    return f"Cotisation {row.year}{number}"


# --- slips ---------------------------------------------------------------------------------------


def slip(session: Session, since: date, until: date, *, slip: str = "") -> Slip:
    """Return what was received between two days, both included, or with one bank slip at any time."""
    chosen = named(
        _statement()
        .add_columns(MEMBER_NAME.label("member"), _FUNDER_NAME.label("funder"))
        .outerjoin(MemberRow, Dues.member_id == MemberRow.id)
    )
    given = slip.strip()
    chosen = chosen.where(Receipt.slip == given if given else Receipt.received_on.between(since, until))
    rows = session.execute(chosen).all()
    days = [row.received_on for row in rows]
    return Slip(
        head=association.head(session), since=min(days, default=since) if given else since,
        until=max(days, default=until) if given else until, slip=given,
        rows=tuple(
            SlipRow(
                row.received_on, row.member or row.funder or "", _purpose(row), row.means,
                row.reference.strip(), row.amount,
            )
            for row in rows
        ),
    )  # fmt: skip


_FUNDER_NAME: Final = (
    select(Organisation.name).where(Organisation.id == Convention.funder_id).correlate(Convention)
).scalar_subquery()


def slips(session: Session) -> list[str]:
    """Return the bank slips that receipts name, the latest first."""
    chosen = select(Receipt.slip, Receipt.received_on).where(Receipt.slip != "")
    return list(
        dict.fromkeys(name for name, _day in session.execute(chosen.order_by(Receipt.received_on.desc())))
    )
