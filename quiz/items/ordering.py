"""Ordering: the steps of a sequence, to be put in order.

Only where the order is forced. A numbered list alone says little: checks, options and advice are numbered
as well, and two of their entries may change places. So a list serves only if its title or the sentence
above says that it is a sequence, nothing there says that it is a choice, and its steps tell what happens
instead of what to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quiz.items.difficulty import estimate
from quiz.items.item import Item, Kind
from quiz.items.wording import near_duplicates, points_elsewhere, slug, undated
from quiz.source import markdown
from quiz.source.markdown import plain
from quiz.source.question import Question, Section

KIND = Kind.ORDERING
FEWEST, MOST = 3, 7
LONGEST: Final = 180
"""Characters of a step; longer ones cannot be compared at a glance."""

# What a title says of a process, and what a lead sentence says of a list whose order matters.
_PROCESS = re.compile(
    r"^(how (an?|the) .+ (works?|is (found|chosen|made)|starts?|ends?|stops?|reach(es)?)\b"
    r"|what (an?|the) .+ does\b|what happens (when|at|on)\b|the (life|way) (of|to)\b)",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b((its|the) order matters|order (inside|of) .+ decides|order of (deployment|events|precedence)"
    r"|fixed order|the first of these wins|one after (the other|another)|in this order and no other)",
    re.IGNORECASE,
)
# Entries that can be exchanged, or that are ranked instead of being a sequence.
_LOOSE = re.compile(
    r"\b(checks?|verify|options?|choos\w+|causes?|likely|reasons?|tips|priorit\w+|evidence|ways to)\b",
    re.IGNORECASE,
)
_LOOKING = re.compile(
    r"^(ask|check|compare|find|inspect|list|look|note|read|see|verify|is|are|do|does|can|what|which)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d+[.)]\s", re.MULTILINE)
_PRONOUN = re.compile(r"^(it|its|they|their|this|these)\b", re.IGNORECASE)
_GIVEAWAY = re.compile(
    r"^(first( of all)?|second(ly)?|third(ly)?|then|next|after that|afterwards|finally|lastly|last|in the end"
    r"|step \d+|\d+[.)])[,:]?\s+",
    re.IGNORECASE,
)


def derive(question: Question) -> Iterator[Item]:
    """One item for each numbered list that is certainly a sequence, unless its author wrote one about it."""
    written = {item.section for item in question.items if item.kind == KIND}
    for section in question.sections:
        if section.title in written or not _NUMBERED.search(section.markdown):
            continue
        for lead, steps in _numbered_lists(section):
            if _is_sequence(section.title, lead, steps):
                yield _item(question, section, lead, steps)


def _item(question: Question, section: Section, lead: str, steps: Sequence[str]) -> Item:
    asked = lead.rstrip(":.") + "." if _ORDERED.search(lead) else f"**{plain(section.title)}**"
    return Item(
        question=question.number,
        kind=KIND,
        key=slug(section.title),
        stem=f"{question.prompt}\n\n{asked}\n\nPut the steps in order.",
        answers=tuple(_without_giveaway(step) for step in steps),
        explanation="\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)),
        section=section.title,
        difficulty=estimate(KIND, steps),
    )


def _numbered_lists(section: Section) -> Iterator[tuple[str, list[str]]]:
    """Each numbered list with the last sentence of the paragraph right above it."""
    rows = section.markdown.split("\n")
    lead = ""
    for token in markdown.parse_section(section.markdown):
        if token.level or not token.map:
            continue
        block = "\n".join(rows[slice(*token.map)])
        if token.type == "ordered_list_open":
            yield lead, [item.text for item in markdown.list_items(block)]
        lead = ""
        if token.type == "paragraph_open":
            lead = re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(block.split()))[-1]


def _is_sequence(title: str, lead: str, steps: Sequence[str]) -> bool:
    if not FEWEST <= len(steps) <= MOST or any(
        len(step) > LONGEST or points_elsewhere(step) for step in steps
    ):
        return False
    if any(step.rstrip().endswith("?") for step in steps) or _LOOSE.search(title) or _LOOSE.search(lead):
        return False
    bare = [_without_giveaway(step) for step in steps]
    if any(near_duplicates(one, other) for index, one in enumerate(bare) for other in bare[:index]):
        return False
    # "It" in all steps but the first tells which one is the first.
    if all(_PRONOUN.match(step) for step in bare[1:]) and not _PRONOUN.match(bare[0]):
        return False
    if _ORDERED.search(lead) or _ORDERED.search(title):
        return True
    return bool(_PROCESS.search(title)) and sum(bool(_LOOKING.match(step)) for step in bare) <= 1


def _without_giveaway(step: str) -> str:
    """The step without the words that say where it stands."""
    stripped = _GIVEAWAY.sub("", undated(step))
    return stripped[:1].upper() + stripped[1:]
