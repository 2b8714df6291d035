"""What importing a list of representatives would do: whom each row speaks of, and what changes."""

from typing import Any, Final

from vto_desktop import french
from vto_desktop.services import persons
from vto_desktop.services.importing import wording
from vto_desktop.services.importing.headings import Layout
from vto_desktop.services.importing.known import Known
from vto_desktop.services.importing.memberships import Memberships
from vto_desktop.services.importing.plan import CellProblem, PlannedRow, State, Work
from vto_desktop.services.importing.reading import Given, heading_of
from vto_desktop.services.importing.seats import HELD, IDENTITY, Seats, named, whole_name

NONE_CALLED: Final = "Importez d’abord les adhérents, ou corrigez ce nom."


class RepresentativePlanner:
    """Plans the rows of one file, one after the other: each knows those before it."""

    def __init__(self, known: Known, layout: Layout) -> None:
        self._known = known
        self._layout = layout
        self._seats = Seats(known, layout)
        self._memberships = Memberships(known)
        self._done: dict[tuple[Any, ...], int] = {}

    def planned(self, given: Given) -> PlannedRow:
        """Return what one row would do."""
        if given.is_ignored:
            return PlannedRow(given.number, "", State.IGNORED, wording.IGNORED)
        said = self._said(given)
        member_id, member_name = self._member(given)
        if not said.get("last_name"):
            self._problem(given, "Indiquez le nom du représentant.", "name", "last_name")
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts is not None and ends is not None and ends < starts:
            self._problem(given, "La fin doit suivre le début.", "ends_on", "starts_on")
        row = PlannedRow(given.number, f"{whole_name(said)} – {member_name}".strip(" –"), State.PROBLEM)
        row.doubts = given.doubts
        if member_id is not None and not given.problems:
            self._plan(row, given, member_id, said)
        if given.problems:
            row.state, row.work, row.problems = State.PROBLEM, None, given.problems
            row.what = " ".join(problem.sentence for problem in given.problems)
        return row

    def _problem(self, given: Given, sentence: str, *keys: str) -> None:
        given.problems.append(CellProblem(given.number, heading_of(self._layout, *keys), sentence))

    def _said(self, given: Given) -> dict[str, Any]:
        found = given.part((*IDENTITY, *HELD))
        if whole := given.values.get("name"):
            found = named(whole, self._known) | found
        return found

    def _member(self, given: Given) -> tuple[int | None, str]:
        """Return the member that a row names; a problem when there is none, or when there are several."""
        said = given.part(("siren",))
        name = given.values.get("member") or ""
        found = self._known.organisation({"name": name, **said})
        shown = name or said.get("siren", "")
        if found.id is None:
            sentence = "Indiquez l’adhérent."
            if found.others:
                alike = [self._known.organisations[row_id]["name"] for row_id in found.others[:3]]
                quoted = " ou ".join(f"«\u00a0{each}\u00a0»" for each in alike)
                sentence = f"Aucun adhérent ne s’appelle «\u00a0{shown}\u00a0»\u00a0: est-ce {quoted}\u202f?"
            elif shown:
                sentence = f"Aucun adhérent ne s’appelle «\u00a0{shown}\u00a0». {NONE_CALLED}"
            self._problem(given, sentence, "member", "siren")
            return None, shown
        official = self._known.organisations[found.id]["name"]
        holder = ("organisation", found.id)
        period = self._memberships.find(holder, given.values.get("starts_on"), None)
        period = period or self._memberships.find(holder, None, None)
        if period is None:
            self._problem(
                given, f"«\u00a0{official}\u00a0» n’est pas adhérent. {NONE_CALLED}", "member", "siren"
            )
        return period.member_id if period is not None else None, official

    def _plan(self, row: PlannedRow, given: Given, member_id: int, said: dict[str, Any]) -> None:
        key = (member_id, persons.name_key(whole_name(said)), said.get("starts_on"))
        if (first := self._done.setdefault(key, given.number)) != given.number:
            row.state, row.what = State.DOUBLE, f"Même représentant que la ligne {french.number(first)}."
            return
        work = Work(member_id=member_id, seats=self._seats.of(given, member_id, iter((said,))))
        row.work = work
        is_new = any(seat.id is None for seat in work.seats)
        row.state = State.CREATE if is_new else State.UPDATE if work.is_touched else State.SAME
        if row.state is State.SAME:
            return
        row.what = wording.changes(work, self._known)
        if is_new:
            details = (said.get("rank"), said.get("capacity"), wording.period(said))
            row.what = " · ".join(filter(None, ("Nouveau représentant", *details)))
