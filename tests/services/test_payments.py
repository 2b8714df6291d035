"""Payments of dues: spread, kept, changed and taken back; nothing is ever counted twice as income."""

import shutil
from datetime import date
from os import environ
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import (
    Basis,
    Dues,
    DuesCampaign,
    Entry,
    FiscalYear,
    Means,
    Member,
    Organisation,
    Receipt,
)
from vto_desktop.services import dues, payments, receipts, result, slips, summaries
from vto_desktop.services.dues_summary import dues_summary
from vto_desktop.services.payments import Owed, Payment
from vto_desktop.services.slips import Slip, SlipLine
from vto_desktop.store import Dossier, open_dossier

DAY = date(2021, 3, 10)


def owes(session: Session, name: str, *amounts: int) -> list[int]:
    """Return the dues of a new member: 2020 first, then 2021, of these amounts."""
    member = Member(organisation=Organisation(name=name), college_id=1, sort_key=name)
    made = []
    for year, amount in zip((2020, 2021), amounts, strict=False):
        campaign = session.scalars(
            select(DuesCampaign).join(FiscalYear).where(FiscalYear.year == year)
        ).first()
        if campaign is None:
            held = session.scalars(select(FiscalYear).where(FiscalYear.year == year)).one()
            campaign = DuesCampaign(fiscal_year=held, name=f"Cotisations {year}")
        row = Dues(campaign=campaign, member=member, amount=amount, called_on=date(year, 2, 1),
                   due_on=date(year, 6, 30))  # fmt: skip
        session.add(row)
        session.flush()
        made.append(row.id)
    return made


def member_of(session: Session, dues_id: int) -> int:
    return session.get_one(Dues, dues_id).member_id


def got(session: Session, dues_id: int) -> int:
    return session.scalar(select(func.sum(Receipt.amount)).where(Receipt.dues_id == dues_id)) or 0


LEFTS = st.lists(st.integers(-50, 100), min_size=1, max_size=5)


@given(st.integers(1, 500), LEFTS)
def test_a_payment_goes_to_the_oldest_due_first_and_is_spread_whole(amount: int, lefts: list[int]) -> None:
    among = [Owed(n, 1, "", "", "", 100, left, None) for n, left in enumerate(lefts)]
    parts = payments.spread(amount, among)
    assert sum(parts.values()) == amount
    rest = amount
    for place, left in enumerate(lefts):
        wanted = min(rest, max(left, 0))
        rest -= wanted
        is_last = place == len(lefts) - 1
        assert parts.get(place, 0) == wanted + (rest if is_last else 0)


def test_one_payment_settles_several_dues_and_is_changed_as_one(writing: Session) -> None:
    first, second = owes(writing, "Ville de Béziers", 10_000, 30_000)
    among = payments.owed(writing, member_ids=[member_of(writing, first)])
    assert [(each.dues_id, each.left) for each in among] == [(first, 10_000), (second, 30_000)]
    made = Payment(DAY, 25_000, Means.CHEQUE, "CHQ 12", "Remise 1", parts=payments.spread(25_000, among))
    rows = payments.save_payment(writing, made)
    assert [(row.dues_id, row.amount) for row in rows] == [(first, 10_000), (second, 15_000)]
    assert rows[0].payment == rows[1].payment is not None
    assert {(row.received_on, row.means, row.reference, row.slip) for row in rows} == {
        (DAY, "Chèque", "CHQ 12", "Remise 1")
    }
    kept = payments.payment_of(writing, rows[1].id)
    assert (kept.amount, kept.parts) == (25_000, {first: 10_000, second: 15_000})
    again = payments.owed(writing, dues_ids=[first, second], but=[row.id for row in rows])
    assert [each.left for each in again] == [10_000, 30_000]
    kept.amount, kept.parts, kept.reference = 20_000, {second: 20_000}, "CHQ 13"
    (row,) = payments.save_payment(writing, kept)
    assert (row.payment, row.reference, row.dues_id) == (None, "CHQ 13", second)
    assert (got(writing, first), got(writing, second)) == (0, 20_000)


def test_parts_must_add_up_to_what_came(writing: Session) -> None:
    first, second = owes(writing, "Ville de Béziers", 10_000, 30_000)
    with pytest.raises(Invalid, match="il reste 50\u00a0€ à répartir"):
        payments.save_payment(writing, Payment(DAY, 10_000, parts={first: 3_000, second: 2_000}))
    with pytest.raises(Invalid, match="il y a 1\u00a0€ de trop"):
        payments.save_payment(writing, Payment(DAY, 4_900, parts={first: 3_000, second: 2_000}))
    problems = payments.payment_problems(Payment(means="Troc", reference="x" * 400))
    assert set(problems) == {"received_on", "amount", "means", "reference"}
    assert set(payments.payment_problems(Payment(DAY, 5))) == {"parts"}
    assert got(writing, first) == got(writing, second) == 0


def test_taking_back_a_payment_takes_back_all_of_it(writing: Session) -> None:
    first, second = owes(writing, "Ville de Béziers", 10_000, 30_000)
    rows = payments.save_payment(writing, Payment(DAY, 40_000, parts={first: 10_000, second: 30_000}))
    others = writing.scalar(select(func.count()).select_from(Receipt))
    receipts.delete_receipt(writing, rows[1].id)
    assert writing.scalar(select(func.count()).select_from(Receipt)) == (others or 0) - 2
    assert got(writing, first) == got(writing, second) == 0


def test_what_was_overpaid_is_seen_and_carried_over(writing: Session) -> None:
    first, second = owes(writing, "Ville de Béziers", 10_000, 30_000)
    payments.save_payment(writing, Payment(DAY, 12_500, parts={first: 12_500}))
    before = dues_summary(writing, 2020, on=DAY)
    assert before.sums.overpaid == 2_500
    assert [each.overpaid for each in before.members if each.overpaid] == [2_500]
    income = result.income_groups(writing, result.fiscal_year(writing, 2021))
    payments.carry_over(writing, first, to=second, on=DAY)
    assert result.income_groups(writing, result.fiscal_year(writing, 2021)) == income
    assert (got(writing, first), got(writing, second)) == (10_000, 2_500)
    with pytest.raises(UserError, match="RIEN_A_REPORTER"):
        payments.carry_over(writing, first, to=second, on=DAY)
    dues.cancel_dues(writing, second, on=DAY, reason="Vote")
    payments.carry_over(writing, second, to=owes(writing, "Autre", 1_000)[0], on=DAY)
    assert got(writing, second) == 1_500


# --- slips ---------------------------------------------------------------------------------------


def test_a_slip_is_kept_whole_each_payment_spread(writing: Session) -> None:
    first, second = owes(writing, "Ville de Béziers", 10_000, 30_000)
    (other,) = owes(writing, "Ville de Lunel", 5_000)
    payer, payee = member_of(writing, first), member_of(writing, other)
    lines = [
        SlipLine(payer, 15_000, DAY, Means.CHEQUE, "1"), SlipLine(payee, 6_000, DAY, Means.CHEQUE, "2"),
        SlipLine(payer, 25_000, DAY, Means.CHEQUE, "3"),
    ]  # fmt: skip
    parts = slips.slip_parts(writing, lines)
    assert parts == [{first: 10_000, second: 5_000}, {other: 6_000}, {second: 25_000}]
    name = slips.next_slip(writing, 2021)
    assert name == "Remise 2021-01"
    rows = slips.save_slip(writing, Slip(name, 46_000, lines))
    assert {row.slip for row in rows} == {name}
    assert len({row.payment for row in rows if row.payment}) == 1
    assert (got(writing, first), got(writing, second), got(writing, other)) == (10_000, 30_000, 6_000)
    assert slips.next_slip(writing, 2021) == "Remise 2021-02"


def test_all_that_is_wrong_with_a_slip_is_told_by_cell_and_nothing_is_kept(writing: Session) -> None:
    (first,) = owes(writing, "Ville de Béziers", 10_000)
    stranger = Member(organisation=Organisation(name="Sans cotisation"), college_id=1)
    writing.add(stranger)
    writing.flush()
    count = writing.scalar(select(func.count()).select_from(Receipt))
    lines = [
        SlipLine(member_of(writing, first), 5_000, DAY), SlipLine(None, 100, DAY),
        SlipLine(stranger.id, 200, DAY),
        SlipLine(member_of(writing, first), None, None, "Troc"),
    ]  # fmt: skip
    with pytest.raises(Invalid) as refused:
        slips.save_slip(writing, Slip(" ", 6_000, lines))
    assert set(refused.value.problems) == {
        "name", "total", "lines.1.member_id", "lines.2.member_id", "lines.3.amount", "lines.3.received_on",
        "lines.3.means",
    }  # fmt: skip
    assert writing.scalar(select(func.count()).select_from(Receipt)) == count
    with pytest.raises(Invalid, match="au moins un encaissement"):
        slips.save_slip(writing, Slip("Remise"))


# --- nothing counts twice ------------------------------------------------------------------------


class Treasurer:
    """Calls, receives, spreads, changes and takes back at random; keeps an account of its own beside."""

    def __init__(self, dossier: Dossier, seed: int) -> None:
        self.dossier = dossier
        self.random = Random(seed)  # noqa: S311 - a test's sample
        self.book: dict[int, tuple[date, dict[int, int]]] = {}  # by receipt: the day and parts of its payment
        self.typed = 0

    def day(self) -> date:
        return date(
            self.random.choice((2020, 2021)), self.random.randrange(1, 13), self.random.randrange(1, 29)
        )

    def act(self) -> None:
        acts = (
            self.receive,
            self.receive,
            self.slip,
            self.change,
            self.take_back,
            self.type_entry,
            self.cancel,
        )
        self.random.choice(acts)()

    def _some(self, session: Session, most: int) -> list[int]:
        ids = session.scalars(select(Dues.id).where(Dues.cancelled_on.is_(None)).order_by(Dues.id)).all()
        return self.random.sample(ids, self.random.randrange(1, most + 1))

    def receive(self) -> None:
        with self.dossier.write("Encaisser") as session:
            parts = {row_id: self.random.randrange(1, 9_000) for row_id in self._some(session, 3)}
            self._keep(session, Payment(self.day(), sum(parts.values()), parts=parts))

    def _keep(self, session: Session, payment: Payment) -> None:
        rows = payments.save_payment(session, payment)
        assert payment.received_on is not None
        self.book[rows[0].id] = (payment.received_on, dict(payment.parts))

    def slip(self) -> None:
        with self.dossier.write("Remise") as session:
            members = [member_of(session, row_id) for row_id in self._some(session, 3)]
            lines = [SlipLine(each, self.random.randrange(1, 9_000), self.day()) for each in members]
            parts = slips.slip_parts(session, lines)
            rows = slips.save_slip(session, Slip("Remise", None, lines))
            for line, given_ in zip(lines, parts, strict=True):
                first, rows = rows[0], rows[len(given_) :]
                assert line.received_on is not None
                self.book[first.id] = (line.received_on, given_)

    def change(self) -> None:
        if self.book:
            with self.dossier.write("Modifier") as session:
                row_id = self.random.choice(sorted(self.book))
                payment = payments.payment_of(session, row_id)
                assert payment.parts == self.book.pop(row_id)[1]
                payment.parts = {each: self.random.randrange(1, 9_000) for each in self._some(session, 3)}
                payment.amount, payment.received_on = sum(payment.parts.values()), self.day()
                self._keep(session, payment)

    def take_back(self) -> None:
        if self.book:
            with self.dossier.write("Supprimer") as session:
                row_id = self.random.choice(sorted(self.book))
                receipts.delete_receipt(session, row_id)
                del self.book[row_id]

    def type_entry(self) -> None:
        with self.dossier.write("Écriture") as session:
            year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
            session.add(Entry(fiscal_year=year, entered_on=DAY, account_code="756", label="x", amount=11))
            self.typed += 11

    def cancel(self) -> None:
        with self.dossier.write("Annuler") as session:
            ids = session.scalars(select(Dues.id).where(Dues.cancelled_on.is_(None))).all()
            if len(ids) > 4:
                dues.cancel_dues(session, self.random.choice(ids), on=DAY, reason="Essai")


def assert_counted_once(session: Session, treasurer: Treasurer, dues_before: int) -> None:
    for year, kept_by_entries in ((2020, True), (2021, False)):
        held = result.fiscal_year(session, year)
        received = sum(sum(parts.values()) for day, parts in treasurer.book.values() if day.year == year)
        groups = [group for group in result.income_groups(session, held) if group.account_code == "756"]
        typed = treasurer.typed if year == 2021 else 0
        entries = session.scalar(
            select(func.sum(Entry.amount)).where(Entry.account_code == "756", Entry.fiscal_year_id == held.id)
        )
        wanted = (entries or 0) if kept_by_entries else received + typed + dues_before
        assert sum(group.amount for group in groups) == wanted
        rows = [row for row in result.income_rows(session, year) if row.account == "756"]
        assert sum(row.amount for row in rows) == wanted
        summary = summaries.finance(session, year)
        assert summary.income_total == sum(row.amount for row in result.income_rows(session, year))
    by_dues: dict[int, int] = {}
    for _day, parts in treasurer.book.values():
        for dues_id, part in parts.items():
            by_dues[dues_id] = by_dues.get(dues_id, 0) + part
    far = date(2030, 1, 1)
    shown = {
        each.dues_id: each for year in (2020, 2021) for each in dues_summary(session, year, on=far).members
    }
    for dues_id, figure in shown.items():
        if dues_id in treasurer_dues(session):
            assert figure.received == by_dues.get(dues_id, 0)
            assert figure.called + figure.overpaid == figure.received + figure.due


def treasurer_dues(session: Session) -> set[int]:
    """Return the dues that the example did not settle already."""
    return set(session.scalars(select(Dues.id).join(Member).where(Member.sort_key.startswith("ville neuve"))))


@pytest.mark.parametrize("seed", range(30 if environ.get("VTO_LONG") else 3))
def test_nothing_counts_twice_whatever_is_received_changed_and_taken_back(
    example_file: Path, tmp_path: Path, seed: int
) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "exemple.vto"))
    with open_dossier(path) as dossier:
        with dossier.write("Préparer") as session:
            before = sum(
                row.amount for row in session.scalars(select(Receipt).where(Receipt.dues_id.is_not(None)))
            )
            for row in session.scalars(select(Dues)):
                row.cancelled_on = DAY  # out of the way: only new dues are paid at random
            for number in range(5):
                owes(session, f"ville neuve {number}", 4_000, 7_000)
            years = {row.year: row for row in session.scalars(select(FiscalYear))}
            assert (years[2020].basis, years[2021].basis) == (Basis.ACCOUNTING, Basis.RECEIPTS)
        treasurer = Treasurer(dossier, seed)
        for _ in range(30):
            treasurer.act()
            with dossier.read() as session:
                assert_counted_once(session, treasurer, before)
        while dossier.undo_label not in (None, "Préparer"):
            dossier.undo()
        treasurer.book, treasurer.typed = {}, 0
        with dossier.read() as session:
            assert_counted_once(session, treasurer, before)
