"""dues payments"""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "dues_payments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("member_id", sa.Integer, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("amount", sa.Numeric(8, 2), nullable=False),
        sa.Column("method", sa.String(12), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False, unique=True),
    )
    op.create_index("ix_dues_payments_member_id", "dues_payments", ["member_id"])


def downgrade():
    op.drop_table("dues_payments")
