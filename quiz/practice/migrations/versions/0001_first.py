"""The first tables: learners, banks, items, schedules, reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
    )
    op.create_table(
        "bank",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String, nullable=False, unique=True),
        sa.Column("fingerprint", sa.String, nullable=False),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("bank_id", sa.Integer, sa.ForeignKey("bank.id"), nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("stem", sa.String, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
    )
    op.create_index("item_by_key", "item", ["bank_id", "key"], unique=True)
    op.create_index("item_by_question", "item", ["bank_id", "gone", "question"])
    _schedules()
    _reviews()


def _schedules() -> None:
    op.create_table(
        "schedule",
        sa.Column("learner_id", sa.Integer, sa.ForeignKey("learner.id"), primary_key=True),
        sa.Column("item_id", sa.Integer, sa.ForeignKey("item.id"), primary_key=True),
        sa.Column("bank_id", sa.Integer, sa.ForeignKey("bank.id"), nullable=False),
        sa.Column("state", sa.Integer, nullable=False),
        sa.Column("step", sa.Integer),
        sa.Column("stability", sa.Float, nullable=False),
        sa.Column("difficulty", sa.Float, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("last_review", sa.BigInteger, nullable=False),
    )
    columns = ["learner_id", "bank_id", "due", "last_review", "stability", "item_id"]
    op.create_index("schedule_by_due", "schedule", columns)


def _reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", _BIG_KEY, primary_key=True),
        sa.Column("learner_id", sa.Integer, sa.ForeignKey("learner.id"), nullable=False),
        sa.Column("item_id", sa.Integer, sa.ForeignKey("item.id"), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("suggested", sa.Integer),
        sa.Column("judged_by_learner", sa.Boolean, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("before", sa.JSON),
    )
    op.create_index("review_by_item", "review", ["learner_id", "item_id", "at"])
    op.create_index("review_by_moment", "review", ["learner_id", "at"])
