"""When a source is read: by interval, by cron, or as its news comes, and what that was told by

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KIND = sa.Enum("interval", "cron", "adaptive", name="cadencekind", native_enum=False, length=32)
ADDED = ("rated_at", "rate_of", "rate_per_day", "rate_own_share", "cadence_bound")


def upgrade() -> None:
    with op.batch_alter_table("source", schema=None) as source:
        source.add_column(
            sa.Column("cadence_kind", KIND, nullable=False, server_default="interval")
        )
        source.add_column(sa.Column("cron", sa.String(length=255), nullable=True))
        source.add_column(sa.Column("rated_at", MOMENT, nullable=True))
        source.add_column(sa.Column("rate_of", sa.String(length=32), nullable=True))
        source.add_column(sa.Column("rate_per_day", sa.Double(), nullable=True))
        source.add_column(sa.Column("rate_own_share", sa.Double(), nullable=True))
        source.add_column(sa.Column("cadence_bound", sa.String(length=32), nullable=True))
        source.create_index("ix_source_rated", ["cadence_kind", "rated_at"])


def downgrade() -> None:
    with op.batch_alter_table("source", schema=None) as source:
        source.drop_index("ix_source_rated")
        for column in (*reversed(ADDED), "cron", "cadence_kind"):
            source.drop_column(column)
