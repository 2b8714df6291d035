"""Alembic's entry: runs the revisions on the connection, and in the transaction, that the store opened."""

from alembic import context

from vto_desktop.model import Base
from vto_desktop.store.schema import is_of_the_model

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by rebuilding it
    include_name=is_of_the_model,
    transaction_per_migration=False,
)
context.run_migrations()
