"""Glossary terms in a page's prose: the first time that a page uses one, it leads to the glossary.

The link carries the meaning, which `docs/assets/terms.js` shows as a tooltip for pointer, keyboard and touch.
Code, links and figures are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quiz.site.addresses import term_anchors
from quiz.source.question import Term

_WORD = re.compile(r"[A-Za-z0-9](?:[\w./:-]*\w)?")
_LONGEST_ACRONYM = 5
"""Forms of capitals up to this length are told by them: "IAM" is the service, "iam" a prefix."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of text that is the first use of a term on its page."""

    text: str
    meaning: str
    anchor: str


Mark = Callable[[str], Iterator[str | Marked]]
"""Splits a text into plain pieces and marked ones; remembers which terms the page has had."""


class Glossary:
    """The terms of a bank, ready to be found in pages."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = {term.name: term for term in terms}
        self._anchors = term_anchors(terms)
        self._forms: defaultdict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = defaultdict(list)
        for term in terms:
            for form in term.forms:
                words = tuple(match[0] for match in _WORD.finditer(form))
                if words:
                    key = tuple(map(_singular, words))
                    self._forms[key[0]].append((key, words, term.name))
        for forms in self._forms.values():
            forms.sort(key=lambda entry: -len(entry[0]))

    def for_page(self) -> Mark:
        """A marker for one page."""
        had: set[str] = set()

        def mark(text: str) -> Iterator[str | Marked]:
            end = 0
            for name, start, stop in self._uses(text):
                if name not in had:
                    had.add(name)
                    yield text[end:start]
                    yield Marked(text[start:stop], self._terms[name].meaning, self._anchors[name])
                    end = stop
            yield text[end:]

        return mark

    def names(self, text: str) -> list[str]:
        """The terms that a text uses, by name, as often and in the order in which it uses them."""
        return [name for name, _, _ in self._uses(text)]

    def _uses(self, text: str) -> Iterator[tuple[str, int, int]]:
        """(name, start, end) of every use of a term; the longest form wins."""
        words = list(_WORD.finditer(text))
        keys = tuple(_singular(word[0]) for word in words)
        index = 0
        while index < len(words):
            found = self._at(words, keys, index)
            if found is None:
                index += 1
                continue
            name, length = found
            yield name, words[index].start(), words[index + length - 1].end()
            index += length

    def _at(
        self, words: Sequence[re.Match[str]], keys: tuple[str, ...], index: int
    ) -> tuple[str, int] | None:
        """The term that begins with the word at `index`, and how many words it takes up."""
        for key, form, name in self._forms.get(keys[index], ()):
            end = index + len(key)
            if keys[index:end] == key and all(
                _same(word[0], meant) for word, meant in zip(words[index:end], form, strict=True)
            ):
                return name, len(key)
        return None


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")


def _same(said: str, meant: str) -> bool:
    if meant.isupper() and len(meant) <= _LONGEST_ACRONYM:
        return said.removesuffix("s") == meant
    return _singular(said) == _singular(meant)
