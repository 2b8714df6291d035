"""Dues and mergers."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reminder',
    sa.Column('dues_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('sent_on', sa.Text(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 3', name=op.f('ck_reminder_known_level')),
    sa.ForeignKeyConstraint(['dues_id'], ['dues.id'], name=op.f('fk_reminder_dues_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('dues_id', 'level', name=op.f('uq_reminder_dues_id_level')),
    sqlite_strict=True
    )
    with op.batch_alter_table('dues', schema=None) as batch_op:
        batch_op.add_column(sa.Column('basis', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('commitment_number', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('dues_scale', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_prorated', sa.Integer(), server_default=sa.text('0'), nullable=False))

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('successor_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_member_successor_id'), ['successor_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_member_successor_id'), 'member', ['successor_id'], ['id'])

    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('payment', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('slip', sa.Text(), server_default='', nullable=False))
        batch_op.create_index(batch_op.f('ix_receipt_payment'), ['payment'], unique=False)

