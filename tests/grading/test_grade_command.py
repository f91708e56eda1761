"""`ecsquiz grade` and `ecsquiz dev`, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run

ANSWER = "The task role gives permissions to the code in the containers. The task role pulls the image."


def test_a_grade_shows_points_mistakes_score_and_rating(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("grade", "1", "--answer", ANSWER, "--bank", str(bank_folder))
    assert done.returncode == 0
    assert "Covered\n  The task role gives permissions to the code in the containers" in done.stdout
    assert "You said: The task role gives permissions to the code in the containers" in done.stdout
    assert "A common mistake\n  You said: The task role pulls the image." in done.stdout
    assert "Score 0." in done.stdout
    assert "rating again" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_grade_for_machines_is_json(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("grade", "1", "--answer", ANSWER, "--json", "--bank", str(bank_folder))
    found = json.loads(done.stdout)
    assert found["number"] == 1
    assert found["rating"] == "again"
    assert found["points"][0]["verdict"] == "covered"
    assert found["mistakes"][0]["right"].startswith("The execution role does")


@pytest.mark.parametrize("arguments", [["--answer", "-"], []])
def test_an_answer_can_be_piped_in(ecsquiz: Run, bank_folder: Path, arguments: list[str]) -> None:
    done = ecsquiz("grade", "1", *arguments, "--json", "--bank", str(bank_folder), stdin=ANSWER)
    assert json.loads(done.stdout)["points"][0]["verdict"] == "covered"


def test_an_unknown_question_is_one_line(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("grade", "99", "--answer", "x", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert done.stderr.startswith("ecsquiz: there is no question 99 in this bank.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["1", "--batch", "a.csv"], ["--batch", "a.csv", "--json"]])
def test_wrong_usage_ends_with_two(ecsquiz: Run, arguments: list[str]) -> None:
    assert ecsquiz("grade", *arguments).returncode == 2


def test_a_batch_goes_to_standard_output_and_its_faults_beside(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(f"number,answer\n1,{ANSWER}\n99,x\n", encoding="utf-8")
    done = ecsquiz("grade", "--batch", str(path), "--bank", str(bank_folder))
    assert done.returncode == 1
    head, first, second = done.stdout.splitlines()
    assert head == "number,answer,score,rating,covered,missed"
    assert ",again,The task role gives permissions to the code in the containers," in first
    assert second == "99,x,,,,"
    assert f"{path}:3: there is no question 99" in done.stderr
    assert "1 of 2 rows could not be graded." in done.stderr


def test_a_sound_batch_outside_the_bank_ends_with_zero(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(
        "prompt,reference,answer\nWhat is a lock?,It lets one thread in.,It lets one thread in.\n",
        encoding="utf-8",
    )
    done = ecsquiz("grade", "--batch", str(path), "--bank", str(bank_folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert ",easy,," in done.stdout


def test_the_report_needs_a_file(ecsquiz: Run) -> None:
    assert ecsquiz("dev", "grade-report").returncode == 2


def test_the_report_gives_figures_for_people_and_machines(ecsquiz: Run, tmp_path: Path) -> None:
    path = tmp_path / "marked.csv"
    path.write_text(
        "prompt,reference,answer,score,label\n"
        "What is a lock?,It lets one thread in.,It lets one thread in.,5,correct\n"
        "What is a lock?,It lets one thread in.,Bananas.,0,incorrect\n",
        encoding="utf-8",
    )
    done = ecsquiz("dev", "grade-report", "--mohler", str(path), "--scientsbank", str(path))
    assert done.stdout.splitlines() == [
        "mohler: Pearson r 1.000 (95 %: 1.000 to 1.000), 2 answers to 1 questions",
        "scientsbank: pass/fail macro-F1 1.000 (95 %: 1.000 to 1.000), 2 answers to 1 questions",
    ]
    found = json.loads(ecsquiz("dev", "grade-report", "--mohler", str(path), "--json").stdout)
    assert found["mohler"]["value"] == pytest.approx(1)
