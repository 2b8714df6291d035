"""E-mail addresses of members: whose are wanted, each once, and whom none is known of."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Member, Organisation, Person, Representative
from vto_desktop.services.mailing import Mailing, Unreached, Whom, mailing

DAY = date(2021, 12, 31)
METROPOLIS = "Montpellier Méditerranée Métropole"


def member(session: Session, name: str) -> Member:
    return session.scalars(select(Member).join(Organisation).where(Organisation.name == name)).one()


@pytest.fixture
def written(writing: Session) -> Session:
    """Give the metropolis, its two representatives and a natural person their addresses."""
    organisation = writing.get_one(Organisation, member(writing, METROPOLIS).organisation_id)
    organisation.email = "Politique.Ville@metropole.invalid"
    for last, text in (
        ("GIMENEZ", "clara@exemple.invalid"), ("MANTION", "coralie@exemple.invalid; CLARA@exemple.invalid"),
        ("LAPORTE", "Didier Laporte <didier@exemple.invalid>"),
    ):  # fmt: skip
        writing.scalars(select(Person).where(Person.last_name == last)).one().email = text
    writing.flush()
    return writing


def asked(session: Session, whom: Whom, *, on: date = DAY, names: tuple[str, ...] = (METROPOLIS,)) -> Mailing:
    ids = [member(session, name).id for name in names]
    person = session.scalars(select(Member.id).join(Person).where(Person.last_name == "LAPORTE")).one()
    return mailing(session, [*ids, person], on=on, whom=whom)


@pytest.mark.parametrize(
    ("whom", "addresses"),
    [
        (
            Whom.ALL,
            ["Politique.Ville@metropole.invalid", "clara@exemple.invalid", "coralie@exemple.invalid",
             "didier@exemple.invalid"],
        ),
        (Whom.MEMBERS, ["Politique.Ville@metropole.invalid", "didier@exemple.invalid"]),
        (
            Whom.REPRESENTATIVES,
            ["clara@exemple.invalid", "coralie@exemple.invalid", "didier@exemple.invalid"],
        ),
        (Whom.TITULARS, ["clara@exemple.invalid", "didier@exemple.invalid"]),
    ],
)  # fmt: skip
def test_the_addresses_are_those_of_whom_is_wanted(
    written: Session, whom: Whom, addresses: list[str]
) -> None:
    found = asked(written, whom)
    assert sorted(found.addresses) == sorted(addresses)  # each once, whatever its capitals
    assert (found.unreached, found.members) == ((), 2)


def test_who_represents_is_asked_for_a_day(written: Session) -> None:
    sent = select(Representative).join(Person).where(Person.last_name == "GIMENEZ")
    written.scalars(sent).one().ends_on = date(2021, 7, 1)
    written.flush()
    assert "clara@exemple.invalid" in asked(written, Whom.TITULARS, on=date(2021, 6, 30)).addresses
    assert "clara@exemple.invalid" not in asked(written, Whom.TITULARS).addresses


def test_who_has_no_address_is_told_and_why(written: Session) -> None:
    lunel = written.get_one(Organisation, member(written, "Ville de Lunel").organisation_id)
    lunel.email = "voir le site"
    written.flush()
    found = asked(written, Whom.MEMBERS, names=("Vauvert", "Ville de Lunel", METROPOLIS))
    assert found.members == 4
    assert found.unreached == (
        Unreached(member(written, "Vauvert").id, "Vauvert", "aucune adresse"),
        Unreached(
            member(written, "Ville de Lunel").id,
            "Ville de Lunel",
            "adresse incorrecte : «\u00a0voir le site\u00a0»",
        ),
    )


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ("a@b.fr", ["a@b.fr"]),
        (" a@b.fr , c.d+e@f-g.com ", ["a@b.fr", "c.d+e@f-g.com"]),
        ("Mairie <a@b.fr>;\nMaire <c@d.fr>", ["a@b.fr", "c@d.fr"]),
        ("a@b", []),
        ("@b.fr", []),
        ("a@b.fr.", ["a@b.fr"]),
        ("prénom.nom@département.fr", ["prénom.nom@département.fr"]),
        ("", []),
    ],
)
def test_an_address_is_found_in_what_was_typed(writing: Session, kept: str, found: list[str]) -> None:
    vauvert = member(writing, "Vauvert")
    writing.get_one(Organisation, vauvert.organisation_id).email = kept
    writing.flush()
    assert list(mailing(writing, [vauvert.id], on=DAY, whom=Whom.MEMBERS).addresses) == found


def test_addresses_are_joined_to_be_pasted() -> None:
    found = Mailing(("a@b.fr", "c@d.fr"), (), 2)
    assert (found.joined(";"), found.joined(",")) == ("a@b.fr; c@d.fr", "a@b.fr, c@d.fr")
