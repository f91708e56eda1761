"""Questions as headings: labelled (`## Q7: ...`), numbered (`### 12. ...`), or asked (`## What ...?`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from quiz.source.importing import wording
from quiz.source.importing.drafts import Part, Start, cut
from quiz.source.importing.lines import Heading, Line

LABELLED_EXAMPLE: Final = "## Q1: What is a task?"
NUMBERED_EXAMPLE: Final = "### 12. What is a task?"
ASKED_EXAMPLE: Final = "## What is a task?"

_ENOUGH: Final = 2


def labelled(lines: Sequence[Line]) -> list[Part]:
    """`## Q7: ...` and `# Question 7. ...`, of any depth."""
    starts = []
    for index, heading in _headings(lines):
        if found := wording.labelled(heading.text):
            number, prompt = found
            starts.append(Start(index, index + 1, prompt, number, heading.depth))
    return cut(lines, starts)


def numbered(lines: Sequence[Line]) -> list[Part]:
    """`### 12. ...`, at the one depth where they ask something; numbered steps of answers are deeper."""
    found = [
        Start(index, index + 1, hit[1], hit[0], heading.depth)
        for index, heading in _headings(_outside_details(lines))
        if (hit := wording.numbered(heading.text))
    ]
    depth = _asking_depth([start.depth for start in found], [start.prompt for start in found])
    return cut(lines, [start for start in found if start.depth == depth])


def asked(lines: Sequence[Line]) -> list[Part]:
    """`## What ...?`: headings that end in a question mark, at least two at one depth."""
    found = [
        Start(index, index + 1, wording.prompt(wording.plain_title(heading.text)), None, heading.depth)
        for index, heading in _headings(_outside_details(lines))
        if heading.text.rstrip("*_ ").endswith("?")
    ]
    depths = Counter(start.depth for start in found)
    depth = max(depths, key=lambda depth: (depths[depth], -depth), default=0)
    if depths[depth] < _ENOUGH:
        return list(lines)
    return cut(lines, [start for start in found if start.depth == depth])


def _headings(lines: Iterable[Line]) -> list[tuple[int, Heading]]:
    return [(index, line.heading) for index, line in enumerate(lines) if line.heading]


def _asking_depth(depths: Sequence[int], prompts: Sequence[str]) -> int | None:
    """The depth at which most headings are questions, provided that at least half of those there are."""
    asking = Counter(depth for depth, prompt in zip(depths, prompts, strict=True) if wording.asks(prompt))
    depth = max(asking, key=lambda depth: (asking[depth], -depth), default=None)
    return depth if depth is not None and asking[depth] * 2 >= depths.count(depth) else None


def _outside_details(lines: Sequence[Line]) -> list[Line]:
    """The lines with those in <details> made blank, so that indexes stay."""
    depth = 0
    outside = []
    for line in lines:
        text = "" if line.in_code else line.text.lower()
        depth += text.count("<details")
        outside.append(Line(line.number, "") if depth > 0 else line)
        depth = max(depth - text.count("</details"), 0)
    return outside
