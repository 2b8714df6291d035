"""Appel de cotisation: what a member is asked for, how it is computed, who decided it and how to pay it."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.numerals import amount_in_words
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.letter import Fact, Letter
from vto_desktop.reports.text import SECONDARY, Run, Style
from vto_desktop.services.figures_papers import Addressee, Call, Letters

TITLE: Final = "Appel de cotisation"
_TABLE: Final = Style(10, 13.5)


def layout(letters: Letters[Call], *, dossier_name: str, printed_at: datetime) -> Bundle:
    """Lay out the calls of a fiscal year."""
    return Bundle(
        letters, paper, title=f"Appels de cotisation {letters.year}", subtitle=f"Exercice {letters.year}",
        empty=f"Aucune cotisation de l’exercice {letters.year} n’est à appeler.",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip


def paper(letters: Letters[Call], call: Call, dossier_name: str, printed_at: datetime) -> Letter:
    """Lay out one call."""
    made = Letter(
        letters, call.addressee, title=TITLE, below=f"n°{french.NBSP}{call.number}" if call.number else "",
        subtitle=f"Exercice {call.year}",
        facts=facts(call), gaps=call.gaps, dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    made.paragraph(f"{made.salutation()},")
    made.paragraph(_request(call, letters.head.name), after=10)
    _computation(made, call)
    made.paragraph([Run("Arrêté à la somme de "), Run(amount_in_words(call.amount), "semibold"), Run(".")])
    if decision := _decision(call, letters.issuer.vat_sentence):
        made.paragraph(decision)
    made.y += 6
    due = f" au plus tard le {french.long_date(call.due_on)}" if call.due_on else ""
    reference = " ".join(filter(None, (call.number, call.addressee.name)))
    made.payment_box(f"À régler{due}", reference)
    made.y += 12
    made.paragraph(
        f"Nous vous prions d’agréer, {made.salutation()}, l’expression de nos salutations distinguées.",
        after=0,
    )
    made.sign()
    made.coupon("Coupon à joindre à votre règlement par chèque", _coupon(call, letters.head.name))
    return made


def facts(call: Call) -> list[Fact]:
    """Return what stands beside the address; Chorus Pro's fields for public bodies alone."""
    found = [
        ("Date", french.short_date(call.called_on)),
        ("Exercice", str(call.year)),
        ("Échéance", french.short_date(call.due_on)),
    ]
    if call.addressee.siret or call.addressee.is_public:
        found.append(("Votre SIRET", call.addressee.siret))
    asked = {gap.what for gap in call.gaps}
    if call.addressee.chorus_service or "code service" in asked:
        found.append(("Code service", call.addressee.chorus_service))
    if call.commitment_number or "numéro d’engagement" in asked:
        found.append(("N° d’engagement", call.commitment_number))
    return found


def whose_membership(to: Addressee) -> str:
    """Return « l’adhésion de votre collectivité », « votre adhésion » for a natural person."""
    return "votre adhésion" if to.is_person else f"l’adhésion de votre {to.noun}"


def _request(call: Call, association: str) -> str:
    return (
        f"Au titre de {whose_membership(call.addressee)} à {association}, nous vous remercions de bien "
        f"vouloir régler la cotisation de l’exercice {call.year}, établie comme suit."
    )


def _computation(made: Letter, call: Call) -> None:
    """Print how the amount is come to; what the retained amount changes is a row of its own."""
    computed = call.amount if call.computed is None else call.computed
    said = ((Run(f"Cotisation {call.year}", "semibold"), Run(f", {call.addressee.name}")),)
    basis = ((Run(call.basis[:1].upper() + call.basis[1:], None, SECONDARY),),) if call.basis else ()
    rows: list[Row] = [row(Cell((*said, *basis)), _money(computed))]
    if computed != call.amount:
        reason = call.reason or "Montant retenu"
        rows.append(row(reason, french.amount(call.amount - computed, decimals=True, signed=True)))
    rows.append(row("Montant à régler", _money(call.amount), kind="total"))
    columns = (Column("Désignation", weight=1), Column("Montant", "right"))
    Grid(made, Table(columns, tuple(rows), _TABLE, padding=3.2)).draw()
    made.y += 10


def _money(cents: int) -> str:
    return french.amount(cents, decimals=True)


def _decision(call: Call, vat_sentence: str) -> list[Run]:
    said = [Run(f"Barème décidé {call.decided}. ")] if call.decided else []
    return [*said, Run(f"{vat_sentence.rstrip('. ')}.")] if vat_sentence else said


def _coupon(call: Call, association: str) -> list[Fact]:
    return [
        ("Adhérent", call.addressee.name), ("À l’ordre de", association),
        ("Appel", f"n°{french.NBSP}{call.number}" if call.number else ""), ("Exercice", str(call.year)),
        ("Montant", _money(call.amount)), ("Échéance", french.short_date(call.due_on)),
    ]  # fmt: skip
