"""Full passes, how far a crawl went, which fields it read, and changes of health

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WEEK_S = "604800"
UNTOLD = sa.text("told_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("source", schema=None) as source:
        source.add_column(
            sa.Column("full_cadence_s", sa.Integer(), nullable=False, server_default=WEEK_S)
        )
        source.add_column(sa.Column("full_at", MOMENT, nullable=True))
        source.add_column(sa.Column("shortfall", sa.Integer(), nullable=True))
        source.add_column(
            sa.Column("shortfall_passes", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("crawl", schema=None) as crawl:
        crawl.add_column(sa.Column("reach", sa.String(length=32), nullable=True))
        crawl.add_column(sa.Column("coverage", sa.JSON(), nullable=False, server_default="{}"))
    op.create_index(
        "ix_review_shop_author_published", "review", ["shop_id", "author_label", "published_at"]
    )
    op.create_table(
        "health_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("before", sa.String(length=32), nullable=False),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_health_change_source_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_change")),
    )
    with op.batch_alter_table("health_change", schema=None) as change:
        change.create_index("ix_health_change_source_changed", ["source_id", "changed_at"])
        change.create_index(
            "ix_health_change_untold", ["id"], sqlite_where=UNTOLD, postgresql_where=UNTOLD
        )


def downgrade() -> None:
    op.drop_table("health_change")
    op.drop_index("ix_review_shop_author_published", table_name="review")
    with op.batch_alter_table("crawl", schema=None) as crawl:
        crawl.drop_column("coverage")
        crawl.drop_column("reach")
    with op.batch_alter_table("source", schema=None) as source:
        source.drop_column("shortfall_passes")
        source.drop_column("shortfall")
        source.drop_column("full_at")
        source.drop_column("full_cadence_s")
