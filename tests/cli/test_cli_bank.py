"""`ecsquiz bank`, `list`, `show` and `search`, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

from quiz import __version__
from tests.conftest import Run


def test_help_shows_every_command_group(ecsquiz: Run) -> None:
    done = ecsquiz("--help")
    assert done.returncode == 0
    commands = ("practice", "grade", "list", "show", "search", "bank", "import", "exam", "site", "lab")
    assert [name for name in commands if name not in done.stdout] == []


def test_no_arguments_show_the_help(ecsquiz: Run) -> None:
    done = ecsquiz()
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: ecsquiz")


def test_the_version_is_the_packages(ecsquiz: Run) -> None:
    assert ecsquiz("--version").stdout == f"ecsquiz {__version__}\n"


def test_build_says_what_it_did_and_where_the_bank_is(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "bank.sqlite"
    done = ecsquiz("bank", "build", "--bank", str(bank_folder), "--out", str(out))
    assert done.stdout.startswith("2 questions, ")
    assert str(out) in done.stdout
    again = json.loads(
        ecsquiz("bank", "build", "--bank", str(bank_folder), "--out", str(out), "--json").stdout
    )
    assert (again["compiled"], again["unchanged"]) == (0, 2)


def test_a_broken_question_fails_the_build_in_one_line(ecsquiz: Run, bank_folder: Path) -> None:
    (bank_folder / "basics" / "003-x.md").write_text("no front matter\n")
    done = ecsquiz("bank", "build", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"ecsquiz: {bank_folder}/basics/003-x.md:1: "
        "the file must start with front matter between two lines of --- (F001).\n"
    )


def test_info_counts_as_text_and_as_json(ecsquiz: Run, bank_folder: Path) -> None:
    text = ecsquiz("bank", "info", ECSQUIZ_BANK=str(bank_folder)).stdout
    assert "2 questions, 7 key points, 4 common mistakes, 6 glossary terms" in text
    counts = json.loads(ecsquiz("bank", "info", "--json", ECSQUIZ_BANK=str(bank_folder)).stdout)
    assert counts["levels"] == {"basics": 1, "repairs": 1}


def test_check_prints_a_line_a_finding_and_fails(ecsquiz: Run, bank_folder: Path) -> None:
    clean = ecsquiz("bank", "check", "--bank", str(bank_folder))
    assert (clean.returncode, clean.stdout) == (0, "")
    path = bank_folder / "repairs" / "002-pull.md"
    path.write_text(path.read_text().replace("topics: [images, roles]", "topics: [image]"))
    done = ecsquiz("bank", "check", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert done.stdout == f"{path}:1: S002 unknown topic `image`; did you mean `images`?\n"
    found = json.loads(ecsquiz("bank", "check", "--bank", str(bank_folder), "--json").stdout)
    assert found["findings"][0]["code"] == "S002"


def test_check_can_be_kept_to_some_codes(ecsquiz: Run, bank_folder: Path) -> None:
    path = bank_folder / "repairs" / "002-pull.md"
    path.write_text(path.read_text().replace("topics: [images, roles]", "topics: [image]"))
    assert ecsquiz("bank", "check", "--bank", str(bank_folder), "--select", "l,C001").returncode == 0
    assert ecsquiz("bank", "check", "--bank", str(bank_folder), "--select", "s").returncode == 1
    unknown = ecsquiz("bank", "check", "--bank", str(bank_folder), "--select", "Z")
    assert unknown.returncode == 2
    assert "no code begins with Z; see: ecsquiz bank rules" in unknown.stderr


def test_check_mends_what_is_mechanical(ecsquiz: Run, bank_folder: Path) -> None:
    path = bank_folder / "repairs" / "002-pull.md"
    sound = path.read_text()
    path.write_text(sound.replace("the registry's answer. Then", "the the registry's answer. Then"))
    told = ecsquiz("bank", "check", "--bank", str(bank_folder))
    assert "W002 `the` stands twice" in told.stdout
    assert "--fix mends 1 of them" in told.stderr
    done = ecsquiz("bank", "check", "--bank", str(bank_folder), "--fix")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Files mended: 1" in done.stderr
    assert path.read_text() == sound


def test_rules_lists_every_code(ecsquiz: Run) -> None:
    assert "C001  Every AWS CLI command is one" in ecsquiz("bank", "rules").stdout
    codes = json.loads(ecsquiz("bank", "rules", "--json").stdout)
    assert codes["W002"] == "No word stands twice in a row."


def test_check_needs_a_folder(ecsquiz: Run, bank_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "bank.sqlite"
    ecsquiz("bank", "build", "--bank", str(bank_folder), "--out", str(out))
    done = ecsquiz("bank", "check", "--bank", str(out))
    assert done.returncode == 1
    assert "this needs a folder of questions" in done.stderr


def test_quality_measures_the_items_as_text_and_as_json(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("bank", "quality", "--bank", str(bank_folder))
    assert done.returncode == 0
    assert "the longest option" in done.stdout
    assert done.stderr.endswith("Knowledge decides.\n")
    measured = json.loads(ecsquiz("bank", "quality", "--bank", str(bank_folder), "--json").stdout)
    assert (measured["limit"], measured["faults"]) == (0.04, [])
    assert measured["items"]["recall"] == 2


def test_an_item_at_fault_is_named_by_quality_and_check(ecsquiz: Run, bank_folder: Path) -> None:
    path = bank_folder / "basics" / "001-roles.md"
    options = ("- [x] The agent", "- [ ] The agent of the host", "- [ ] Nobody", "- [ ] A user")
    item = ("\n## Items", "### Choice: who", "Which part acts?\n", *options, "\n> So it is.\n")
    path.write_text(path.read_text() + "\n".join(item))
    done = ecsquiz("bank", "quality", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert "1/choice/own-who: Q001 the option `The agent` and" in done.stdout
    line = path.read_text().splitlines().index("### Choice: who") + 1
    found = ecsquiz("bank", "check", "--bank", str(bank_folder), "--select", "Q")
    assert found.stdout.startswith(f"{path}:{line}: Q001 the item `choice/own-who`: the option `The agent`")


def test_list_groups_by_level(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("list", "--bank", str(bank_folder))
    assert done.stdout.index("Basics") < done.stdout.index("What does a task role do")
    assert done.stdout.index("Repairs") < done.stdout.index("CannotPullContainerError")


def test_list_filters_and_speaks_json(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("list", "--topic", "images", "--json", "--bank", str(bank_folder))
    assert [question["number"] for question in json.loads(done.stdout)] == [2]
    none = ecsquiz("list", "--topic", "images", "--level", "basics", "--bank", str(bank_folder))
    assert "No question has this level and this topic." in none.stderr


def test_show_prints_the_whole_question(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("show", "1", "--bank", str(bank_folder))
    for part in (
        "Short answer",
        "Who uses which",
        "Key points",
        "Common mistakes",
        "Follow-ups",
        "(question 2)",
    ):
        assert part in done.stdout
    assert json.loads(ecsquiz("show", "1", "--json", "--bank", str(bank_folder)).stdout)["number"] == 1


def test_show_of_an_unknown_number_says_what_to_do(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("show", "77", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert done.stderr == "ecsquiz: there is no question 77 in this bank. See them all with: ecsquiz list\n"


def test_search_finds_with_a_typing_error_and_says_so(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("search", "exection role", "--bank", str(bank_folder))
    assert done.stdout.lstrip().startswith("1  What does a task role do")
    assert "Nothing says 'exection'; looked for 'execution'." in done.stderr
    hits = json.loads(ecsquiz("search", "exection role", "--json", "--bank", str(bank_folder)).stdout)
    assert hits["corrections"] == {"exection": "execution"}


def test_search_without_a_hit_fails_with_advice(ecsquiz: Run, bank_folder: Path) -> None:
    done = ecsquiz("search", "qqqqqqq", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert "Nothing found" in done.stderr


def test_output_to_a_pipe_has_no_colour(ecsquiz: Run, bank_folder: Path) -> None:
    for arguments in (("list",), ("show", "1"), ("search", "role"), ("bank", "info")):
        assert "\x1b[" not in ecsquiz(*arguments, "--bank", str(bank_folder)).stdout


def test_a_missing_bank_names_the_option(ecsquiz: Run) -> None:
    done = ecsquiz("list", "--bank", "nowhere")
    assert done.returncode == 1
    assert (
        done.stderr == "ecsquiz: nowhere: there is no such folder or file. Check --bank and ECSQUIZ_BANK.\n"
    )


def test_a_wrong_option_is_a_usage_error(ecsquiz: Run) -> None:
    assert ecsquiz("list", "--colour").returncode == 2
