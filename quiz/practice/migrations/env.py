"""Run by Alembic: applies migrations on the connection that `quiz.practice.migrating` opened."""

from alembic import context

from quiz.practice.tables import ProgressTable

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ProgressTable.metadata,
    # SQLite cannot alter a table; batches copy it.
    render_as_batch=True,
)
context.run_migrations()
