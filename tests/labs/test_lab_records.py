"""What a learner has repaired: kept before anybody reads of it, told to the quiz once."""

from __future__ import annotations

from pathlib import Path

import pytest

from labs.records import Pass, Record, Records
from labs.run import Run
from labs.server.folder import Progress


def passed(started: float, seconds: float) -> Pass:
    return Pass("101-x", 101, started, started + seconds)


def test_the_best_time_is_kept(tmp_path: Path) -> None:
    records = Records(tmp_path / "labs" / "records.json")
    for number, taken in enumerate((300, 120, 200)):
        records.keep(passed(1000.0 * number, taken))
    assert records.by_lab() == {"101-x": Record(3, 120)}


def test_the_same_pass_counts_once(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.json")
    records.keep(passed(1000.0, 60))
    records.keep(passed(1000.0, 90))
    assert records.by_lab() == {"101-x": Record(1, 60)}


def test_a_pass_is_told_once_and_a_listener_that_failed_hears_it_again(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.json")
    told: list[Pass] = []
    records.keep(passed(1000.0, 60))

    def fail(_: Pass) -> None:
        raise OSError("the database is away")

    with pytest.raises(OSError, match="away"):
        records.tell(fail)
    records.tell(told.append)
    records.tell(told.append)
    assert [item.started for item in told] == [1000.0]


def test_a_file_that_is_broken_is_put_aside_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "records.json").write_text("[{")
    records = Records(tmp_path / "records.json")
    assert records.by_lab() == {}
    assert (tmp_path / "records.broken").read_text() == "[{"


def test_a_pass_that_a_kill_left_out_of_the_records_is_found_again(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.folder.make()
    run.folder.save_progress(Progress("101-cannot-pull-container", 1000.0, passed=1100.0, hints=1))
    run.keep_pass()
    run.keep_pass()
    assert run.records.passes() == [Pass("101-cannot-pull-container", 101, 1000.0, 1100.0, hints=1)]


def test_who_gave_up_has_no_pass(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.folder.make()
    run.folder.save_progress(Progress("101-cannot-pull-container", 1000.0, passed=1100.0, gave_up=True))
    run.keep_pass()
    assert run.records.passes() == []
