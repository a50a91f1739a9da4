"""Changes of settings that can be taken back, and the history of a row

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "change_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["app_user.id"],
            name=op.f("fk_change_set_user_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"],
            ["change_set.id"],
            name=op.f("fk_change_set_undone_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
    )
    op.create_index("ix_change_set_undone_by", "change_set", ["undone_by"])
    with op.batch_alter_table("audit_entry", schema=None) as entry:
        entry.add_column(sa.Column("change_set_id", sa.Integer(), nullable=True))
        entry.create_foreign_key(
            op.f("fk_audit_entry_change_set_id"),
            "change_set",
            ["change_set_id"],
            ["id"],
            ondelete="SET NULL",
        )
        entry.create_index("ix_audit_entry_change_set_id", ["change_set_id"])
        entry.create_index("ix_audit_entry_subject", ["subject_kind", "subject_id", "id"])


def downgrade() -> None:
    with op.batch_alter_table("audit_entry", schema=None) as entry:
        entry.drop_index("ix_audit_entry_subject")
        entry.drop_index("ix_audit_entry_change_set_id")
        entry.drop_constraint(op.f("fk_audit_entry_change_set_id"), type_="foreignkey")
        entry.drop_column("change_set_id")
    op.drop_table("change_set")
