"""The end of a mandate is declared apart from its beginning."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('end_declared_on', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('end_declaration_number', sa.Text(), server_default='', nullable=False))
