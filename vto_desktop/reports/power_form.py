"""The form of a power: who gives it, for which seat, to whom, for which meeting; to be completed by hand."""

from typing import Final

from vto_desktop import french
from vto_desktop.reports.charts.drawing import Shape, line, rect
from vto_desktop.reports.letterhead import at_most
from vto_desktop.reports.meeting_pieces import TO_WRITE, facts, held_when, numbered, power_rule
from vto_desktop.reports.paper import Paper, measured
from vto_desktop.reports.text import BODY, CAPTION, Run
from vto_desktop.services.figures_meeting_papers import Called, CalledSeat, MeetingLetters

_SIGN: Final = 74.0
_GENDERS: Final = {
    "représentant": {True: "représentante", False: "représentant", None: "représentant·e"},
    "suppléant": {True: "suppléante", False: "suppléant", None: "suppléant·e"},
}


def qualities(letter: Called) -> str:
    """Return « en qualité de représentante (Alès Agglomération et GIP) et de suppléante (Vauvert) »."""
    held: dict[str, list[str]] = {}
    for seat in letter.seats:
        named = held.setdefault(_quality(seat, letter.is_woman), [])
        if seat.is_member:
            named.append(seat.label)
    said = [f"{_of(word)}{f' ({french.listed(names)})' if names else ''}" for word, names in held.items()]
    return f"en qualité {' et '.join(said)}"


def _quality(seat: CalledSeat, is_woman: bool | None) -> str:
    if seat.is_member:
        return _GENDERS["suppléant" if seat.is_substitute else "représentant"][is_woman]
    return f"{seat.label[:1].lower()}{seat.label[1:]}"


def _of(word: str) -> str:
    """Return « de présidente », « d’administratrice »."""
    return f"d’{word}" if french.sort_key(word)[:1] in tuple("aeiou") else f"de {word}"


def power_form(paper: Paper, letters: MeetingLetters, letter: Called) -> None:
    """Print the form below the title that stands on the paper."""
    meeting, to = letters.meeting, letter.addressee
    who = " ".join(filter(None, (to.civility, to.name)))
    signs = {True: "Je soussignée", False: "Je soussigné", None: "Je soussigné·e"}[letter.is_woman]
    facts(paper, [(signs, who)])
    capacity = next((seat.capacity for seat in letter.seats if seat.capacity), "")
    if capacity:
        facts(paper, [("Qualité", capacity)])
    own = [seat.label for seat in letter.seats if not seat.is_substitute]
    facts(paper, [("" if place else "Siège", label) for place, label in enumerate(own)])
    paper.y += 10
    facts(paper, [("donne pouvoir à", "")])
    paper.y += 10
    paper.paragraph(
        [
            Run(f"pour me représenter {meeting.words.to} de l’association {letters.head.name} du "),
            Run(held_when(meeting), "semibold"),
            Run(", prendre part aux débats et voter en mon nom"),
            Run(" sur l’ordre du jour\u00a0:" if meeting.agenda else "."),
        ]
    )
    numbered(paper, meeting.agenda)
    paper.y += 4
    if rule := power_rule(meeting):
        paper.paragraph(rule)
    paper.paragraph(_return_to(letters), after=12)
    _to_sign(paper)


def _return_to(letters: MeetingLetters) -> str:
    ways = " ou ".join(filter(None, (letters.head.email, letters.issuer.seat)))
    return f"À retourner avant la réunion{f' ({ways})' if ways else ''}, ou à remettre en séance."


def _to_sign(paper: Paper) -> None:
    paper.need(_SIGN + 26)
    half = paper.width / 2
    y = paper.y + BODY.leading
    for x, label in ((paper.left, "Fait à"), (paper.left + half, "le")):
        paper.lines(at_most(paper.ink, label, BODY, 60, 1), x, paper.y, BODY)
        start = x + measured(label, BODY) + 6
        paper.add([line(start, y, start + half * 0.6, y, TO_WRITE, 0.6)])
    paper.y = y + 10
    said = "Signature, précédée de la mention manuscrite «\u00a0Bon pour pouvoir\u00a0»"
    paper.y = paper.lines(at_most(paper.ink, said, CAPTION, paper.width, 1), paper.left, paper.y, CAPTION)
    paper.add([Shape(rect(paper.left, paper.y + 2, paper.width, _SIGN - 14), None, TO_WRITE, 0.6)])
    paper.y += _SIGN
