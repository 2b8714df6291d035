"""What is to be done about dues: who is late, which reminders come next, who is not called yet."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.services.figures import ToDo
from vto_desktop.services.reminders import LAST, Late, late_dues

LATE: Final = "dues:late"  # what the page of dues opens with: the late ones, the reminders to send
REMIND: Final = "dues:remind"


def dues_to_do(session: Session, year: int, today: date) -> Iterator[ToDo]:
    """Yield what is late of a fiscal year's dues, then each level of reminders to be sent."""
    late = late_dues(session, year, on=today)
    if late:
        yield ToDo(
            state="En retard", tone="danger",
            title=f"Cotisations {year}{french.NBSP}: {french.count(len(late), 'adhérent')}",
            detail=_names(late), due_on=late[0].due_on, amount=sum(each.due for each in late),
            action="Relancer", table=LATE, row_id=year,
        )  # fmt: skip
    for level in range(1, LAST + 1):
        ready = [each for each in late if each.next_level == level and each.is_ready(today)]
        if ready:
            words = french.count(len(ready), f"relance de niveau {level}", f"relances de niveau {level}")
            yield ToDo(
                state="À préparer", tone="warn", title=f"{words} à envoyer", detail=_names(ready),
                due_on=None, amount=sum(each.due for each in ready),
                action="Préparer", table=REMIND, row_id=year,
            )  # fmt: skip


def _names(late: list[Late]) -> str:
    return french.some([each.name for each in late])
