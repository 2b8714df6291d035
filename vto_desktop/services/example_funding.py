"""The example's money: dues called and settled, conventions with their instalments received, the budget."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import (
    Budget,
    BudgetLine,
    Convention,
    ConventionAgreement,
    ConventionShare,
    Dues,
    DuesCampaign,
    DuesScale,
    Instalment,
    Member,
    Programme,
    Receipt,
    ReportDue,
)
from vto_desktop.services.convention_keys import refresh_keys
from vto_desktop.services.scales import computation_in_words, computed_dues, scale_for

if TYPE_CHECKING:
    from vto_desktop.services.example import Built


def build(
    session: Session,
    built: "Built",
    finances: dict[str, Any],
    conventions_: dict[str, Any],
    budget: list[dict[str, str]],
) -> None:
    """Add the dues, the conventions and the budget of the example year."""
    _dues(session, built, finances["cotisations"])
    made = _conventions(session, built, conventions_)
    session.flush()
    _budget(session, built, finances["budget"], budget, made)


def _amount(text: str | None) -> int | None:
    return french.parse_amount(text) if text else None


def _dues(session: Session, built: "Built", given: dict[str, Any]) -> None:
    from vto_desktop.services.example import EXAMPLE_YEAR, read_toml

    campaign = DuesCampaign(
        fiscal_year=built.years[EXAMPLE_YEAR],
        name=given["nom"],
        called_on=given["appel"],
        due_on=given["echeance"],
        scales=[_scale(each) for each in given["bareme"]],
    )
    session.add(campaign)
    for number, each in enumerate(read_toml("adherents.toml")["adherent"], 1):
        member = built.members[each.get("organisme") or each["personne"]]
        amount, basis = _owed(campaign, member)
        called = Dues(
            campaign=campaign,
            member=member,
            number=f"{EXAMPLE_YEAR}-{number:03d}",
            computed_amount=amount,
            basis=basis,
            amount=amount,
            called_on=given["appel"],
            due_on=given["echeance"],
        )
        session.add(
            Receipt(dues=called, received_on=each["regle_le"], amount=amount, reference=called.number)
        )


def _owed(campaign: DuesCampaign, member: Member) -> tuple[int, str]:
    """Return what a member owes, and its computation in words."""
    scale = scale_for(campaign.scales, member.kind)
    population = member.organisation.population if member.organisation else None
    amount = computed_dues(scale, population) if scale else None
    if scale is None or amount is None:
        raise LookupError(f"no scale for {member.name}")
    return amount, computation_in_words(scale, population=population)


def _scale(given: dict[str, str]) -> DuesScale:
    # A rate has four decimals: « 0,0400 » € is 400 ten-thousandths.
    return DuesScale(
        kind=given["type"],
        flat=_amount(given.get("forfait")) or 0,
        rate=int(given.get("taux", "0").replace(",", "")),
        minimum=_amount(given.get("minimum")),
        maximum=_amount(given.get("maximum")),
    )


def _conventions(session: Session, built: "Built", given: dict[str, Any]) -> dict[str, Convention]:
    programme = session.scalars(select(Programme)).first()
    made = {key: _convention(built, each, programme) for key, each in given.items()}
    session.add_all(made.values())
    for key, each in given.items():
        for instalment, paid in zip(made[key].instalments, each.get("tranches", ()), strict=True):
            session.add(Receipt(instalment=instalment, received_on=paid[4], amount=instalment.amount))
    session.flush()
    refresh_keys(session, [row.id for row in made.values()])
    return made


def _convention(built: "Built", given: dict[str, Any], programme: Programme | None) -> Convention:
    asked = given.get("demande", (None, None))
    row = Convention(
        title=given["titre"],
        object=given.get("objet", ""),
        funder=built.organisations[given["financeur"]],
        funding_source_id=built.sources[given["source"]],
        programme=programme if given.get("programme") else None,
        account_code=given["compte"],
        is_members_only=given.get("reservee_aux_adherents", False),
        asked_amount=_amount(asked[0]),
        asked_on=asked[1],
        awarded_amount=_amount(given.get("accorde")),
        notified_on=given.get("notifiee"),
        signed_on=given.get("signee"),
        starts_on=given.get("debut"),
        ends_on=given.get("fin"),
        settled_on=given.get("soldee"),
        notes=given.get("notes", ""),
    )
    row.shares = [
        ConventionShare(year=int(year), amount=french.parse_amount(amount))
        for year, amount in given.get("parts", {}).items()
    ]
    row.agreements = [
        ConventionAgreement(organisation=built.organisations[key]) for key in given.get("en_accord_avec", ())
    ]
    row.instalments = [
        Instalment(
            label=label, due_on=due, amount=french.parse_amount(amount), condition=condition, position=n
        )
        for n, (label, due, amount, condition, _) in enumerate(given.get("tranches", ()))
    ]
    row.reports_due = [
        ReportDue(year=year, due_on=due, sent_on=sent) for year, due, sent in given.get("comptes_rendus", ())
    ]
    return row


def _budget(
    session: Session,
    built: "Built",
    given: dict[str, Any],
    lines: list[dict[str, str]],
    made: dict[str, Convention],
) -> None:
    budget = session.scalars(select(Budget)).one()
    budget.name, budget.voted_on = given["nom"], given["vote"]
    budget.lines = [
        BudgetLine(
            account_code=line["compte"],
            label=line["libellé"],
            amount=french.parse_amount(line["montant"]),
            convention=made.get(line["convention"]),
            funding_source_id=built.sources[line["source"]] if line["source"] else None,
        )
        for line in lines
    ]
