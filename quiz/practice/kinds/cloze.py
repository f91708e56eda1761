"""Cloze: the words that belong in a gap, in any form that the glossary knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from random import Random

from quiz.grading.grade import Rating
from quiz.grading.stemmer import stem
from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading, Listing
from quiz.practice.outcome import Outcome

KIND = Kind.CLOZE
LINES = False
INVITATION = "Type what belongs in the gap. Enter alone shows the answer."
SOLUTION = "In full"

GAP = "_____"
SLIP = 0.85
"""How alike, 0 to 1, a word with a slip of the keyboard is to the right one at least."""
SHORTEST = 5
"""In shorter words a slip makes another word too easily."""

_LONGEST = 200
_AROUND = 3
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+")
_ARTICLES = ("a", "an", "the")
_OPPOSITES = ("un", "in", "im", "dis", "non", "de", "re", "pre", "post", "sub", "multi")


def options(item: Item, random: Random) -> tuple[str, ...]:  # noqa: ARG001 - all kinds have this shape
    return ()


def listings(item: Item, options: tuple[str, ...]) -> tuple[Listing, ...]:  # noqa: ARG001
    return ()


def complaint(item: Item, typed: str, options: tuple[str, ...]) -> str:  # noqa: ARG001
    return "" if _words(typed) else "Type the words that belong in the gap."


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    """Right or wrong, whatever the case, the marks and the endings.

    A slip of the keyboard is forgiven, but never where it makes another number or another term.
    """
    said = _without_context(_words(typed), item.stem)
    accepted = {form: _words(form) for form in _forms(item, grading)}
    if any("".join(said) == "".join(words) for words in accepted.values()):
        return _right(typed)
    term = grading.term(typed) or grading.term(" ".join(said))
    if term is not None:
        meaning = f"{term.name} is something else: {term.meaning}" if term.meaning else ""
        return Outcome(typed, 0.0, Rating.AGAIN, remarks=(meaning,) if meaning else ())
    if any(_stems(said) == _stems(words) for words in accepted.values()):
        return _right(typed)
    for form, words in accepted.items():
        if _slipped(said, words, grading):
            return _right(typed, f"It is spelt {form}.")
    return Outcome(typed, 0.0, Rating.AGAIN)


def hints(item: Item, options: tuple[str, ...], grading: Grading) -> tuple[str, ...]:  # noqa: ARG001
    """How long it is, then what it means."""
    answer = item.answers[0].strip("`")
    parts = answer.split()
    lengths = " and ".join(str(len(part)) for part in parts)
    words = f"{len(parts)} words of {lengths} characters" if len(parts) > 1 else f"{lengths} characters"
    steps = (f"It has {words}.",)
    term = grading.term(answer)
    return (*steps, f"It means: {term.meaning}") if term and term.meaning else steps


def solution(item: Item, options: tuple[str, ...]) -> Listing:  # noqa: ARG001
    """The sentence with its gap filled."""
    gapped, answer = item.stem.split("\n\n")[-1], item.answers[0]
    return Listing.plain(gapped.replace(GAP, f"**{answer}**"))


def _right(typed: str, *remarks: str) -> Outcome:
    return Outcome(typed, 1.0, Rating.GOOD, remarks=remarks)


def _forms(item: Item, grading: Grading) -> list[str]:
    """Every accepted form: those of the item, and all of a term that one of them names."""
    terms = [term for answer in item.answers if (term := grading.term(answer))]
    return list(dict.fromkeys([*item.answers, *(form for term in terms for form in term.forms)]))


def _words(text: str) -> list[str]:
    """Lower-case words and numbers, without marks and without articles before them."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).lower()
    found = [word.replace(",", "") for word in _WORD.findall(folded)]
    while len(found) > 1 and found[0] in _ARTICLES:
        del found[0]
    return found


def _stems(words: Sequence[str]) -> list[str]:
    return [stem(word) for word in words]


def _without_context(said: list[str], text: str) -> list[str]:
    """What was typed, less the words around the gap that were typed with it: "300 seconds"."""
    before, _, after = text.rpartition(GAP)
    preceding, following = _words(before)[-_AROUND:], _words(after)[:_AROUND]
    for count in range(min(_AROUND, len(said) - 1), 0, -1):
        if said[-count:] == following[:count]:
            return said[:-count]
        if said[:count] == preceding[-count:]:
            return said[count:]
    return said


def _slipped(said: Sequence[str], right: Sequence[str], grading: Grading) -> bool:
    """Whether each word is right, or nearly so and no other word of our field."""
    if len(said) != len(right):
        return False
    return all(
        one == other or (not grading.is_term_word(one) and _nearly(one, other))
        for one, other in zip(said, right, strict=True)
    )


def _nearly(typed: str, right: str) -> bool:
    from rapidfuzz.distance import OSA

    if min(len(typed), len(right)) < SHORTEST or not (typed.isalpha() and right.isalpha()):
        return False
    shorter, longer = sorted((typed, right), key=len)
    if longer.removesuffix(shorter) in _OPPOSITES:  # healthy is no slip for unhealthy
        return False
    exchanged = (
        len(typed) == len(right) and OSA.distance(typed, right) == 1 and sorted(typed) == sorted(right)
    )
    return exchanged or OSA.normalized_similarity(typed, right) >= SLIP
