"""Dues of members, and the money received for dues or for instalments."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
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

    campaign: Mapped[DuesCampaign] = relationship(back_populates="scales")


class Dues(Base):
    """One member's dues of one campaign: computed, retained, called, and cancelled but never erased."""

    __tablename__ = "dues"
    __table_args__ = strict(UniqueConstraint("campaign_id", "member_id"))

    campaign_id: Mapped[int] = mapped_column(ForeignKey("dues_campaign.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    number: Mapped[str] = mapped_column(default="")
    computed_amount: Mapped[Cents | None]
    amount: Mapped[Cents]
    reason: Mapped[str] = mapped_column(default="")  # when the amount is not the computed one
    called_on: Mapped[Day | None]
    due_on: Mapped[Day | None]
    cancelled_on: Mapped[Day | None]
    cancelling_reason: Mapped[str] = mapped_column(default="")

    campaign: Mapped[DuesCampaign] = relationship()
    member: Mapped[Member] = relationship()


class Receipt(Base):
    """Money actually received for one instalment or for one member's dues.

    A payment that settles several dues is one receipt for each, with the same date and reference.
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
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("instalment.id"), index=True)
    dues_id: Mapped[int | None] = mapped_column(ForeignKey("dues.id"), index=True)
    notes: Mapped[str] = mapped_column(default="")

    instalment: Mapped[Instalment | None] = relationship()
    dues: Mapped[Dues | None] = relationship()
