"""Bodies, their offices, who holds them from when to when, and the meetings that decide."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop.model.base import Base, Day, strict
from vto_desktop.model.members import College, Member
from vto_desktop.model.organisations import Person


class BodyKind(StrEnum):
    """What a body is; the value is the label that users read."""

    BUREAU = "Bureau"
    COUNCIL = "Conseil d’administration"
    ASSEMBLY = "Assemblée générale"
    OTHER = "Autre instance"


class Eligibility(StrEnum):
    """Who may sit in a body; the value is the label that users read."""

    ANYONE = "Toute personne"
    REPRESENTATIVES = "Représentants des adhérents"
    OTHER_BODY = "Membres d’une autre instance"


class Presence(StrEnum):
    """How a seat takes part in a meeting; the value is the label that users read."""

    PRESENT = "Présent"
    SUBSTITUTE = "Représenté par le suppléant"
    PROXY = "Représenté par un pouvoir"
    EXCUSED = "Excusé"
    ABSENT = "Absent"


class Outcome(StrEnum):
    """What became of a decision; the value is the label that users read."""

    ADOPTED = "Adoptée"
    REJECTED = "Rejetée"
    POSTPONED = "Ajournée"
    NOTED = "Dont acte"  # nothing was put to the vote


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
    # Its rules, as the statutes give them; nothing given is nothing checked.
    eligibility: Mapped[str] = mapped_column(
        default=Eligibility.ANYONE.value, server_default=Eligibility.ANYONE.value
    )
    drawn_from_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)  # OTHER_BODY
    term_months: Mapped[int | None]  # length of a mandate
    notice_days: Mapped[int | None]  # between convening and meeting
    quorum_part: Mapped[int | None]  # of quorum_whole: 1 of 2, 1 of 3
    quorum_whole: Mapped[int | None]
    has_quorum_by_college: Mapped[bool] = mapped_column(default=False, server_default=text("0"))
    max_powers: Mapped[int | None]  # powers that one person may hold

    drawn_from: Mapped["Body | None"] = relationship(remote_side="Body.id")
    seats: Mapped[list["BodySeats"]] = relationship(
        back_populates="body", cascade="all, delete-orphan", order_by="BodySeats.id"
    )
    offices: Mapped[list["Office"]] = relationship(
        back_populates="body", cascade="all, delete-orphan", order_by="Office.position",
        foreign_keys="Office.body_id",
    )  # fmt: skip


class BodySeats(Base):
    """How many seats of a body a college has; without a college, how many in all."""

    __tablename__ = "body_seats"
    __table_args__ = strict(UniqueConstraint("body_id", "college_id"))

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"))
    college_id: Mapped[int | None] = mapped_column(ForeignKey("college.id"), index=True)
    seats: Mapped[int]

    body: Mapped[Body] = relationship(back_populates="seats")
    college: Mapped[College | None] = relationship()


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
    elected_by_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)

    body: Mapped[Body] = relationship(back_populates="offices", foreign_keys=[body_id])
    elected_by: Mapped[Body | None] = relationship(foreign_keys=[elected_by_id])

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
    link: Mapped[str] = mapped_column(default="", server_default="")  # of a videoconference
    agenda: Mapped[str] = mapped_column(default="", server_default="")  # an item a line
    convened_on: Mapped[Day | None]
    is_second_call: Mapped[bool] = mapped_column(
        default=False, server_default=text("0")
    )  # sits without quorum
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    body: Mapped[Body] = relationship()
    chair: Mapped[Person | None] = relationship(foreign_keys=[chair_id])
    secretary: Mapped[Person | None] = relationship(foreign_keys=[secretary_id])
    documents: Mapped[list["MeetingDocument"]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="MeetingDocument.position"
    )


class MeetingDocument(Base):
    """A file that belongs to a meeting, by its path: the dossier does not keep its content."""

    __tablename__ = "meeting_document"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    path: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)

    meeting: Mapped[Meeting] = relationship(back_populates="documents")


class Attendance(Base):
    """How one seat of a body took part in a meeting: itself, or through ``proxy``; members vote once each."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    presence: Mapped[str] = mapped_column(default=Presence.PRESENT.value)
    proxy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    arrived_at: Mapped[str] = mapped_column(default="")  # "14:50", when late
    notes: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    proxy: Mapped[Person | None] = relationship(foreign_keys=[proxy_id])
    member: Mapped[Member | None] = relationship()


class Decision(Base):
    """A deliberation of a meeting, numbered without gap within its calendar year."""

    __tablename__ = "decision"
    __table_args__ = strict(
        UniqueConstraint("year", "number"), CheckConstraint("number > 0", "positive_number")
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(default=Outcome.ADOPTED.value)

    meeting: Mapped[Meeting] = relationship()


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
    declared_on: Mapped[Day | None]  # its beginning, to the prefecture
    declaration_number: Mapped[str] = mapped_column(default="", server_default="")  # of its récépissé
    end_declared_on: Mapped[Day | None]
    end_declaration_number: Mapped[str] = mapped_column(default="", server_default="")
    notes: Mapped[str] = mapped_column(default="")

    office: Mapped[Office] = relationship()
    person: Mapped[Person] = relationship()
    member: Mapped[Member | None] = relationship()
    elected_at: Mapped[Meeting | None] = relationship()
