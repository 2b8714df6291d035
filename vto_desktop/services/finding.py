"""One search for the whole dossier: members, persons, organisations, conventions, lines, meetings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Body,
    Budget,
    BudgetLine,
    Convention,
    Dues,
    DuesCampaign,
    Entry,
    FiscalYear,
    Meeting,
    Member,
    Organisation,
    Person,
    Receipt,
)
from vto_desktop.model.search import matches
from vto_desktop.services.folding import holds, may_hold, words_of
from vto_desktop.services.names import DEPARTEMENT, FULL_NAME, MEMBER_KIND, MEMBER_NAME, named
from vto_desktop.services.reference import departement_name

MOST: Final = 8  # rows of one kind
SHORTEST: Final = 2  # letters below which lines, entries and meetings are not searched: all would match


@dataclass(frozen=True, slots=True)
class Found:
    """Something found: where it is kept, under which heading, what it is called, what tells it apart."""

    table: str
    row_id: int
    group: str
    title: str
    detail: str


def find(session: Session, text: str, *, year: int | None = None, most: int = MOST) -> list[Found]:
    """Return what contains every word of a text, at most ``most`` rows of each kind; nothing for no word.

    ``year`` keeps the budget lines and entries of one fiscal year.
    """
    words = french.search_key(text.replace("\0", ""))
    if not words:
        return []
    finders: tuple[Callable[[], Iterator[Found]], ...] = (
        lambda: _members(session, words, most),
        lambda: _persons(session, words, most),
        lambda: _conventions(session, words, most),
        lambda: _organisations(session, words, most),
    )
    others: tuple[Callable[[], Iterator[Found]], ...] = (
        lambda: _budget_lines(session, words, year, most),
        lambda: _entries(session, words, year, most),
        lambda: _meetings(session, words, most),
        lambda: _campaigns(session, words, most),
        lambda: _calls(session, words, most),
        lambda: _receipts(session, words, most),
    )
    asked = finders if len(words) < SHORTEST else finders + others
    return [found for finder in asked for found in finder()]


def _rows(session: Session, chosen: Any, most: int) -> Any:
    return session.execute(chosen.limit(most)).all()


def _held(session: Session, chosen: Any, words: str, most: int, *searched: Any) -> Iterator[Any]:
    """Return the first rows whose searched columns hold every word; these columns come last in each row."""
    wanted = words_of(words)
    rows = session.execute(chosen.add_columns(*searched).where(may_hold(wanted, *searched)))
    return islice((row for row in rows if holds(wanted, *row[-len(searched) :])), most)


def _members(session: Session, words: str, most: int) -> Iterator[Found]:
    chosen = named(select(Member.id, MEMBER_NAME, MEMBER_KIND, DEPARTEMENT).select_from(Member))
    chosen = chosen.where(matches(Member.search_key, words)).order_by(Member.sort_key, Member.id)
    for row_id, name, kind, code in _rows(session, chosen, most):
        yield Found("member", row_id, "Adhérents", name, _joined(kind, departement_name(code or "")))


def _persons(session: Session, words: str, most: int) -> Iterator[Found]:
    chosen = (
        select(Person.id, FULL_NAME, Person.city)
        .where(matches(Person.search_key, words))
        .order_by(Person.sort_key, Person.id)
    )
    for row_id, name, city in _rows(session, chosen, most):
        yield Found("person", row_id, "Personnes", name, city)


def _organisations(session: Session, words: str, most: int) -> Iterator[Found]:
    """Find the organisations that are no members: those are listed already."""
    chosen = (
        select(Organisation.id, Organisation.name, Organisation.kind, Organisation.departement)
        .outerjoin(Member, Member.organisation_id == Organisation.id)
        .where(matches(Organisation.search_key, words), Member.id.is_(None))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    for row_id, name, kind, code in _rows(session, chosen, most):
        yield Found("organisation", row_id, "Organismes", name, _joined(kind, departement_name(code)))


def _conventions(session: Session, words: str, most: int) -> Iterator[Found]:
    chosen = (
        select(Convention.id, Convention.title, Organisation.name)
        .join(Organisation, Convention.funder_id == Organisation.id)
        .where(matches(Convention.search_key, words))
        .order_by(Convention.sort_key, Convention.id)
    )
    for row_id, title, funder in _rows(session, chosen, most):
        yield Found("convention", row_id, "Conventions", title, funder)


def _budget_lines(session: Session, words: str, year: int | None, most: int) -> Iterator[Found]:
    chosen = (
        select(BudgetLine.id, BudgetLine.account_code, BudgetLine.label, BudgetLine.amount, FiscalYear.year)
        .join(Budget, BudgetLine.budget_id == Budget.id)
        .join(FiscalYear, Budget.fiscal_year_id == FiscalYear.id)
        .order_by(FiscalYear.year.desc(), BudgetLine.account_code, BudgetLine.id)
    )
    if year is not None:
        chosen = chosen.where(FiscalYear.year == year)
    searched = BudgetLine.account_code, BudgetLine.label
    for row_id, code, label, amount, held, *_ in _held(session, chosen, words, most, *searched):
        title = " ".join(filter(None, (code, label)))
        yield Found(
            "budget_line", row_id, "Lignes budgétaires", title, _joined(str(held), french.amount(amount))
        )


def _entries(session: Session, words: str, year: int | None, most: int) -> Iterator[Found]:
    chosen = select(Entry.id, Entry.account_code, Entry.label, Entry.entered_on, Entry.amount).order_by(
        Entry.entered_on.desc(), Entry.id
    )
    if year is not None:
        held = select(FiscalYear.id).where(FiscalYear.year == year).scalar_subquery()
        chosen = chosen.where(Entry.fiscal_year_id == held)
    searched = Entry.account_code, Entry.label, Entry.piece
    for row_id, code, label, day, amount, *_ in _held(session, chosen, words, most, *searched):
        title = " ".join(filter(None, (code, label)))
        yield Found(
            "entry", row_id, "Écritures", title, _joined(french.short_date(day), french.amount(amount))
        )


def _meetings(session: Session, words: str, most: int) -> Iterator[Found]:
    chosen = (
        select(Meeting.id, Body.name, Meeting.title, Meeting.held_on)
        .join(Body, Meeting.body_id == Body.id)
        .order_by(Meeting.held_on.desc(), Meeting.id)
    )
    searched = Body.name, Meeting.title, Meeting.place
    for row_id, body, title, day, *_ in _held(session, chosen, words, most, *searched):
        yield Found("meeting", row_id, "Réunions", f"{body} du {french.long_date(day)}", title)


def _campaigns(session: Session, words: str, most: int) -> Iterator[Found]:
    chosen = select(DuesCampaign.id, DuesCampaign.name, FiscalYear.year).join(FiscalYear)
    chosen = chosen.order_by(FiscalYear.year.desc(), DuesCampaign.id)
    for row_id, name, held, *_ in _held(session, chosen, words, most, DuesCampaign.name):
        yield Found("dues_campaign", row_id, "Cotisations", name, f"campagne {held}")


def _calls(session: Session, words: str, most: int) -> Iterator[Found]:
    """Find calls by their number: who is called is found among the members already."""
    if not any(letter.isdigit() for letter in words):
        return
    chosen = named(
        select(Dues.id, Dues.number, MEMBER_NAME, Dues.amount).join(Member, Dues.member_id == Member.id)
    ).order_by(Dues.number.desc(), Dues.id)
    for row_id, number, name, amount, *_ in _held(session, chosen, words, most, Dues.number):
        yield Found("dues", row_id, "Cotisations", f"Appel {number}", _joined(name, french.amount(amount)))


def _receipts(session: Session, words: str, most: int) -> Iterator[Found]:
    """Find receipts of dues by what names a payment: the number of a cheque or of a transfer, a slip."""
    if not any(letter.isdigit() for letter in words):
        return
    chosen = named(
        select(Receipt.id, Receipt.received_on, Receipt.amount, MEMBER_NAME)
        .join(Dues, Receipt.dues_id == Dues.id)
        .join(Member, Dues.member_id == Member.id)
    ).order_by(Receipt.received_on.desc(), Receipt.id)
    for row_id, day, amount, name, *_ in _held(session, chosen, words, most, Receipt.reference, Receipt.slip):
        title = f"Reçu le {french.short_date(day)} : {french.amount(amount)}"
        yield Found("receipt", row_id, "Encaissements", title, name)


def _joined(*texts: str) -> str:
    return " · ".join(filter(None, texts))
