"""Detection goes on from where it stood, and sees what was edited or read since

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "detector_memory",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("borrows", sa.Boolean(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shop.id"], name=op.f("fk_detector_memory_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("shop_id", "stream", name=op.f("pk_detector_memory")),
    )
    op.create_index("ix_score_scored_at", "score", ["scored_at"])
    op.create_index("ix_review_version_replaced_at", "review_version", ["replaced_at"])


def downgrade() -> None:
    op.drop_index("ix_review_version_replaced_at", table_name="review_version")
    op.drop_index("ix_score_scored_at", table_name="score")
    op.drop_table("detector_memory")
