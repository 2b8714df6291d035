"""Attestation d'adhésion: that a member belongs to the association in a year, and where its dues stand."""

from datetime import datetime, timedelta
from typing import Final

from vto_desktop import french
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.letter import Letter
from vto_desktop.reports.signature import TO_FILL, done_at, identity
from vto_desktop.reports.text import Run, Style
from vto_desktop.services.figures_papers import Certificate, CertifiedDues, Letters

TITLE: Final = "Attestation d’adhésion"
_TEXT: Final = Style(11, 17)


def layout(letters: Letters[Certificate], *, dossier_name: str, printed_at: datetime) -> Bundle:
    """Lay out the certificates of a fiscal year."""
    return Bundle(
        letters, paper, title=f"Attestations d’adhésion {letters.year}", subtitle=f"Exercice {letters.year}",
        empty=f"Aucun adhérent à qui délivrer une attestation pour l’exercice {letters.year}.",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip


def paper(
    letters: Letters[Certificate], letter: Certificate, dossier_name: str, printed_at: datetime
) -> Letter:
    """Lay out one certificate."""
    made = Letter(
        letters, letter.addressee, title=TITLE, below="", gaps=letter.gaps,
        subtitle=f"Exercice {letter.year}",
        facts=[("Exercice", str(letter.year)), ("Date", french.short_date(letters.on))],
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    made.y += 20
    made.paragraph(_who_signs(letters), _TEXT, after=14)
    made.paragraph(_membership(letter, letters), _TEXT, after=14)
    for sentence in dues_sentences(letter, letters):
        made.paragraph(sentence, _TEXT, after=14)
    made.paragraph("Cette attestation est délivrée pour servir et valoir ce que de droit.", _TEXT, after=10)
    made.sign(place=done_at(letters.issuer, letters.on))
    return made


def _who_signs(letters: Letters[Certificate]) -> list[Run]:
    issuer, head = letters.issuer, letters.head
    signs = f"Je soussigné{'e' if issuer.is_woman else ''}" if issuer.signatory else "Je soussigné·e"
    office = f", {issuer.office[:1].lower()}{issuer.office[1:]}" if issuer.office else ""
    return [
        Run(f"{signs}, "), Run(issuer.signatory or TO_FILL, "semibold"),
        Run(f"{office} de l’association {head.name}{identity(issuer)}, atteste que{french.NBSP}:"),
    ]  # fmt: skip


def _membership(letter: Certificate, letters: Letters[Certificate]) -> list[Run]:
    to = letter.addressee
    name = " ".join(filter(None, (to.civility, to.name)))
    about = f", SIRET {to.siret}," if to.siret else ""
    return [Run(name, "semibold"), Run(f"{about} {_period(letter, letters)}.")]


def _period(letter: Certificate, letters: Letters[Certificate]) -> str:
    """Return since when, and until when, without saying more than the dossier knows."""
    joined = f" depuis le {french.long_date(letter.joined_on)}" if letter.joined_on else ""
    if letter.left_on is None or letter.left_on > letters.on:
        return f"a la qualité d’adhérent de l’association{joined}, au titre de l’exercice {letter.year}"
    since = f" du {french.long_date(letter.joined_on)} au" if letter.joined_on else " jusqu’au"
    last = french.long_date(letter.left_on - timedelta(days=1))
    return f"a eu la qualité d’adhérent de l’association{since} {last}, au titre de l’exercice {letter.year}"


def dues_sentences(letter: Certificate, letters: Letters[Certificate]) -> list[str]:
    """Return where the year's dues stand on the day of writing, neither more nor less."""
    day = french.long_date(letters.on)
    called = [each for each in letter.dues if each.is_called]
    if not called:
        return [f"Au {day}, aucune cotisation de l’exercice {letter.year} ne lui a été appelée."]
    return [_dues_sentence(each, letter.year, day) for each in called]


def _dues_sentence(dues: CertifiedDues, year: int, day: str) -> str:
    amount = french.amount(dues.amount)
    number = f" (appel n°{french.NBSP}{dues.number})" if dues.number else ""
    what = f"Sa cotisation de l’exercice {year}{number}, d’un montant de {amount},"
    if dues.received >= dues.amount:
        on = f" le {french.long_date(dues.last_on)}" if dues.last_on else ""
        return f"{what} a été intégralement réglée{on}."
    if dues.received > 0:
        received, left = french.amount(dues.received), french.amount(dues.amount - dues.received)
        return f"{what} est réglée à hauteur de {received} au {day}{french.THIN}; il reste {left} à régler."
    return f"{what} n’est pas réglée au {day}."
