"""What an answer as it was written says: letters, where the paper has letters. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from quiz.exams.marking.key import KeyPlace
from quiz.exams.paper import option_letter
from quiz.items.item import Kind
from quiz.source.markdown import plain

NOTHING: Final = frozenset(("", "-", "–", "—", "none", "n/a", "."))
"""What stands for no answer."""

_LETTER = re.compile(r"[(\[]?([A-Z]{1,2})[)\].:]?")
_PAIR = re.compile(r"(\d{1,2})\s*[-=:>.)]*\s*([A-Z])(?![A-Z])")


@dataclass(frozen=True, slots=True)
class Given:
    """`letters` by place, with gaps (empty) where a pair was left out; `fault` says what cannot be judged."""

    text: str
    letters: tuple[str, ...] = ()
    fault: str = ""

    @property
    def blank(self) -> bool:
        return not self.fault and self.text.strip().lower() in NOTHING


def read_answer(place: KeyPlace, text: str) -> Given:
    """The answer to one item of a paper."""
    if text.strip().lower() in NOTHING:
        return Given("")
    kind = place.of.item.kind
    if kind is Kind.CHOICE:
        return _choice(place, text)
    if kind is Kind.ORDERING:
        return _ordering(place, text)
    if kind is Kind.MATCHING:
        return _matching(place, text)
    return Given(text)


def _choice(place: KeyPlace, text: str) -> Given:
    known = _known(place)
    bare = " ".join(text.split()).casefold()
    said = [letter for letter, option in known.items() if plain(option).casefold() == bare]
    if len(said) == 1:
        return Given(text, (said[0],))
    match = _LETTER.fullmatch(text.strip().upper())
    if match and match[1] in known:
        return Given(text, (match[1],))
    several = re.sub(r"\b(AND|OR)\b|[\s,;/+&]", "", text.upper())
    if 1 < len(several) <= len(known) and set(several) <= set(known):
        return Given(text, fault="more than one option is marked.")
    if match:
        return Given(text, fault=f"there is no such option; the last one is {list(known)[-1]}.")
    return Given(text, fault="this is no letter of an option.")


def _ordering(place: KeyPlace, text: str) -> Given:
    known = _known(place)
    letters = _in_places(text, len(known)) or re.findall(r"[A-Z]", text.upper())
    if sorted(letters) == sorted(known) and not re.search(r"[^\sA-Za-z0-9,;.:>)=\-→]", text):
        return Given(text, tuple(letters))
    return Given(text, fault=f"the letters A to {list(known)[-1]} have to stand here once each.")


def _matching(place: KeyPlace, text: str) -> Given:
    known, count = _known(place), len(place.prompts)
    upper = text.upper()
    pairs = _PAIR.findall(upper)
    if pairs:
        numbers = [int(number) for number, _ in pairs]
        if len(set(numbers)) < len(numbers):
            return Given(text, fault="a number has more than one letter.")
        if max(numbers) > count or min(numbers) < 1:
            return Given(text, fault=f"there are {count} numbers.")
        letters = [""] * count
        for number, letter in pairs:
            letters[int(number) - 1] = letter
        if re.sub(r"[\s,;]", "", _PAIR.sub("", upper)):
            return Given(text, fault="these are not pairs of a number and a letter.")
    else:
        letters = re.findall(r"[A-Z]|[-_?](?=[\s,;]|$)", upper)
        letters = [letter if letter.isalpha() else "" for letter in letters]
        if len(letters) != count or re.sub(r"[A-Z\s,;\-_?]", "", upper):
            return Given(text, fault=f"{count} letters are needed, one for each number.")
    if any(letter and letter not in known for letter in letters):
        return Given(text, fault=f"there is no such letter; the last one is {list(known)[-1]}.")
    return Given(text, tuple(letters))


def _in_places(text: str, count: int) -> list[str]:
    """The letters of `1C 2A 3B`, as a list in JSON becomes; nothing for anything else."""
    pairs = {int(number): letter for number, letter in _PAIR.findall(text.upper())}
    return [pairs[place] for place in range(1, count + 1)] if set(pairs) == set(range(1, count + 1)) else []


def _known(place: KeyPlace) -> dict[str, str]:
    return {option_letter(index): option for index, option in enumerate(place.options)}
