"""Where the progress is kept, and opening it safely: never overwritten, never half migrated."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlmodel import Session, create_engine

from quiz.errors import UserError
from quiz.practice.copies import free_name, written_whole
from quiz.practice.tables import ProgressTable

VARIABLE = "ECSQUIZ_DATABASE_URL"
MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE = 5
"""How many seconds to wait for others to finish writing."""
_ELSEWHERE = f"Move it aside, or name another in {VARIABLE}; it has not been changed."
_WRITABLE = (
    f"Make it and its folder writable, or name another place: {VARIABLE}=sqlite:////tmp/progress.sqlite"
)
_ROOM = ("the disk is full.", "Make room and try again; nothing saved so far is lost.")
_CAUSES = {
    "not a database": ("this is not a progress database.", _ELSEWHERE),
    "locked": ("another program is writing to this database.", "Try again."),
    "disk is full": _ROOM,
    "No space left": _ROOM,
    "disk I/O error": (
        "the disk does not take it.",
        "Make room or check the disk, and try again; nothing saved so far is lost.",
    ),
    "readonly database": ("this database can only be read.", _WRITABLE),
    "unable to open": ("this database cannot be opened.", _WRITABLE),
    "malformed": (
        "this database is damaged.",
        "Put back a copy from the folder `backups` beside it, or an export of yours.",
    ),
}
"""What a driver says, and what that means for the learner: the message and the remedy."""


def database_url(environment: Mapping[str, str]) -> URL:
    """The database that the environment names, or `progress.sqlite` in the user's data directory."""
    named = environment.get(VARIABLE, "").strip()
    if named:
        try:
            return make_url(named)
        except ArgumentError as error:
            raise UserError(
                f"{VARIABLE} is not a database URL.", "Write it as in sqlite:////home/me/progress.sqlite"
            ) from error
    from platformdirs import user_data_path

    return URL.create("sqlite", database=str(user_data_path("ecsquiz", appauthor=False) / "progress.sqlite"))


def backups_folder(url: URL) -> Path:
    """Where copies are kept: beside an SQLite file, else in the user's data directory."""
    path = _file(url)
    if path:
        return path.parent / "backups"
    from platformdirs import user_data_path

    return Path(user_data_path("ecsquiz", appauthor=False)) / "backups"


class Database:
    """An open progress database; a context manager.

    `ready` is False while it is empty: its tables are made by the first `write`, so that looking at
    the first question costs nobody the import of Alembic.
    """

    def __init__(self, engine: Engine, migrations: Path, ready: bool) -> None:
        self.engine = engine
        self.ready = ready
        self._migrations = migrations

    @classmethod
    def open(cls, url: URL, at: datetime, migrations: Path = MIGRATIONS) -> Self:
        """Open the database and bring an older one up to date, after a backup named after `at`.

        Raises UserError where it cannot be read, is not ours, or is from a newer ecsquiz.
        """
        path = _file(url)
        if path:
            _make_writable(path)
        engine = _engine(url)
        try:
            with _explained(url), engine.connect() as connection:
                version = _version(connection, path)
            known = versions(migrations)
            if version is not None and version not in known:
                raise UserError(
                    f"this progress database is from a newer ecsquiz (version {version}).",
                    "Update ecsquiz: pip install --upgrade ecsquiz. The database has not been changed.",
                    path or url.render_as_string(),
                )
            database = cls(engine, migrations, ready=version == known[-1])
            if version is not None and not database.ready:
                database._upgrade(at)
        except BaseException:
            engine.dispose()
            raise
        return database

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with _explained(self.engine.url), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all that is done in it is kept, or nothing of it."""
        if not self.ready:
            self._migrate()
        with (
            _explained(self.engine.url),
            self.engine.connect() as connection,
            Session(connection.execution_options(writes=True)) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _upgrade(self, at: datetime) -> None:
        path = _file(self.engine.url)
        if path:
            copy = free_name(path.with_name(f"{path.stem}-before-{at:%Y%m%d-%H%M%S}{path.suffix}"))
            with _explained(self.engine.url), written_whole(copy) as place:
                _back_up(self.engine, place)
        self._migrate()

    def _migrate(self) -> None:
        from quiz.practice.migrating import migrate

        with _explained(self.engine.url):
            if self.engine.dialect.name == "sqlite":
                with self.engine.connect() as connection:
                    _write_ahead(_driver(connection))
            migrate(self.engine, self._migrations)
        self.ready = True


def versions(migrations: Path) -> list[str]:
    """The schema versions that this ecsquiz knows, oldest first: how its migration files begin."""
    return sorted(path.name[:4] for path in (migrations / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
        # A connection that broke between two reviews is made anew; nobody waits long for a server.
        options = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
    else:
        options = {}
    try:
        engine = create_engine(url, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise UserError(
            f"the driver for {url.drivername} is missing ({error}).",
            'Install it, for PostgreSQL with: pip install "ecsquiz[postgresql]"',
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # Python's driver would begin transactions by itself, and not before every statement.
    connection.isolation_level = None
    cursor = connection.cursor()
    # FULL: a review is on the disk when it is acknowledged, even if the power fails.
    for pragma in (f"busy_timeout = {_PATIENCE * 1000}", "foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its turn at once: one that starts as a reader may be refused when it comes to write.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _version(connection: Connection, path: Path | None) -> str | None:
    """The version of the schema, None for an empty database. Raises UserError where it is not ours."""
    from sqlalchemy import inspect

    if connection.dialect.name == "sqlite":
        tables = set(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        )
        foreign = tables
    else:
        tables = set(inspect(connection).get_table_names())
        foreign = tables & set(ProgressTable.metadata.tables)
    if "alembic_version" in tables:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().first()
        return str(found) if found else None
    if foreign:
        raise UserError("this database was not made by ecsquiz.", _ELSEWHERE, path)
    return None


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let others read while one writes: a property of the file, not changeable in a transaction.

    Of several that change it at the same moment SQLite refuses all but one at once, whatever
    `busy_timeout` says; they find it changed when they look again.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _file(url: URL) -> Path | None:
    """The file of an SQLite database; None for one in memory or on a server."""
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(url.database) if in_file and url.database else None


def _make_writable(path: Path) -> None:
    """Find out before the first question, rather than after the first answer, that nothing can be kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        raise UserError(
            f"your progress cannot be kept here: {error.strerror}.",
            f"Make it writable, or name another place: {VARIABLE}=sqlite:////tmp/progress.sqlite",
            path,
        ) from error


def _back_up(engine: Engine, target: Path) -> None:
    with engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
        _driver(connection).backup(copy)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@contextmanager
def _explained(url: URL) -> Iterator[None]:
    """Turn what the driver says into a UserError."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        place = _file(url) or url.render_as_string()
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        cause = said.splitlines()[0] if said else type(error).__name__
        for sign, (message, remedy) in _CAUSES.items():
            if sign in cause:
                raise UserError(message, remedy, place) from error
        if isinstance(error, OperationalError) and _file(url) is None:
            raise UserError(
                f"the database server cannot be reached: {cause.rstrip('.')}.",
                "Nothing saved so far is lost; try again when it is back.",
                place,
            ) from error
        raise UserError(
            f"the progress database cannot be used: {cause.rstrip('.')}.",
            "Nothing saved so far is lost.",
            place,
        ) from error
