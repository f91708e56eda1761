"""How much of another document survives in the questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.source.overlap import shared_runs, words_of
from tests.conftest import CHECKOUT, CONTENT, Run

SOURCE = CHECKOUT.parent / "shared" / "source"
THEIRS = "A task role gives the code its permissions. The execution role pulls the image, and that is all."


def longest(ours: str) -> tuple[int, str]:
    (shared,) = shared_runs({"a.md": ours}, THEIRS)
    return shared.length, shared.words


def test_the_longest_run_is_found_whatever_its_case_and_marks() -> None:
    assert longest("Now the *execution* ROLE\npulls the image; that is all.") == (
        6,
        "the execution role pulls the image",
    )


def test_a_text_of_our_own_shares_nothing() -> None:
    assert longest("Fargate tasks have their own network interface.") == (0, "")


def test_code_addresses_front_matter_and_headings_do_not_count() -> None:
    sentence = "the execution role pulls the image"
    assert longest(f"---\nnote: {sentence}\n---\n# {sentence}\n`{sentence}`\n```\n{sentence}\n```\n") == (
        0,
        "",
    )


@given(st.lists(st.sampled_from("abcdef"), min_size=4, max_size=40), st.data())
def test_a_piece_of_the_other_text_is_found_in_full(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 4))
    end = data.draw(st.integers(start + 4, len(words)))
    (shared,) = shared_runs({"a.md": " ".join(["x", *words[start:end], "y"])}, " ".join(words))
    assert shared.length >= end - start
    assert shared.words in " ".join(words)


def test_the_command_tells_the_longest_first_and_fails_where_it_is_too_long(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    document = tmp_path / "theirs.md"
    document.write_text("He said: the task role gives the code in the containers its AWS permissions. So.")
    done = ecsquiz("dev", "overlap", str(document), "--bank", str(bank_folder))
    assert done.returncode == 1
    assert done.stdout.startswith(
        " 12  basics/001-roles.md: the task role gives the code in the containers its aws permissions"
    )
    assert done.stderr == "2 questions, 1 with a run of 12 words or more.\n"
    longer = ecsquiz("dev", "overlap", str(document), "--bank", str(bank_folder), "--longest", "13", "--json")
    assert longer.returncode == 0
    assert json.loads(longer.stdout)[0]["length"] == 12


@pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the document that the bank started from is not beside the checkout"
)
def test_no_sentence_of_the_source_survives() -> None:
    (document,) = SOURCE.glob("*.txt")
    texts = {path.name: path.read_text(encoding="utf-8") for path in CONTENT.glob("*/*.md")}
    worst = shared_runs(texts, document.read_text(encoding="utf-8"))[0]
    assert worst.length < 12, worst


def test_words_keep_their_apostrophes() -> None:
    assert words_of("The task's role") == ["the", "task's", "role"]
