"""Readings: languages, mixed reviews, urgencies, disagreement, and which model is shown

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A text in an unknown language has a row without numbers.
NUMBERS = ("p1", "p2", "p3", "p4", "p5", "stars")
OFFSETS = (
    "mixed_praise_start",
    "mixed_praise_end",
    "mixed_complaint_start",
    "mixed_complaint_end",
)


def upgrade() -> None:
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=32), nullable=True))
        for name in OFFSETS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        # Older rows were never compared with the customer's stars.
        batch_op.add_column(
            sa.Column("disagrees", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        for name in NUMBERS:
            batch_op.alter_column(name, existing_type=sa.Double(), nullable=True)
        batch_op.drop_index("ix_score_scored_at_id")
        batch_op.drop_index("ix_score_text_hash")
        batch_op.create_index("ix_score_text_hash_model", ["text_hash", "model"], unique=False)
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.alter_column("disagrees", existing_type=sa.Boolean(), server_default=None)

    op.create_table(
        "urgency_mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_urgency_mention_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgency_mention")),
        sa.UniqueConstraint(
            "review_id",
            "model",
            "kind",
            "start",
            name=op.f("uq_urgency_mention_review_id_model_kind_start"),
        ),
    )
    op.create_table(
        "reading_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_model")),
        sa.UniqueConstraint("model", name=op.f("uq_reading_model_model")),
    )
    with op.batch_alter_table("reading_model", schema=None) as batch_op:
        batch_op.create_index(
            "uq_reading_model_shown",
            ["state"],
            unique=True,
            sqlite_where=sa.text("state = 'shown'"),
            postgresql_where=sa.text("state = 'shown'"),
        )
    # What was shown so far is what the model of the newest score read.
    op.execute(
        """
        INSERT INTO reading_model (model, state, since)
        SELECT model, 'retired', max(scored_at) FROM score GROUP BY model
        """
    )
    op.execute(
        """
        UPDATE reading_model SET state = 'shown' WHERE model =
        (SELECT model FROM score ORDER BY scored_at DESC, id DESC LIMIT 1)
        """
    )


def downgrade() -> None:
    op.drop_table("reading_model")
    op.drop_table("urgency_mention")
    op.execute("DELETE FROM score WHERE stars IS NULL")
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index("ix_score_text_hash_model")
        batch_op.create_index("ix_score_text_hash", ["text_hash"], unique=False)
        batch_op.create_index("ix_score_scored_at_id", ["scored_at", "id"], unique=False)
        for name in reversed(NUMBERS):
            batch_op.alter_column(name, existing_type=sa.Double(), nullable=False)
        batch_op.drop_column("disagrees")
        for name in reversed(OFFSETS):
            batch_op.drop_column(name)
        batch_op.drop_column("language")
