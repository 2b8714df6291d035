"""Bodies, their offices, who holds them from when to when, and the meetings that decide."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop.model.base import Base, Day
from vto_desktop.model.members import Member
from vto_desktop.model.organisations import Person


class BodyKind(StrEnum):
    """What a body is; the value is the label that users read."""

    BUREAU = "Bureau"
    COUNCIL = "Conseil d’administration"
    ASSEMBLY = "Assemblée générale"
    OTHER = "Autre instance"


class MeetingKind(StrEnum):
    """How a meeting is held; the value is the label that users read."""

    ON_SITE = "En présence"
    REMOTE = "En visioconférence"
    MIXED = "Mixte"
    WRITTEN = "Consultation écrite"


class Body(Base):
    """An instance of the association: Bureau, conseil d'administration, assemblée générale, or another."""

    __tablename__ = "body"

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default=BodyKind.OTHER.value)
    position: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str] = mapped_column(default="")

    offices: Mapped[list["Office"]] = relationship(
        back_populates="body", cascade="all, delete-orphan", order_by="Office.position"
    )


class Office(Base):
    """A function in a body, with its printed order and its label by gender."""

    __tablename__ = "office"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"), index=True)
    label: Mapped[str]  # « Président·e »
    masculine: Mapped[str] = mapped_column(default="")
    feminine: Mapped[str] = mapped_column(default="")
    plural: Mapped[str] = mapped_column(default="")  # « Vice-Président.es (ordre alphabétique) »
    position: Mapped[int] = mapped_column(default=0)
    is_unique: Mapped[bool] = mapped_column(default=False)

    body: Mapped[Body] = relationship(back_populates="offices")

    def label_for(self, person: Person) -> str:
        """Return the office in the person's gender, or its neutral label when civility is unknown."""
        gendered = {"Mme": self.feminine, "M.": self.masculine}.get(person.civility, "")
        return gendered or self.label


class Meeting(Base):
    """A sitting of a body: when, where and how."""

    __tablename__ = "meeting"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    held_on: Mapped[Day]
    time: Mapped[str] = mapped_column(default="")  # "14:30"
    place: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default=MeetingKind.ON_SITE.value)
    title: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")

    body: Mapped[Body] = relationship()


class Mandate(Base):
    """A person in an office of a body, from a date to a date; a council seat is held for a member.

    Two mandates of one body for the same member share one seat (« et/ou », titular and substitute).
    A change of officers is to be declared within 3 months (loi du 1er juillet 1901, art. 5).
    """

    __tablename__ = "mandate"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    elected_at_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    capacity: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[Day | None]
    term_on: Mapped[Day | None]  # planned end of the mandate
    ends_on: Mapped[Day | None]  # first day on which the mandate is no longer held
    declared_on: Mapped[Day | None]  # to the prefecture
    notes: Mapped[str] = mapped_column(default="")

    office: Mapped[Office] = relationship()
    person: Mapped[Person] = relationship()
    member: Mapped[Member | None] = relationship()
    elected_at: Mapped[Meeting | None] = relationship()
