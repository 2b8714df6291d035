"""What members and persons are called in a query: a member is an organisation or a natural person."""

from typing import Any

from sqlalchemy import case, func, literal
from sqlalchemy.orm import aliased

from vto_desktop.model import NATURAL_PERSON, Member, Organisation, Person

holder = aliased(Person, name="holder")  # the natural person that a member is

# Each leads to at most one row; ``named`` adds them to a statement that has Member.
MEMBER_JOINS = (
    (Organisation, Member.organisation_id == Organisation.id),
    (holder, Member.person_id == holder.id),
)
MEMBER_NAME = case(
    (Member.person_id.is_not(None), func.trim(holder.first_name + literal(" ") + holder.last_name)),
    else_=Organisation.name,
)
MEMBER_KIND = case((Member.person_id.is_not(None), literal(NATURAL_PERSON)), else_=Organisation.kind)
FULL_NAME = func.trim(Person.first_name + literal(" ") + Person.last_name)


def of_member(name: str) -> Any:
    """Return what a member has that organisations and natural persons both have: « email », « city »."""
    return case((Member.person_id.is_not(None), getattr(holder, name)), else_=getattr(Organisation, name))


DEPARTEMENT = of_member("departement")


def named(chosen: Any) -> Any:
    """Return a statement that reads Member, joined with what names its members."""
    for target, onclause in MEMBER_JOINS:
        chosen = chosen.outerjoin(target, onclause)
    return chosen
