"""Reçu: one payment acknowledged, however many dues or instalments it settles."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.numerals import amount_in_words
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.grid import Column, Grid, Table, row
from vto_desktop.reports.letter import Letter
from vto_desktop.reports.signature import done_at
from vto_desktop.reports.text import CAPTION, Run, Style
from vto_desktop.services.figures_papers import Letters, Payment

TITLE: Final = "Reçu"
_TABLE: Final = Style(10, 13.5)
NOT_FISCAL: Final = (
    "Ce reçu constate un paiement ; ce n’est pas un reçu fiscal (articles 200 et 238 bis du code général des "
    "impôts)."
)


def layout(letters: Letters[Payment], *, dossier_name: str, printed_at: datetime) -> Bundle:
    """Lay out what acknowledges the payments of a period."""
    return Bundle(
        letters, paper, title="Reçus d’encaissement", subtitle=f"Édité le {french.long_date(letters.on)}",
        empty="Aucun encaissement à constater sur cette période.", dossier_name=dossier_name,
        printed_at=printed_at,
    )  # fmt: skip


def paper(letters: Letters[Payment], payment: Payment, dossier_name: str, printed_at: datetime) -> Letter:
    """Lay out one of them."""
    received_on = french.short_date(payment.received_on)
    day = french.long_date(payment.received_on)
    made = Letter(
        letters, payment.addressee, title=TITLE, below=f"n°{french.NBSP}{payment.number}", gaps=payment.gaps,
        subtitle=f"Encaissement du {received_on}",
        facts=[
            ("Reçu le", received_on),
            ("Moyen", payment.means),
            *([("Référence", payment.reference)] if payment.reference else []),
        ],
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    name = " ".join(filter(None, (payment.addressee.civility, payment.addressee.name)))
    made.paragraph(
        [
            Run(f"{letters.head.name} reconnaît avoir reçu le {day} la somme de "),
            Run(amount_in_words(payment.amount), "semibold"),
            Run(f" ({french.amount(payment.amount, decimals=True)}), versée{_by(payment.means)} par "),
            Run(name, "semibold"), Run(f", pour{french.NBSP}:"),
        ],
        after=10,
    )  # fmt: skip
    _settled(made, payment)
    if payment.addressee.is_person:
        made.paragraph(NOT_FISCAL, CAPTION, after=6)
    made.sign(place=done_at(letters.issuer, letters.on))
    return made


def _by(means: str) -> str:
    """Return « par chèque », « en espèces », or nothing for another means."""
    if means == "Autre":
        return ""
    return " en espèces" if means == "Espèces" else f" par {means.lower()}"


def _settled(made: Letter, payment: Payment) -> None:
    rows = [
        row(
            settled.what,
            french.amount(settled.amount, decimals=True),
            french.amount(settled.left, decimals=True) if settled.left else "soldé",
        )
        for settled in payment.settled
    ]
    if len(rows) > 1:
        left = sum(settled.left for settled in payment.settled)
        total = french.amount(payment.amount, decimals=True)
        rows.append(
            row("Total", total, french.amount(left, decimals=True) if left else "soldé", kind="total")
        )
    columns = (Column("Objet", weight=1), Column("Reçu", "right"), Column("Reste dû", "right"))
    Grid(made, Table(columns, tuple(rows), _TABLE, padding=2.8)).draw()
    made.y += 12
