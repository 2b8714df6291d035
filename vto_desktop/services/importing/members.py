"""What importing a list of members would do: each row against the dossier, the file and the official list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from vto_desktop.model import LOCAL_AUTHORITIES, NATURAL_PERSON, Kind
from vto_desktop.services import local_authorities, persons
from vto_desktop.services.importing import wording
from vto_desktop.services.importing.folds import fold
from vto_desktop.services.importing.headings import Layout
from vto_desktop.services.importing.known import MEMBERSHIP, ORGANISATION, PERSON, Found, Known, differs
from vto_desktop.services.importing.memberships import Holder, Memberships
from vto_desktop.services.importing.plan import CellProblem, PlannedRow, State, Target, Work
from vto_desktop.services.importing.reading import Given, Options, heading_of
from vto_desktop.services.importing.seats import Seats, groups_in, named, seats_given
from vto_desktop.services.importing.values import kind_named
from vto_desktop.services.members import proposed_college

OFFICIAL: Final = ("siren", "insee", "kind", "departement", "population", "population_year")

_BLANK: Final[dict[str, Any]] = dict.fromkeys(ORGANISATION, "")


class MemberPlanner:
    """Plans the rows of one file, one after the other: each knows those before it."""

    def __init__(self, known: Known, layout: Layout, options: Options) -> None:
        self._known = known
        self._layout = layout
        self._options = options
        self._seats = Seats(known, layout)
        self._groups = groups_in(layout)
        self._memberships = Memberships(known)
        self._new_names: dict[str, list[Target]] = {}  # organisations that rows above make
        self._new_sirens: dict[str, Target] = {}
        self._new_persons: dict[str, Target] = {}

    def planned(self, given: Given) -> PlannedRow:
        """Return what one row would do."""
        if given.is_ignored:
            return PlannedRow(given.number, _first_text(given), State.IGNORED, wording.IGNORED)
        row = self._of_person(given) if self._is_person(given) else self._of_organisation(given)
        row.doubts = given.doubts
        if given.problems:
            row.state, row.work, row.problems = State.PROBLEM, None, given.problems
            row.what = " ".join(problem.sentence for problem in given.problems)
        return row

    # --- who is meant ----------------------------------------------------------------------------

    @staticmethod
    def _is_person(given: Given) -> bool:
        values = given.values
        if (kind := values.get("kind")) is not None:
            return bool(kind == NATURAL_PERSON)
        return "last_name" in values and not {"name", "siren", "siret"} & values.keys()

    def _problem(self, given: Given, sentence: str, *keys: str) -> None:
        given.problems.append(CellProblem(given.number, heading_of(self._layout, *keys), sentence))

    def _of_organisation(self, given: Given) -> PlannedRow:
        said = given.part(ORGANISATION)
        found = self._known.organisation(said)
        name = said.get("name") or ""
        if found.id is None and not name and not self._official(said):
            self._problem(given, "Indiquez le nom de l’adhérent.", "name", "siren")
            return PlannedRow(given.number, "", State.PROBLEM)
        if found.id is not None:
            work = Work(organisation=self._existing(found.id, said, given))
            held_name = self._known.organisations[found.id]["name"]
            return self._membership(given, held_name, work, ("organisation", found.id))
        return self._of_new_organisation(given, said, found)

    def _of_new_organisation(self, given: Given, said: Mapping[str, Any], found: Found) -> PlannedRow:
        values, official = self._new(said)
        if not official and self._has_namesakes(said):
            heading = heading_of(self._layout, "departement", "name")
            given.doubts.append(CellProblem(given.number, heading, local_authorities.SEVERAL))
        target = Target(None, values, _aliases(given))
        first, is_sure = self._first_alike(target)
        work = Work(organisation=target)
        row = self._membership(given, values["name"], work, ("new", id(first or target)))
        if row.state is State.DOUBLE:
            row.work = None if is_sure else work  # of one name only, it may be another one
        elif first is not None:
            work.organisation = first  # who left and came back has two rows
            row.what = wording.AGAIN
        else:
            row.what = wording.creation(values, work, official)
            if found.others:
                alike = [self._known.organisations[row_id] for row_id in found.others]
                row.state, row.what = State.DOUBLE, wording.alike(alike)
        return row

    def _first_alike(self, target: Target) -> tuple[Target | None, bool]:
        """Return the same organisation as a row above makes it, and whether its number says so."""
        values = target.values
        siren = values.get("siren") or (values.get("siret") or "")[:9]
        if siren and (first := self._new_sirens.setdefault(siren, target)) is not target:
            return first, True
        named_so = self._new_names.setdefault(fold(values["name"]), [])
        for other in named_so:
            if not Known.contradicts(_BLANK | other.values, values):
                return other, False
        named_so.append(target)
        return None, False

    def _of_person(self, given: Given) -> PlannedRow:
        said = given.part(PERSON)
        if "last_name" not in said and (name := given.values.get("name")):
            said = named(name, self._known) | said
        if not said.get("last_name"):
            self._problem(given, "Indiquez le nom de la personne.", "last_name", "name")
            return PlannedRow(given.number, "", State.PROBLEM)
        whole = f"{said.get('first_name', '')} {said['last_name']}".strip()
        ids = self._known.person(
            said, among=[row_id for kind, row_id in self._known.members_of if kind == "person"]
        )
        if len(ids) > 1:
            self._problem(
                given,
                f"Plusieurs personnes du dossier s’appellent {whole}\u00a0: indiquez le courriel.",
                "last_name",
            )
            return PlannedRow(given.number, whole, State.PROBLEM)
        if ids:
            held = self._known.persons[ids[0]]
            names = [name for name in said if name not in ("first_name", "last_name")]
            changes = {name: said[name] for name in names if differs(name, held[name], said[name])}
            work = Work(person=Target(ids[0], changes))
            return self._membership(given, whole, work, ("person", ids[0]))
        target = Target(None, said)
        first = self._new_persons.setdefault(persons.name_key(whole), target)
        work = Work(person=target)
        row = self._membership(given, whole, work, ("new", id(first)))
        if row.state is State.DOUBLE:
            row.work = work
        elif first is not target:
            work.person, row.what = first, wording.AGAIN
        else:
            row.what = wording.creation(said | {"kind": NATURAL_PERSON}, work, {})
        return row

    # --- organisations ---------------------------------------------------------------------------

    def _existing(self, row_id: int, said: Mapping[str, Any], given: Given) -> Target:
        """Return what changes of an organisation; its name stays, another spelling is kept beside it."""
        held = self._known.organisations[row_id]
        changes = {
            name: value for name, value in said.items() if name != "name" and differs(name, held[name], value)
        }
        if "population" in changes and "population_year" not in said:
            changes["population_year"] = None
        known = {fold(name) for name in self._known.names_of(row_id)}
        spellings = [*([said["name"]] if "name" in said else []), *_aliases(given)]
        new = {fold(name): name for name in spellings if fold(name) not in known}
        return Target(row_id, changes, list(new.values()))

    def _official(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the official list says of an organisation that is a local authority beyond doubt."""
        if not self._options.completes or said.get("kind") not in (None, *LOCAL_AUTHORITIES):
            return {}
        name = said.get("name") or ""
        found = local_authorities.find(siren=said.get("siren") or "", insee=said.get("insee") or "")
        if found is None and name and not kind_is_elsewhere(kind_named(name)):
            found = local_authorities.match(
                name, kind=said.get("kind") or "", departement=said.get("departement") or ""
            )
        if found is None:
            return {}
        values = local_authorities.values(found)
        if any(said.get(key) and values[key] and said[key] != values[key] for key in ("siren", "kind")):
            return {}
        return {"name": found.name, **{key: values[key] for key in OFFICIAL if values[key]}}

    def _has_namesakes(self, said: Mapping[str, Any]) -> bool:
        """Return whether the official list has several authorities that the name may mean."""
        name, kind = said.get("name") or "", said.get("kind") or ""
        if not self._options.completes or not name or (kind and kind not in LOCAL_AUTHORITIES):
            return False
        if said.get("siren") or kind_is_elsewhere(kind_named(name)):
            return False
        departement = said.get("departement") or ""
        return len(local_authorities.namesakes(name, kind=kind, departement=departement)) > 1

    def _new(self, said: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the values of a new organisation, and those among them that the official list gave."""
        official = self._official(said)
        if "population" in said:
            official = {key: value for key, value in official.items() if key != "population_year"}
        added = {key: value for key, value in official.items() if not said.get(key)}
        values = dict(said) | added
        if not values.get("kind"):
            values["kind"] = kind_named(values["name"]) or Kind.OTHER.value
        return values, added

    # --- the membership --------------------------------------------------------------------------

    def _membership(self, given: Given, name: str, work: Work, holder: Holder) -> PlannedRow:
        said = given.part(MEMBERSHIP) | (
            {"college_id": given.values["college"]} if "college" in given.values else {}
        )
        joined, left = said.get("joined_on"), said.get("left_on")
        period = self._memberships.find(holder, joined, left)
        if period is not None and period.row:
            return PlannedRow(given.number, name, State.DOUBLE, wording.same_row(period.row))
        work.member_id = period.member_id if period is not None else None
        seats = seats_given(given, self._known, self._groups) if work.organisation is not None else iter(())
        work.seats = self._seats.of(given, work.member_id, seats)
        if period is None:
            work.member = {"college_id": self._college(work), **said}
            self._memberships.add(holder, given.number, joined, left)
        else:
            held = self._known.members[period.member_id or 0]
            work.member = {key: value for key, value in said.items() if differs(key, held[key], value)}
            joined, left = joined or period.joined, left or period.left
            period.joined, period.left, period.row = joined, left, given.number
        self._check_days(given, joined, left)
        state = State.CREATE if period is None else State.UPDATE if work.is_touched else State.SAME
        return PlannedRow(given.number, name, state, wording.changes(work, self._known), work=work)

    def _check_days(self, given: Given, joined: date | None, left: date | None) -> None:
        if joined is not None and left is not None and left < joined:
            self._problem(given, "Le départ doit suivre l’adhésion.", "left_on", "joined_on")

    def _college(self, work: Work) -> int:
        kind = NATURAL_PERSON
        if work.organisation is not None:
            target = work.organisation
            held = self._known.organisations[target.id] if target.id is not None else {}
            kind = target.values.get("kind") or held.get("kind") or Kind.OTHER.value
        return proposed_college([row_id for row_id, _name in self._known.colleges], kind)


def kind_is_elsewhere(kind: str) -> bool:
    """Return whether a name says that an organisation is no local authority."""
    return bool(kind) and kind not in LOCAL_AUTHORITIES


def _aliases(given: Given) -> list[str]:
    """Return the other spellings a row gives, one a line or between semicolons."""
    text = str(given.values.get("aliases", "")).replace("\n", ";")
    return [each.strip() for each in text.split(";") if each.strip()]


def _first_text(given: Given) -> str:
    texts: Sequence[str] = [value for value in given.values.values() if isinstance(value, str)]
    return texts[0] if texts else ""
