"""Relance: dues past their date, what was already paid of them, what is left; firmer from level to level."""

from datetime import date, datetime, timedelta
from typing import Final

from vto_desktop import french
from vto_desktop.numerals import amount_in_words
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.dues_calls import whose_membership
from vto_desktop.reports.grid import Column, Grid, Row, Table, row
from vto_desktop.reports.letter import Fact, Letter
from vto_desktop.reports.text import Run, Style
from vto_desktop.services.figures_papers import Letters, ReminderLetter, Sent

TITLE: Final = "Relance"
LEVELS: Final = {1: "Première relance", 2: "Deuxième relance", 3: "Dernière relance"}
DELAYS: Final = {1: 30, 2: 15, 3: 8}  # days to pay, from the letter's own day
_TABLE: Final = Style(9.5, 12.5)


def layout(letters: Letters[ReminderLetter], *, dossier_name: str, printed_at: datetime) -> Bundle:
    """Lay out the reminders of a fiscal year's late dues."""
    day = french.long_date(letters.on)
    return Bundle(
        letters, paper, title=f"Relances des cotisations {letters.year}", subtitle=f"Au {day}",
        empty=f"Aucune cotisation de l’exercice {letters.year} n’est en retard au {day}.",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip


def paper(
    letters: Letters[ReminderLetter], letter: ReminderLetter, dossier_name: str, printed_at: datetime
) -> Letter:
    """Lay out one reminder."""
    made = Letter(
        letters, letter.addressee, title=TITLE, gaps=letter.gaps,
        below=f"Appel n°{french.NBSP}{letter.number}" if letter.number else "",
        subtitle=f"Cotisation {letter.year}", facts=_facts(letter), dossier_name=dossier_name,
        printed_at=printed_at,
    )  # fmt: skip
    made.paragraph(f"{made.salutation()},")
    made.paragraph(_opening(letter, letters.head.name), after=10)
    _account(made, letter)
    made.paragraph(
        [Run("Reste à régler, en toutes lettres : "), Run(amount_in_words(letter.left), "semibold"), Run(".")]
    )
    made.paragraph(_asking(letter), after=10)
    reference = " ".join(filter(None, (letter.number, letter.addressee.name)))
    made.payment_box(f"À régler au plus tard le {french.long_date(pay_by(letter))}", reference)
    made.y += 10
    made.paragraph(_closing(made, letter), after=0)
    made.sign()
    return made


def pay_by(letter: ReminderLetter) -> date:
    """Return the last day that the letter gives to pay."""
    return letter.sent_on + timedelta(days=DELAYS[letter.level])


def _facts(letter: ReminderLetter) -> list[Fact]:
    found = [
        ("Date", french.short_date(letter.sent_on)),
        ("Objet", LEVELS[letter.level]),
        ("Exercice", str(letter.year)),
        ("Échéance", french.short_date(letter.due_on)),
    ]
    if letter.addressee.chorus_service:
        found.append(("Code service", letter.addressee.chorus_service))
    if letter.commitment_number:
        found.append(("N° d’engagement", letter.commitment_number))
    return found


# --- what it says --------------------------------------------------------------------------------


def _opening(letter: ReminderLetter, association: str) -> str:
    dues = f"la cotisation {letter.year} due au titre de {whose_membership(letter.addressee)} à {association}"
    what = "le solde de " if letter.paid else ""
    due = f", à régler au plus tard le {french.long_date(letter.due_on)}," if letter.due_on else ""
    if letter.level == 1:
        return f"Sauf erreur de notre part, {what}{dues}{due} ne nous est pas encore parvenu{_e(letter)}."
    before = _before(letter.earlier)
    if letter.level == 2:
        return (
            f"{before or 'Sauf erreur de notre part'}, {what}{dues}{due} reste impayé{_e(letter)} à ce jour."
        )
    return f"{before or 'À ce jour'}, {what}{dues}{due} demeure impayé{_e(letter)}."


def _e(letter: ReminderLetter) -> str:
    """Return the ending of « parvenu » and « impayé »: « la cotisation », but « le solde »."""
    return "" if letter.paid else "e"


def _before(earlier: tuple[Sent, ...]) -> str:
    """Return « Malgré nos relances des 15 juillet et 2 septembre 2021 », or nothing when none was sent."""
    days = [french.long_date(sent.sent_on) for sent in earlier]
    if not days:
        return ""
    return f"Malgré {'nos relances des' if len(days) > 1 else 'notre relance du'} {french.listed(days)}"


def _asking(letter: ReminderLetter) -> str:
    days = french.count(DELAYS[letter.level], "jour")
    if letter.level == 1:
        return (
            "Nous vous remercions de bien vouloir procéder à ce règlement. S’il a été fait entre-temps, ne "
            "tenez pas compte de ce courrier."
        )
    if letter.level == 2:
        return (
            f"Nous vous demandons de bien vouloir procéder à ce règlement sous {days}, ou de nous faire "
            "connaître ce qui s’y oppose."
        )
    return (
        f"Nous vous demandons une dernière fois de procéder à ce règlement, sous {days}. Passé ce délai, la "
        "situation de cette adhésion sera soumise au conseil d’administration."
    )


def _closing(made: Letter, letter: ReminderLetter) -> str:
    feelings = "nos salutations distinguées" if letter.level < 3 else "notre considération distinguée"
    return f"Nous vous prions d’agréer, {made.salutation()}, l’expression de {feelings}."


def _account(made: Letter, letter: ReminderLetter) -> None:
    """Print what was called, what came, what was reminded, what is left."""
    called = f"Cotisation {letter.year}, {letter.addressee.name}"
    about = f"appel n°{french.NBSP}{letter.number}" if letter.number else "appel"
    rows: list[Row] = [row(french.short_date(letter.called_on), f"{called}, {about}", _money(letter.amount))]
    rows += [
        row(
            french.short_date(paid.received_on),
            ", ".join(filter(None, ("Règlement reçu", paid.means.lower(), paid.reference))),
            _money(-paid.amount),
        )
        for paid in letter.paid
    ]
    rows += [
        row(french.short_date(sent.sent_on), f"{LEVELS[sent.level]}, pour {french.amount(sent.amount)}", "")
        for sent in letter.earlier
    ]
    rows.append(row("", "Reste à régler", _money(letter.left), kind="total"))
    columns = (Column("Date", width=70), Column("Opération", weight=1), Column("Montant", "right"))
    Grid(made, Table(columns, tuple(rows), _TABLE, padding=2.2)).draw()
    made.y += 10


def _money(cents: int) -> str:
    return french.amount(cents, decimals=True)
