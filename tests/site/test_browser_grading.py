"""Grading in the browser against that of the terminal, over all items of the real bank."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.grading.commands.comparing import grade_command
from quiz.items.item import Item, Kind
from quiz.practice.examiner import Examiner
from quiz.practice.kinds import FACES
from quiz.practice.outcome import Outcome
from quiz.site.browser.data import data_files
from tests.conftest import CONTENT
from tests.site.node import node

MODULES = {
    "{ readItems, readTerms }": "bank.js",
    "{ complaint, hints, judge, orderOf, shownIn }": "grading/index.js",
    "{ chance }": "queue.js",
}
# Gives for each [id, order, answer] what there is to complain about, or the outcome.
JUDGED = """
const levels = given.levels.map(readItems);
const items = new Map(levels.flatMap((level) => level.items).map((item) => [item.id, item]));
const questions = new Map(levels.flatMap((level) => [...level.questions]));
const terms = readTerms(given.terms);
return given.cases.map(([id, order, answer]) => {
  const item = items.get(id);
  const shown = shownIn(item, order);
  const wrong = answer === null ? "" : complaint(item, answer, shown);
  if (wrong) return { complaint: wrong };
  const context = { terms, question: questions.get(item.question) };
  return { ...judge(item, answer, shown, context), hints: hints(item, shown, context) };
});
"""


class Graded:
    """The real bank with both ways to grade its items."""

    def __init__(self, bank: Bank) -> None:
        self.items = bank.items()
        self.examiner = Examiner(bank)
        self._files = {name.removeprefix("data/"): json.loads(text) for name, text in data_files(bank)}

    def of(self, kind: Kind) -> list[Item]:
        return [item for item in self.items if item.kind is kind]

    def in_browser(self, cases: Sequence[tuple[Item, Sequence[int], Any]]) -> list[dict[str, Any]]:
        """The outcomes of answers, each with the order in which the options are shown."""
        levels = [file for name, file in self._files.items() if name.startswith("items-")]
        terms = self._files[self._files["bank.json"]["terms"]]
        plain = [(item.id, order, answer) for item, order, answer in cases]
        found: list[dict[str, Any]] = node(
            MODULES, JUDGED, {"levels": levels, "terms": terms, "cases": plain}
        )
        return found

    def in_terminal(self, item: Item, typed: str, options: tuple[str, ...] = ()) -> Outcome | str:
        """The outcome, or the complaint."""
        face = FACES[item.kind]
        said = face.complaint(item, typed, options)
        return said or face.judge(item, typed, options, self.examiner)

    def typed(
        self, cases: Sequence[tuple[Item, str]]
    ) -> list[tuple[Item, str, Outcome | str, dict[str, Any]]]:
        """Item, answer and both outcomes of answers that are typed as they are."""
        found = self.in_browser([(item, (), answer) for item, answer in cases])
        return [
            (item, answer, self.in_terminal(item, answer), one)
            for (item, answer), one in zip(cases, found, strict=True)
        ]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    path: Path = tmp_path_factory.mktemp("bank") / "bank.sqlite"
    build_bank(CONTENT, path)
    with Bank.open(path) as bank:
        yield Graded(bank)


def mixed(item: Item, count: int) -> list[int]:
    """An order of so many options that is another for each item."""
    order = list(range(count))
    random.Random(item.id).shuffle(order)
    return order


def base(item: Item) -> list[str]:
    """What is shown of an item, before it is mixed."""
    if item.kind is Kind.CHOICE:
        return [*item.answers[:1], *item.distractors]
    return [*item.answers, *item.distractors] if item.kind is Kind.MATCHING else list(item.answers)


def differing(cases: Sequence[tuple[Item, str, Outcome | str, dict[str, Any]]]) -> list[Any]:
    """The cases in which browser and terminal do not say the same."""
    wrong = []
    for item, answer, expected, found in cases:
        if isinstance(expected, str):
            same = found.get("complaint") in (expected, "Type the command.")
        else:
            same = (
                found.get("score") == pytest.approx(expected.score, abs=1e-4)
                and found.get("suggested") == expected.suggested
                and tuple(found["remarks"]) == expected.remarks
                and found["answer"] == expected.answer
            )
        if not same:
            wrong.append((item.id, answer, expected, found))
    return wrong


def test_the_right_choice_scores_one_and_every_other_nothing(graded: Graded) -> None:
    cases = []
    for item in graded.of(Kind.CHOICE):
        order = mixed(item, len(base(item)))
        cases += [(item, order, place) for place in range(len(order))]
    for (item, order, place), found in zip(cases, graded.in_browser(cases), strict=True):
        options = tuple(base(item)[index] for index in order)
        expected = graded.in_terminal(item, str(place + 1), options)
        assert isinstance(expected, Outcome)
        assert (found["score"], found["suggested"]) == (expected.score, expected.suggested)
        assert found["answer"] == expected.answer
        assert [one["chosen"] for one in found["verdicts"]].index(True) == place
        assert options[[one["right"] for one in found["verdicts"]].index(True)] == item.answers[0]
        said = FACES[Kind.CHOICE].hints(item, options, graded.examiner)
        assert [hint["text"] for hint in found["hints"]] == list(said)


def test_an_order_scores_what_it_does_in_the_terminal(graded: Graded) -> None:
    chance = random.Random(7)
    cases = []
    for item in graded.of(Kind.ORDERING):
        order = mixed(item, len(item.answers))
        right = [order.index(place) for place in range(len(order))]
        cases.append((item, order, right))
        for _ in range(15):
            some = right.copy()
            chance.shuffle(some)
            cases.append((item, order, some))
    for (item, order, answer), found in zip(cases, graded.in_browser(cases), strict=True):
        options = tuple(item.answers[index] for index in order)
        expected = graded.in_terminal(item, " ".join(str(place + 1) for place in answer), options)
        assert isinstance(expected, Outcome)
        assert (found["score"], found["suggested"]) == (expected.score, expected.suggested)
        assert (found["answer"], tuple(found["remarks"])) == (expected.answer, expected.remarks)
        assert tuple(options[place] for place in found["right"]) == item.answers
        if tuple(options[place] for place in answer) == item.answers:
            assert found["score"] == 1


def test_pairs_score_what_they_do_in_the_terminal(graded: Graded) -> None:
    chance = random.Random(11)
    cases = []
    for item in graded.of(Kind.MATCHING):
        order = mixed(item, len(base(item)))
        right = [order.index(place) for place in range(len(item.answers))]
        cases.append((item, order, right))
        cases += [(item, order, chance.sample(range(len(order)), len(right))) for _ in range(10)]
    for (item, order, answer), found in zip(cases, graded.in_browser(cases), strict=True):
        options = tuple(base(item)[index] for index in order)
        typed = " ".join(f"{at}{chr(97 + place)}" for at, place in enumerate(answer, 1))
        expected = graded.in_terminal(item, typed, options)
        assert isinstance(expected, Outcome)
        assert (found["score"], found["suggested"]) == (expected.score, expected.suggested)
        assert (found["answer"], tuple(found["remarks"])) == (expected.answer, expected.remarks)
        if [options[place] for place in answer] == list(item.answers):
            assert found["score"] == 1


def test_every_accepted_word_fills_its_gap_and_that_of_another_item_does_not(graded: Graded) -> None:
    items = graded.of(Kind.CLOZE)
    right = [(item, answer) for item in items for answer in item.answers]
    assert [case for case in graded.typed(right) if case[3].get("score") != 1] == []
    others = [(item, items[(at + 17) % len(items)].answers[0]) for at, item in enumerate(items)]
    found = graded.typed(others)
    assert differing(found) == []
    passed = sum(one[3]["score"] == 1 for one in found)
    assert passed < len(items) / 50, "gaps are filled by words that belong elsewhere"


def altered_words(item: Item, chance: random.Random) -> Iterator[str]:
    """What learners type: other cases, endings, articles, context, and slips of the keyboard."""
    answer = item.answers[0]
    yield from (answer.upper(), f"the {answer}.", f"{answer}s", answer.rstrip("s"), answer.replace("-", " "))
    yield from (f"`{answer}`", f"un{answer}", f"  {answer}  {answer}", answer[::-1], "?!", "")
    at = chance.randrange(len(answer))
    yield answer[:at] + answer[at + 1 :]
    yield answer[:at] + chance.choice("aeinst") + answer[at:]
    yield answer[:at] + answer[at : at + 2][::-1] + answer[at + 2 :]
    after = item.stem.rpartition("_____")[2].split()
    yield " ".join([answer, *after[:2]])
    before = item.stem.rpartition("_____")[0].split()
    yield " ".join([*before[-2:], answer])


def test_altered_words_are_judged_as_in_the_terminal(graded: Graded) -> None:
    chance = random.Random(23)
    cases = [(item, text) for item in graded.of(Kind.CLOZE) for text in altered_words(item, chance)]
    assert differing(graded.typed(cases)) == []


def test_hints_of_typed_answers_are_those_of_the_terminal(graded: Graded) -> None:
    for kind in (Kind.CLOZE, Kind.COMMAND, Kind.RECALL):
        items = graded.of(kind)
        for item, found in zip(items, graded.in_browser([(item, (), None) for item in items]), strict=True):
            said = FACES[kind].hints(item, (), graded.examiner)
            assert [hint["text"] for hint in found["hints"]] == list(said)


def test_every_accepted_command_is_right_and_that_of_another_item_is_not(graded: Graded) -> None:
    items = graded.of(Kind.COMMAND)
    right = graded.typed([(item, answer) for item in items for answer in item.answers])
    assert [case for case in right if case[3].get("score") != 1] == []
    others = graded.typed([(item, items[(at + 5) % len(items)].answers[0]) for at, item in enumerate(items)])
    assert differing(others) == []
    assert [(item.id, answer) for item, answer, _, found in others if found["suggested"] > 2] == []


def altered_commands(command: str, chance: random.Random) -> Iterator[str]:
    """The command in another order, another notation, and with each of many faults."""
    name, *options = re.split(r"\s+(?=--)", re.sub(r"\s*\\\n\s*", " ", command))
    shuffled = chance.sample(options, len(options))
    yield " ".join([name, *shuffled])
    yield " ".join([name, *(re.sub(r"^(--[\w-]+) (?=[^ ]+$)", r"\1=", option) for option in options)])
    yield "\\\n  ".join([name, *options])  # without a space before the backslash
    yield " \\\n  ".join([name, *options])
    yield f"$ {command} --output json --region eu-west-1"
    yield " ".join([*name.split()[:1], "--profile", "me", *name.split()[1:], *options])
    yield " ".join([name, *options[1:]])
    yield " ".join([name, *options, "--made-up yes"])
    yield command.replace("'", "", 1)
    yield command.replace(" ", "  ").replace("--", "-", 1)
    yield command.replace("aws ", "aws ecs ", 1)
    yield f"{command}; {command}"
    yield f"{command} # a remark"
    yield f"{command} | jq . > out.json"
    yield f"sudo {command} $(date)"
    yield command.upper()
    yield command.replace(" ", "", 1)
    at = chance.randrange(4, len(command) - 1)
    yield command[:at] + command[at + 1 :]
    yield command[:at] + command[at + 1] + command[at] + command[at + 2 :]
    yield command[:at] + chance.choice("aeist-{}[]=,'\"\\") + command[at:]
    words = command.split()
    yield " ".join(words[: chance.randrange(2, len(words) + 1)])
    if len(options) > 1:
        yield " ".join([name, options[0][: len(options[0]) // 2], *options[1:]])
        first, second = (option.split(" ", 1) for option in options[:2])
        if len(first) == len(second) == 2:
            yield " ".join([name, f"{first[0]} {second[1]}", f"{second[0]} {first[1]}", *options[2:]])


def test_altered_commands_are_graded_as_in_the_terminal(graded: Graded) -> None:
    chance = random.Random(31)
    cases = [
        (item, text)
        for item in graded.of(Kind.COMMAND)
        for answer in item.answers
        for text in altered_commands(answer, chance)
    ]
    found = [case for case in graded.typed(cases) if not _tells_where_json_breaks(case[2])]
    assert differing(found) == []
    scores = {round(one[3]["score"], 1) for one in found if "score" in one[3]}
    assert {0.0, 0.5, 1.0} <= scores  # the alterations are of all sorts


def _tells_where_json_breaks(expected: Outcome | str) -> bool:
    """Python says at which character JSON breaks off; browsers do not all tell."""
    return isinstance(expected, Outcome) and any("JSON cannot be read" in text for text in expected.remarks)


NOTATIONS = [
    ("--tags key=a,value=1 key=b,value=2", '--tags \'[{"key":"b","value":"2"},{"key":"a","value":"1"}]\''),
    ("--launch-type FARGATE", "--launch-type=FARGATE"),
    ("--tasks a b c", '--tasks \'["c","a","b"]\''),
    ("--network-configuration 'awsvpcConfiguration={subnets=[s-1,s-2],securityGroups=[g]}'",
     '--network-configuration \'{"awsvpcConfiguration":{"securityGroups":["g"],"subnets":["s-2","s-1"]}}\''),
    ("--filters Name=a,Values=b,c", "--filters 'Name=a,Values=[c,b]'"),
    ("--placement-strategy type=spread,field=a type=binpack,field=b",
     "--placement-strategy type=binpack,field=b type=spread,field=a"),
    ("--cluster prod", "--cluster arn:aws:ecs:eu-west-1:123456789012:cluster/prod"),
    ("--cpu 1.50", "--cpu 1.5"),
    ("--image-tag 1.50", "--image-tag 1.5"),
    ("--cli-input-json file://a.json", "--cli-input-json file://./a.json"),
    ("--overrides '{\"a\": [true, null, 1.0]}'", "--overrides '{\"a\": [\"true\", null, 1]}'"),
    ("--count 1", ""),
    ("--x $NAME", "--x anything"),
    ("--x a-<id>-b", "--x a-123-b"),
    ("--x a-<id>-b", "--x a--b"),
    ("--x a", "--x"),
    ("--x", "--x a"),
    ("--no-x", "--x"),
    ("--x ''", '--x ""'),
    ("--x {", "--x {a=b}"),
    ("--x " + "[" * 50, "--x " + "[" * 50),
    ("--x 🚢", "--x '🚢'"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "typed"), NOTATIONS)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_notations_of_values_mean_what_they_mean_in_the_terminal(
    model: str, typed: str, turned: bool
) -> None:
    if turned:
        model, typed = typed, model
    commands = [f"aws ecs run-task {typed}", f"aws ecs run-task {model}"]
    body = "return gradeCommand(given[0], [given[1]]);"
    found = node({"{ gradeCommand }": "grading/command.js"}, body, commands)
    expected = grade_command(commands[0], commands[1:])
    assert found == {"score": pytest.approx(expected.score), "differences": list(expected.differences)}


@pytest.mark.parametrize(
    "text", ["", "aws", "ls", "aws ecs", "'", "aws ecs x '", "$(", "a" * 5_000, "\\", "`"]
)
def test_what_is_no_command_is_told_as_in_the_terminal(graded: Graded, text: str) -> None:
    item = graded.of(Kind.COMMAND)[0]
    [(_, _, expected, found)] = graded.typed([(item, text)])
    if isinstance(expected, str):
        assert found["complaint"] in (expected, "Type the command.")
    else:
        assert found.get("complaint") or (found["score"], tuple(found["remarks"])) == (0, expected.remarks)


def test_the_score_of_a_free_answer_is_the_weight_of_the_ticked_key_points(graded: Graded) -> None:
    item = graded.of(Kind.RECALL)[0]
    points = graded.examiner.rubric(item).key_points
    ticks = [at % 2 == 0 for at in range(len(points))]
    [found, all_of_it, nothing] = graded.in_browser(
        [
            (item, (), {"text": "what I said", "ticks": ticks}),
            (item, (), {"text": "all", "ticks": [True] * len(points)}),
            (item, (), None),
        ]
    )
    said = sum(point.weight for point, tick in zip(points, ticks, strict=True) if tick)
    assert found["score"] == said / sum(point.weight for point in points)
    assert found["answer"] == "what I said"
    assert found["selfJudged"]
    assert found["missed"] == [point.plain for point, tick in zip(points, ticks, strict=True) if not tick]
    assert (all_of_it["score"], all_of_it["suggested"]) == (1, 4)
    assert (nothing["answer"], nothing["score"], nothing["suggested"]) == ("", 0, 1)


def test_who_asks_for_the_answer_gets_it_and_no_points(graded: Graded) -> None:
    firsts = [graded.of(kind)[0] for kind in Kind]
    shown = (Kind.CHOICE, Kind.MATCHING, Kind.ORDERING)
    cases = [(item, mixed(item, len(base(item)) if item.kind in shown else 0), None) for item in firsts]
    for found in graded.in_browser(cases):
        assert (found["answer"], found["score"], found["suggested"]) == ("", 0, 1)


def test_steps_are_never_shown_in_the_right_order() -> None:
    body = """
    const item = { kind: "ordering", answers: ["a", "b", "c"], distractors: [] };
    const orders = Array.from({ length: 200 }, (_, n) => orderOf(item, chance(`seed ${n}`)).join(""));
    return [orders.includes("012"), new Set(orders).size];
    """
    assert node(MODULES, body) == [False, 5]


def test_options_are_shown_in_the_same_order_after_a_reload() -> None:
    body = """
    const item = { kind: "choice", answers: ["a"], distractors: ["b", "c", "d"] };
    return [1, 2].map(() => orderOf(item, chance("one seed")));
    """
    one, other = node(MODULES, body)
    assert one == other
