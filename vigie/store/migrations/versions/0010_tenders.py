"""Public tenders, and what the register of businesses says of a shop

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "tender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=255), nullable=False),
        sa.Column("url", sa.String(length=2048), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("buyer", sa.String(length=255), nullable=True),
        sa.Column("departements", sa.JSON(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("descriptors", sa.JSON(), nullable=False),
        sa.Column("nature", sa.String(length=255), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("deadline_at", MOMENT, nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("missed_passes", sa.Integer(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shop.id"], name=op.f("fk_tender_shop_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_tender_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender")),
        sa.UniqueConstraint(
            "source_id", "external_id", name=op.f("uq_tender_source_id_external_id")
        ),
    )
    op.create_index("ix_tender_open", "tender", ["shop_id", "closed_at", "deadline_at"])
    with op.batch_alter_table("shop", schema=None) as shop:
        shop.add_column(sa.Column("naf", sa.String(length=32), nullable=True))
        shop.add_column(sa.Column("founded_on", sa.Date(), nullable=True))
        shop.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        shop.add_column(sa.Column("longitude", sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("shop", schema=None) as shop:
        for name in ("longitude", "latitude", "founded_on", "naf"):
            shop.drop_column(name)
    op.drop_table("tender")
