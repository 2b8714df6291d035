"""What the papers of a meeting share: facts, agenda, deliberations, lines to write on, signatures."""

from collections.abc import Iterable, Sequence
from typing import Final

from vto_desktop import french
from vto_desktop.model import Outcome
from vto_desktop.reports.charts.drawing import line
from vto_desktop.reports.letterhead import at_most
from vto_desktop.reports.paper import SECTION, Paper
from vto_desktop.reports.text import BODY, CAPTION, Run, Style, baseline, wrap
from vto_desktop.services.figures_meeting_papers import MeetingFigure, Officiant
from vto_desktop.services.figures_meetings import DecisionFigure, MeetingSeat

TO_WRITE: Final = "#9aa5b1"
DOTS: Final = "…" * 6
_LABEL: Final = 118.0
_INDENT: Final = 20.0
_MOST: Final = 8  # lines of a fact: a place or a link never pushes its paper off the page
_OUTCOMES: Final = {
    Outcome.ADOPTED.value: "adoptée", Outcome.REJECTED.value: "rejetée",
    Outcome.POSTPONED.value: "ajournée",
}  # fmt: skip


def heading(paper: Paper, text: str, *, keep: float = 44) -> None:
    """Print a heading that is no entry of the outline, together with some of what follows."""
    paper.space(10)
    paper.need(SECTION.leading + 3 + keep)
    paper.y = paper.lines(at_most(paper.ink, text, SECTION, paper.width, 3), paper.left, paper.y, SECTION) + 3


def numbered(paper: Paper, items: Sequence[str], style: Style = BODY) -> None:
    """Print numbered items, each hanging from its number, over as many pages as they take."""
    for place, item in enumerate(items, 1):
        hanging(paper, f"{place}.", item, style)


def hanging(paper: Paper, number: str, text: str | Iterable[Run], style: Style = BODY) -> None:
    """Print a text that hangs from a number or a sign."""
    for place, each in enumerate(wrap(paper.ink.runs(text, style), style, paper.width - _INDENT)):
        paper.need(style.leading)
        if not place:
            paper.label(paper.left + 2, paper.y + baseline(style), number, style)
        paper.y = paper.lines([each], paper.left + _INDENT, paper.y, style)
    paper.y += 2


def facts(paper: Paper, rows: Iterable[tuple[str, str]]) -> None:
    """Print a label and its value a line; what is not known is a line to write on."""
    for label, value in rows:
        lines = at_most(paper.ink, value, BODY, paper.width - _LABEL, _MOST) if value else []
        high = max(len(lines), 1) * BODY.leading + 4
        paper.need(high)
        y = paper.y + 2
        paper.lines(at_most(paper.ink, label, CAPTION, _LABEL - 8, 1), paper.left, y + 1.4, CAPTION)
        if lines:
            paper.lines(lines, paper.left + _LABEL, y, BODY)
        else:
            base = y + BODY.leading - 1
            paper.add([line(paper.left + _LABEL, base, paper.right, base, TO_WRITE, 0.6)])
        paper.y += high


def lines_to_write(paper: Paper, count: int, *, gap: float = 19) -> None:
    """Print ruled lines over the whole width."""
    for _line in range(count):
        paper.need(gap)
        paper.y += gap
        paper.add([line(paper.left, paper.y, paper.right, paper.y, TO_WRITE, 0.6)])
    paper.y += 6


def signatures(paper: Paper, meeting: MeetingFigure) -> None:
    """Print blocks to sign side by side, for who chairs the meeting and who keeps its minutes."""
    signers = officiants(meeting)
    paper.space(18)
    paper.need(86)
    wide, top = (paper.width - 24) / len(signers), paper.y
    name_style = BODY._replace(face="semibold")
    for place, (title, name) in enumerate(signers):
        x = paper.left + place * (wide + 24)
        y = paper.lines(at_most(paper.ink, title, BODY, wide, 2), x, top, BODY)
        y = paper.lines(at_most(paper.ink, name, name_style, wide, 2), x, y, name_style) if name else y
        paper.add([line(x, top + 82, x + wide, top + 82, TO_WRITE, 0.6)])
    paper.y = top + 86


# --- in words ------------------------------------------------------------------------------------


def held_when(meeting: MeetingFigure) -> str:
    """Return « mercredi 2 décembre 2020 à 14 h 30 »."""
    at = f" à {meeting.time}" if meeting.time else ""
    return f"{french.full_date(meeting.held_on)}{at}"


def where(meeting: MeetingFigure) -> list[tuple[str, str]]:
    """Return place and videoconference, as the meeting is held; what is missing is left to be filled."""
    found = []
    if meeting.is_on_site or (meeting.place and not meeting.is_written):
        found.append(("Lieu", meeting.place))
    if meeting.is_remote or meeting.link:
        found.append(("Visioconférence", meeting.link))
    if meeting.is_written:
        found.append(("Forme", "Consultation écrite"))
    return found


def _chair_title(chair: Officiant | None) -> str:
    """Return « Présidente de séance »."""
    titles = {True: "Présidente", False: "Président", None: "Président·e"}
    return f"{titles[chair.is_woman if chair is not None else None]} de séance"


def officiants(meeting: MeetingFigure) -> list[tuple[str, str]]:
    """Return who chairs and who keeps the minutes: the title, and the name when it is known."""
    chair, secretary = meeting.chair, meeting.secretary
    return [
        (_chair_title(chair), chair.name if chair is not None else ""),
        ("Secrétaire de séance", secretary.name if secretary is not None else ""),
    ]


def seat_name(seat: MeetingSeat) -> str:
    """Return the member of a seat; of one held in person, the office."""
    return seat.label if seat.key.member_id is not None else seat.office or "Membre"


def power_rule(meeting: MeetingFigure) -> str:
    """Return how many powers one person may hold, nothing when no rule says so."""
    if meeting.max_powers is None:
        return ""
    if not meeting.max_powers:
        return f"Les règles {meeting.words.of} n’admettent pas de pouvoir."
    if meeting.max_powers == 1:
        return "Une même personne ne peut tenir qu’un pouvoir."
    return f"Une même personne ne peut tenir plus de {french.count(meeting.max_powers, 'pouvoir')}."


def sentence(text: str) -> str:
    """Return a text that begins with a capital and ends with a full stop."""
    kept = text.strip()
    return f"{kept[:1].upper()}{kept[1:].rstrip('.')}." if kept else ""


# --- deliberations -------------------------------------------------------------------------------


def votes_counted(each: DecisionFigure) -> bool:
    """Return whether anything was counted."""
    return any(value is not None for value in (each.votes_for, each.votes_against, each.votes_abstained))


def votes_sentence(each: DecisionFigure) -> str:
    """Return « 8 voix pour, 0 voix contre, 1 abstention. », what was not counted left out."""
    said = []
    if each.votes_for is not None:
        said.append(f"{french.number(each.votes_for)}{french.NBSP}voix pour")
    if each.votes_against is not None:
        said.append(f"{french.number(each.votes_against)}{french.NBSP}voix contre")
    if each.votes_abstained is not None:
        said.append(french.count(each.votes_abstained, "abstention"))
    return f"{', '.join(said)}." if said else ""


def outcome_sentence(each: DecisionFigure) -> str:
    """Return « Délibération adoptée à l’unanimité. », « Dont acte. »."""
    if each.outcome == Outcome.NOTED:
        return "Dont acte."
    is_unanimous = bool(each.votes_for) and each.votes_against == 0 and each.votes_abstained == 0
    how = " à l’unanimité" if is_unanimous and each.outcome == Outcome.ADOPTED else ""
    return f"Délibération {_OUTCOMES.get(each.outcome, each.outcome)}{how}."


def decision_text(paper: Paper, each: DecisionFigure) -> None:
    """Print the text of a deliberation, a paragraph a line."""
    for paragraph in filter(None, (part.strip() for part in each.text.splitlines())):
        paper.paragraph(paragraph, after=1.5)
    paper.y += 3 if each.text.strip() else 0


def decision_votes(paper: Paper, each: DecisionFigure, *, to_fill: bool = False) -> None:
    """Print what came out of the vote; ``to_fill`` leaves room for what was not counted."""
    runs = [Run(outcome_sentence(each), "semibold")]
    if votes_counted(each):
        runs.insert(0, Run(f"{votes_sentence(each)} "))
    elif to_fill and each.outcome in (Outcome.ADOPTED, Outcome.REJECTED):
        runs.insert(0, Run(f"Pour {DOTS} Contre {DOTS} Abstentions {DOTS} "))
    paper.paragraph(runs, after=8)
