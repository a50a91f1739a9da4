"""What a site permits, the budget that all processes share, and what pages held

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("site", schema=None) as site:
        site.add_column(sa.Column("concurrency", sa.Integer(), nullable=True))
        site.add_column(sa.Column("open_minute", sa.Integer(), nullable=True))
        site.add_column(sa.Column("close_minute", sa.Integer(), nullable=True))
        site.add_column(sa.Column("permission_note", sa.String(length=255), nullable=True))
        site.add_column(sa.Column("permission_at", MOMENT, nullable=True))
        site.add_column(sa.Column("robots_delay_s", sa.Double(), nullable=True))
        site.add_column(sa.Column("tdm_decision", sa.String(length=255), nullable=True))
        site.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
        site.add_column(sa.Column("last_request_at", MOMENT, nullable=True))
        site.add_column(sa.Column("requests_day", sa.Date(), nullable=True))
        site.add_column(
            sa.Column("requests_made", sa.Integer(), nullable=False, server_default="0")
        )
        site.add_column(sa.Column("under_way", sa.JSON(), nullable=False, server_default="{}"))
        site.add_column(sa.Column("paused_until", MOMENT, nullable=True))
        site.add_column(sa.Column("pause_reason", sa.String(length=64), nullable=True))
        site.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "page_memory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2048), nullable=False),
        sa.Column("etag", sa.String(length=255), nullable=True),
        sa.Column("last_modified", sa.String(length=64), nullable=True),
        sa.Column("reader", sa.String(length=64), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_page_memory_source_id_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_memory")),
        sa.UniqueConstraint("source_id", "url", name=op.f("uq_page_memory_source_id_url")),
    )


def downgrade() -> None:
    op.drop_table("page_memory")
    with op.batch_alter_table("site", schema=None) as site:
        for name in (
            "failures",
            "pause_reason",
            "paused_until",
            "under_way",
            "requests_made",
            "requests_day",
            "last_request_at",
            "turn",
            "tdm_decision",
            "robots_delay_s",
            "permission_at",
            "permission_note",
            "close_minute",
            "open_minute",
            "concurrency",
        ):
            site.drop_column(name)
