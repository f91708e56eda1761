"""A light stemmer for English: inflections and the commonest derivations.

It need not give real words, only the same stem for the forms that a learner and an author may choose
between ("scaling", "scales", "scaled"). Agent nouns keep their ending: a container is not what it contains.
"""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_DOUBLED = frozenset("bdgmnprt")
# Longest first; each with the least length of the word that it may be cut from.
_DERIVATIONS = (
    ("ational", 10),
    ("ization", 9),
    ("isation", 9),
    ("ations", 9),
    ("ation", 8),
    ("ments", 8),
    ("ment", 7),
    ("ities", 8),
    ("ally", 7),
    ("ness", 7),
    ("able", 7),
    ("ible", 7),
    ("ized", 7),
    ("ised", 7),
    ("izes", 7),
    ("ises", 7),
    ("ize", 6),
    ("ise", 6),
    ("ity", 6),
    ("ly", 5),
)


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The stem of one lower-case word. Words of three letters or fewer, and numbers, stay as they are."""
    if len(word) <= 3 or not word.isalpha():
        return word
    root = _without_plural(word)
    root = _without_tense(root)
    for ending, least in _DERIVATIONS:
        if len(root) >= least and root.endswith(ending):
            root = root[: -len(ending)]
            break
    if len(root) > 4 and root.endswith(("sion", "tion")):
        root = root[:-3]
    if len(root) > 3 and root[-1] == "e":
        root = root[:-1]
    if len(root) > 2 and root[-1] == "y" and root[-2] not in _VOWELS:
        root = root[:-1] + "i"
    return root


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_tense(word: str) -> str:
    for ending in ("ied", "ing", "ed"):
        if not word.endswith(ending):
            continue
        root = word[: -len(ending)]
        if ending == "ied":
            return root + "y"
        if len(root) < 3 or not _VOWELS & set(root):
            return word
        if root[-1] == root[-2] and root[-1] in _DOUBLED:
            return root[:-1]
        return root
    return word
