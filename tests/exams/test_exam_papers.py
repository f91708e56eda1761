"""Exams as they come out: identity, variants, papers, key and record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.exams.blueprint import Blueprint, SectionPlan, Selection, one_section, plan_selection
from quiz.exams.compose import compose
from quiz.exams.deliver import Format, files_of, format_named
from quiz.exams.formats import markdown
from quiz.exams.paper import Exam, Paper, PaperItem, PaperSection, exam_id, option_letter
from quiz.exams.pool import Candidate
from quiz.exams.variants import lay_out
from quiz.items.item import Item, Kind
from quiz.source.question import Question
from tests.exams.exam_samples import candidates, sample_question, spread, write_sample_bank

MARKDOWN = format_named("markdown")


@pytest.fixture(scope="module")
def exam_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """Eighteen questions, six a level and six a topic, compiled and open."""
    folder = tmp_path_factory.mktemp("exams")
    build_bank(write_sample_bank(folder / "bank", spread(18)), folder / "bank.sqlite")
    with Bank.open(folder / "bank.sqlite") as opened:
        yield opened


untimed = settings(deadline=None)


def blueprint(count: int = 8, seed: int = 7, variants: int = 2) -> Blueprint:
    return Blueprint("Sample exam", one_section(Selection(count)), seed, variants)


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    return blueprint(draw(st.integers(1, 20)), draw(st.integers(-5, 10_000)), draw(st.integers(1, 5)))


def texts_of(bank: Bank, plan: Blueprint) -> dict[str, str]:
    files = files_of(compose(bank, plan), [MARKDOWN])
    return {name: content.decode() for name, content in files.items()}


def one_item_exam(item: Item, question: Question, repository: str = "") -> Exam:
    """An exam of one paper, on which this item is the only one."""
    options = (*item.answers, *item.distractors) if item.kind is Kind.CHOICE else ()
    candidate = Candidate(item, question)
    section = PaperSection("", "", (PaperItem(1, candidate, options, (), candidate.points, 0),))
    plan = Blueprint("One item", one_section(Selection(1)))
    return Exam("0000-0000", plan, "Bank", "f" * 64, repository, (Paper("0000-0000", "A", (section,)),))


def laid_out(chosen: Sequence[Candidate], labels: str) -> list[tuple[PaperSection, ...]]:
    """Variants of a paper of one section with these items."""
    return lay_out((SectionPlan(),), [(chosen,)] * len(labels), 7, labels)


def rendered(item: Item, question: Question, repository: str = "") -> dict[str, str]:
    files = markdown.render(one_item_exam(item, question, repository))
    return {name: content.decode() for name, content in files.items()}


def read_paper(text: str) -> dict[int, tuple[str, dict[str, str]]]:
    """What a learner sees: for each number the text of the item, and its options by letter."""
    parts = re.split(r"^### (\d+)\. \(\d+ points?\)$", text, flags=re.MULTILINE)
    return {
        int(number): (body.strip(), dict(re.findall(r"^- ☐ \*\*(\w+)\*\* (.+)$", body, re.MULTILINE)))
        for number, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def read_answers(key: str) -> dict[str, dict[int, str]]:
    """What a marker sees: for each variant the cell at each number."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", key, re.M)
    ]
    header, _, *body = rows
    return {
        label: {int(row[0]): row[column] for row in body} for column, label in enumerate(header) if column
    }


# Sameness


@untimed
@given(plan=blueprints())
def test_the_same_blueprint_bank_and_seed_give_the_same_bytes(exam_bank: Bank, plan: Blueprint) -> None:
    assert texts_of(exam_bank, plan) == texts_of(exam_bank, plan)


def test_the_id_changes_with_seed_count_title_and_bank(exam_bank: Bank, bank: Bank) -> None:
    ids = {
        compose(which, plan).id
        for which, plan in [
            (exam_bank, blueprint(1)),
            (exam_bank, blueprint(1, seed=8)),
            (exam_bank, blueprint(2)),
            (exam_bank, Blueprint("Another title", one_section(Selection(1)), 7, 2)),
            (bank, blueprint(1)),
        ]
    }
    assert len(ids) == 5


def test_the_id_changes_with_each_word_that_is_asked() -> None:
    pool = candidates([sample_question(1)])
    reworded = [Candidate(Item(1, Kind.RECALL, "answer", "New stem?", ("Answer.",)), pool[0].question)]
    plan = blueprint(1)
    one, other = ([laid_out(some, "A")[0]] for some in (pool[:1], reworded))
    assert exam_id(plan, "f", one) != exam_id(plan, "f", other)


def test_every_paper_carries_the_id_of_its_key(exam_bank: Bank) -> None:
    files = texts_of(exam_bank, blueprint(variants=3))
    name = json.loads(files["exam.json"])["id"]
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", name)
    for label in "ABC":
        assert f"Paper **{name}-{label}**" in files[f"paper-{label}.md"]
        assert f"{name}-{label}" in files["key.md"]


def test_nothing_on_the_papers_tells_the_day_they_were_made(exam_bank: Bank) -> None:
    assert not re.search(
        r"\b20\d\d-\d\d-\d\d\b|\d\d:\d\d", "".join(texts_of(exam_bank, blueprint()).values())
    )


# Variants


@untimed
@given(plan=blueprints())
def test_each_variant_asks_the_same_items_with_the_same_options(exam_bank: Bank, plan: Blueprint) -> None:
    exam = compose(exam_bank, plan)
    assert [paper.label for paper in exam.papers] == list("ABCDE")[: plan.variants]
    expected = {
        c.item.id: sorted([*c.item.answers, *c.item.distractors]) if c.item.kind is Kind.CHOICE else []
        for c in exam.candidates
    }
    for paper in exam.papers:
        assert [placed.number for placed in paper.items] == list(range(1, len(expected) + 1))
        assert {p.candidate.item.id: sorted(p.options) for p in paper.items} == expected


def test_no_two_variants_are_alike_while_there_are_orders_left() -> None:
    pool = [c for c in candidates([sample_question(1), sample_question(2)]) if c.item.kind is Kind.RECALL]
    orders = laid_out(pool, "AB")
    assert orders[0] != orders[1]


def test_one_item_without_options_has_only_one_order() -> None:
    recall = candidates([sample_question(1)])[:1]
    assert len(set(laid_out(recall, "ABC"))) == 1


def test_variants_differ_in_the_order_of_items_and_of_options(exam_bank: Bank) -> None:
    first, second = compose(exam_bank, blueprint(18)).papers
    assert [p.candidate.item.id for p in first.items] != [p.candidate.item.id for p in second.items]
    options = {p.candidate.item.id: p.options for p in second.items}
    assert any(p.options != options[p.candidate.item.id] for p in first.items)


def test_what_is_ticked_comes_before_what_is_written(exam_bank: Bank) -> None:
    for paper in compose(exam_bank, blueprint(18)).papers:
        kinds = [placed.candidate.item.kind for placed in paper.items]
        assert kinds == sorted(kinds)  # "choice" before "recall"
        assert set(kinds) == {Kind.CHOICE, Kind.RECALL}


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ")])
def test_letters_go_on_after_z(index: int, letter: str) -> None:
    assert option_letter(index) == letter


# Paper and key


@untimed
@given(plan=blueprints())
def test_the_key_names_the_right_option_of_every_paper(exam_bank: Bank, plan: Blueprint) -> None:
    files = texts_of(exam_bank, plan)
    items = {item["id"]: item for item in json.loads(files["exam.json"])["items"]}
    by_stem = {item["stem"]: item for item in items.values()}
    answers = read_answers(files["key.md"])
    assert len(answers) == plan.variants
    for label, cells in answers.items():
        paper = read_paper(files[f"paper-{label}.md"])
        assert cells.keys() == paper.keys()
        for number, (body, options) in paper.items():
            item = next(found for stem, found in by_stem.items() if body.startswith(stem))
            letter = re.match(r"\*\*(\w+)\*\* \(item \d+\)$", cells[number])
            if options:
                assert letter
                assert options[letter.group(1)] == item["answers"][0]
            else:
                assert item["kind"] == "recall"
                assert cells[number].startswith("in words (item ")


@untimed
@given(plan=blueprints())
def test_each_item_of_the_key_says_where_it_stands_on_each_paper(exam_bank: Bank, plan: Blueprint) -> None:
    files = texts_of(exam_bank, plan)
    answers = read_answers(files["key.md"])
    parts = re.split(r"^### Item (\d+) .*$", files["key.md"], flags=re.MULTILINE)
    for entry, body in zip(parts[1::2], parts[2::2], strict=True):
        places = re.findall(r"(\w): no\. (\d+)(?:, answer \*\*(\w)\*\*)?", body.strip().splitlines()[0])
        assert [label for label, _, _ in places] == list(answers)
        for label, number, letter in places:
            wanted = f"**{letter}**" if letter else "in words"
            assert answers[label][int(number)] == f"{wanted} (item {entry})"


def test_a_paper_has_title_name_date_instructions_points_and_lines(exam_bank: Bank) -> None:
    exam = compose(exam_bank, blueprint())
    paper = texts_of(exam_bank, blueprint())["paper-A.md"]
    assert "# Sample exam\n" in paper
    assert re.search(r"^Name: _+ Date: _+$", paper, re.MULTILINE)
    assert f"8 items, {exam.points} points in all. Where there are boxes, exactly one" in paper
    for placed in exam.papers[0].items:
        points = placed.candidate.points
        assert f"### {placed.number}. ({points} point{'s' * (points > 1)})\n" in paper
    for body, options in read_paper(paper).values():
        assert len(options) == 4 or len(re.findall(r"^_{80}$", body, re.MULTILINE)) >= 5


def test_a_paper_gives_no_answer_away(exam_bank: Bank) -> None:
    exam = compose(exam_bank, blueprint(18))
    paper = texts_of(exam_bank, blueprint(18))["paper-A.md"]
    for candidate in exam.candidates:
        if candidate.item.kind is Kind.RECALL:
            secrets = [candidate.item.answers[0], *(point.text for point in candidate.question.key_points)]
            assert not any(secret in paper for secret in secrets)
        elif candidate.item.explanation:
            assert candidate.item.explanation not in paper


def test_own_instructions_take_the_place_of_ours(exam_bank: Bank) -> None:
    plan = Blueprint("Exam", one_section(Selection(3)), 7, 1, instructions="You have **one hour**.")
    paper = texts_of(exam_bank, plan)["paper-A.md"]
    assert "You have **one hour**." in paper
    assert "points in all" not in paper


def test_instructions_speak_only_of_what_is_asked(exam_bank: Bank) -> None:
    choice_only = Blueprint("Exam", one_section(Selection(1, kinds=(Kind.CHOICE,))), 7, 1)
    paper = texts_of(exam_bank, choice_only)["paper-A.md"]
    assert "1 item, 1 point in all. Where there are boxes" in paper
    assert "Where there are lines" not in paper


def test_the_key_of_a_free_answer_lists_key_points_with_their_points_and_the_mistakes() -> None:
    recall, *_ = candidates([sample_question(1, points=2, mistakes=1)])
    first, second = recall.question.key_points
    mistake = recall.question.mistakes[0]
    key = rendered(recall.item, recall.question)["key.md"]
    assert f"- 2 points: {first.text}\n- 1 point: {second.text}\n" in key
    assert f"- Wrong: {mistake.wrong} Right: {mistake.right}\n" in key
    assert f"> {recall.item.answers[0]}\n" in key


def test_the_key_of_a_free_answer_without_key_points_says_how_to_mark_it() -> None:
    recall, *_ = candidates([sample_question(1, points=0, mistakes=0)])
    key = rendered(recall.item, recall.question)["key.md"]
    assert "No key points: mark the answer as a whole, with 0 to 3 points." in key
    assert "Common mistakes" not in key


def test_the_key_links_each_item_to_its_question() -> None:
    item = Item(9, Kind.CHOICE, "roles", "Which?", ("One",), ("Two", "Three", "Four"), explanation="Because.")
    question = Question(9, "easy", (), "Which **one**?", "", path="easy/009-which.md")
    key = rendered(item, question, "https://example.org/tree/")["key.md"]
    link = "[question 9, Which one?](https://example.org/tree/easy/009-which.md)"
    assert f"From {link} (`9/choice/roles`; see it with `ecsquiz show 9`)." in key
    assert "Answer: One\n\nExplanation:\n\n> Because.\n" in key


def test_the_key_of_a_free_answer_names_the_sources_that_settle_a_dispute() -> None:
    item = Item(9, Kind.RECALL, "answer", "Which?", ("One.",))
    sources = ("https://example.org/one", "https://example.org/two")
    key = rendered(item, Question(9, "easy", (), "Which?", "One.", sources=sources))["key.md"]
    assert "Sources: <https://example.org/one>, <https://example.org/two>\n" in key


def test_a_bank_without_a_repository_names_its_questions_without_a_link() -> None:
    recall, *_ = candidates([sample_question(4)])
    key = rendered(recall.item, recall.question)["key.md"]
    assert f"From question 4, {recall.question.prompt} (`4/recall/answer`;" in key


def test_an_answer_with_headings_fences_and_tables_leaves_the_keys_own_headings_alone() -> None:
    answer = (
        "### Step 1\n\n```bash\n# a comment\naws ecs list-clusters\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    question = sample_question(1, points=0, mistakes=0)
    key = rendered(Item(1, Kind.RECALL, "answer", "Stem?", (answer,)), question)["key.md"]
    tokens = MarkdownIt("commonmark").enable("table").parse(key)
    own = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open" and t.level == 0]
    assert own == ["Key: One item", "Answers", "Items", "Item 1 (3 points)"]
    fence = next(token for token in tokens if token.type == "fence")
    assert fence.content == "# a comment\naws ecs list-clusters\n"
    assert len([token for token in tokens if token.type == "table_open"]) == 2


def test_links_within_the_bank_become_text_and_others_stay() -> None:
    stem = "See [roles](../easy/001-roles.md#who), [docs](https://example.org/a.md) and `[0](x)`."
    question = sample_question(1)
    files = rendered(Item(1, Kind.RECALL, "answer", stem, (stem,)), question)
    expected = "See roles, [docs](https://example.org/a.md) and `[0](x)`."
    assert expected in files["paper-A.md"]
    assert f"> {expected}" in files["key.md"]


def test_an_option_of_several_lines_stays_one_option() -> None:
    item = Item(1, Kind.CHOICE, "k", "Which?", ("first\n\n- second",), ("other",))
    assert "- ☐ **A** first - second\n- ☐ **B** other\n" in rendered(item, sample_question(1))["paper-A.md"]


# Record


def record_of(bank: Bank, plan: Blueprint) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(texts_of(bank, plan)["exam.json"])
    return found


def test_the_record_says_how_the_exam_was_made(exam_bank: Bank) -> None:
    record = record_of(exam_bank, blueprint(5))
    assert record["made_by"] == "ecsquiz exam"
    assert record["version"] == 2
    assert record["seed"] == 7
    assert record["bank"] == {
        "title": "Sample bank",
        "fingerprint": exam_bank.fingerprint,
        "repository": "https://example.org/questions/",
    }
    assert record["blueprint"]["sections"][0]["cells"][0]["count"] == 5
    assert record["points"] == sum(item["points"] for item in record["items"])


def test_the_record_marks_every_paper_without_the_bank(exam_bank: Bank) -> None:
    record = record_of(exam_bank, blueprint(12))
    items = {item["id"]: item for item in record["items"]}
    assert len(items) == 12
    for variant in record["variants"]:
        assert {placed["item"] for placed in variant["items"]} == items.keys()
        for placed in variant["items"]:
            item = items[placed["item"]]
            if item["kind"] == "choice":
                (letter,) = placed["letters"]
                assert placed["options"]["ABCD".index(letter)] == item["answers"][0]
            else:
                assert placed["options"] == placed["letters"] == []
                assert sum(point["weight"] for point in item["key_points"]) == item["points"]


# Refusals


def test_kinds_that_a_format_cannot_carry_are_refused_by_name_with_what_can(exam_bank: Bank) -> None:
    exam = compose(exam_bank, blueprint(6))
    free = sorted(c.item.id for c in exam.candidates if c.item.kind is Kind.RECALL)
    letters_only = Format("letters", "Letters", frozenset((Kind.CHOICE, Kind.MATCHING)), markdown.render)
    with pytest.raises(UserError) as error:
        files_of(exam, [MARKDOWN, letters_only])
    message = str(error.value)
    assert message.startswith("the format letters cannot carry recall items (")
    assert all(item in message for item in free[:1])
    assert "Ask for choice and matching only or choose another format, such as markdown: " in message


def test_a_format_whose_library_is_missing_says_how_to_get_it(exam_bank: Bank) -> None:
    def render(exam: Exam) -> dict[str, bytes]:
        raise ModuleNotFoundError("No module named 'typesetter'", name="typesetter")

    with pytest.raises(UserError) as error:
        files_of(compose(exam_bank, blueprint(6)), [Format("fine-print", "", frozenset(Kind), render)])
    assert str(error.value) == (
        "the format fine-print needs typesetter, which is not installed. "
        'Install it with: pip install "ecsquiz[exams]"'
    )


def test_names_are_put_in_the_banks_order_and_repetitions_dropped(exam_bank: Bank) -> None:
    selection = plan_selection(
        exam_bank.spec,
        3,
        levels=["hard", "easy", "hard"],
        topics=["routes", "roles"],
        kinds=["choice", "recall"],
    )
    assert selection == Selection(3, ("easy", "hard"), ("roles", "routes"), (Kind.RECALL, Kind.CHOICE))


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"levels": ["hards"]}, "there is no level `hards`. Try hard."),
        ({"topics": ["imags"]}, "there is no topic `imags`. Try images."),
        ({"kinds": ["recal"]}, "there is no kind `recal`. Try recall."),
    ],
)
def test_unknown_names_are_refused_with_near_ones(
    exam_bank: Bank, filters: dict[str, list[str]], message: str
) -> None:
    with pytest.raises(UserError) as error:
        plan_selection(exam_bank.spec, 3, **filters)
    assert message in str(error.value)
