"""The pages that are generated from a bank."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import yaml

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.site.addresses import links_of, name_of
from quiz.site.generate import GENERATED, generate, hand_written, pages
from quiz.site.pages import listing, practice
from quiz.site.pages.frame import page_title
from quiz.site.pages.glossary import glossary_page
from quiz.site.pages.question import Neighbours, question_page
from quiz.site.supplements import Lab
from quiz.source.question import Level, Term

ROOT = Path(__file__).parents[2]


def page(bank: Bank, name: str) -> str:
    return dict(pages(bank))[name]


def test_every_question_level_and_topic_has_its_page(bank: Bank) -> None:
    assert sorted(name for name, _ in pages(bank)) == [
        "cheat-sheets/images.md",
        "cheat-sheets/index.md",
        "cheat-sheets/roles.md",
        "commands/index.md",
        "glossary.md",
        "index.md",
        "labs/index.md",
        "levels/basics.md",
        "levels/index.md",
        "levels/repairs.md",
        "questions/1.md",
        "questions/2.md",
        "questions/index.md",
        "topics/images.md",
        "topics/index.md",
        "topics/roles.md",
    ]


def test_the_answer_comes_after_the_attempt_and_is_folded(bank: Bank) -> None:
    text = page(bank, "questions/1.md")
    assert text.index("<textarea") < text.index('<details class="answer"') < text.index("## Short answer")
    assert text.index("## Common mistakes") < text.index("</details>")


def test_key_points_are_a_list_to_tick(bank: Bank) -> None:
    point = "<span>The <strong>execution role</strong> reads secrets before the code runs</span>"
    assert f'<li><label><input type="checkbox"> {point}</label></li>' in page(bank, "questions/1.md")


def test_a_follow_up_leads_to_the_page_that_answers_it(bank: Bank) -> None:
    assert "- [What happens if the pull fails?](2.md)" in page(bank, "questions/1.md")
    assert "- How do you tell a missing route from a missing permission?" in page(bank, "questions/2.md")


def test_a_lab_has_its_door(bank: Bank) -> None:
    question = replace(bank.question(2), lab="broken-pull")
    assert "ecsquiz lab start 2" in question_page(question, bank.spec, Neighbours(), str)
    lab = Lab(2, "broken-pull", "Nothing starts", "easy", 15, 2, "Help!", (), "")
    door = question_page(question, bank.spec, Neighbours(lab=lab), str)
    assert "[Nothing starts](../labs/broken-pull.md), easy, about 15 minutes." in door
    assert "ecsquiz lab start" not in page(bank, "questions/2.md")


def test_sources_carry_the_review_date(bank: Bank) -> None:
    text = page(bank, "questions/1.md")
    assert "task&#45;iam&#45;roles" not in text
    assert ">task iam roles &#40;docs&#46;aws&#46;amazon&#46;com&#41;</a>" in text
    assert "Reviewed on 22 November 2026." in text


def test_a_page_leads_to_its_neighbours_within_the_level(bank: Bank) -> None:
    first, second = bank.questions()
    text = question_page(first, bank.spec, Neighbours(after=second), str)
    assert '<p class="after" markdown="span">Next [A task stops with CannotPullContainerError' in text
    assert "Previous" not in text
    assert "neighbours" not in page(bank, "questions/1.md")


def test_the_edit_link_needs_a_repository(bank: Bank) -> None:
    question = bank.question(1)
    assert "Edit this question" not in question_page(question, bank.spec, Neighbours(), str)
    spec = replace(bank.spec, repository="https://git.example/edit/content/")
    linked = question_page(question, spec, Neighbours(), str)
    assert '<a href="https://git.example/edit/content/basics/001-roles.md">Edit this question</a>' in linked


def test_a_title_may_hold_anything(bank: Bank) -> None:
    question = replace(bank.question(1), prompt='Why: "a" <script>x</script> # & \\ {}?')
    text = question_page(question, bank.spec, Neighbours(), str)
    matter = yaml.safe_load(text.split("---")[1])
    assert matter["title"] == "1. Why: 'a' ‹script›x‹/script› # & \\ {}?"
    assert "<script>" not in text.split("---", 2)[2]


def test_a_question_with_nothing_but_text_has_a_page(bank: Bank) -> None:
    bare = replace(
        bank.question(2), short_answer="", key_points=(), mistakes=(), follow_ups=(), sources=(), topics=()
    )
    text = question_page(bare, bank.spec, Neighbours(), str)
    assert "## Steps" in text
    assert "## Key points" not in text


def test_topic_pages_list_the_easier_levels_first(bank: Bank) -> None:
    text = page(bank, "topics/roles.md")
    assert text.index("## Basics") < text.index("questions/1.md") < text.index("questions/2.md")


def test_a_topic_without_questions_says_so(bank_folder: Path, tmp_path: Path) -> None:
    (bank_folder / "bank.toml").open("a").write('\n[[topics]]\nslug = "empty"\ntitle = "Empty"\n')
    build_bank(bank_folder, tmp_path / "b.sqlite")
    with Bank.open(tmp_path / "b.sqlite") as bank:
        assert "No question yet." in page(bank, "topics/empty.md")


def test_the_glossary_tells_other_names(bank: Bank) -> None:
    text = page(bank, "glossary.md")
    assert '<h3 id="term-execution-role">execution role</h3>' in text
    assert "Also: task execution role." in text
    assert text.index("## E") < text.index("execution role") < text.index("## R") < text.index(">route<")


def test_generating_twice_writes_nothing_the_second_time(bank: Bank, tmp_path: Path) -> None:
    first = generate(bank, tmp_path)
    assert (first.pages, first.written, first.removed) == (16, 16, 0)
    assert generate(bank, tmp_path).written == 0


def test_pages_of_removed_questions_go(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "99.md").write_text("old")
    (tmp_path / "index.md").write_text("by hand")
    assert generate(bank, tmp_path).removed == 1
    assert (tmp_path / "index.md").read_text() == "by hand"


def test_only_files_by_hand_are_by_hand(bank: Bank, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    generate(bank, docs)
    (docs / "guide.md").write_text("by hand")
    (docs / "make.py").write_text("")
    assert [path.name for path in hand_written(docs)] == ["guide.md"]
    everything = {*GENERATED, "index.md", "guide.md", "make.py"}
    assert {path.name for path in docs.iterdir()} == everything - {practice.PAGE}


def test_the_practice_page_is_made_where_its_script_is(bank: Bank, tmp_path: Path) -> None:
    script = tmp_path / practice.APP
    script.parent.mkdir(parents=True)
    script.write_text("")
    generate(bank, tmp_path)
    form = (tmp_path / practice.PAGE).read_text(encoding="utf-8")
    assert '<option value="repairs">Repairs</option>' in form
    assert 'value="recall" checked> Free answer' in form
    assert tmp_path / practice.PAGE not in hand_written(tmp_path)


def test_kinds_are_called_the_same_by_pages_and_scripts() -> None:
    names = (ROOT / "docs" / "assets" / "app" / "kinds" / "names.js").read_text(encoding="utf-8")
    assert re.findall(r"^  (\w+): \"(.+)\",$", names, re.MULTILINE) == [
        (kind.value, name) for kind, name in practice.KINDS.items()
    ]


def test_a_home_page_by_hand_stays_and_is_taken_along(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Our class\n")
    generate(bank, tmp_path)
    assert (tmp_path / "index.md").read_text() == "# Our class\n"
    assert tmp_path / "index.md" in hand_written(tmp_path)


def test_the_home_page_is_written_anew_with_the_bank(bank: Bank, tmp_path: Path) -> None:
    generate(bank, tmp_path)
    written = (tmp_path / "index.md").read_text()
    (tmp_path / "index.md").write_text(written.replace("2 questions", "1 question"))
    assert generate(bank, tmp_path).written == 1
    assert "# Learn Small bank until" in written
    assert "2 questions about 2 topics" in (tmp_path / "index.md").read_text()


def test_the_home_page_leads_to_practice_where_the_site_has_it(bank: Bank) -> None:
    assert "try/practice.md" not in page(bank, "index.md")
    assert "[Practise here](try/practice.md)" in dict(pages(bank, browser=True))["index.md"]


@pytest.mark.parametrize(
    "name", ["questions/index.md", "levels/basics.md", "topics/roles.md", "levels/index.md"]
)
def test_lists_are_left_out_of_the_search(bank: Bank, name: str) -> None:
    assert yaml.safe_load(page(bank, name).split("---")[1])["search"] == {"exclude": True}


def test_a_level_without_questions_says_so() -> None:
    assert "No question yet." in listing.level_page(Level("empty", "Empty"), [])


def test_terms_of_one_sound_have_headings_of_their_own() -> None:
    text = glossary_page([Term("a-b"), Term("A b"), Term("ä b"), Term("4xx"), Term("Ü")])
    anchors = re.findall(r'id="([^"]*)"', text)
    assert len(set(anchors)) == 5
    assert text.count("## Other") == 1
    assert text.index("## A") < text.index("## Other")


def test_a_bank_without_a_glossary_says_so() -> None:
    assert "This bank has no glossary." in glossary_page([])


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Why `a` **b** & c?", "Why a b & c?"),
        ("[x](y) R&D &lt;b&gt;", "x R＆D ＆lt;b＆gt;"),
        ('<b title="x">', "‹b title='x'›"),
        ("&#60;script&#62;", "＆#60;script＆#62;"),
    ],
)
def test_a_title_is_plain_text(title: str, shown: str) -> None:
    assert page_title(title) == shown
    assert "<" not in unescape(unescape(page_title(title)))


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("../repairs/002-pull.md", "2.md"),
        ("../repairs/002-pull.md#steps", "2.md"),
        ("002-missing.md", ""),
        ("https://a.example/x.md", "https://a.example/x.md"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("//a.example/x", ""),
        ("#steps", ""),
        ("picture.png", ""),
        ("../../../etc/passwd.md", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_links_lead_to_pages_or_nowhere(bank: Bank, target: str, page: str) -> None:
    assert links_of(bank.question(1), {"repairs/002-pull.md": "2.md"})(target) == page


def test_a_link_in_the_answer_has_the_address_of_the_page(bank_folder: Path, tmp_path: Path) -> None:
    path = bank_folder / "basics" / "001-roles.md"
    path.write_text(
        path.read_text().replace("before the code runs, to", "before ([2](../repairs/002-pull.md)) to")
    )
    build_bank(bank_folder, tmp_path / "linked.sqlite")
    with Bank.open(tmp_path / "linked.sqlite") as bank:
        text = dict(pages(bank))["questions/1.md"]
    assert '<a href="../../questions/2/">2</a>' in text


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://docs.example/a/task_cannot_pull.html", "task cannot pull (docs.example)"),
        ("https://docs.example/", "docs.example"),
        ("https://docs.example/a%20b/v1.4", "v1.4 (docs.example)"),
    ],
)
def test_a_source_is_named_by_its_last_part(source: str, name: str) -> None:
    assert name_of(source) == name
