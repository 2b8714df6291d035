"""The « Fiche » tab of dues: what is owed, how it was computed, what came, by when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, Meeting, Member
from vto_desktop.services.standing import days_late, standing
from vto_desktop.ui.forms.dues_items import state_chip
from vto_desktop.ui.kit.chips import Chip

Fact = tuple[str, str | Chip | None]


@dataclass(frozen=True)
class Sheet:
    """Dues as the panel shows them. Cents."""

    dues: Dues
    member_id: int
    name: str
    campaign: str
    meeting: Meeting | None
    received: int
    due: int
    overpaid: int
    state: str
    late: int

    @property
    def chips(self) -> list[Chip]:
        """Return what is told beside the name."""
        found = [chip for chip in (state_chip(self.state, overpaid=self.overpaid),) if chip is not None]
        if self.late:
            found.append(Chip(f"Échue depuis {french.count(self.late, 'jour')}", "danger"))
        return found

    @property
    def below(self) -> str:
        """Return the second line: the number of the call, the campaign."""
        number = f"Appel n°\u00a0{self.dues.number}" if self.dues.number else "Sans numéro"
        return f"{number} · {self.campaign}"


def read_sheet(session: Session, dues_id: int, *, today: date) -> Sheet | None:
    """Return dues with what came of them, or None when they are gone."""
    at = standing(today, dues_ids=[dues_id])
    chosen = at.joined(
        select(
            Dues,
            Member,
            DuesCampaign.name,
            DuesCampaign.meeting_id,
            at.received,
            at.due,
            at.overpaid,
            at.state,
        )
    ).join(Member, Dues.member_id == Member.id)
    found = session.execute(chosen.where(Dues.id == dues_id)).first()
    if found is None:
        return None
    dues, member, campaign, meeting_id, received, due, overpaid, state = found
    return Sheet(
        dues, member.id, member.name, campaign, session.get(Meeting, meeting_id) if meeting_id else None,
        received, due, overpaid, state, days_late(dues.due_on, due=due, on=today),
    )  # fmt: skip


def facts(sheet: Sheet) -> list[Fact]:
    """Return what the tab shows: amounts first, then dates."""
    dues = sheet.dues
    found: list[Fact] = [("Montant", french.amount(dues.amount))]
    if dues.basis:
        found.append(("Calcul", dues.basis))
    if dues.reason:
        found.append(("Écart", dues.reason))
    found.append(("Reçu", french.amount(sheet.received)))
    found.append(("Reste", french.amount(sheet.due)))
    if sheet.overpaid:
        found.append(("Trop-perçu", french.amount(sheet.overpaid)))
    if sheet.meeting is not None:
        found.append(("Décidée le", french.short_date(sheet.meeting.held_on)))
    found.append(
        ("Appelée le", french.short_date(dues.called_on) if dues.called_on else "pas encore appelée")
    )
    if dues.called_on:
        found.append(("À régler le", french.short_date(dues.due_on)))
    if dues.commitment_number:
        found.append(("Engagement", dues.commitment_number))
    if dues.cancelled_on:
        found.append(("Annulée le", f"{french.short_date(dues.cancelled_on)}\n{dues.cancelling_reason}"))
    return found
