"""What a listing says of its thing beyond the title, and how many photos it shows

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORDS = ("mpn", "model", "fuel", "transmission")
COUNTS = ("year", "mileage_km", "photos")


def upgrade() -> None:
    with op.batch_alter_table("listing", schema=None) as listing:
        for name in WORDS:
            listing.add_column(sa.Column(name, sa.String(length=255), nullable=True))
        for name in COUNTS:
            listing.add_column(sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("listing", schema=None) as listing:
        for name in (*COUNTS, *WORDS):
            listing.drop_column(name)
