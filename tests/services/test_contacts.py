"""How to reach who sits in a body: each once, with all that is held, and addresses ready for a message."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import BodyKind, Person
from vto_desktop.services.composition import body_of_kind
from vto_desktop.services.contacts import addresses, contacts

DAY = date(2021, 12, 31)


def test_who_has_two_seats_is_told_once_with_both(session: Session) -> None:
    council = body_of_kind(session, BodyKind.COUNCIL)
    assert council is not None
    found = contacts(session, council, on=DAY)
    (bord,) = [each for each in found if each.person == "Serge BORD"]
    assert bord.members == ("Alès Agglomération", "GIP Politique de la Ville Alès Cévennes")
    assert bord.offices == ("Membre",)
    assert len(found) == 18
    assert found[0] is bord  # in printed order


def test_an_assembly_is_reached_through_whom_members_send(session: Session) -> None:
    assembly = body_of_kind(session, BodyKind.ASSEMBLY)
    assert assembly is not None
    assert {each.person for each in contacts(session, assembly, on=DAY)} == {
        row.full_name for row in session.scalars(select(Person))
    }


def test_addresses_are_told_once_and_who_has_none_is_named(writing: Session) -> None:
    bureau = body_of_kind(writing, BodyKind.BUREAU)
    assert bureau is not None
    assert addresses(contacts(writing, bureau, on=DAY)).sentence.startswith("Aucune adresse")
    persons = list(writing.scalars(select(Person).order_by(Person.id)))
    for row in persons:
        row.email = "mairie@exemple.fr" if row.last_name in ("TOUET", "RIBES") else "a@exemple.fr"
        row.postcode, row.city, row.address = "34600", "Bédarieux", "Mairie\nPlace de la Vierge"
    persons[[row.last_name for row in persons].index("BORD")].email = ""
    writing.flush()
    found = contacts(writing, bureau, on=DAY)
    assert found[0].address == "Mairie, Place de la Vierge, 34600 Bédarieux"
    copied = addresses(found)
    assert (copied.line, copied.count) == ("mairie@exemple.fr; a@exemple.fr", 2)
    assert copied.sentence == "2\u00a0adresses copiées. Sans adresse\u00a0: Serge BORD."
