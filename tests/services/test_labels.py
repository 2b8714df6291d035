"""Who gets an address label, what it says, and whose address lacks something."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.errors import UserError
from vto_desktop.model import Member, Organisation, Person, Rank, Representative
from vto_desktop.services import labels, members
from vto_desktop.services.figures_labels import AddressLabel

DAY = date(2021, 12, 31)


def member(session: Session, name: str) -> Member:
    chosen = select(Member).join(Organisation).where(Organisation.name.startswith(name))
    return session.scalars(chosen).one()


def locate(session: Session, name: str, address: str, postcode: str, city: str) -> Member:
    row = member(session, name)
    holder = session.get_one(Organisation, row.organisation_id)
    holder.address, holder.postcode, holder.city = address, postcode, city
    session.flush()
    return row


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("34200 Sète", "34200 SETE"),
        ("34070 Montpellier Cedex 3", "34070 MONTPELLIER CEDEX 3"),
        ("97424 L’Étang-Salé", "97424 L ETANG SALE"),
        ("59800 Lys-lez-Lannoy, Œuilly", "59800 LYS LEZ LANNOY OEUILLY"),
    ],
)
def test_the_last_line_is_written_as_la_poste_reads_it(typed: str, printed: str) -> None:
    assert labels.postal(typed) == printed


def test_members_without_an_address_are_told_and_have_no_label(writing: Session) -> None:
    locate(writing, "Ville de Lunel", "240 avenue Victor Hugo", "34400", "Lunel")
    locate(writing, "Vauvert", "Place de la Libération", "", "Vauvert")
    locate(writing, "Ville de Limoux", "", "11300", "")
    locate(writing, "Nîmes", "3 rue du Colisée\n30947 Nîmes cedex 9", "", "")
    found = labels.labels(writing, on=DAY)
    assert [(each.name, each.street, each.place) for each in found.labels] == [
        ("Nîmes Métropole", ("3 rue du Colisée",), "30947 NIMES CEDEX 9"),
        ("Ville de Lunel", ("240 avenue Victor Hugo",), "34400 LUNEL"),
    ]
    told = {each.whose: each.what for each in found.incomplete()}
    assert len(told) == 14
    assert told["Vauvert"] == ("code postal",)
    assert told["Ville de Limoux"] == ("ville",)
    assert told["Alès Agglomération"] == ("adresse",)
    laporte = next(each for each in found.incomplete() if each.whose == "Didier LAPORTE")
    assert laporte.table == "person"
    assert writing.get_one(Person, laporte.row_id).last_name == "LAPORTE"
    assert {each.table for each in found.incomplete()} == {"organisation", "person"}


def test_a_label_may_go_to_the_first_titular_representative(writing: Session) -> None:
    lunel = locate(writing, "Ville de Lunel", "240 avenue Victor Hugo", "34400", "Lunel")
    lunel.representatives[0].capacity = "adjoint au maire"
    first = Representative(member_id=lunel.id, person_id=1, rank=Rank.SUBSTITUTE.value, position=-1)
    writing.add(first)
    writing.flush()
    (found,) = labels.labels(writing, on=DAY, ids=[lunel.id], to="representative").labels
    assert found == AddressLabel(
        lunel.id, "Ville de Lunel", "À l’attention de M. Nourredine BENIATTOU", "adjoint au maire",
        ("240 avenue Victor Hugo",), "34400 LUNEL",
    )  # fmt: skip
    writing.expire_all()
    for row in lunel.representatives:
        row.ends_on = DAY
    writing.flush()
    (found,) = labels.labels(writing, on=DAY, ids=[lunel.id], to="representative").labels
    assert (found.attention, found.capacity) == ("", "")


def test_a_natural_person_is_written_to_by_civility_and_name(writing: Session) -> None:
    laporte = writing.scalars(select(Person).where(Person.last_name == "LAPORTE")).one()
    laporte.address, laporte.postcode, laporte.city = "1 rue A", "34450", "Vias"
    writing.flush()
    own = writing.scalars(select(Member.id).where(Member.person_id == laporte.id)).one()
    (found,) = labels.labels(writing, on=DAY, ids=[own], to="representative").labels
    assert (found.name, found.attention, found.place) == ("M. Didier LAPORTE", "", "34450 VIAS")


def test_labels_are_those_of_a_day_or_chosen_in_their_order(writing: Session) -> None:
    lunel = locate(writing, "Ville de Lunel", "1 rue A", "34400", "Lunel")
    vauvert = locate(writing, "Vauvert", "1 rue B", "30600", "Vauvert")
    members.end_member(writing, vauvert.id, on=date(2021, 7, 1))
    assert [each.name for each in labels.labels(writing, on=DAY).labels] == ["Ville de Lunel"]
    chosen = labels.labels(writing, on=DAY, ids=[lunel.id, vauvert.id, 9_999])
    assert [each.name for each in chosen.labels] == ["Ville de Lunel", "Vauvert"]


@pytest.mark.parametrize(
    ("name", "first", "code"),
    [("4x4", 1, "FORMAT_INCONNU"), ("3x7", 0, "POSITION_INCONNUE"), ("2x7", 15, "POSITION_INCONNUE")],
)
def test_what_is_no_sheet_or_no_position_is_refused(
    session: Session, name: str, first: int, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        labels.labels(session, on=DAY, format=name, first=first)
    assert refused.value.code == code
    assert "Rien n’a été écrit." in refused.value.sentence
