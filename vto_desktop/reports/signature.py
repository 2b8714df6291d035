"""Who signs for the association, with room for the hand; and what it says of itself beside its name."""

from datetime import date
from typing import Final

from vto_desktop import french
from vto_desktop.reports.letterhead import at_most
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.text import BODY, SECONDARY, Style
from vto_desktop.services.figures_papers import Issuer

TO_FILL: Final = "à renseigner"
HIGH: Final = 86.0
_NAME: Final = Style(11, 14.5, "semibold")


def sign(paper: Paper, issuer: Issuer, x: float, *, place: str = "") -> None:
    """Print place, office and name from ``x`` to the right margin."""
    width, y = paper.right - x, paper.y
    if place:
        y = paper.lines(at_most(paper.ink, place, BODY, width, 2), x, y, BODY)
    office = issuer.office[:1].upper() + issuer.office[1:] or "Pour l’association"
    y = paper.lines(at_most(paper.ink, office, BODY, width, 2), x, y, BODY)
    name = issuer.signatory or f"Signataire {TO_FILL}"
    style = _NAME if issuer.signatory else BODY._replace(face="italic", colour=SECONDARY)
    paper.y = paper.lines(at_most(paper.ink, name, style, width, 2), x, y + 38, style)


def done_at(issuer: Issuer, on: date) -> str:
    """Return « Fait à Montpellier, le 2 décembre 2020 »."""
    return f"Fait {f'à {issuer.city}, ' if issuer.city else ''}le {french.long_date(on)}"


def identity(issuer: Issuer) -> str:
    """Return « , dont le siège est situé …, SIRET …, RNA … »: what is known of the association."""
    known = (("dont le siège est situé", issuer.seat), ("SIRET", issuer.siret), ("RNA", issuer.rna))
    return "".join(f", {label} {text}" for label, text in known if text)
