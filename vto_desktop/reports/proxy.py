"""Pouvoir: a form for each person who holds a seat, to be completed and signed."""

from datetime import datetime
from typing import Any, Final

from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.pdf import Bookmark
from vto_desktop.reports.power_form import power_form
from vto_desktop.services.figures_meeting_papers import Called, MeetingLetters

TITLE: Final = "Pouvoir"


def layout(letters: MeetingLetters, *, dossier_name: str, printed_at: datetime) -> Bundle:
    """Lay out the power forms of a meeting."""
    return Bundle(
        letters, paper, title="Pouvoirs", subtitle=letters.meeting.name,
        empty=f"Aucun pouvoir\u00a0: aucun siège n’est pourvu pour {letters.meeting.in_words}.",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip


def paper(letters: Any, letter: Called, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out one form."""
    made = Paper(
        letters.head, title=TITLE, subtitle=letters.meeting.name, dossier_name=dossier_name,
        printed_at=printed_at,
    )  # fmt: skip
    first = made.bookmarks[0]
    made.bookmarks[0] = Bookmark(f"{TITLE}, {made.ink.plain(letter.addressee.name)}", first.page, first.y)
    made.y += 8
    power_form(made, letters, letter)
    return made
