"""Dues of members, and the money received for dues or for instalments."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop.model.accounts import FiscalYear
from vto_desktop.model.base import Base, Cents, Day, strict
from vto_desktop.model.funding import Instalment
from vto_desktop.model.governance import Meeting
from vto_desktop.model.members import Member


class Means(StrEnum):
    """How money came; the value is the label that users read."""

    TRANSFER = "Virement"
    CHEQUE = "Chèque"
    CASH = "Espèces"
    DEBIT = "Prélèvement"
    OTHER = "Autre"


class DuesCampaign(Base):
    """The calls for dues of one fiscal year, and the meeting that decided them."""

    __tablename__ = "dues_campaign"

    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"), index=True)
    name: Mapped[str]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    called_on: Mapped[Day | None]
    due_on: Mapped[Day | None]
    notes: Mapped[str] = mapped_column(default="")

    fiscal_year: Mapped[FiscalYear] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    scales: Mapped[list["DuesScale"]] = relationship(
        back_populates="campaign", cascade="all, delete-orphan", order_by="DuesScale.id"
    )


class DuesScale(Base):
    """What members of one kind owe: a flat amount and/or a rate per inhabitant, within a minimum and maximum.

    ``rate`` is in ten-thousandths of a euro per inhabitant: 0,04 € is 400. Amounts are in cents.
    """

    __tablename__ = "dues_scale"
    __table_args__ = strict(UniqueConstraint("campaign_id", "kind"))

    campaign_id: Mapped[int] = mapped_column(ForeignKey("dues_campaign.id", ondelete="CASCADE"))
    kind: Mapped[str]  # a Kind value or « Personne physique »
    flat: Mapped[Cents] = mapped_column(default=0)
    rate: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[Cents | None]
    maximum: Mapped[Cents | None]
    # Whether a member who joins within the fiscal year owes only the months left, its first one included.
    is_prorated: Mapped[bool] = mapped_column(default=False, server_default=text("0"))

    campaign: Mapped[DuesCampaign] = relationship(back_populates="scales")


class Dues(Base):
    """One member's dues of one campaign: computed, retained, called, and cancelled but never erased."""

    __tablename__ = "dues"
    __table_args__ = strict(UniqueConstraint("campaign_id", "member_id"))

    campaign_id: Mapped[int] = mapped_column(ForeignKey("dues_campaign.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    number: Mapped[str] = mapped_column(default="")
    computed_amount: Mapped[Cents | None]
    basis: Mapped[str] = mapped_column(default="", server_default="")  # the computation in words, as called
    amount: Mapped[Cents]
    reason: Mapped[str] = mapped_column(default="")  # when the amount is not the computed one
    commitment_number: Mapped[str] = mapped_column(default="", server_default="")  # numéro d'engagement
    called_on: Mapped[Day | None]
    due_on: Mapped[Day | None]
    cancelled_on: Mapped[Day | None]
    cancelling_reason: Mapped[str] = mapped_column(default="")

    campaign: Mapped[DuesCampaign] = relationship()
    member: Mapped[Member] = relationship()


class Receipt(Base):
    """Money actually received for one instalment or for one member's dues.

    A payment that settles several dues is one receipt for each: they share ``payment``, their date, means
    and reference.
    """

    __tablename__ = "receipt"
    __table_args__ = strict(
        CheckConstraint("(instalment_id IS NULL) <> (dues_id IS NULL)", "one_purpose"),
        Index("ix_receipt_received_on", "received_on", "instalment_id", "dues_id", "amount"),
    )

    received_on: Mapped[Day]
    amount: Mapped[Cents]
    means: Mapped[str] = mapped_column(default=Means.TRANSFER.value)
    reference: Mapped[str] = mapped_column(default="")
    payment: Mapped[int | None] = mapped_column(index=True)  # the payment it is part of; None: it is alone
    slip: Mapped[str] = mapped_column(default="", server_default="")  # the bank slip it was handed in with
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("instalment.id"), index=True)
    dues_id: Mapped[int | None] = mapped_column(ForeignKey("dues.id"), index=True)
    notes: Mapped[str] = mapped_column(default="")

    instalment: Mapped[Instalment | None] = relationship()
    dues: Mapped[Dues | None] = relationship()


class Reminder(Base):
    """A reminder sent for dues not settled: first, second or last (levels 1 to 3), each once."""

    __tablename__ = "reminder"
    __table_args__ = strict(
        UniqueConstraint("dues_id", "level"), CheckConstraint("level BETWEEN 1 AND 3", "known_level")
    )

    dues_id: Mapped[int] = mapped_column(ForeignKey("dues.id", ondelete="CASCADE"))
    level: Mapped[int]
    sent_on: Mapped[Day]
    amount: Mapped[Cents]  # what was left to pay on that day
    notes: Mapped[str] = mapped_column(default="")

    dues: Mapped[Dues] = relationship()
