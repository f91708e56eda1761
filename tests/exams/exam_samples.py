"""Questions for the tests of exams: as many as wanted, no two of which say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from quiz.exams.blueprint import Blueprint, SectionPlan, Selection
from quiz.exams.paper import Exam, Paper, exam_id, option_letter
from quiz.exams.pool import Candidate
from quiz.exams.variants import lay_out
from quiz.items.derive import derive_items
from quiz.items.item import Item, Kind
from quiz.source.question import CommonMistake, KeyPoint, Question, Section

BANK_TOML = """\
title = "Sample bank"
repository = "https://example.org/questions/"

[[levels]]
slug = "easy"
title = "Easy"

[[levels]]
slug = "middle"
title = "Middle"

[[levels]]
slug = "hard"
title = "Hard"

[[topics]]
slug = "roles"
title = "Roles"

[[topics]]
slug = "images"
title = "Images"

[[topics]]
slug = "routes"
title = "Routes"
"""

LEVELS = ("easy", "middle", "hard")
TOPICS = ("roles", "images", "routes")


def sentence(name: str, words: int = 8) -> str:
    """Invented words that no other name gives."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    letters = digest.translate(str.maketrans("0123456789", "ghijklmnop"))
    return " ".join(letters[start * 6 : start * 6 + 6] for start in range(words)).capitalize()


def sample_question(
    number: int,
    *,
    level: str = "easy",
    topics: tuple[str, ...] = ("roles",),
    points: int = 4,
    mistakes: int = 3,
    columns: int = 0,
) -> Question:
    """A question whose key points and mistakes, and each column of its table, give choice items."""
    return Question(
        number=number,
        level=level,
        topics=topics,
        prompt=f"{sentence(f'prompt {number}', 6)}?",
        short_answer=f"{sentence(f'answer {number}')}.",
        key_points=tuple(
            KeyPoint(f"**{sentence(f'point {number} {index}')}**", (), weight=1 + (index == 0))
            for index in range(points)
        ),
        mistakes=tuple(
            CommonMistake(
                f"{sentence(f'wrong {number} {index}')}.", f"{sentence(f'right {number} {index}')}."
            )
            for index in range(mistakes)
        ),
        sections=(Section("Facts", sample_table(number, columns)),) if columns else (),
        path=f"{level}/{number:03}-sample.md",
    )


def sample_table(number: int, columns: int) -> str:
    header = ["Case", *(f"Fact {column}" for column in range(columns))]
    rows = [
        [sentence(f"cell {number} {row} {column}", 4) for column in range(columns + 1)] for row in range(4)
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ["---"] * (columns + 1), *rows))


def spread(count: int) -> list[Question]:
    """Questions whose levels and topics take turns."""
    return [
        sample_question(number, level=LEVELS[number % 3], topics=(TOPICS[number // 3 % 3],), columns=2)
        for number in range(1, count + 1)
    ]


def candidates(questions: Iterable[Question]) -> list[Candidate]:
    return [Candidate(item, question) for question in questions for item in derive_items(question)]


def write_sample_bank(folder: Path, questions: Iterable[Question]) -> Path:
    """The questions as a bank's folder."""
    folder.mkdir(parents=True)
    (folder / "bank.toml").write_text(BANK_TOML, encoding="utf-8")
    for question in questions:
        path = folder / question.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_markdown(question), encoding="utf-8")
    return folder


def as_markdown(question: Question) -> str:
    blocks = [
        f"---\nnumber: {question.number}\nlevel: {question.level}",
        f"topics: [{', '.join(question.topics)}]\n---",
        f"# {question.prompt}",
        f"## Short answer\n{question.short_answer}",
    ]
    blocks += [f"## {section.title}\n{section.markdown}" for section in question.sections]
    if question.key_points:
        points = (f"- {p.text}{' (x2)' if p.weight == 2 else ''}" for p in question.key_points)
        blocks.append("\n".join(["## Key points", *points]))
    if question.mistakes:
        mistakes = (f"- Wrong: {mistake.wrong} Right: {mistake.right}" for mistake in question.mistakes)
        blocks.append("\n".join(["## Common mistakes", *mistakes]))
    return "\n\n".join(blocks) + "\n"


def item_of_each_kind(number: int = 1) -> list[Item]:
    """One item of each kind, with the Markdown that items of a bank have."""
    return [
        Item(
            number,
            Kind.CHOICE,
            "role",
            "A task cannot read `db-password`.\n\nWhich **role** needs the permission?",
            ("The execution role",),
            ("The task role", "The instance role", "The role of `ecsctl`"),
            explanation="See [roles](../easy/001-roles.md). The **execution role** reads secrets < start.",
            difficulty=0.3,
        ),
        Item(
            number,
            Kind.CLOZE,
            "drain",
            "After SIGTERM a container has _____ seconds by default.",
            ("30", "thirty"),
            explanation="After SIGTERM a container has 30 seconds by default.",
        ),
        Item(
            number,
            Kind.ORDERING,
            "start",
            "A task starts.\n\nPut the steps in order.",
            ("The image is pulled", "The container starts", "Health checks pass", "Traffic comes"),
            explanation="1. The image is pulled\n2. The container starts",
        ),
        Item(
            number,
            Kind.MATCHING,
            "modes",
            "Match the two columns: **Mode** and **What it gives**.",
            ("an interface of its own", "the host's ports", "a bridge with mapped ports", "no way out"),
            ("a second subnet",),
            ("awsvpc", "host", "bridge", "none"),
            explanation="- awsvpc: **an interface of its own**",
        ),
        Item(
            number,
            Kind.COMMAND,
            "list",
            "List the tasks of the service `web` in the cluster `demo`.",
            ("aws ecs list-tasks --cluster demo --service-name web",),
            explanation="```bash\naws ecs list-tasks --cluster demo --service-name web\n```",
        ),
        Item(
            number,
            Kind.RECALL,
            "answer",
            "Why does a task stop with `CannotPullContainerError`?",
            ("It cannot be **pulled**.\n\n| Cause | Fix |\n| --- | --- |\n| no route | a NAT gateway |",),
        ),
    ]


def exam_of_each_kind(variants: int = 2, wrong: float = 0.5) -> Exam:
    """Two titled sections: what is ticked, with points off for wrong choices, and what is written."""
    question = sample_question(1, points=2, mistakes=1)
    ticked: list[Candidate] = []
    written: list[Candidate] = []
    for item in item_of_each_kind():
        some = ticked if item.kind in (Kind.CHOICE, Kind.MATCHING, Kind.ORDERING) else written
        some.append(Candidate(item, question))
    sections = (
        SectionPlan((Selection(3),), "Letters", "Use **capitals**.", wrong=wrong),
        SectionPlan((Selection(3),), "Words", points=2),
    )
    plan = Blueprint("All kinds", sections, seed=7, variants=variants, minutes=45)
    labels = [option_letter(index) for index in range(variants)]
    layouts = lay_out(sections, [(ticked, written)] * variants, plan.seed, labels)
    name = exam_id(plan, "f" * 64, layouts)
    papers = tuple(Paper(name, label, layout) for label, layout in zip(labels, layouts, strict=True))
    return Exam(name, plan, "Sample bank", "f" * 64, "https://example.org/questions/", papers)


def exam_of(chosen: Iterable[Candidate], variants: int = 1) -> Exam:
    """An exam of just these items, in one section without a title."""
    items = tuple(chosen)
    sections = (SectionPlan((Selection(len(items)),)),)
    plan = Blueprint("These items", sections, seed=7, variants=variants)
    labels = [option_letter(index) for index in range(variants)]
    layouts = lay_out(sections, [(items,)] * variants, plan.seed, labels)
    name = exam_id(plan, "f" * 64, layouts)
    papers = tuple(Paper(name, label, layout) for label, layout in zip(labels, layouts, strict=True))
    return Exam(name, plan, "Sample bank", "f" * 64, "https://example.org/questions/", papers)
