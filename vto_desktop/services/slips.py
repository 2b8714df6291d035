"""Bank slips: payments handed in together, kept in one go, each spread over what its member owes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid
from vto_desktop.model import Means, Receipt
from vto_desktop.services.payments import Owed, Payment, owed, payment_problems, save_payment, spread
from vto_desktop.services.rows import Problems, too_long


@dataclass
class SlipLine:
    """One payment of a slip: who paid, how much, when, how."""

    member_id: int | None = None
    amount: int | None = None
    received_on: date | None = None
    means: str = Means.CHEQUE.value
    reference: str = ""


@dataclass
class Slip:
    """Payments handed in together; ``total`` is that of the paper, None when it is not to be checked."""

    name: str = ""
    total: int | None = None
    lines: list[SlipLine] = field(default_factory=list)
    id: None = None


def slip_parts(session: Session, lines: Sequence[SlipLine]) -> list[dict[int, int]]:
    """Return what each payment of a slip goes to, oldest due first, those above it already counted."""
    members = {line.member_id for line in lines if line.member_id is not None}
    left: dict[int, list[Owed]] = {}
    for each in owed(session, member_ids=members) if members else ():
        left.setdefault(each.member_id, []).append(each)
    found = []
    for line in lines:
        among = left.get(line.member_id or 0, [])
        parts = spread(line.amount or 0, among)
        found.append(parts)
        left[line.member_id or 0] = [
            replace(each, left=each.left - parts.get(each.dues_id, 0)) for each in among
        ]
    return found


def left_of(session: Session, lines: Sequence[SlipLine], member_id: int) -> int:
    """Return what a member has left to pay once these payments are counted."""
    mine = [line for line in lines if line.member_id == member_id]
    owes = sum(max(each.left, 0) for each in owed(session, member_ids=[member_id]))
    return max(owes - sum(line.amount or 0 for line in mine), 0)


def slip_problems(slip: Slip, parts: Sequence[Mapping[int, int]]) -> Problems:
    """Return what must be corrected before a slip can be kept; of a line as « lines.place.attribute »."""
    found: Problems = {}
    if not slip.name.strip():
        found["name"] = "Donnez un nom ou un numéro à la remise."
    elif problems := too_long(Receipt(slip=slip.name)):
        found["name"] = problems["slip"]
    if not slip.lines:
        found["lines"] = "Ajoutez au moins un encaissement."
    for place, (line, given) in enumerate(zip(slip.lines, parts, strict=True)):
        found |= {f"lines.{place}.{name}": said for name, said in _line_problems(line, given).items()}
    typed = sum(line.amount or 0 for line in slip.lines)
    if slip.total is not None and typed != slip.total:
        said = f"Les encaissements saisis font {french.amount(typed)}, la remise {french.amount(slip.total)}."
        found["total"] = f"{said} Corrigez l’un ou l’autre."
    return found


def _line_problems(line: SlipLine, parts: Mapping[int, int]) -> Problems:
    one = Payment(line.received_on, line.amount, line.means, line.reference, parts=dict(parts))
    found = payment_problems(one)
    found.pop("parts", None)
    if line.member_id is None:
        found["member_id"] = "Choisissez l’adhérent."
    elif line.amount and not parts:
        found["member_id"] = "Cet adhérent n’a pas de cotisation : appelez-le d’abord."
    return found


def save_slip(session: Session, slip: Slip) -> list[Receipt]:
    """Keep all the payments of a slip, or none; raises Invalid."""
    parts = slip_parts(session, slip.lines)
    if problems := slip_problems(slip, parts):
        raise Invalid(problems)
    kept: list[Receipt] = []
    for line, given in zip(slip.lines, parts, strict=True):
        kept += save_payment(
            session,
            Payment(line.received_on, line.amount, line.means, line.reference, slip.name, parts=given),
        )
    return kept


def next_slip(session: Session, year: int) -> str:
    """Return the next name of a slip of a year: « Remise 2021-04 »."""
    prefix = f"Remise {year}-"
    names = session.scalars(select(Receipt.slip).where(Receipt.slip.startswith(prefix)).distinct())
    ends = [name.removeprefix(prefix) for name in names]
    last = max((int(end) for end in ends if end.isascii() and end.isdigit()), default=0)
    return f"{prefix}{last + 1:02d}"
