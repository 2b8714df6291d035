"""The rules of a body in words, as its statutes would say them."""

from collections.abc import Iterator

from vto_desktop import french
from vto_desktop.model import Body, Eligibility
from vto_desktop.services.quorum import part_words


def rules_of(body: Body) -> list[str]:
    """Return « Représentants des adhérents », « Mandats de 2 ans »…: what is set, in the form's order."""
    return [said for said in _said(body) if said]


def _said(body: Body) -> Iterator[str]:
    if body.eligibility == Eligibility.OTHER_BODY and body.drawn_from is not None:
        yield f"Membres issus de «\u00a0{body.drawn_from.name}\u00a0»"
    elif body.eligibility != Eligibility.ANYONE:
        yield body.eligibility
    yield _term(body.term_months)
    yield _seats(body)
    if body.notice_days is not None:
        yield f"Convocation {french.count(body.notice_days, 'jour')} avant"
    if body.quorum_part and body.quorum_whole:
        by_college = ", dans chaque collège aussi" if body.has_quorum_by_college else ""
        yield f"Quorum\u00a0: {part_words(body.quorum_part, body.quorum_whole)} des sièges{by_college}"
    if body.max_powers is not None:
        most = f"{french.count(body.max_powers, 'pouvoir')} au plus par personne"
        yield most if body.max_powers else "Sans pouvoir"


def _term(months: int | None) -> str:
    if months is None:
        return ""
    years, rest = divmod(months, 12)
    return f"Mandats de {french.number(months)} mois" if rest else f"Mandats de {french.count(years, 'an')}"


def _seats(body: Body) -> str:
    whole = next((each.seats for each in body.seats if each.college is None), None)
    parts = [f"{each.college.name} {french.number(each.seats)}" for each in body.seats if each.college]
    said = french.count(whole, "siège") if whole is not None else "Sièges" if parts else ""
    return f"{said}\u00a0: {', '.join(parts)}" if parts else said
