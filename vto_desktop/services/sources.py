"""The tree of funding sources: its order, its paths, what lies under a node."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vto_desktop.model import FundingSource
from vto_desktop.services.rows import Problems, delete_row, get_row, require, save_row, too_long


@dataclass(frozen=True, slots=True)
class SourceNode:
    """A funding source with its place in the tree."""

    source_id: int
    parent_id: int | None
    path: tuple[str, ...]
    colour: str
    sentence_form: str
    is_dues: bool
    is_leaf: bool


def tree(session: Session) -> list[SourceNode]:
    """Return every node, parents before children, in printed order."""
    table = FundingSource
    statement = select(
        table.id, table.parent_id, table.name, table.colour, table.sentence_form, table.is_dues
    ).order_by(table.position, table.id)
    rows = session.execute(statement).all()
    children: dict[int | None, list[int]] = {}
    for row in rows:
        children.setdefault(row[1], []).append(row[0])
    by_id = {row[0]: row for row in rows}
    nodes: list[SourceNode] = []

    def visit(source_id: int, above: tuple[str, ...]) -> None:
        _, parent, name, colour, form, is_dues = by_id[source_id]
        path = (*above, name)
        nodes.append(SourceNode(source_id, parent, path, colour, form, is_dues, source_id not in children))
        for child in children.get(source_id, []):
            visit(child, path)

    for root in children.get(None, []):
        visit(root, ())
    return nodes


def branch(session: Session, source_id: int) -> set[int | None]:
    """Return a node's id and those of all that lies under it."""
    found: set[int | None] = {source_id}
    for node in tree(session):
        if node.parent_id in found:
            found.add(node.source_id)
    return found


def source_problems(row: FundingSource) -> Problems:
    """Return what must be corrected before the funding source can be kept."""
    found = too_long(row) | require(row, {"name": "Indiquez le nom de la source de financement."})
    if row.parent_id is not None and row.parent_id == row.id:
        found["parent_id"] = "Une source ne peut pas être rangée sous elle-même."
    return found


def save_source(session: Session, row: FundingSource) -> FundingSource:
    """Keep a funding source; raises Invalid. Receiving the dues passes from the former source to this one."""
    found = source_problems(row)
    if row.id and row.parent_id and row.parent_id in branch(session, row.id):
        found["parent_id"] = "Une source ne peut pas être rangée sous une source qui en dépend."
    kept = save_row(session, row, found)
    if kept.is_dues:
        others = select(FundingSource).where(FundingSource.is_dues, FundingSource.id != kept.id)
        for other in session.scalars(others):
            other.is_dues = False
        session.flush()
    return kept


def delete_source(session: Session, row_id: int) -> None:
    """Delete a funding source; raises ENCORE_UTILISE."""
    delete_row(session, FundingSource, row_id, name=get_row(session, FundingSource, row_id).name)
