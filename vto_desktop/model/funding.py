"""From the request to the receipt: funding sources, conventions, shares, instalments, amendments, reports."""

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop.model.base import Base, Cents, Day, strict
from vto_desktop.model.organisations import Organisation, Person


class ReportRhythm(StrEnum):
    """Which years of a convention owe a financial report; the value is the label that users read."""

    YEARLY = "Chaque exercice"
    FINAL = "Dernier exercice seulement"


class ReportKind(StrEnum):
    """What a funder is owed; the value is the label that users read."""

    FINANCIAL = "Compte rendu financier"
    QUALITATIVE = "Bilan qualitatif"


class FundingSource(Base):
    """A node of the tree used for shares: État › DREETS… One colour each, the same on screen and paper."""

    __tablename__ = "funding_source"

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("funding_source.id"), index=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    colour: Mapped[str] = mapped_column(default="#7b8796")
    is_dues: Mapped[bool] = mapped_column(default=False)  # where receipts of dues are counted
    # How the summary's sentence names it: « de l’État », « des collectivités ».
    sentence_form: Mapped[str] = mapped_column(default="")

    parent: Mapped["FundingSource | None"] = relationship(remote_side="FundingSource.id")


class Programme(Base):
    """A State budget programme, here mostly BOP 147 (politique de la ville)."""

    __tablename__ = "programme"

    code: Mapped[str]
    name: Mapped[str] = mapped_column(default="")


class Convention(Base):
    """A funding agreement. Its status follows its dates (services.conventions.status).

    A financial report is due ``report_delay_months`` after the end of the fiscal year the money was
    granted for (arrêté du 11 octobre 2006; cerfa 15059).
    """

    __tablename__ = "convention"

    title: Mapped[str]
    object: Mapped[str] = mapped_column(default="")
    funder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    funding_source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_source.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    account_code: Mapped[str] = mapped_column(default="74")
    funder_reference: Mapped[str] = mapped_column(default="")  # numéro EJ
    person_in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    is_members_only: Mapped[bool] = mapped_column(default=False)
    asked_amount: Mapped[Cents | None]
    asked_on: Mapped[Day | None]
    awarded_amount: Mapped[Cents | None]
    refused_on: Mapped[Day | None]
    notified_on: Mapped[Day | None]
    signed_on: Mapped[Day | None]
    starts_on: Mapped[Day | None]
    ends_on: Mapped[Day | None]
    settled_on: Mapped[Day | None]
    report_delay_months: Mapped[int] = mapped_column(default=6)
    report_rhythm: Mapped[str] = mapped_column(default=ReportRhythm.YEARLY.value)
    notes: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="")
    search_key: Mapped[str] = mapped_column(default="")

    funder: Mapped[Organisation] = relationship()
    funding_source: Mapped[FundingSource | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    person_in_charge: Mapped[Person | None] = relationship()
    agreements: Mapped[list["ConventionAgreement"]] = relationship(
        back_populates="convention", cascade="all, delete-orphan", order_by="ConventionAgreement.id"
    )
    shares: Mapped[list["ConventionShare"]] = relationship(
        back_populates="convention", cascade="all, delete-orphan", order_by="ConventionShare.year"
    )
    instalments: Mapped[list["Instalment"]] = relationship(
        back_populates="convention", cascade="all, delete-orphan", order_by="Instalment.position"
    )
    amendments: Mapped[list["Amendment"]] = relationship(
        back_populates="convention", cascade="all, delete-orphan", order_by="Amendment.number"
    )
    reports_due: Mapped[list["ReportDue"]] = relationship(
        back_populates="convention", cascade="all, delete-orphan", order_by="ReportDue.due_on"
    )


class ConventionAgreement(Base):
    """A local authority in agreement with whom the object was decided (the association's neutrality rule)."""

    __tablename__ = "convention_agreement"
    __table_args__ = strict(UniqueConstraint("convention_id", "organisation_id"))

    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)

    convention: Mapped[Convention] = relationship(back_populates="agreements")
    organisation: Mapped[Organisation] = relationship()


class ConventionShare(Base):
    """The part of the awarded amount granted for one fiscal year."""

    __tablename__ = "convention_share"
    __table_args__ = strict(UniqueConstraint("convention_id", "year"))

    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id", ondelete="CASCADE"))
    year: Mapped[int]
    amount: Mapped[Cents]

    convention: Mapped[Convention] = relationship(back_populates="shares")


class Instalment(Base):
    """One expected payment of a convention (acompte, solde)."""

    __tablename__ = "instalment"

    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id", ondelete="CASCADE"), index=True)
    label: Mapped[str]
    due_on: Mapped[Day | None]
    condition: Mapped[str] = mapped_column(default="")
    amount: Mapped[Cents]
    position: Mapped[int] = mapped_column(default=0)

    convention: Mapped[Convention] = relationship(back_populates="instalments")


class Amendment(Base):
    """A change to a signed convention; ``amount_change`` is added to the awarded amount when it is signed."""

    __tablename__ = "amendment"

    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    object: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[Day | None]
    amount_change: Mapped[Cents] = mapped_column(default=0)
    new_ends_on: Mapped[Day | None]

    convention: Mapped[Convention] = relationship(back_populates="amendments")


class ReportDue(Base):
    """A report owed to a funder for one fiscal year, with the day it is due and the day it was sent."""

    __tablename__ = "report_due"

    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(default=ReportKind.FINANCIAL.value)
    year: Mapped[int]
    due_on: Mapped[Day]
    sent_on: Mapped[Day | None]
    notes: Mapped[str] = mapped_column(default="")

    convention: Mapped[Convention] = relationship(back_populates="reports_due")
