"""A random sample of items as a person reads them, with room for the verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Final

from quiz.items.item import Item, Kind

_MARKS: Final = "abcdefghijklmnopqrstuvwxyz"
_HEAD: Final = """\
# {count} of {total} items

Drawn at random (seed {seed}): {kinds}.

Read each as an exam author would: is it clear, is the right answer right and the only one, is it worth
asking? Write `yes` or `no` after **Fit for an exam**, and what is wrong after **Because**. The answer stands
below each item.
"""


def sample(items: Iterable[Item], count: int, seed: int) -> list[Item]:
    """So many items, all kinds by their share, in random order; the same for the same seed."""
    everything = sorted(items, key=lambda item: item.id)
    return Random(seed).sample(everything, min(count, len(everything)))  # noqa: S311 - a sample


def as_markdown(items: Iterable[Item], places: Mapping[int, str], seed: int) -> Iterator[str]:
    """The items of a sample, each as Markdown; `places` says where each question belongs."""
    for number, item in enumerate(items, 1):
        yield "\n".join(
            [
                f"## {number}. `{item.id}`",
                "",
                f"{item.kind}, {places.get(item.question, '')}"
                + (f", section “{item.section}”" if item.section else ""),
                "",
                item.stem,
                "",
                *_asked(item, Random(f"{seed}/{item.id}")),  # noqa: S311 - the shuffle of a sample
                *_answer(item, Random(f"{seed}/{item.id}")),  # noqa: S311
                "",
                "**Fit for an exam**: ",
                "",
                "**Because**: ",
                "",
            ]
        )


def heading(items: Iterable[Item], total: int, seed: int) -> str:
    """What stands above the sample: what it is, and what the reader does."""
    kinds: dict[Kind, int] = {}
    for item in items:
        kinds[item.kind] = kinds.get(item.kind, 0) + 1
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return _HEAD.format(count=sum(kinds.values()), total=total, seed=seed, kinds=counts)


def _asked(item: Item, random: Random) -> list[str]:
    """What the learner sees below the stem."""
    shown = _shuffled(item, random)
    match item.kind:
        case Kind.CHOICE:
            return [f"- {mark}) {text}" for mark, text in zip(_MARKS, shown, strict=False)] + [""]
        case Kind.ORDERING:
            return [f"- {text}" for text in shown] + [""]
        case Kind.MATCHING:
            lefts = [f"- {mark}) {text}" for mark, text in zip(_MARKS, item.prompts, strict=False)]
            return [*lefts, "", *(f"- {number}: {text}" for number, text in enumerate(shown, 1)), ""]
        case _:
            return []


def _answer(item: Item, random: Random) -> list[str]:
    """The key of the item and its explanation, quoted."""
    shown = _shuffled(item, random)
    match item.kind:
        case Kind.CHOICE:
            key = [f"{_MARKS[shown.index(item.answers[0])]}) {item.answers[0]}"]
        case Kind.ORDERING:
            key = [f"{number}. {step}" for number, step in enumerate(item.answers, 1)]
        case Kind.MATCHING:
            pairs = zip(_MARKS, item.answers, strict=False)
            key = [" ".join(f"{mark}{shown.index(right) + 1}" for mark, right in pairs)]
        case _:
            key = list(item.answers)
    lines = "\n".join(["Answer:", "", *(f"{text}" for text in key), "", item.explanation]).rstrip()
    return [re.sub(r"^", "> ", lines, flags=re.MULTILINE)]


def _shuffled(item: Item, random: Random) -> list[str]:
    texts = [*item.answers, *item.distractors]
    if item.kind in (Kind.CHOICE, Kind.ORDERING, Kind.MATCHING):
        random.shuffle(texts)
    return texts
