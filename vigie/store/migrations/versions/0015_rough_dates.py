"""Copies are looked for among the dates known by their month or year apart from those of a day

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rough = sa.text("published_precision != 'day'")
    op.create_index(
        "ix_review_shop_author_rough",
        "review",
        ["shop_id", "author_label", "published_at"],
        sqlite_where=rough,
        postgresql_where=rough,
    )


def downgrade() -> None:
    op.drop_index("ix_review_shop_author_rough", table_name="review")
