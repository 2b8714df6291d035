"""Convocation: who is called, to what, when and where, on which agenda; the form of a power behind it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from vto_desktop import french
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.charts.drawing import Shape, rect
from vto_desktop.reports.letter import Fact, Letter
from vto_desktop.reports.letterhead import at_most
from vto_desktop.reports.meeting_pieces import heading, held_when, numbered, power_rule, where
from vto_desktop.reports.paper import TITLE
from vto_desktop.reports.power_form import power_form, qualities
from vto_desktop.reports.text import ACCENT, BODY, Line, Style
from vto_desktop.services.figures_meeting_papers import Called, MeetingFigure, MeetingLetters

NAME: Final = "Convocation"
_WHEN: Final = Style(12, 16, "semibold", ACCENT)
_MOST: Final = 6  # lines of a place or a link


def layout(letters: MeetingLetters, *, dossier_name: str, printed_at: datetime) -> Bundle:
    """Lay out the convocations of a meeting."""
    return Bundle(
        letters, paper, title=NAME, subtitle=letters.meeting.name,
        empty=f"Personne n’est à convoquer\u00a0: aucun siège n’est pourvu pour {letters.meeting.in_words}.",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip


def paper(letters: Any, letter: Called, dossier_name: str, printed_at: datetime) -> Letter:
    """Lay out one convocation."""
    meeting: MeetingFigure = letters.meeting
    made = Letter(
        letters, letter.addressee, title=NAME, below="", subtitle=meeting.name, facts=_facts(meeting),
        gaps=letter.gaps, dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    made.paragraph(f"{made.salutation()},")
    made.paragraph(_calling(letter, meeting, letters.head.name), after=8)
    _box(made, meeting)
    heading(made, "Ordre du jour")
    numbered(made, meeting.agenda or ("à renseigner",))
    made.y += 6
    for said in _sentences(letter, meeting):
        made.paragraph(said)
    made.paragraph(
        f"Nous vous prions d’agréer, {made.salutation()}, l’expression de nos salutations distinguées.",
        after=0,
    )
    made.sign()
    if has_power(letter, meeting):
        made.new_page()
        made.y += 8
        lines = at_most(made.ink, "Pouvoir", TITLE, made.width, 1)
        made.y = made.lines(lines, made.left, made.y, TITLE) + 8
        power_form(made, letters, letter)
    return made


def has_power(letter: Called, meeting: MeetingFigure) -> bool:
    """Return whether the form of a power is sent along."""
    return letter.gives_power and meeting.max_powers != 0 and not meeting.is_written


def _facts(meeting: MeetingFigure) -> list[Fact]:
    found = [("Date", french.short_date(meeting.convened_on)), ("Réunion", meeting.words.name)]
    return [*found, ("Objet", meeting.title)] if meeting.title else found


def _calling(letter: Called, meeting: MeetingFigure, association: str) -> str:
    quality = qualities(letter)
    if meeting.is_written:
        return (
            f"Nous avons l’honneur de vous consulter par écrit, {quality}, au titre {meeting.words.of} de "
            f"l’association {association}. Vos réponses sont attendues au plus tard\u00a0:"
        )
    return (
        f"Nous avons l’honneur de vous convoquer, {quality}, {meeting.words.to} de l’association "
        f"{association}, qui se tiendra\u00a0:"
    )


def _box(made: Letter, meeting: MeetingFigure) -> None:
    """Print when and where in a frame as high as it needs to be."""
    when = held_when(meeting)
    inside = made.width - 26
    laid: list[tuple[list[Line], Style]] = [
        (at_most(made.ink, when[:1].upper() + when[1:], _WHEN, inside, 2), _WHEN)
    ]
    for name, value in where(meeting):
        said = f"{name}\u00a0: {value or 'à renseigner'}"
        laid.append((at_most(made.ink, said, BODY, inside, _MOST), BODY))
    high = sum(len(lines) * style.leading for lines, style in laid) + 20
    made.need(high)
    made.add([Shape(rect(made.left, made.y, made.width, high), None, ACCENT, 0.8)])
    y = made.y + 10
    for lines, style in laid:
        y = made.lines(lines, made.left + 13, y, style)
    made.y += high + 4


def _sentences(letter: Called, meeting: MeetingFigure) -> Iterator[str]:
    if meeting.is_written:
        return  # everybody answers, nobody is represented
    if meeting.is_second_call:
        yield (
            "La réunion se tient sur seconde convocation\u00a0: elle délibère quel que soit le nombre de "
            "sièges présents ou représentés."
        )
    if not letter.gives_power:
        called = {True: "appelée", False: "appelé", None: "appelé·e"}[letter.is_woman]
        yield f"Vous êtes {called} à siéger quand le titulaire ne peut pas assister à la réunion."
        return
    stand_in = french.listed(list(dict.fromkeys(name for seat in letter.seats for name in seat.substitutes)))
    ways = [f"vous faire représenter par {stand_in}"] if stand_in else []
    if has_power(letter, meeting):
        ways.append("donner pouvoir au moyen du formulaire joint")
    if ways:
        yield f"Si vous ne pouvez pas assister à la réunion, vous pouvez {' ou '.join(ways)}."
    if rule := power_rule(meeting):
        yield rule
