"""A first blueprint from a few answers: a YAML file whose comments say what else is possible."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quiz.exams.blueprint import PASS_MARK, Selection
from quiz.source.question import BankSpec

_COMMENT_AT: Final = 26


@dataclass(frozen=True, slots=True)
class BlueprintDraft:
    """What a trainer was asked. `selection` is for the whole paper; each of its levels becomes a section."""

    title: str
    selection: Selection
    seed: int
    variants: int = 1
    minutes: int | None = None
    pass_mark: float = PASS_MARK
    wrong: float = 0


def draft_text(draft: BlueprintDraft, spec: BankSpec, file_name: str) -> str:
    """The blueprint as a file of this name."""
    return "\n".join(_lines(draft, spec, file_name)) + "\n"


def _lines(draft: BlueprintDraft, spec: BankSpec, file_name: str) -> Iterator[str]:
    yield "# What the bank can do for this blueprint, and the exam itself:"
    yield f"#   ecsquiz exam plan {file_name}"
    yield f"#   ecsquiz exam build {file_name} --format pdf --out exam"
    yield f"title: {_quoted(draft.title)}"
    yield f"minutes: {draft.minutes}" if draft.minutes else "# minutes: 60"
    yield f"pass_mark: {draft.pass_mark * 100:g}%"
    yield _noted(f"seed: {draft.seed}", "another seed gives another exam")
    yield f"variants: {draft.variants}"
    yield _noted("swap: false", "true: variants may also ask other items that are as difficult")
    yield _noted("show_result: false", "true: `exam take` tells the learner the result")
    yield _noted("# instructions: No books.", "instead of those that the format writes")
    yield _noted("# exclude: [101]", "questions by number, items by id; see: ecsquiz list")
    yield _noted("# avoid: [../last-exam]", "folders of earlier exams, whose items are not asked again")
    yield "sections:"
    titles = {level.slug: level.title for level in spec.levels}
    for level, count in _shares(draft.selection):
        yield f"  - title: {_quoted(titles.get(level, 'Questions'))}"
        yield _noted(f"    wrong: {draft.wrong:g}", "points taken off for a wrong choice")
        yield _noted("    # points: 1", "for each item; without it, what the item is worth by itself")
        yield _noted("    # fixed: [102]", "questions or items that are on every paper")
        yield "    items:"
        yield f"      - count: {count}"
        yield from (f"        level: {level}" for _ in [level] if level)
        yield from _filter("topic", draft.selection.topics)
        yield from _filter("kind", draft.selection.kinds)


def _shares(selection: Selection) -> list[tuple[str, int]]:
    """The levels with their shares of the count, the first ones one more where it does not come out even."""
    levels = selection.levels or ("",)
    each, rest = divmod(selection.count, len(levels))
    shares = [(level, each + (place < rest)) for place, level in enumerate(levels)]
    return [(level, count) for level, count in shares if count]


def _filter(key: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"        {key}: [{', '.join(names)}]"


def _noted(line: str, note: str) -> str:
    return f"{line:<{_COMMENT_AT}} # {note}"


def _quoted(text: str) -> str:
    # What is not printable YAML does not allow as it is.
    printable = "".join(character if character.isprintable() else " " for character in text)
    return json.dumps(printable, ensure_ascii=False)
