"""What a source's platform needs: options, another base address, sealed secrets

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("source", schema=None) as source:
        source.add_column(sa.Column("options", sa.JSON(), nullable=False, server_default="{}"))
        source.add_column(sa.Column("base_url", sa.String(length=2048), nullable=True))
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_credential_source_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_credential_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("source_id", "name", name=op.f("uq_credential_source_id_name")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_credential_site_id_name")),
    )


def downgrade() -> None:
    op.drop_table("credential")
    with op.batch_alter_table("source", schema=None) as source:
        source.drop_column("base_url")
        source.drop_column("options")
