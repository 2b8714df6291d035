"""The e-mail addresses of members, ready to be pasted: each once, and whom none is known of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Member, Person, Rank, Representative
from vto_desktop.services.members import member_names
from vto_desktop.services.names import named, of_member
from vto_desktop.services.representatives import held_on
from vto_desktop.services.rows import parts_of

# Only what no address may hold stops one: the server says better than we whether it exists.
_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:@\"]+@[^\s<>()\[\],;:@\"]+\.[^\s<>()\[\],;:@\".]+")


class Whom(StrEnum):
    """Whose addresses are wanted; the value is what users choose by."""

    ALL = "Les adhérents et leurs représentants"
    MEMBERS = "Les adhérents seulement"
    REPRESENTATIVES = "Tous les représentants"
    TITULARS = "Les représentants titulaires"


@dataclass(frozen=True, slots=True)
class Unreached:
    """A member of whom no address is known, and why: none is kept, or what is kept is none."""

    member_id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """Addresses in the order of the members, each once whatever its capitals."""

    addresses: tuple[str, ...]
    unreached: tuple[Unreached, ...]
    members: int  # how many were asked about

    def joined(self, separator: str) -> str:
        """Return the text to paste."""
        return f"{separator} ".join(self.addresses)


def addresses_in(text: str) -> list[str]:
    """Return the e-mail addresses that a text holds."""
    return _ADDRESS.findall(text)


def mailing(session: Session, member_ids: Sequence[int], *, on: date, whom: Whom = Whom.ALL) -> Mailing:
    """Return the e-mail addresses of members and of those who represent them on a day.

    A natural person speaks for itself, also where only representatives are wanted.
    """
    texts: dict[int, list[str]] = {member_id: [] for member_id in member_ids}
    for part in parts_of(member_ids):
        for member_id, text in (*_own(session, part, whom), *_sent(session, part, on, whom)):
            texts[member_id].append(text)
    found: dict[str, str] = {}
    unreached: dict[int, str] = {}
    for member_id, kept in texts.items():
        addresses = [each for text in kept for each in addresses_in(text)]
        if not addresses:
            wrong = next(filter(None, kept), "")
            unknown = f"adresse incorrecte : «\u00a0{wrong}\u00a0»" if wrong else "aucune adresse"
            unreached[member_id] = unknown
        for each in addresses:
            found.setdefault(each.casefold(), each)
    names = member_names(session, unreached)
    return Mailing(
        addresses=tuple(found.values()),
        unreached=tuple(Unreached(row_id, names.get(row_id, ""), why) for row_id, why in unreached.items()),
        members=len(texts),
    )


def _own(session: Session, member_ids: list[int], whom: Whom) -> Iterator[tuple[int, str]]:
    chosen = named(select(Member.id, of_member("email")).select_from(Member))
    chosen = chosen.where(Member.id.in_(member_ids))
    if whom not in (Whom.ALL, Whom.MEMBERS):
        chosen = chosen.where(Member.person_id.is_not(None))
    for member_id, text in session.execute(chosen):
        yield member_id, text.strip()


def _sent(session: Session, member_ids: list[int], on: date, whom: Whom) -> Iterator[tuple[int, str]]:
    if whom == Whom.MEMBERS:
        return
    chosen = (
        select(Representative.member_id, Person.email)
        .join(Person, Representative.person_id == Person.id)
        .where(Representative.member_id.in_(member_ids), held_on(Representative, on))
        .order_by(Representative.position, Representative.id)
    )
    if whom == Whom.TITULARS:
        chosen = chosen.where(Representative.rank == Rank.TITULAR.value)
    for member_id, text in session.execute(chosen):
        yield member_id, text.strip()
