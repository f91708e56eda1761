"""Where a sentence can have a gap: its bold terms, its numbers with a unit, its names from code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quiz.items.wording import words
from quiz.source.markdown import plain

FEWEST_WORDS: Final = 6
FEWEST_WORDS_ALONE: Final = 8
"""Telling words that a sentence needs beside the gap, with the question above it and without."""
MOST_WORDS: Final = 40

# Words that fit too many gaps of our field to be the one answer to any.
_GENERIC: Final = frozenset(
    """action address agent alarm api application argument base client cluster code command container copy
    cost cpu data database dependency deployment desired directory disk event error fix flag group host image
    instance job key layer level limit link log memory message metric mode name network number package
    path permission platform policy pool port process provider queue quota record region registry
    release request resource revision role rollback rule schedule secret server compute capacity service
    setting size source stage state status storage tag target task team template test time timeout token
    tool traffic user value variable version volume weight zone docker aws ecs ec2 yes not no""".split()
)
_FILLERS: Final = frozenset(
    """a an and any are as at be because been before but by can cannot do does each every for from has have if
    in into is it its itself may more most must no not of off on once one only or other out over same so
    such than that the their them then there these they this those to too under until up upon was when
    where which while who whose will with within without you your""".split()
)
_LOST_ANCHOR = re.compile(
    r"^(it|its|they|their|this|these|that|those|both|each|he|so|otherwise|there|here|then)\b", re.I
)
# Openings that lean on the sentence before.
_LEANING = re.compile(
    r"^(and|but|so|then|also|therefore|instead)\b|^(\S+\s+){0,3}(it|they|this|these|that case)\s(?!to\b)",
    re.IGNORECASE,
)
_SINGULAR: Final = frozenset(("awslogs", "Kubernetes"))
_UNITS = r"((second|minute|hour|day|week|month|year|millisecond|vCPU)s?|percent|[KMGT]i?B|ms)"
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(
    rf"(?P<port>\bports? (?P<number>\d{{2,5}})\b)"
    rf"|(?<![\w.,:/-])(?P<amount>\d[\d,]*(?:\.\d+)?|{'|'.join(_SMALL[1:])})(?= {_UNITS}\b|(?P<percent>%))",
)
_NAME = re.compile(
    r"`(?P<quoted>[A-Za-z][\w:.-]{3,40})`"
    r"|(?<![\w`/.:{-])(?P<bare>[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]+)+|[A-Z]{2,}(?:_[A-Z0-9]+)+|[a-z0-9-]+:[A-Z]\w{3,}"
    r"|[A-Z][a-z]+(?:[A-Z][a-z0-9]+){2,})(?![\w`])"
)
_SMALL_WORDS = r"((an?|the|no|own|same|its|their|by|on|in|for|with|from|to|of|as)\s+)*"
_SERIES_BEFORE = re.compile(rf"(\b(and|or|nor|either|between)|/)\s+{_SMALL_WORDS}$", re.IGNORECASE)
_SERIES_AFTER = re.compile(
    r"^(\s+(and|or|nor)\b|/|,\s+([\w.:/`'-]+\s+){1,4}?(and|or)\b|(,\s+[\w.:/`'-]+){2})", re.I
)
_AFTER_COMMA = re.compile(rf"[,:]\s+{_SMALL_WORDS}$", re.IGNORECASE)
_SERIES_END = re.compile(r"^(\s+[\w.:/`'-]+){0,4}?(,|\s+(and|or)\b|\.$)", re.IGNORECASE)
_DENIED_BEFORE = re.compile(r"\b(not|no|never|nor|instead of|rather than)\s+(\w+\s+){0,2}$", re.IGNORECASE)
_DENIED_AFTER = re.compile(r"^\s+(does not|do not|is no|are no|cannot)\b", re.IGNORECASE)
_EXAMPLE_BEFORE = re.compile(
    r"\b(such as|for example|for instance|like|e\.g\.)\s+(an?\s+|the\s+)?$", re.IGNORECASE
)
_NAME_AFTER = re.compile(r"^\s+(`|[a-z]+[A-Z]|[A-Z]+_)")
_FACT_BEFORE = re.compile(
    r"\b(at (most|least)|up to|after|within|every|for|is|are|needs?|only|than|allows?|holds?)\s+$", re.I
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in a plain sentence and what belongs there; `name` names it for the item's key."""

    start: int
    end: int
    answers: tuple[str, ...]
    name: str
    worth: float


def terms(text: str) -> Iterator[Gap]:
    """The bold terms of a sentence, by their places in the plain text."""
    for match in re.finditer(r"\*\*(.+?)\*\*", text):
        term = plain(match[1])
        # A mark that is no space keeps the space before the term.
        start = len(plain(text[: match.start()] + "\u2060")) - 1
        if term.lower() in _GENERIC or term.lower().removesuffix("s") in _GENERIC or len(term.split()) > 4:
            continue
        answer = term.strip("`")
        if _in_series(plain(text), start, start + len(term)):
            continue
        yield Gap(start, start + len(term), _forms(answer), answer, 1.0)


def numbers(sentence: str) -> Iterator[Gap]:
    """The numbers that have a unit, and those of ports."""
    for match in _NUMBER.finditer(sentence):
        group = "number" if match["port"] else "amount"
        start, end = match.span(group)
        before, after = sentence[:start], sentence[end:]
        if re.search(r"(\b(to|from)|\d(,|\s+(or|and))?)\s+$", before) or re.match(
            r"\s*(,|or|and|to|-)\s*\d", after
        ):
            continue
        written = match[group]
        unit = "port" if match["port"] else re.sub(r"\W", "", after.split()[0]) or "percent"
        worth = 1.5 if match["port"] or _FACT_BEFORE.search(before) or "by default" in after[:30] else 0.9
        yield Gap(start, end, _number_forms(written), f"{written} {unit}", worth)


def names(sentence: str) -> Iterator[Gap]:
    """Names as they stand in code: fields, variables, permissions, exceptions."""
    for match in _NAME.finditer(sentence):
        name = match["quoted"] or match["bare"]
        if name.lower() in {*_GENERIC, "vcpu", "vcpus"} or not re.search(r"[A-Z_:]", name[1:]):
            continue
        if not _in_series(sentence, *match.span()):
            yield Gap(*match.span(), _forms(name), name, 0.8)


def shows(text: str, gap: Gap) -> bool:
    """Whether a text shows the answer: a form of it, a telling word of it, or its initials."""
    shown = {_stem(word) for word in words(text)}
    for answer in gap.answers:
        parts = [_stem(word) for word in words(_split_case(answer)) if word not in _FILLERS]
        if any(part in shown for part in parts if len(part) > 1 or part.isdigit()):
            return True
        whole = _stem("".join(words(answer)))
        if whole in shown:
            return True
        parts = re.findall(r"[A-Za-z][a-z]*", answer)
        if len(parts) > 1 and "".join(part[0] for part in parts).lower() in shown:
            return True
        if answer.isupper() and _spelled_out(answer.lower(), text):
            return True
    return False


def decides(sentence: str, gap: Gap, *, alone: bool) -> bool:
    """Whether a sentence, `alone` or below its question, leads to the gap's answer and to no other, as far as
    words can tell."""
    before, after = sentence[: gap.start], sentence[gap.end :]
    rest = f"{before} {after}"
    if shows(rest, gap) or _EXAMPLE_BEFORE.search(before) or _NAME_AFTER.match(after):
        return False
    if len(rest.split()) > MOST_WORDS or len(telling(rest)) < (FEWEST_WORDS_ALONE if alone else FEWEST_WORDS):
        return False
    return not (_LEANING.match(sentence) or (alone and _LOST_ANCHOR.match(sentence)))


def _in_series(sentence: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are one of several: another might stand there as well."""
    before, after = sentence[:start], sentence[end:]
    if _SERIES_BEFORE.search(before) or _SERIES_AFTER.match(after):
        return True
    return bool(_AFTER_COMMA.search(before)) and bool(_SERIES_END.match(after))


def score(sentence: str, gap: Gap, in_context: bool) -> float:
    """How good the gap is beside others: names and compound terms say more than single words; a sentence that
    defines its subject decides more than one that mentions it; very long sentences hide what is asked."""
    length = len(sentence.split())
    denied = _DENIED_BEFORE.search(sentence[: gap.start]) or _DENIED_AFTER.match(sentence[gap.end :])
    compound = 0.3 if len(gap.answers[0].split()) == 2 else 0.0
    defines = (
        0.5 if gap.start < 6 and re.match(r"\s+(is|are|means|holds?|gives?)\b", sentence[gap.end :]) else 0.0
    )
    return (
        gap.worth
        - (0.4 if denied else 0.0)
        + compound
        + defines
        + (0.2 if in_context else 0.0)
        - abs(length - 16) / 40
    )


@lru_cache(maxsize=2048)  # the cells of a table are compared with one another
def telling(text: str) -> frozenset[str]:
    """The words of a text that say something, in one form; names from code fall into their words."""
    return frozenset(_stem(word) for word in words(_split_case(text)) if word not in _FILLERS)


def _stem(word: str) -> str:
    """The word without the commonest endings, so that "tasks" shows "task"."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def _split_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)


def _spelled_out(initials: str, text: str) -> bool:
    firsts = "".join(word[0] for word in words(text))
    return len(initials) > 1 and initials in firsts


def _forms(term: str) -> tuple[str, ...]:
    """The term as written, then without the prefix of a service, or in the singular."""
    forms = [term]
    if re.fullmatch(r"[a-z0-9-]+:\w+", term):
        forms.append(term.partition(":")[2])
    elif re.fullmatch(r"[A-Za-z]+([ -][a-z]+)*[a-rt-z]s", term) and term not in _SINGULAR:
        forms.append(_singular(term))
    return tuple(forms)


def _singular(plural: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")):
        if plural.endswith(ending):
            return plural.removesuffix(ending) + instead
    return plural.removesuffix("s")


def _number_forms(written: str) -> tuple[str, ...]:
    if written in _SMALL:
        return (written, str(_SMALL.index(written) + 1))
    forms = [written]
    if "," in written:
        forms.append(written.replace(",", ""))
    if written.isdigit() and 1 <= int(written) <= len(_SMALL):
        forms.append(_SMALL[int(written) - 1])
    return tuple(forms)
