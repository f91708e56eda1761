"""Questions for the tests of exams: as many as wanted, no two of which say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from quiz.exams.pool import Candidate
from quiz.items.derive import derive_items
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
