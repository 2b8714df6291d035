"""How any row is kept and deleted: its texts cleaned, all its problems at once, nothing orphaned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Table, func, inspect, select
from sqlalchemy.orm import Mapper, RelationshipProperty, Session
from sqlalchemy.orm.exc import StaleDataError

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Base

Row = TypeVar("Row", bound=Base)
Problems = dict[str, str]

MULTILINE: Final = frozenset(
    {"notes", "address", "object", "leaving_reason", "cancelling_reason", "condition", "agenda", "text"}
)
IN_LIST: Final = 500  # ids in one statement
TEXT_LIMIT: Final = 300
NOTES_LIMIT: Final = 20_000

# What each table is called when it stands in the way of a deletion: singular, plural.
WORDS: Final = {
    "account": ("compte", "comptes"), "action": ("action", "actions"), "amendment": ("avenant", "avenants"),
    "attendance": ("présence", "présences"), "body": ("instance", "instances"),
    "body_seats": ("répartition de sièges", "répartitions de sièges"),
    "budget": ("budget", "budgets"), "budget_line": ("ligne budgétaire", "lignes budgétaires"),
    "convention": ("convention", "conventions"),
    "convention_agreement": ("accord de convention", "accords de convention"),
    "decision": ("délibération", "délibérations"),
    "dues": ("cotisation", "cotisations"), "dues_campaign": ("campagne", "campagnes"),
    "entry": ("écriture", "écritures"), "fiscal_year": ("exercice", "exercices"),
    "form_mapping": ("correspondance", "correspondances"),
    "funding_source": ("source de financement", "sources de financement"),
    "instalment": ("tranche", "tranches"), "mandate": ("mandat", "mandats"),
    "meeting": ("réunion", "réunions"), "member": ("adhésion", "adhésions"),
    "office": ("fonction", "fonctions"),
    "receipt": ("encaissement", "encaissements"), "reminder": ("relance", "relances"),
    "report_due": ("compte rendu dû", "comptes rendus dus"),
    "representative": ("représentant", "représentants"), "signatory": ("signataire", "signataires"),
}  # fmt: skip


# --- problems ------------------------------------------------------------------------------------


def require(row: Base, sentences: dict[str, str]) -> Problems:
    """Return the sentences of the attributes that are empty."""
    found: Problems = {}
    for name, sentence in sentences.items():
        value = getattr(row, name)
        if value is None or (isinstance(value, str) and not value.strip()):
            found[name] = sentence
    return found


def is_given(row: Base, name: str) -> bool:
    """Return whether a neighbour is chosen, as an id or as an object; reads nothing from the database."""
    return getattr(row, f"{name}_id") is not None or row.__dict__.get(name) is not None


def too_long(row: Base) -> Problems:
    """Return a sentence for each text longer than its field may be."""
    found: Problems = {}
    for column in inspect(type(row)).columns:
        value = getattr(row, column.key)
        if not isinstance(value, str) or column.key in ("logo", "search_key", "sort_key"):
            continue
        limit = NOTES_LIMIT if column.key in MULTILINE else TEXT_LIMIT
        if len(value) > limit:
            found[column.key] = (
                f"Ce texte compte {french.number(len(value))} caractères ; {french.number(limit)} au plus."
            )
    return found


def in_order(row: Base, first: str, last: str, sentence: str) -> Problems:
    """Return the sentence, on ``last``, when two days are both given and not in order."""
    before, after = getattr(row, first), getattr(row, last)
    return {last: sentence} if before is not None and after is not None and after < before else {}


def is_taken(session: Session, row: Base, *names: str) -> bool:
    """Return whether another row already has the same values of these attributes together."""
    kind = type(row)
    same = (getattr(kind, name) == _cleaned(name, getattr(row, name)) for name in names)
    others = select(kind.id).where(*same, kind.id != (row.id or 0))
    return session.scalars(others.limit(1)).first() is not None


# --- keeping -------------------------------------------------------------------------------------


def give_place(session: Session, row: Any, *among: str) -> None:
    """Put a new row after the others that share these attributes, unless it was given a position."""
    kind = type(row)
    if row.id is None and not row.position:
        siblings = (getattr(kind, name) == getattr(row, name) for name in among)
        last = session.scalar(select(func.max(kind.position)).where(*siblings))
        row.position = 0 if last is None else last + 1


def save_row(session: Session, row: Row, problems: Problems) -> Row:
    """Keep a detached, new or present row and return the one of this session.

    Only the row's own columns and the rows it owns are merged: a neighbour loaded with the form is never
    written back. Raises Invalid with all problems, MODIFIE_ENTRE_TEMPS when another window was faster and
    FICHE_ABSENTE when the row is gone.
    """
    if problems:
        raise Invalid(problems)
    if inspect(row).detached:
        get_row(session, type(row), row.id)  # merging a row deleted since would bring it back
    try:
        kept = row if row in session else session.merge(_own(row))
        session.flush()
    except StaleDataError as error:
        raise UserError(
            "MODIFIE_ENTRE_TEMPS",
            "Cette fiche a été modifiée ailleurs depuis son ouverture. Rien n’a été enregistré ni perdu : "
            "fermez le formulaire, relisez la fiche, puis reprenez votre saisie.",
            details=type(row).__name__,
        ) from error
    return kept


def _own(row: Row) -> Row:
    """Return a copy with the row's columns and owned rows only, its texts cleaned."""
    mapper = inspect(type(row))
    present = inspect(row).dict
    values = {
        attr.key: _cleaned(attr.key, present[attr.key]) for attr in mapper.column_attrs if attr.key in present
    }
    for relation in mapper.relationships:
        if relation.key not in present:
            continue
        value = present[relation.key]
        if relation.cascade.delete_orphan:
            many = relation.uselist
            values[relation.key] = [_own(child) for child in value] if many else value and _own(value)
        elif relation.direction.name == "MANYTOONE" and value is not None:
            if value.id is None and not _is_owner(relation):
                values[relation.key] = _own(value)  # a neighbour made in the same form
            elif value.id is not None:
                _fill_key(values, mapper, relation, value)
    return type(row)(**values)


def _is_owner(relation: RelationshipProperty[Any]) -> bool:
    """Return whether the other row owns this one: it is then the one being copied already."""
    back = relation.mapper.relationships.get(relation.back_populates or "")
    return back is not None and back.cascade.delete_orphan


def _fill_key(
    values: dict[str, Any], mapper: Mapper[Any], relation: RelationshipProperty[Any], value: Base
) -> None:
    """Give the foreign key of a neighbour set as an object, when the key itself is not set."""
    (column,) = relation.local_columns
    name = mapper.get_property_by_column(column).key
    if values.get(name) is None:
        values[name] = value.id


def _cleaned(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return french.clean(value, limit=3_000_000, keep_lines=name in MULTILINE)


# --- deleting ------------------------------------------------------------------------------------


def get_row(session: Session, kind: type[Row], row_id: int) -> Row:
    """Return the row; raises UserError FICHE_ABSENTE when it is gone."""
    found = session.get(kind, row_id)
    if found is None:
        raise UserError(
            "FICHE_ABSENTE", "Cette fiche n’existe plus : elle a été supprimée ailleurs. Actualisez la liste."
        )
    return found


def delete_row(session: Session, kind: type[Row], row_id: int, *, name: str) -> None:
    """Delete a row and what it owns; raises ENCORE_UTILISE, listing what depends on it."""
    row = get_row(session, kind, row_id)
    refuse_when_used(session, kind, row_id, name=name)
    session.delete(row)
    session.flush()


def refuse_when_used(session: Session, kind: type[Row], row_id: int, *, name: str) -> None:
    """Raise ENCORE_UTILISE when other rows depend on this one."""
    if used := dependents(session, table_of(kind), [row_id]):
        raise still_used(name, used)


def still_used(name: str, used: Mapping[str, int]) -> UserError:
    """Return the refusal to delete what so many rows of these tables depend on."""
    words = [french.count(count, *WORDS.get(table, (table, table))) for table, count in used.items()]
    return UserError(
        "ENCORE_UTILISE",
        f"«\u00a0{name}\u00a0» sert encore : {french.listed(words)}. Rien n’a été supprimé : "
        "supprimez ou modifiez d’abord ce qui en dépend.",
    )


def parts_of(ids: Sequence[int]) -> Iterator[list[int]]:
    """Yield the ids in lists short enough for one statement."""
    for start in range(0, len(ids), IN_LIST):
        yield list(ids[start : start + IN_LIST])


def table_of(kind: type[Base]) -> Table:
    """Return the table of a mapped class."""
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type checker: no view or join is mapped here
    return table


def dependents(session: Session, table: Table, ids: Iterable[int]) -> dict[str, int]:
    """Return how many rows of each table hold on to these ids, through what would be deleted with them."""
    found: dict[str, int] = {}
    wanted = list(ids)
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if not wanted or key.column.table is not table:
                continue
            if key.ondelete == "CASCADE":
                owned = session.scalars(select(other.c.id).where(key.parent.in_(wanted))).all()
                for name, count in dependents(session, other, owned).items():
                    found[name] = found.get(name, 0) + count
            else:
                count = session.scalar(select(func.count()).where(key.parent.in_(wanted))) or 0
                if count:
                    found[other.name] = found.get(other.name, 0) + count
    return found
