"""The tables of a dossier and their small own rules; importing the package maps them all."""

from typing import Any

from sqlalchemy import event

from vto_desktop.model.accounts import (
    Account,
    Action,
    Basis,
    Budget,
    BudgetLine,
    Entry,
    FiscalYear,
    FormLine,
    FormMapping,
    PublishedFigure,
)
from vto_desktop.model.association import Association, Signatory
from vto_desktop.model.base import Base
from vto_desktop.model.dues import Dues, DuesCampaign, DuesScale, Means, Receipt, Reminder
from vto_desktop.model.funding import (
    Amendment,
    Convention,
    ConventionAgreement,
    ConventionShare,
    FundingSource,
    Instalment,
    Programme,
    ReportDue,
    ReportKind,
    ReportRhythm,
)
from vto_desktop.model.governance import (
    Attendance,
    Body,
    BodyKind,
    BodySeats,
    Decision,
    Eligibility,
    Mandate,
    Meeting,
    MeetingDocument,
    MeetingKind,
    Office,
    Outcome,
    Presence,
)
from vto_desktop.model.members import College, Member, Rank, Representative
from vto_desktop.model.organisations import (
    LOCAL_AUTHORITIES,
    NATURAL_PERSON,
    PLURAL_KINDS,
    SHORT_KINDS,
    CivilStatus,
    Kind,
    Organisation,
    OrganisationAlias,
    Person,
)

__all__ = [
    "LOCAL_AUTHORITIES",
    "NATURAL_PERSON",
    "PLURAL_KINDS",
    "SHORT_KINDS",
    "Account",
    "Action",
    "Amendment",
    "Association",
    "Attendance",
    "Base",
    "Basis",
    "Body",
    "BodyKind",
    "BodySeats",
    "Budget",
    "BudgetLine",
    "CivilStatus",
    "College",
    "Convention",
    "ConventionAgreement",
    "ConventionShare",
    "Decision",
    "Dues",
    "DuesCampaign",
    "DuesScale",
    "Eligibility",
    "Entry",
    "FiscalYear",
    "FormLine",
    "FormMapping",
    "FundingSource",
    "Instalment",
    "Kind",
    "Mandate",
    "Means",
    "Meeting",
    "MeetingDocument",
    "MeetingKind",
    "Member",
    "Office",
    "Organisation",
    "OrganisationAlias",
    "Outcome",
    "Person",
    "Presence",
    "Programme",
    "PublishedFigure",
    "Rank",
    "Receipt",
    "Reminder",
    "ReportDue",
    "ReportKind",
    "ReportRhythm",
    "Representative",
    "Signatory",
]


def _refresh_keys(_mapper: Any, _connection: Any, row: Any) -> None:
    if hasattr(row, "keys"):
        row.sort_key, row.search_key = row.keys()


# A row that knows its own keys refreshes them whenever it is written; Member and Convention, whose keys
# need other rows, are refreshed by their services.
event.listen(Base, "before_insert", _refresh_keys, propagate=True)
event.listen(Base, "before_update", _refresh_keys, propagate=True)
