"""Bodies of the association and their offices, in printed order."""

from sqlalchemy.orm import Session

from vto_desktop.model import Body, BodyKind, Office
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


def body_problems(row: Body) -> Problems:
    """Return what must be corrected before the body can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom de l’instance."})
    if row.kind is not None and row.kind not in set(BodyKind):
        found["kind"] = "Choisissez le type d’instance."
    return found


def save_body(session: Session, row: Body) -> Body:
    """Keep a body; raises Invalid, also when its name is taken. A new one comes after the others."""
    found = body_problems(row)
    if not found and is_taken(session, row, "name"):
        found["name"] = "Une autre instance porte ce nom."
    give_place(session, row)
    return save_row(session, row, found)


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
