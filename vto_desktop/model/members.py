"""Members of the association and those who represent them, from a date to a date."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop.model.base import Base, Day, strict
from vto_desktop.model.organisations import NATURAL_PERSON, Organisation, Person


class Rank(StrEnum):
    """How a representative sits; the value is the label that users read."""

    TITULAR = "Titulaire"
    SUBSTITUTE = "Suppléant"
    AND_OR = "et/ou"


class College(Base):
    """A group of members that votes together: local authorities, other legal persons, natural persons."""

    __tablename__ = "college"

    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)


class Member(Base):
    """An organisation or a natural person that joined. Nothing is deleted because it ended."""

    __tablename__ = "member"
    __table_args__ = strict(
        CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", "one_holder"),
        # All that the list of members at a date sorts and filters by, so that it reads this index alone:
        # 8 ms instead of 150 to look for two letters in 100,000 names.
        Index("ix_member_sort_key", "sort_key", "id", "joined_on", "left_on", "search_key"),
        # And what it is sorted by otherwise: 25 ms instead of 230 for 100,000 members by population.
        Index("ix_member_kind_key", "kind_key", "sort_key", "id", "joined_on", "left_on"),
        Index("ix_member_departement_key", "departement_key", "sort_key", "id", "joined_on", "left_on"),
        Index("ix_member_population_key", "population_key", "sort_key", "id", "joined_on", "left_on"),
        Index("ix_member_college_id", "college_id", "sort_key", "id", "joined_on", "left_on"),
        Index("ix_member_joined_on", "joined_on", "sort_key", "id", "left_on"),
    )

    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    college_id: Mapped[int] = mapped_column(ForeignKey("college.id"))
    joined_on: Mapped[Day | None]
    left_on: Mapped[Day | None]  # first day on which it is no longer a member
    leaving_reason: Mapped[str] = mapped_column(default="")
    # The member that took this one in (commune nouvelle, merger of EPCI): its history is read under it.
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    notes: Mapped[str] = mapped_column(default="")
    # The keys repeat what the holder says so that a list of members sorts and filters on its own indexes;
    # services.members keeps them.
    sort_key: Mapped[str] = mapped_column(default="")
    search_key: Mapped[str] = mapped_column(default="")
    kind_key: Mapped[str | None]
    departement_key: Mapped[str | None]
    population_key: Mapped[int | None]

    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[Person | None] = relationship()
    college: Mapped[College] = relationship()
    successor: Mapped["Member | None"] = relationship(remote_side="Member.id")
    representatives: Mapped[list["Representative"]] = relationship(
        back_populates="member", cascade="all, delete-orphan", order_by="Representative.position"
    )

    @property
    def name(self) -> str:
        """Return the member's name as lists print it."""
        if self.organisation is not None:
            return self.organisation.name
        return self.person.full_name if self.person is not None else ""

    @property
    def kind(self) -> str:
        """Return the organisation's kind, or « Personne physique »."""
        return self.organisation.kind if self.organisation is not None else NATURAL_PERSON

    @property
    def departement(self) -> str:
        """Return the code of the member's département, or nothing."""
        holder = self.organisation or self.person
        return holder.departement if holder is not None else ""


class Representative(Base):
    """A person a member sends: titular, substitute, or linked to the one before by « et/ou »."""

    __tablename__ = "representative"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    rank: Mapped[str] = mapped_column(default=Rank.TITULAR.value)
    position: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[str] = mapped_column(default="")  # the title as printed beside the name
    starts_on: Mapped[Day | None]
    ends_on: Mapped[Day | None]  # first day on which the person no longer represents the member

    member: Mapped[Member] = relationship(back_populates="representatives")
    person: Mapped[Person] = relationship()
