"""Bringing the schema up to date with Alembic. Imported only when that is needed: Alembic is slow to load."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

_LOCK = 0x65637371
"""Known to nobody else: "ecsq"."""


def migrate(engine: Engine, migrations: Path) -> None:
    """Apply all migrations that are missing, in one transaction; none, if one of them fails."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                # Many may open a class's new database at once: one makes the tables, the others wait.
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
