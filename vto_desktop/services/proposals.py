"""What a campaign would call from each member: the amount, its computation, and what it was called before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vto_desktop.model import NATURAL_PERSON, Dues, DuesCampaign, DuesScale, FiscalYear, Member, Organisation
from vto_desktop.services.members import belongs_on
from vto_desktop.services.names import MEMBER_NAME, named
from vto_desktop.services.rows import get_row
from vto_desktop.services.scales import (
    WHOLE_YEAR,
    computation_in_words,
    computed_dues,
    months_owed,
    scale_for,
)

NO_SCALE = "Pas de barème pour ce type d’adhérent"
NO_POPULATION = "Population non renseignée"


@dataclass(frozen=True, slots=True)
class Computed:
    """What a scale makes a member owe: the amount in cents (None: it cannot be told) and its computation."""

    amount: int | None
    basis: str
    problem: str = ""  # why there is no amount

    @classmethod
    def of(
        cls, scale: DuesScale | None, population: int | None, *, joined_on: date | None, year: FiscalYear
    ) -> "Computed":
        """Compute by a scale, prorated when it says so and the member joined within the fiscal year."""
        if scale is None:
            return cls(None, "", NO_SCALE)
        months, whole = WHOLE_YEAR, WHOLE_YEAR
        if scale.is_prorated:
            months, whole = months_owed(joined_on, starts_on=year.starts_on, ends_on=year.ends_on)
        amount = computed_dues(scale, population, months=months, of=whole)
        words = computation_in_words(scale, population=population, months=months, of=whole)
        return cls(amount, words, NO_POPULATION if amount is None else "")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a campaign would call from one member. Cents."""

    member_id: int
    name: str
    kind: str
    population: int | None
    computed: Computed
    before: int | None  # called for the year compared with; None: nothing
    dues_id: int | None = None  # prepared already
    retained: int | None = None  # of dues prepared: the amount when it is not the computed one
    reason: str = ""


def computed(session: Session, campaign_id: int, member_id: int) -> Computed:
    """Return what a campaign's scale makes one member owe."""
    campaign = get_row(session, DuesCampaign, campaign_id)
    chosen = (
        select(Organisation.kind, Organisation.population, Member.joined_on)
        .select_from(Member)
        .outerjoin(Organisation, Member.organisation_id == Organisation.id)
        .where(Member.id == member_id)
    )
    kind, population, joined_on = session.execute(chosen).one()
    scale = scale_for(campaign.scales, kind or NATURAL_PERSON)
    return Computed.of(scale, population, joined_on=joined_on, year=campaign.fiscal_year)


def proposed(
    session: Session, year: FiscalYear, scales: Sequence[DuesScale], *, on: date, campaign_id: int | None
) -> list[Proposal]:
    """Return what the members of a day would be called, by name; those a campaign has called are left out.

    ``scales`` need not be kept yet. Dues that the campaign has prepared come with the amount retained.
    """
    present = {row.member_id: row for row in _present(session, campaign_id)}
    before = called_before(session, year.year)
    by_kind = {scale.kind: scale for scale in scales}
    chosen = named(
        select(Member.id, MEMBER_NAME, Organisation.kind, Organisation.population, Member.joined_on)
        .select_from(Member)
        .where(belongs_on(min(max(on, year.starts_on), year.ends_on)))
        .order_by(Member.sort_key, Member.id)
    )
    found = []
    for member_id, name, given, population, joined_on in session.execute(chosen):
        kind, prepared = given or NATURAL_PERSON, present.get(member_id)
        if prepared is not None and (prepared.called_on or prepared.cancelled_on):
            continue
        owed = Computed.of(by_kind.get(kind), population, joined_on=joined_on, year=year)
        kept = prepared if prepared is not None and prepared.amount != prepared.computed_amount else None
        found.append(
            Proposal(
                member_id, name, kind, population, owed, before.get(member_id),
                dues_id=prepared.id if prepared else None,
                retained=kept.amount if kept else None,
                reason=kept.reason if kept else "",
            )
        )  # fmt: skip
    return found


def _present(session: Session, campaign_id: int | None) -> Iterable[Dues]:
    if campaign_id is None:
        return ()
    return session.scalars(select(Dues).where(Dues.campaign_id == campaign_id))


def called_before(session: Session, year: int) -> dict[int, int]:
    """Return by member what was called for the latest earlier fiscal year that has dues.

    What a member that merged was called counts for the one that took it in.
    """
    earlier = year_before(session, year)
    chosen = (
        select(Dues.member_id, func.sum(Dues.amount))
        .join(DuesCampaign, Dues.campaign_id == DuesCampaign.id)
        .join(FiscalYear, DuesCampaign.fiscal_year_id == FiscalYear.id)
        .where(FiscalYear.year == earlier, Dues.cancelled_on.is_(None))
        .group_by(Dues.member_id)
    )
    after = dict(
        session.execute(select(Member.id, Member.successor_id).where(Member.successor_id.is_not(None))).all()
    )
    found: dict[int, int] = {}
    for member_id, amount in session.execute(chosen):
        last = _last_successor(member_id, after)
        found[last] = found.get(last, 0) + int(amount)
    return found


def _last_successor(member_id: int, after: Mapping[int, int | None]) -> int:
    seen = {member_id}
    while (next_id := after.get(member_id)) is not None and next_id not in seen:
        seen.add(next_id)
        member_id = next_id
    return member_id


def year_before(session: Session, year: int) -> int | None:
    """Return the latest fiscal year before this one that has dues."""
    chosen = select(func.max(FiscalYear.year)).join(DuesCampaign).join(Dues).where(FiscalYear.year < year)
    return session.scalar(chosen)
