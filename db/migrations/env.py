"""Alembic's entry: runs the revisions on the connection, and in the transaction, that the store opened."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from vto_desktop.model import Base
from vto_desktop.store.schema import is_of_the_model


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as the plain ones they are kept in: a revision outlives the code of its day."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by rebuilding it
    render_item=render_item,
    include_name=is_of_the_model,
    transaction_per_migration=False,
)
context.run_migrations()
