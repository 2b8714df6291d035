"""What the list of members reads: the first ids are those of all ids, one row a member, dues looked up."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from tests.ui.pages.members_rows import member_called
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, Person, Rank, Receipt, Representative
from vto_desktop.services.dues import State
from vto_desktop.store import Dossier
from vto_desktop.ui.pages.members import listing, owed, shown
from vto_desktop.ui.pages.members.listing import Listing

TODAY = date(2022, 2, 1)
LUNEL = "Ville de Lunel"


def look(text: str = "", **chips: Any) -> Listing:
    return Listing(text, chips, 2021, today=TODAY)


@pytest.mark.parametrize("near", [0, 3, 8_000], ids=["far", "near", "all near"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("text", ["", "v", "ville", "communaute agglo", "lunel", "introuvable"])
@pytest.mark.parametrize("most", [1, 4, 100])
def test_the_first_ids_are_the_first_of_all(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, near: int, descending: bool, text: str, most: int
) -> None:
    monkeypatch.setattr(listing, "NEAR", near)
    with dossier.read() as session:
        every = look(text).ids(session, "name", descending=descending)
        first = look(text).first_ids(session, descending=descending, most=most)
    assert list(first) == list(every)[:most]
    assert bool(every) == (text != "introuvable")


def test_a_member_called_twice_in_a_year_is_one_row_in_its_latest_state_and_both_are_summed(
    dossier: Dossier,
) -> None:
    with dossier.read() as session:
        before = look().sums(session)
    with dossier.write("Appel complémentaire") as session:
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
        member = member_called(session, LUNEL)
        campaign = DuesCampaign(fiscal_year=year, name="Appel complémentaire")
        session.add(
            Dues(campaign=campaign, member=member, amount=5_000, called_on=date(2021, 9, 1), due_on=TODAY)
        )
        sent = Person(last_name="Durand", first_name="Anne")
        session.add(Representative(member=member, person=sent, rank=Rank.SUBSTITUTE.value, position=9))
    with dossier.read() as session:
        ids = look().ids(session, "state", descending=False)
        called = look(state=State.CALLED.value)
        (row,) = called.rows(session, called.ids(session, "", descending=False))
        after = look().sums(session)
    assert len(set(ids)) == len(ids) == 16
    assert (row[0], row[5].text) == (LUNEL, State.CALLED.value)
    assert row[4][1].endswith("+1 suppl.")
    assert (after.called, after.received) == (before.called + 5_000, before.received)


def test_a_row_reads_as_dues_stand_on_the_day(dossier: Dossier) -> None:
    def seen(today: date) -> object:
        with dossier.read() as session:
            member = member_called(session, LUNEL).id
            return Listing("", {}, 2021, today=today).rows(session, [member])[0][5]

    with dossier.write("Essai") as session:
        dues = session.scalars(select(Dues).where(Dues.member == member_called(session, LUNEL))).one()
        dues.called_on, dues.due_on = date(2021, 2, 1), date(2021, 4, 30)
        for receipt in session.scalars(select(Receipt).where(Receipt.dues == dues)):
            session.delete(receipt)
    read = [str(seen(day)) for day in (date(2021, 1, 1), date(2021, 3, 1), date(2021, 5, 1))]
    assert read == ["À appeler", "Appelée", "En retard"]
    with dossier.write("Sans cotisation") as session:
        session.delete(session.get_one(Dues, dues.id))
    assert seen(TODAY) is None


def test_every_statement_compiles_for_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    for text in ("", "lunel", "v"):
        seen = look(text, on=TODAY, state=State.LATE.value)
        for by_scan in (False, True):
            assert "member" in str(seen._chosen(Member.id, by_scan=by_scan).compile(dialect=dialect))
    assert "representative" in str(shown._shown().compile(dialect=dialect))
    assert owed.owed(2021, today=TODAY) is owed.owed(2021, today=TODAY)
