"""What an import would do, said in words: beside each row of the preview."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from vto_desktop import french
from vto_desktop.services.importing.plan import Seat, Work
from vto_desktop.services.reference import departement_name

if TYPE_CHECKING:
    from vto_desktop.services.importing.known import Known

IGNORED: Final = "Total ou titres répétés\u00a0: rien à importer."
AGAIN: Final = "Autre période du même adhérent."
LONGEST: Final = 40  # characters of a value shown

NAMES: Final = {
    "kind": "type", "siren": "SIREN", "siret": "SIRET", "rna": "RNA", "insee": "code INSEE",
    "departement": "département", "population": "population", "address": "adresse", "postcode": "code postal",
    "city": "ville", "email": "courriel", "phone": "téléphone", "chorus_service": "code service Chorus Pro",
    "short_name": "nom court", "civility": "civilité", "college_id": "collège", "joined_on": "adhésion",
    "left_on": "départ", "leaving_reason": "raison du départ", "notes": "notes", "rank": "rang",
    "capacity": "qualité", "starts_on": "depuis", "ends_on": "fin",
}  # fmt: skip


def same_row(number: int) -> str:
    """Return what is said of a row whose member another row names."""
    return f"Même adhérent que la ligne {french.number(number)}."


def alike(organisations: Sequence[Mapping[str, Any]]) -> str:
    """Return what is said of a new organisation that looks like some of the dossier's."""
    shown = [f"«\u00a0{each['name']}\u00a0» ({where(each)})" for each in organisations[:3]]
    more = " ou d’autres" if len(organisations) > 3 else ""
    return (
        f"Ressemble à {' ou '.join(shown)}{more}\u00a0: précisez son SIREN, ou cochez pour l’ajouter à part."
    )


def where(values: Mapping[str, Any]) -> str:
    """Return « Commune, Hérault »."""
    place = departement_name(values.get("departement") or "")
    return ", ".join(filter(None, (values.get("kind"), place)))


def creation(values: Mapping[str, Any], work: Work, official: Mapping[str, Any]) -> str:
    """Return what is said of a new member."""
    inhabitants = values.get("population")
    parts = [
        where(values),
        f"{french.number(inhabitants)} hab." if inhabitants else "",
        *_seats(work.seats, {}),
    ]
    said = " · ".join(filter(None, parts))
    added = [NAMES[key] for key in official if key in NAMES]
    return f"{said} · liste officielle\u00a0: {', '.join(added)}" if added else said


def changes(work: Work, known: "Known") -> str:
    """Return what is said of a member whose organisation or person is known."""
    parts: list[str] = []
    if work.member_id is None:
        parts.append("déjà dans le dossier, devient adhérent")
    colleges = dict(known.colleges)
    for target, rows in ((work.organisation, known.organisations), (work.person, known.persons)):
        if target is not None and target.id is not None:
            parts += _changed(target.values, rows[target.id])
            parts += [f"aussi écrit «\u00a0{name}\u00a0»" for name in target.aliases]
    if work.member_id is not None:
        parts += _changed(work.member, known.members[work.member_id], colleges)
    parts += _seats(work.seats, known.seats)
    return " · ".join(parts)


def _changed(
    values: Mapping[str, Any], held: Mapping[str, Any], colleges: Mapping[int, str] | None = None
) -> Iterable[str]:
    for name, value in values.items():
        if name not in NAMES:
            continue
        before, after = _shown(name, held[name], colleges), _shown(name, value, colleges)
        yield f"{NAMES[name]} {before} → {after}" if before else f"{NAMES[name]} {after}"


def _shown(name: str, value: Any, colleges: Mapping[int, str] | None) -> str:
    if value is None or value == "":
        return ""
    if name == "college_id" and colleges:
        return colleges.get(value, "")
    if isinstance(value, date):
        return french.short_date(value)
    if isinstance(value, int):
        return french.number(value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _seats(seats: Sequence[Seat], held: Mapping[int, Mapping[str, Any]]) -> Iterable[str]:
    new = [seat.name for seat in seats if seat.id is None]
    if new:
        yield french.count(len(new), "représentant", "représentants") + f"\u00a0: {french.listed(new)}"
    for seat in seats:
        if seat.id is not None:
            yield from _changed(seat.values, held[seat.id])
        if seat.person.id is not None and seat.person.values:
            yield "coordonnées d’un représentant"


def period(values: Mapping[str, Any]) -> str:
    """Return « du 01/01/2021 au 31/12/2021 » from the days given, or nothing."""
    starts, ends = values.get("starts_on"), values.get("ends_on")
    since = f"depuis le {french.short_date(starts)}" if starts else ""
    return " ".join(filter(None, (since, f"jusqu’au {french.short_date(ends)}" if ends else "")))
