"""Who the association deals with: organisations of any kind, and persons, each kept once."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop import french
from vto_desktop.model.base import Base, Day, strict


class Kind(StrEnum):
    """What an organisation is; the value is the label that users read."""

    COMMUNE = "Commune"
    CC = "Communauté de communes"
    CA = "Communauté d’agglomération"
    CU = "Communauté urbaine"
    METROPOLE = "Métropole"
    DEPARTEMENT = "Département"
    REGION = "Région"
    GIP = "GIP"
    ASSOCIATION = "Association"
    STATE = "Service de l’État"
    PUBLIC = "Autre établissement public"
    OTHER = "Autre organisme"


LOCAL_AUTHORITIES = frozenset(
    {Kind.COMMUNE, Kind.CC, Kind.CA, Kind.CU, Kind.METROPOLE, Kind.DEPARTEMENT, Kind.REGION}
)
SHORT_KINDS = {Kind.CC.value: "CC", Kind.CA.value: "CA", Kind.CU.value: "CU"}
NATURAL_PERSON = "Personne physique"
PLURAL_KINDS = {
    Kind.COMMUNE.value: "Communes",
    Kind.CC.value: "Communautés de communes",
    Kind.CA.value: "Communautés d’agglomération",
    Kind.CU.value: "Communautés urbaines",
    Kind.METROPOLE.value: "Métropoles",
    Kind.DEPARTEMENT.value: "Départements",
    Kind.REGION.value: "Régions",
    Kind.ASSOCIATION.value: "Associations",
    Kind.STATE.value: "Services de l’État",
    Kind.PUBLIC.value: "Autres établissements publics",
    Kind.OTHER.value: "Autres organismes",
    NATURAL_PERSON: "Personnes physiques",
}  # a GIP stays one


def organisation_keys(
    name: str, spellings: Iterable[str | None], others: Iterable[str | None]
) -> tuple[str, str]:
    """Return the sort key and the search key of an organisation; ``others`` is what else finds it."""
    return french.sort_key(name), french.search_key(name, *spellings, *others)


def person_keys(first_name: str, last_name: str, others: Iterable[str | None]) -> tuple[str, str]:
    """Return the sort key (last name first) and the search key of a person."""
    return french.sort_key(f"{last_name} {first_name}"), french.search_key(
        f"{first_name} {last_name}".strip(), *others
    )


class Organisation(Base):
    """Any legal person: member, funder, both or neither. ``kind`` is a Kind value."""

    __tablename__ = "organisation"
    __table_args__ = strict(Index("ix_organisation_sort_key", "sort_key", "id", "search_key"))

    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default=Kind.OTHER.value)
    siren: Mapped[str] = mapped_column(default="")
    siret: Mapped[str] = mapped_column(default="")
    rna: Mapped[str] = mapped_column(default="")
    insee: Mapped[str] = mapped_column(default="")
    departement: Mapped[str] = mapped_column(default="")  # code: "34", "2A"
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    chorus_service: Mapped[str] = mapped_column(default="")
    needs_commitment_number: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="")
    search_key: Mapped[str] = mapped_column(default="")

    aliases: Mapped[list["OrganisationAlias"]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan", order_by="OrganisationAlias.id"
    )

    def keys(self) -> tuple[str, str]:
        """Return the sort key and the search key of this row as it stands."""
        spellings = (self.short_name, *(alias.name for alias in self.aliases))
        return organisation_keys(self.name, spellings, (self.kind, self.departement, self.city, self.siren))


class OrganisationAlias(Base):
    """Another spelling of an organisation's name, as documents print it."""

    __tablename__ = "organisation_alias"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]

    organisation: Mapped[Organisation] = relationship(back_populates="aliases")


class Person(Base):
    """A natural person, kept once whatever seats are held. No political label, ever (GDPR art. 9)."""

    __tablename__ = "person"
    __table_args__ = strict(Index("ix_person_sort_key", "sort_key", "id", "search_key"))

    civility: Mapped[str] = mapped_column(default="")  # "M.", "Mme" or nothing
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    departement: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="")
    search_key: Mapped[str] = mapped_column(default="")

    civil_status: Mapped["CivilStatus | None"] = relationship(
        back_populates="person", cascade="all, delete-orphan", uselist=False
    )

    @property
    def full_name(self) -> str:
        """Return « Magalie TOUET », as lists print a person."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_woman(self) -> bool:
        """Return whether offices are printed in the feminine for this person."""
        return self.civility == "Mme"

    def keys(self) -> tuple[str, str]:
        """Return the sort key (last name first) and the search key of this row as it stands."""
        return person_keys(self.first_name, self.last_name, (self.city, self.email))


class CivilStatus(Base):
    """What only the declaration of officers needs (cerfa 13971); never in lists, searches or exports."""

    __tablename__ = "civil_status"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    born_on: Mapped[Day | None]
    birth_place: Mapped[str] = mapped_column(default="")
    nationality: Mapped[str] = mapped_column(default="")
    profession: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="", server_default="")  # the home, on several lines

    person: Mapped[Person] = relationship(back_populates="civil_status")
