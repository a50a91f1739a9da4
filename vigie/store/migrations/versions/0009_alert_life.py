"""Why an alert was closed, that it was reopened, and who found it of use

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CLOSING = sa.Enum("person", "expired", "over", name="closing", native_enum=False, length=32)


def upgrade() -> None:
    with op.batch_alter_table("alert", schema=None) as alert:
        alert.add_column(sa.Column("closed_because", CLOSING, nullable=True))
        alert.add_column(sa.Column("reopened_at", MOMENT, nullable=True))
        alert.create_index("ix_alert_state_snoozed_until", ["state", "snoozed_until"])
    op.create_table(
        "alert_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"],
            ["alert.id"],
            name=op.f("fk_alert_feedback_alert_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["app_user.id"],
            name=op.f("fk_alert_feedback_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_feedback")),
        sa.UniqueConstraint("alert_id", "user_id", name=op.f("uq_alert_feedback_alert_id_user_id")),
    )
    op.create_index("ix_alert_feedback_user_id", "alert_feedback", ["user_id"])


def downgrade() -> None:
    op.drop_table("alert_feedback")
    with op.batch_alter_table("alert", schema=None) as alert:
        alert.drop_index("ix_alert_state_snoozed_until")
        alert.drop_column("reopened_at")
        alert.drop_column("closed_because")
