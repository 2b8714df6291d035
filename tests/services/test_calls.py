"""Calls for dues: computed, prepared, then called with numbers that never leave a gap, whatever is done."""

import shutil
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Dues, DuesCampaign, DuesScale, FiscalYear, Member, Organisation
from vto_desktop.services import accounts, calls, campaigns, dues, members, proposals
from vto_desktop.services.calls import Retained
from vto_desktop.store import Dossier, open_dossier

DAY = date(2022, 2, 15)
DUE = date(2022, 6, 30)


def plain(text: str) -> str:
    return text.replace(french.NBSP, " ").replace(french.THIN, " ")


def open_2022(session: Session) -> DuesCampaign:
    """Return a campaign of 2022 with the scales of 2021."""
    year = accounts.save_year(session, accounts.next_year(session))
    found = campaigns.scales_before(session, 2022)
    assert found is not None
    assert found[0] == 2021
    row = DuesCampaign(fiscal_year_id=year.id, name="Cotisations 2022", called_on=DAY, due_on=DUE)
    kept = campaigns.save_campaign(session, row)
    campaigns.set_scales(session, kept.id, found[1])
    return kept


def joins(session: Session, name: str, on: date | None, **about: object) -> Member:
    holder = Organisation(name=name, kind="Commune", **about)
    return members.save_member(session, Member(organisation=holder, college_id=1, joined_on=on))


def test_every_member_is_proposed_with_its_computation_and_what_it_was_called_before(
    writing: Session,
) -> None:
    campaign = open_2022(writing)
    joins(writing, "Ville sans population", None)
    joins(writing, "Ville partie trop tôt", None, population=10).left_on = date(2022, 1, 10)
    writing.flush()
    found = proposals.proposed(
        writing, campaign.fiscal_year, campaign.scales, on=DAY, campaign_id=campaign.id
    )
    assert len(found) == 17
    by_name = {each.name: each for each in found}
    ales = by_name["Alès Agglomération"]
    assert plain(ales.computed.basis) == "138 176 hab. × 0,04 € = 5 527,04 €"
    assert (ales.computed.amount, ales.before) == (552_704, 552_704)
    unknown = by_name["Ville sans population"]
    assert (unknown.computed.amount, unknown.computed.problem) == (None, "Population non renseignée")
    assert unknown.before is None
    without = proposals.proposed(writing, campaign.fiscal_year, [], on=DAY, campaign_id=None)
    assert {each.computed.problem for each in without} == {"Pas de barème pour ce type d’adhérent"}


def test_a_member_that_joins_within_the_year_owes_the_months_left_when_the_scale_says_so(
    writing: Session,
) -> None:
    campaign = open_2022(writing)
    member = joins(writing, "Ville de Béziers", date(2022, 6, 20), population=138_176)
    assert proposals.computed(writing, campaign.id, member.id).amount == 690_880
    scale = next(each for each in campaign.scales if each.kind == "Commune")
    scale.is_prorated, scale.rate = True, 400
    writing.flush()
    owed = proposals.computed(writing, campaign.id, member.id)
    assert owed.amount == 322_411
    assert plain(owed.basis) == "138 176 hab. × 0,04 € = 5 527,04 €, 7 mois sur 12 : 3 224,11 €"
    day = date(2022, 7, 1)
    row = dues.save_dues(
        writing,
        Dues(
            campaign_id=campaign.id, member_id=member.id, amount=322_411, computed_amount=322_411,
            basis=owed.basis, called_on=day, due_on=campaigns.due_day(campaign, day),
        ),
    )  # fmt: skip
    assert (row.number, row.due_on) == ("2022-001", day + (DUE - DAY))


def test_what_a_merged_member_was_called_counts_for_its_successor(writing: Session) -> None:
    rows = writing.scalars(select(Member).order_by(Member.id).limit(3)).all()
    called = proposals.called_before(writing, 2022)
    rows[0].successor_id, rows[1].successor_id = rows[1].id, rows[2].id
    writing.flush()
    after = proposals.called_before(writing, 2022)
    assert after[rows[2].id] == sum(called[row.id] for row in rows)
    assert rows[0].id not in after
    assert proposals.called_before(writing, 2021) == {}


def test_an_amount_that_is_not_the_scale_s_asks_for_a_reason(writing: Session) -> None:
    campaign = open_2022(writing)
    first, second = writing.scalars(select(Member.id).order_by(Member.id).limit(2))
    wanted = {first: Retained(10_000), second: Retained(-5, "Geste")}
    with pytest.raises(Invalid) as refused:
        calls.prepare_dues(writing, campaign.id, on=DAY, wanted=wanted)
    assert set(refused.value.problems) == {f"{first}.reason", f"{second}.amount"}
    rows = calls.prepare_dues(writing, campaign.id, on=DAY, wanted={first: Retained(10_000, "Vote du CA")})
    assert [(row.amount, row.reason, row.number, row.called_on) for row in rows] == [
        (10_000, "Vote du CA", "", None)
    ]
    again = proposals.proposed(
        writing, campaign.fiscal_year, campaign.scales, on=DAY, campaign_id=campaign.id
    )
    kept = next(each for each in again if each.member_id == first)
    assert (kept.dues_id, kept.retained, kept.reason) == (rows[0].id, 10_000, "Vote du CA")
    changed = calls.prepare_dues(writing, campaign.id, on=DAY)
    assert len(changed) == 16
    assert next(row.amount for row in changed if row.member_id == first) == 10_000


def test_a_campaign_its_scales_and_its_calls_are_kept_in_one_go(writing: Session) -> None:
    year = accounts.save_year(writing, accounts.next_year(writing))
    before = campaigns.scales_before(writing, 2022)
    assert before is not None
    wanted = {each.member_id: Retained(each.computed.amount or 0) for each in
              proposals.proposed(writing, year, before[1], on=DAY, campaign_id=None)}  # fmt: skip
    row = DuesCampaign(fiscal_year_id=year.id, name="Cotisations 2022", due_on=DUE)
    with pytest.raises(Invalid, match="date de l’appel"):
        calls.keep_campaign(writing, row, before[1], wanted, on=DAY, calls=True)
    bad = [*before[1], DuesScale(kind="Commune", minimum=5, maximum=1)]
    with pytest.raises(Invalid) as refused:
        calls.keep_campaign(writing, row, bad, wanted, on=DAY, calls=False)
    last = len(before[1])
    assert set(refused.value.problems) == {f"scales.{last}.kind", f"scales.{last}.maximum"}
    row.called_on = DAY
    kept, called = calls.keep_campaign(writing, row, before[1], wanted, on=DAY, calls=True)
    assert [each.number for each in called] == [f"2022-{n:03d}" for n in range(1, 17)]
    names = [each.member.sort_key for each in called]
    assert names == sorted(names)
    assert sum(each.amount for each in called) == 6_400_000
    assert {each.kind for each in kept.scales} == {each.kind for each in before[1]}


def test_a_call_is_not_taken_back_nor_given_away(writing: Session) -> None:
    campaign = open_2022(writing)
    row = writing.scalars(select(Dues).order_by(Dues.id)).first()
    assert row is not None
    other = writing.scalars(select(Member.id).where(Member.id != row.member_id)).first()
    values = {"called_on": None, "due_on": None, "campaign_id": campaign.id, "member_id": other}
    changed = Dues(id=row.id, amount=row.amount, computed_amount=row.computed_amount, **values)
    with pytest.raises(Invalid) as refused:
        dues.save_dues(writing, changed)
    assert set(refused.value.problems) == {"called_on", "campaign_id", "member_id"}
    held = campaigns.campaigns_of(writing, 2021)[0]
    held.fiscal_year_id = campaign.fiscal_year_id
    with pytest.raises(Invalid, match="ne change plus"):
        campaigns.save_campaign(writing, held)
    writing.rollback()


def test_numbers_that_earlier_versions_gave_before_the_call_are_taken_back(writing: Session) -> None:
    campaign = open_2022(writing)
    rows = calls.prepare_dues(writing, campaign.id, on=DAY)
    for place, row in enumerate(rows, 1):
        row.number = f"2022-{place:03d}"
    writing.flush()
    called = calls.call_dues(writing, [rows[5].id], on=DAY, due_on=DUE)
    assert [row.number for row in called] == ["2022-001"]
    assert [row.number for row in rows if row.called_on is None] == [""] * 15
    with pytest.raises(Invalid, match="L’échéance doit suivre"):
        calls.call_dues(writing, [rows[0].id], on=DAY, due_on=DAY - timedelta(1))


def test_members_that_joined_since_wait_to_be_called(writing: Session) -> None:
    assert calls.not_called(writing, 2021, on=date(2021, 12, 31)) == []
    late = joins(writing, "Ville de Béziers", date(2021, 10, 1), population=80_000)
    holder = Organisation(name="Région Occitanie", kind="Région", population=6_000_000)
    members.save_member(writing, Member(organisation=holder, college_id=1))  # no scale calls regions
    assert calls.not_called(writing, 2021, on=date(2021, 9, 30)) == []
    assert calls.not_called(writing, 2021, on=date(2021, 12, 31)) == [late.id]
    assert calls.not_called(writing, 2020, on=date(2021, 12, 31)) == []
    campaign = campaigns.campaigns_of(writing, 2021)[0]
    rows = calls.prepare_dues(writing, campaign.id, on=date(2021, 12, 31))
    assert calls.not_called(writing, 2021, on=date(2021, 12, 31)) == []
    assert calls.prepared(writing, 2021) == [rows[0].id]
    assert calls.call_prepared(writing, [rows[0].id], today=date(2021, 11, 2)) == 1
    assert (rows[0].called_on, rows[0].due_on) == (date(2021, 11, 2), date(2022, 3, 17))


def test_scales_are_set_as_a_list(writing: Session) -> None:
    campaign = writing.scalars(select(DuesCampaign)).one()
    kept = {scale.kind: scale.id for scale in campaign.scales}
    wanted = [
        DuesScale(kind="Commune", flat=0, rate=700, is_prorated=True),
        DuesScale(kind="Région", flat=5, rate=0),
    ]
    campaigns.set_scales(writing, campaign.id, wanted)
    writing.expire(campaign)
    assert [(each.kind, each.rate, each.is_prorated) for each in campaign.scales] == [
        ("Commune", 700, True), ("Région", 0, False),
    ]  # fmt: skip
    assert campaign.scales[0].id == kept["Commune"]


# --- numbers, whatever is done -------------------------------------------------------------------


class Bookkeeper:
    """Does at random what a treasurer may do with calls, each in one step of a real dossier."""

    def __init__(self, dossier: Dossier, seed: int) -> None:
        self.dossier = dossier
        self.random = Random(seed)  # noqa: S311 - a test's sample

    def act(self) -> None:
        acts = (
            self.prepare, self.call_some, self.call_some, self.call_alone, self.cancel, self.delete,
            self.edit, self.join, self.undo, self.redo,
        )  # fmt: skip
        self.random.choice(acts)()

    def _campaign(self, session: Session) -> DuesCampaign:
        return self.random.choice(session.scalars(select(DuesCampaign).order_by(DuesCampaign.id)).all())

    def _dues(self, session: Session) -> Dues:
        return self.random.choice(session.scalars(select(Dues).order_by(Dues.id)).all())

    def prepare(self) -> None:
        with self.dossier.write("Préparer") as session:
            campaign = self._campaign(session)
            offered = proposals.proposed(
                session, campaign.fiscal_year, campaign.scales, on=DAY, campaign_id=campaign.id
            )
            some = self.random.sample(offered, min(len(offered), 3))
            wanted = {each.member_id: Retained(self.random.randrange(500), "Au hasard") for each in some}
            calls.prepare_dues(session, campaign.id, on=DAY, wanted=wanted)

    def call_some(self) -> None:
        with self.dossier.write("Appeler") as session:
            ids = session.scalars(select(Dues.id).order_by(Dues.id)).all()
            calls.call_dues(session, self.random.sample(ids, min(len(ids), 4)), on=DAY, due_on=DUE)

    def call_alone(self) -> None:
        with self.dossier.write("Appeler un adhérent") as session:
            campaign = self._campaign(session)
            held = set(session.scalars(select(Dues.member_id).where(Dues.campaign_id == campaign.id)))
            free = [
                each for each in session.scalars(select(Member.id).order_by(Member.id)) if each not in held
            ]
            if free:
                row = Dues(campaign_id=campaign.id, member_id=free[0], amount=7, called_on=DAY, number="")
                dues.save_dues(session, row)

    def cancel(self) -> None:
        with self.dossier.write("Annuler") as session:
            dues.cancel_dues(session, self._dues(session).id, on=DAY, reason="Essai")

    def delete(self) -> None:
        with suppress(UserError), self.dossier.write("Supprimer") as session:
            dues.delete_dues(session, self._dues(session).id)

    def edit(self) -> None:
        with self.dossier.read() as session:
            row = self._dues(session)
        row.called_on = self.random.choice([row.called_on, DAY, None])
        row.due_on = None
        with suppress(Invalid), self.dossier.write("Modifier") as session:
            dues.save_dues(session, row)

    def join(self) -> None:
        with self.dossier.write("Adhésion") as session:
            joins(session, f"Ville {self.random.randrange(10**6)}", DAY, population=1000)

    def undo(self) -> None:
        if self.dossier.undo_label is not None:
            self.dossier.undo()

    def redo(self) -> None:
        if self.dossier.redo_label is not None:
            self.dossier.redo()


def assert_without_gap(session: Session) -> None:
    rows = session.execute(
        select(FiscalYear.year, Dues.number, Dues.called_on)
        .select_from(Dues)
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
    ).all()
    given = Counter(year for year, _number, called_on in rows if called_on is not None)
    for year, count in given.items():
        numbers = [number for held, number, called_on in rows if held == year and called_on is not None]
        assert sorted(numbers) == [f"{year}-{n:03d}" for n in range(1, count + 1)]
    assert all(number == "" for _year, number, called_on in rows if called_on is None)


@pytest.mark.parametrize("seed", range(8))
def test_numbers_of_a_year_never_have_a_gap(example_file: Path, tmp_path: Path, seed: int) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "exemple.vto"))
    with open_dossier(path) as dossier:
        with dossier.write("Ouvrir 2022") as session:
            first = open_2022(session)
            session.add(DuesCampaign(fiscal_year_id=first.fiscal_year_id, name="Complément 2022"))
        keeper = Bookkeeper(dossier, seed)
        for _ in range(70):
            keeper.act()
            with dossier.read() as session:
                assert_without_gap(session)
