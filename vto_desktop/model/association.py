"""The association itself: what its papers carry, and who signs them."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop.model.base import Base, strict
from vto_desktop.model.organisations import Person


class Association(Base):
    """The settings of the association, one row; ``logo`` is a PNG in base64 so that undo covers it."""

    __tablename__ = "association"
    __table_args__ = strict(CheckConstraint("id = 1", "one_row"))

    name: Mapped[str]
    tagline: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    siret: Mapped[str] = mapped_column(default="")
    rna: Mapped[str] = mapped_column(default="")
    iban: Mapped[str] = mapped_column(default="")
    bic: Mapped[str] = mapped_column(default="")
    vat_sentence: Mapped[str] = mapped_column(default="")
    logo: Mapped[str] = mapped_column(default="")
    notice: Mapped[str] = mapped_column(default="")  # printed on the dashboard and on every paper

    signatories: Mapped[list["Signatory"]] = relationship(
        back_populates="association", cascade="all, delete-orphan", order_by="Signatory.position"
    )


class Signatory(Base):
    """Who may sign the association's papers, and in which office."""

    __tablename__ = "signatory"

    association_id: Mapped[int] = mapped_column(ForeignKey("association.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    office: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)

    association: Mapped[Association] = relationship(back_populates="signatories")
    person: Mapped[Person] = relationship()
