"""Bodies of the association, their rules and their offices, in printed order."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import Body, BodyKind, Eligibility, Office
from vto_desktop.services.rows import (
    Problems,
    delete_row,
    get_row,
    give_place,
    is_given,
    is_taken,
    require,
    save_row,
    too_long,
)

LONGEST_TERM: Final = 240  # months
MOST_DAYS: Final = 366
MOST: Final = 9_999

# attribute: the greatest value, what is asked for
_BOUNDS: Final = {
    "term_months": (LONGEST_TERM, "Indiquez un nombre de mois entre 1 et 240."),
    "notice_days": (MOST_DAYS, "Indiquez un nombre de jours entre 1 et 366."),
    "quorum_part": (MOST, "Indiquez un nombre à partir de 1."),
    "quorum_whole": (MOST, "Indiquez un nombre à partir de 1."),
}


def body_problems(row: Body) -> Problems:
    """Return what must be corrected before the body and its rules can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom de l’instance."})
    if row.kind is not None and row.kind not in set(BodyKind):
        found["kind"] = "Choisissez le type d’instance."
    if row.eligibility is not None and row.eligibility not in set(Eligibility):
        found["eligibility"] = "Choisissez qui peut siéger."
    found |= _source_problems(row) | _quorum_problems(row)
    for name, (most, sentence) in _BOUNDS.items():
        if (value := getattr(row, name)) is not None and not 1 <= value <= most:
            found[name] = sentence
    if row.max_powers is not None and not 0 <= row.max_powers <= MOST:
        found["max_powers"] = "Indiquez un nombre à partir de 0."
    if any(each.seats < 1 for each in row.__dict__.get("seats", ())):
        found["seats"] = "Un nombre de sièges commence à 1 ; laissez vide ce qui n’est pas fixé."
    return found


def _source_problems(row: Body) -> Problems:
    is_drawn = row.eligibility == Eligibility.OTHER_BODY
    if is_drawn and not is_given(row, "drawn_from"):
        return {"drawn_from_id": "Choisissez l’instance dont ses membres sont issus."}
    if is_drawn and row.id is not None and row.drawn_from_id == row.id:
        return {"drawn_from_id": "Une instance ne peut être issue d’elle-même."}
    return {}


def _quorum_problems(row: Body) -> Problems:
    part, whole = row.quorum_part, row.quorum_whole
    if (part is None) != (whole is None):
        missing = "quorum_part" if part is None else "quorum_whole"
        return {missing: "Un quorum se dit en deux nombres : 1 sur 2, 1 sur 3."}
    if part is not None and whole is not None and part > whole:
        return {"quorum_part": "Le quorum ne peut dépasser le tout."}
    return {}


def save_body(session: Session, row: Body) -> Body:
    """Keep a body; raises Invalid, also when its name is taken. A new one comes after the others."""
    found = body_problems(row)
    if not found and is_taken(session, row, "name"):
        found["name"] = "Une autre instance porte ce nom."
    if not found and _is_circular(session, row):
        found["drawn_from_id"] = "Cette instance est elle-même issue de celle-ci."
    give_place(session, row)
    return save_row(session, row, found)


def _is_circular(session: Session, row: Body) -> bool:
    """Return whether a body would be drawn from itself through others."""
    sources = dict(session.execute(select(Body.id, Body.drawn_from_id)).all())
    seen, source = {row.id}, row.drawn_from_id
    while source is not None:
        if source in seen:
            return True
        seen.add(source)
        source = sources.get(source)
    return False


def delete_body(session: Session, row_id: int) -> None:
    """Delete a body with its offices; raises ENCORE_UTILISE once mandates or meetings hang on it."""
    delete_row(session, Body, row_id, name=get_row(session, Body, row_id).name)


def office_problems(row: Office) -> Problems:
    """Return what must be corrected before the office can be kept."""
    found = too_long(row) | require(row, {"label": "Indiquez le nom de la fonction."})
    if not is_given(row, "body"):
        found["body_id"] = "Choisissez l’instance."
    return found


def save_office(session: Session, row: Office) -> Office:
    """Keep an office of a body; raises Invalid. A new one comes after the others."""
    give_place(session, row, "body_id")
    return save_row(session, row, office_problems(row))


def delete_office(session: Session, row_id: int) -> None:
    """Delete an office; raises ENCORE_UTILISE once someone held it."""
    delete_row(session, Office, row_id, name=get_row(session, Office, row_id).label)
