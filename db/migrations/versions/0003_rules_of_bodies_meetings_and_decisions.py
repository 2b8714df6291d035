"""Rules of bodies, meetings and decisions."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('body_seats',
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('college_id', sa.Integer(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_body_seats_body_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['college_id'], ['college.id'], name=op.f('fk_body_seats_college_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_seats')),
    sa.UniqueConstraint('body_id', 'college_id', name=op.f('uq_body_seats_body_id_college_id')),
    sqlite_strict=True
    )
    with op.batch_alter_table('body_seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_seats_college_id'), ['college_id'], unique=False)

    op.create_table('attendance',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('presence', sa.Text(), nullable=False),
    sa.Column('proxy_id', sa.Integer(), nullable=True),
    sa.Column('arrived_at', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_attendance_member_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attendance_person_id')),
    sa.ForeignKeyConstraint(['proxy_id'], ['person.id'], name=op.f('fk_attendance_proxy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sqlite_strict=True
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_proxy_id'), ['proxy_id'], unique=False)

    op.create_table('decision',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('votes_for', sa.Integer(), nullable=True),
    sa.Column('votes_against', sa.Integer(), nullable=True),
    sa.Column('votes_abstained', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_decision_positive_number')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_decision_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('year', 'number', name=op.f('uq_decision_year_number')),
    sqlite_strict=True
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting_document',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_document_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_document')),
    sqlite_strict=True
    )
    with op.batch_alter_table('meeting_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_document_meeting_id'), ['meeting_id'], unique=False)

    with op.batch_alter_table('body', schema=None) as batch_op:
        batch_op.add_column(sa.Column('eligibility', sa.Text(), server_default='Toute personne', nullable=False))
        batch_op.add_column(sa.Column('drawn_from_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('term_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('notice_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('quorum_part', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('quorum_whole', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('has_quorum_by_college', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('max_powers', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_body_drawn_from_id'), ['drawn_from_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_body_drawn_from_id'), 'body', ['drawn_from_id'], ['id'])

    with op.batch_alter_table('civil_status', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('declaration_number', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('agenda', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('convened_on', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('is_second_call', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('chair_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('secretary_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_meeting_chair_id'), ['chair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_secretary_id'), ['secretary_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_meeting_secretary_id'), 'person', ['secretary_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_meeting_chair_id'), 'person', ['chair_id'], ['id'])

    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.add_column(sa.Column('elected_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_office_elected_by_id'), ['elected_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_office_elected_by_id'), 'body', ['elected_by_id'], ['id'])

