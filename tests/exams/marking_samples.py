"""A key to mark by: one item of each kind, on two papers whose options stand in other orders."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.exams.marking.judging import Examiner, texts_of
from quiz.exams.marking.key import Key, KeyItem, KeyPaper, KeyPlace
from quiz.exams.paper import option_letter
from quiz.grading.vocabulary import Vocabulary
from quiz.items.item import Item, Kind
from quiz.source.question import KeyPoint, Term

EXAM = "7QK4-M2XD"
GLOSSARY = (
    Term("task role", "The role of the code in the containers.", ("application role",)),
    Term("execution role", "The role that ECS itself uses.", ("task execution role",)),
)
CHOICE = Item(
    1, Kind.CHOICE, "roles", "Who pulls the image?", ("The agent",), ("The code", "The subnet", "Nobody")
)
CLOZE = Item(2, Kind.CLOZE, "role", "Code in a container uses the _____ of its task.", ("task role",))
ORDERING = Item(3, Kind.ORDERING, "steps", "Put the steps in order.", ("Pull", "Create", "Start", "Watch"))
MATCHING = Item(
    4,
    Kind.MATCHING,
    "parts",
    "What belongs together?",
    ("runs copies", "is one copy", "is the plan"),
    ("is a bill",),
    ("service", "task", "task definition"),
)
COMMAND = Item(
    5, Kind.COMMAND, "list", "List the tasks of the cluster prod.", ("aws ecs list-tasks --cluster prod",)
)
RECALL = Item(
    6,
    Kind.RECALL,
    "answer",
    "What does the execution role do?",
    ("The execution role lets ECS pull the image and read secrets before the code runs.",),
)
POINTS = (
    KeyPoint("The **execution role** is used by ECS to pull the **image**", ("execution role", "image"), 2),
    KeyPoint("It reads **secrets** before the code runs", ("secrets",), 1),
)

_SHUFFLED = {
    "A": {
        Kind.CHOICE: ("The code", "The agent", "Nobody", "The subnet"),
        Kind.ORDERING: ("Watch", "Pull", "Start", "Create"),
        Kind.MATCHING: ("is a bill", "is the plan", "runs copies", "is one copy"),
    },
    "B": {
        Kind.CHOICE: ("Nobody", "The subnet", "The code", "The agent"),
        Kind.ORDERING: ("Create", "Watch", "Pull", "Start"),
        Kind.MATCHING: ("is one copy", "runs copies", "is a bill", "is the plan"),
    },
}
_WORTH = {Kind.ORDERING: 4.0, Kind.MATCHING: 3.0, Kind.RECALL: 3.0}


def sample_key(pass_mark: float | None = 0.6, wrong: float = 0.0) -> Key:
    """Papers A and B with the numbers 1 to 6: choice, cloze, ordering, matching, command, recall."""
    items = {
        item.id: KeyItem(item, "basics", ("roles",), POINTS if item is RECALL else (), (), item.stem)
        for item in (CHOICE, CLOZE, ORDERING, MATCHING, COMMAND, RECALL)
    }
    papers = {
        label: KeyPaper(
            f"{EXAM}-{label}",
            label,
            tuple(place_of(number, of, options, wrong) for number, of in enumerate(items.values(), 1)),
        )
        for label, options in _SHUFFLED.items()
    }
    return Key(EXAM, "Sample exam", "Sample bank", pass_mark, papers, items)


def place_of(
    number: int, of: KeyItem, options: Mapping[Kind, tuple[str, ...]], wrong: float = 0.0
) -> KeyPlace:
    item = of.item
    shown = options.get(item.kind, ())
    letters = tuple(option_letter(shown.index(answer)) for answer in item.answers) if shown else ()
    cost = wrong if item.kind is Kind.CHOICE else 0.0
    return KeyPlace(number, of, shown, item.prompts, letters, _WORTH.get(item.kind, 1.0), cost)


def sample_examiner(key: Key) -> Examiner:
    return Examiner(key, Vocabulary.build(texts_of(key.items.values()), GLOSSARY), GLOSSARY)


ALL_RIGHT = {
    1: "B",
    2: "task role",
    3: "BDCA",
    4: "CDB",
    5: "aws ecs list-tasks --cluster prod",
    6: "The execution role is used by ECS to pull the image. It also reads secrets before the code runs.",
}
"""On paper A."""
