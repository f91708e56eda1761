"""The data files of the practice pages, and what the pages read in them."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.items.item import Item, Kind
from quiz.practice.kinds import cloze
from quiz.site.browser import fragments
from quiz.site.browser.data import data_files
from quiz.site.browser.items import item_record, question_record
from quiz.site.builders import Builder
from quiz.site.generate import generate
from tests.conftest import CONTENT
from tests.site.conftest import build_site
from tests.site.node import node

LARGEST = 150_000
"""Bytes of the compressed items of a level."""

READ = {"{ readItems, readTerms, openBank }": "bank.js"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """The real bank, compiled and open."""
    path = tmp_path_factory.mktemp("bank") / "bank.sqlite"
    build_bank(CONTENT, path)
    with Bank.open(path) as opened:
        yield opened


def files_of(bank: Bank) -> dict[str, Any]:
    return {name.removeprefix("data/"): json.loads(text) for name, text in data_files(bank)}


def items_as_read(bank: Bank) -> dict[str, dict[str, Any]]:
    """The items by id, as the browser reads them."""
    levels = [file for name, file in files_of(bank).items() if name.startswith("items-")]
    read = node(READ, "return given.flatMap((file) => readItems(file).items);", levels)
    return {item["id"]: item for item in read}


def with_stem(bank: Bank, stem: str) -> dict[str, Any]:
    """The first item of the bank as it is read, with another stem."""
    item = bank.items()[0]
    changed = Item(**{name: getattr(item, name) for name in item.__dataclass_fields__} | {"stem": stem})
    question = bank.question(item.question)
    file = {"questions": {"1": question_record(question, str)}, "items": [item_record(changed, str)]}
    found: dict[str, Any] = node(READ, "return readItems(given).items[0];", file)
    return found


def test_the_bank_file_names_every_other_and_counts_what_is_in_it(bank: Bank) -> None:
    files = files_of(bank)
    described = files["bank.json"]
    assert described["format"] == "ecsquiz items"
    assert described["slug"] == bank.slug
    assert {level["file"] for level in described["levels"]} | {described["terms"], "bank.json"} == set(files)
    for level in described["levels"]:
        items = files[level["file"]]["items"]
        assert level["items"] == len(items) == sum(level["kinds"].values())


def test_a_changed_question_changes_the_name_of_its_level_only(
    bank_folder: Path, bank: Bank, tmp_path: Path
) -> None:
    before = files_of(bank)["bank.json"]
    path = bank_folder / "repairs" / "002-pull.md"
    path.write_text(path.read_text().replace("names the registry's answer", "names what the registry said"))
    build_bank(bank_folder, tmp_path / "other.sqlite")
    with Bank.open(tmp_path / "other.sqlite") as changed:
        after = files_of(changed)["bank.json"]
    same = [old["file"] == new["file"] for old, new in zip(before["levels"], after["levels"], strict=True)]
    assert same == [True, False]
    assert before["fingerprint"] != after["fingerprint"]


def test_old_data_files_go(bank: Bank, tmp_path: Path) -> None:
    generate(bank, tmp_path)
    (tmp_path / "data" / "items-basics-0123456789ab.json").write_text("{}")
    generate(bank, tmp_path)
    assert {path.name for path in (tmp_path / "data").iterdir()} == set(files_of(bank))


@pytest.mark.parametrize("builder", list(Builder))
def test_builders_copy_the_data_files(
    bank_folder: Path, bank: Bank, tmp_path: Path, builder: Builder
) -> None:
    site = build_site(bank_folder, tmp_path / "built", builder)
    assert {path.name for path in (site / "data").iterdir()} == set(files_of(bank))


def test_the_items_of_each_level_of_our_bank_are_small_enough(whole: Bank) -> None:
    sizes = {name: len(gzip.compress(text.encode(), 9)) for name, text in data_files(whole)}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sizes["data/bank.json"] < 4_000


def test_browsers_read_every_item_of_our_bank_as_it_is(whole: Bank) -> None:
    read = items_as_read(whole)
    for item in whole.items():
        found = read[item.id]
        assert (found["question"], found["kind"]) == (item.question, item.kind)
        for name in ("stem", "explanation", "section", "difficulty"):
            assert found[name] == getattr(item, name)
        for name in ("answers", "distractors", "prompts"):
            assert tuple(found[name]) == getattr(item, name)
        assert found["level"] == whole.question(item.question).level
    assert len(read) == len(whole.items())


def test_browsers_show_every_item_of_our_bank_as_its_markdown_says(whole: Bank) -> None:
    read = items_as_read(whole)
    plain = {item.id for item in whole.items() if "](" not in f"{item.stem}{item.explanation}"}
    for item in whole.items():
        if item.id not in plain:
            continue
        shown = read[item.id]["html"]
        assert shown["stem"] == fragments.block(item.stem)
        assert shown["explanation"] == fragments.block(item.explanation)
        assert shown["distractors"] == list(map(fragments.line, item.distractors))
        if item.kind in (Kind.CHOICE, Kind.ORDERING, Kind.MATCHING):
            assert shown["answers"] == list(map(fragments.line, item.answers))
        if item.kind is Kind.CLOZE:
            assert shown["solution"] == fragments.line(cloze.solution(item, ()).texts[0])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "`<img src=x onerror=alert(1)>`",
        "**<b onclick='x'>**",
        "a `b **c` d** e",
        "***both*** and _one_ of *these*",
        "# A heading\n\n1. one\n2. two\n\n> quoted",
        "- one\n- two\n  more",
        "![tracker](https://example.org/pixel.png)",
        'A [link](https://example.org/?a=1&b=2 "title") and a [script](javascript:alert(1))',
        "| a | b |\n|---|---|\n| c | d |",
        "\\*escaped\\* &amp; &lt;b&gt;",
        "_____ __ _____",
    ],
)
def test_pages_show_any_markdown_as_it_is_meant_and_run_nothing_of_it(bank: Bank, text: str) -> None:
    shown = with_stem(bank, text)["html"]["stem"]
    assert shown == fragments.block(text)
    for danger in ("<script", "<img", 'javascript:alert(1)"', "onclick='x'>"):
        assert danger not in shown


def test_texts_that_need_no_parser_say_what_the_parser_says(whole: Bank) -> None:
    chance = random.Random(5)
    marks = ["*", "**", "`", "- ", "\n", "\n\n", "1. ", "2)", "  ", "_", "(", "'", "=", "#", ":", "\t", "a"]
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    texts = [text for item in whole.items() for text in (item.stem, item.explanation, *item.answers) if text]
    for text in texts:
        at, mark = chance.randrange(len(text)), chance.choice(marks)
        for changed in (text, text[:at] + mark + text[at + chance.randrange(3) :]):
            # Links, headings, gaps and pictures are shown otherwise than by the parser, on purpose.
            if fragments.GAP not in changed and not re.search(r"\]|</?h\d|!\[", parser.render(changed)):
                assert fragments.block(changed) == parser.render(changed).strip()


def test_links_lead_to_the_pages_of_questions() -> None:
    shown = fragments.line("See [2](../repairs/002-pull.md).", lambda _: "2.md")
    assert shown == 'See <a href="../../questions/2/">2</a>.'
    assert fragments.line("See [that](../x.png).", lambda _: "") == "See that."


def test_a_key_point_comes_with_its_weight_and_without_marks(bank: Bank) -> None:
    [basics, _] = (file for name, file in files_of(bank).items() if name.startswith("items-"))
    read = node(READ, "return [...readItems(given).questions.values()];", basics)
    assert read[0]["points"][0] == {
        "text": "The task role gives permissions to the code in the containers",
        "html": "The <strong>task role</strong> gives permissions to the code in the containers",
        "weight": 2,
        "terms": ["task role"],
    }
    assert read[0]["page"] == "questions/1/"


def test_terms_are_found_by_any_of_their_names(bank: Bank) -> None:
    files = files_of(bank)
    asked = "const terms = readTerms(given); return ['Task  Execution role.', '`tag`', 'nothing']"
    found = node(
        READ, f"{asked}.map((one) => terms.term(one)?.name ?? null);", files[files["bank.json"]["terms"]]
    )
    assert found == ["execution role", "tag", None]


def test_levels_are_loaded_once_and_only_when_wanted(bank: Bank) -> None:
    body = """
    const asked = [];
    const read = async (address) => { asked.push(address); return given[address.slice(3)]; };
    const bank = await openBank("at/", read);
    const some = await bank.load(["basics"]);
    const all = await bank.load();
    return { asked: asked.map((one) => one.replace(/-[0-9a-f]{12}/, "")), some: some.items.length,
             all: all.items.length };
    """
    found = node(READ, body, files_of(bank))
    assert found["asked"] == [
        "at/bank.json",
        "at/terms.json",
        "at/items-basics.json",
        "at/items-repairs.json",
    ]
    assert found["all"] == len(bank.items()) > found["some"]
