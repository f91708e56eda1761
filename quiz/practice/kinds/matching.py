"""Matching: each left side, which has a number, with its right side, which has a letter."""

from __future__ import annotations

import re
from random import Random
from string import ascii_lowercase

from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading, Listing
from quiz.practice.kinds.ratings import rating_of_share
from quiz.practice.outcome import Outcome

KIND = Kind.MATCHING
LINES = False
INVITATION = "Type a letter for each number, such as 1b 2a 3c, or b a c. Enter alone shows the answer."
SOLUTION = "What belongs together"

_PAIR = re.compile(r"(\d{1,2})\s*[-=:>.)]*\s*([a-z])(?![a-z])", re.IGNORECASE)


def options(item: Item, random: Random) -> tuple[str, ...]:
    """The right sides in an order drawn from `random`, among them those that fit nothing."""
    shuffled = [*item.answers, *item.distractors]
    random.shuffle(shuffled)
    return tuple(shuffled)


def listings(item: Item, options: tuple[str, ...]) -> tuple[Listing, ...]:
    letters = tuple(f"{letter}." for letter in ascii_lowercase[: len(options)])
    return Listing.numbered(item.prompts), Listing(letters, options)


def complaint(item: Item, typed: str, options: tuple[str, ...]) -> str:
    count, last = len(item.prompts), ascii_lowercase[len(options) - 1]
    pairs = _pairs(typed, count)
    if set(pairs) != set(range(1, count + 1)) or max(pairs.values()) > last:
        return f"Type a letter from a to {last} for each number from 1 to {count}, such as 1b 2a."
    twice = sorted({letter for letter in pairs.values() if list(pairs.values()).count(letter) > 1})
    return f"Each letter belongs to one number; you gave {' and '.join(twice)} twice." if twice else ""


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    """The score is the share of the pairs that are right."""
    pairs = sorted(_pairs(typed, len(item.prompts)).items())
    chosen = [options[ascii_lowercase.index(letter)] for _, letter in pairs]
    wrong = [
        f"{number}{letter}"
        for (number, letter), text in zip(pairs, chosen, strict=True)
        if text != item.answers[number - 1]
    ]
    share = 1 - len(wrong) / len(pairs)
    remarks = (f"Not together: {', '.join(wrong)}.",) if wrong else ()
    answer = "\n".join(f"{left}: {right}" for left, right in zip(item.prompts, chosen, strict=True))
    return Outcome(answer, share, rating_of_share(share), remarks=remarks)


def hints(item: Item, options: tuple[str, ...], grading: Grading) -> tuple[str, ...]:  # noqa: ARG001
    """One pair after the other, until two are left."""
    marks = solution(item, options).marks
    return tuple(f"{mark} is right." for mark in marks[:-2])


def solution(item: Item, options: tuple[str, ...]) -> Listing:
    """Each pair, with its number and its letter."""
    letters = (ascii_lowercase[options.index(answer)] for answer in item.answers)
    return Listing(
        tuple(f"{number}{letter}" for number, letter in enumerate(letters, 1)),
        tuple(f"{left}: {right}" for left, right in zip(item.prompts, item.answers, strict=True)),
    )


def _pairs(typed: str, count: int) -> dict[int, str]:
    """Numbers and letters; letters alone stand for the numbers in order. Nothing, for anything else."""
    typed = typed.lower()
    if len(typed) > 20 * count:
        return {}
    if re.fullmatch(r"[a-z\s,;]+", typed):
        letters = re.findall(r"[a-z]", typed)
        return dict(enumerate(letters, 1)) if len(letters) == count else {}
    found = _PAIR.findall(typed)
    rest = re.sub(r"[\s,;]", "", _PAIR.sub("", typed))
    if rest or len({int(number) for number, _ in found}) < len(found):
        return {}
    return {int(number): letter for number, letter in found}
