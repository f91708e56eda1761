"""Opening, creating and upgrading the progress database."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from quiz.errors import UserError
from quiz.practice.database import MIGRATIONS, Database, database_url, versions
from quiz.practice.migrating import migrate
from quiz.practice.tables import ProgressTable
from tests.practice.practice_samples import DAY, NOW, open_database, progress_of, recall, review, sqlite


def described(url: str) -> dict[str, object]:
    """Columns, keys and indexes of every table."""
    engine = create_engine(url)
    found = inspect(engine)
    tables: dict[str, object] = {}
    for table in found.get_table_names():
        columns = [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)]
        keys = found.get_pk_constraint(table)["constrained_columns"]
        foreign = sorted(
            (k["constrained_columns"], k["referred_table"]) for k in found.get_foreign_keys(table)
        )
        indexes = sorted((i["name"], i["column_names"], i["unique"]) for i in found.get_indexes(table))
        unique = sorted(u["column_names"] for u in found.get_unique_constraints(table))
        tables[table] = (columns, keys, foreign, indexes, unique)
    engine.dispose()
    return tables


def test_the_migrations_give_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    migrated, declared = f"sqlite:///{tmp_path}/migrated.sqlite", f"sqlite:///{tmp_path}/declared.sqlite"
    migrate(create_engine(migrated), MIGRATIONS)
    ProgressTable.metadata.create_all(create_engine(declared))
    found = described(migrated)
    found.pop("alembic_version")
    assert found == described(declared)


def test_an_empty_database_is_created_by_the_first_review(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        tables = [database.ready]
        progress_of(database).record(review(recall()))
        assert [*tables, database.ready] == [False, True]
    with open_database(tmp_path) as database:
        assert database.ready
        assert progress_of(database).count_due(NOW + DAY) == 1


def test_an_empty_database_that_another_is_writing_to_is_waited_for(tmp_path: Path) -> None:
    with open_database(tmp_path) as database, closing(_shared(tmp_path / "progress.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        soon = threading.Timer(0.2, other.execute, ["COMMIT"])
        soon.start()
        progress_of(database).record(review(recall()))
        soon.join()
        assert progress_of(database).count_due(NOW + DAY) == 1


def _shared(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        progress_of(database).record(review(recall()))
        with database.read() as connection:
            settings = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
            }
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000, "synchronous": 2}


def test_opening_an_up_to_date_database_does_not_import_alembic(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        progress_of(database).record(review(recall()))
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from tests.practice.practice_samples import *\n"
        "with open_database(Path(sys.argv[2])) as database: progress_of(database).record(review(recall(2)))\n"
        "print('alembic' in sys.modules)"
    )
    arguments = [sys.executable, "-c", script, str(Path(__file__).parents[2]), str(tmp_path)]
    assert subprocess.run(arguments, capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The migrations of an ecsquiz to come, with one more version."""
    folder = tmp_path / "100% new" / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "9000_mood.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9000'\ndown_revision = '{versions(MIGRATIONS)[-1]}'\n"
        "def upgrade():\n    op.add_column('review', sa.Column('mood', sa.String))\n"
    )
    return folder


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A database with one review."""
    with open_database(tmp_path) as database:
        progress_of(database).record(review(recall()))
    return tmp_path / "progress.sqlite"


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(review)")]


def reviews(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM review").fetchone()[0])


def test_an_older_database_is_upgraded_after_a_backup(used: Path, newer: Path) -> None:
    Database.open(sqlite(used), NOW, newer).close()
    assert "mood" in columns(used)
    backup = used.with_name("progress-before-20260302-090000.sqlite")
    assert "mood" not in columns(backup)
    assert reviews(backup) == reviews(used) == 1


def test_a_migration_that_fails_leaves_the_database_as_it_was(used: Path, newer: Path) -> None:
    broken = newer / "versions" / "9000_mood.py"
    broken.write_text(broken.read_text() + "    op.drop_table('no_such_table')\n")
    with pytest.raises(UserError, match="no such table"):
        Database.open(sqlite(used), NOW, newer)
    assert "mood" not in columns(used)
    with open_database(used.parent) as database:
        assert progress_of(database).count_due(NOW + DAY) == 1


def test_a_newer_database_is_refused_and_left_alone(used: Path, newer: Path) -> None:
    Database.open(sqlite(used), NOW, newer).close()
    before = used.read_bytes()
    with pytest.raises(UserError, match=r"newer ecsquiz.*Update ecsquiz"):
        open_database(used.parent)
    assert used.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"this is no database at all, but a letter " * 40, b"SQLite format 3\0junk" * 99]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "progress.sqlite"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"progress\.sqlite"):
        open_database(tmp_path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "progress.sqlite")) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    with pytest.raises(UserError, match="not made by ecsquiz"):
        open_database(tmp_path)


def test_a_folder_that_cannot_be_made_is_told_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be kept here"):
        open_database(tmp_path / "file")


def test_a_writer_that_waits_too_long_is_told_why(used: Path) -> None:
    with closing(sqlite3.connect(used)) as other, open_database(used.parent) as database:
        other.execute("BEGIN IMMEDIATE")
        with database.read() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(UserError, match="another program is writing"):
            progress_of(database).record(review(recall(2)))
    assert reviews(used) == 1


def test_the_environment_names_the_database() -> None:
    url = database_url({"ECSQUIZ_DATABASE_URL": "sqlite:////tmp/of-mine.sqlite"})
    assert url.database == "/tmp/of-mine.sqlite"


def test_without_a_name_the_database_is_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform.startswith("linux"):
        assert database_url({}).database == str(tmp_path / "ecsquiz" / "progress.sqlite")
    assert str(database_url({"ECSQUIZ_DATABASE_URL": " "}).database).endswith("progress.sqlite")


def test_a_url_that_is_none_is_told() -> None:
    with pytest.raises(UserError, match="not a database URL"):
        database_url({"ECSQUIZ_DATABASE_URL": "my progress"})


@pytest.mark.parametrize("url", ["oracle+nothing://me@here/db", "mysql+pymysql://me@here/db"])
def test_a_missing_driver_is_told_with_what_to_install(url: str) -> None:
    with pytest.raises(UserError, match="pip install"):
        Database.open(database_url({"ECSQUIZ_DATABASE_URL": url}), NOW)


def test_a_database_in_memory_works_for_one_session() -> None:
    with Database.open(database_url({"ECSQUIZ_DATABASE_URL": "sqlite://"}), NOW) as database:
        progress_of(database).record(review(recall()))
        assert progress_of(database).count_due(NOW + DAY) == 1
