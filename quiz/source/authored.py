"""The section `## Items`: items that an author wrote by hand, one below each `### Kind: name`.

A kind is a shape of Markdown that reads as what it asks: a numbered list is an order, a task list a choice,
a table pairs, a fence a command, and `[[...]]` in a sentence the gap. A block quote at the end explains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from quiz.source import markdown
from quiz.source.question import AuthoredItem, Finding, Section

GAP: Final = "_____"
WRONG_OPTIONS: Final = 3
STEPS: Final = (3, 7)
PAIRS: Final = (4, 6)

_HEADING = re.compile(r"^(?P<kind>\w+):\s*(?P<name>\S.*)$")
_NAMED_WITH_SECTION = re.compile(r"^\[(?P<name>[^\]]+)\]\(#(?P<anchor>[^)]+)\)$")
_GAP = re.compile(r"\[\[(?P<answers>[^\[\]]*)\]\]")
_OPTION = re.compile(r"^\[(?P<mark>[ xX])\]\s+(?P<text>.+)$", re.DOTALL)
_SHELLS: Final = ("bash", "sh", "shell", "console")


@dataclass(frozen=True, slots=True)
class _Block:
    """One top-level block of Markdown: the parser's name for it, and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an author gave: the answers, what goes with them, or a complaint that says how to mend it."""

    answers: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    complaint: str = ""


def read(
    section: Section, first_line: int, path: str, titles: Sequence[str]
) -> Iterator[AuthoredItem | Finding]:
    """The items of the section, and a finding for each that cannot be asked.

    `first_line` is that of the section's Markdown in the file; `titles` are those of the question's
    sections, to which the names of items may link.
    """
    anchors = {markdown.anchor(title): title for title in titles}
    taken: set[tuple[str, str]] = set()
    rows = section.markdown.split("\n")
    starts = markdown.headings(markdown.parse(section.markdown))
    if not starts or any(row.strip() for row in rows[: starts[0].line - 1]):
        yield Finding(
            path, first_line, "F015", "start each item with a heading, such as `### Cloze: its name`"
        )
    for heading, following in zip(starts, [*starts[1:], None], strict=False):
        line = first_line + heading.line - 1
        named = _named(heading, taken)
        if isinstance(named, str):
            yield Finding(path, line, "F015", named)
            continue
        kind, name, anchor = named
        taken.add((kind, name.lower()))
        item = _item(kind, _blocks("\n".join(rows[heading.line : following.line - 1 if following else None])))
        if isinstance(item, str):
            yield Finding(path, line, "F016", f"the item `{name}`: {item}")
        else:
            yield AuthoredItem(kind, name, *item, section=anchors.get(anchor, ""), line=line)


def _named(heading: markdown.Heading, taken: Set[tuple[str, str]]) -> tuple[str, str, str] | str:
    """Kind and name of an item and the anchor that its name links to, or what is wrong with them."""
    match = _HEADING.match(heading.text.strip())
    kind = match["kind"].lower() if match else ""
    if heading.depth != 3 or match is None or kind not in _SHAPES:
        kinds = ", ".join(name.capitalize() for name in _SHAPES)
        return f"write the heading as `### Kind: name`, where the kind is one of {kinds}"
    name, anchor = _name(match["name"])
    if (kind, name.lower()) in taken:
        return f"a second {kind} item is called `{name}`: name it otherwise"
    return kind, name, anchor


def _name(text: str) -> tuple[str, str]:
    """The item's name, and the anchor of the section that teaches it where the name links to one."""
    linked = _NAMED_WITH_SECTION.match(text.strip())
    return (linked["name"].strip(), linked["anchor"]) if linked else (text.strip(), "")


_Fields = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str]


def _item(kind: str, blocks: Sequence[_Block]) -> _Fields | str:
    """Stem, answers, distractors, prompts and explanation, or what is wrong."""
    shape, read_shape = _SHAPES[kind]
    quoted = [block for block in blocks if block.kind == "blockquote"]
    rest = [block for block in blocks if block.kind != "blockquote"]
    explanation = "\n\n".join(_unquoted(block.text) for block in quoted)
    if not explanation:
        return "explain the answer in a block quote below it: `> Because ...`"
    if kind == "cloze":
        return _cloze(rest, explanation)
    first = next((index for index, block in enumerate(rest) if shape(block)), None)
    if first is None or not all(shape(block) for block in rest[first:]):
        return f"below the question there must be {_WANTED[kind]}, and then only the explanation"
    stem = "\n\n".join(block.text for block in rest[:first])
    if not stem:
        return f"ask something above {_WANTED[kind]}"
    parts = read_shape(rest[first:])
    return parts.complaint or (stem, parts.answers, parts.distractors, parts.prompts, explanation)


def _cloze(blocks: Sequence[_Block], explanation: str) -> _Fields | str:
    text = "\n\n".join(block.text for block in blocks)
    gaps = list(_GAP.finditer(text))
    if len(gaps) != 1:
        return f"{len(gaps)} gaps: mark exactly one as `[[answer]]` or `[[answer | another form]]`"
    answers = tuple(answer.strip() for answer in gaps[0]["answers"].split("|") if answer.strip())
    if not answers:
        return "the gap is empty: write what belongs there between `[[` and `]]`"
    stem = text[: gaps[0].start()] + GAP + text[gaps[0].end() :]
    shown = next((answer for answer in answers if _stands_in(answer, stem)), None)
    if shown:
        return f"the text still shows the answer `{shown}`: word it otherwise"
    return stem, answers, (), (), explanation


def _stands_in(answer: str, stem: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", stem, re.IGNORECASE) is not None


def _choice(blocks: Sequence[_Block]) -> _Parts:
    options = [_OPTION.match(item.text) for block in blocks for item in markdown.list_items(block.text)]
    marked = [match for match in options if match]
    right = tuple(match["text"].strip() for match in marked if match["mark"] != " ")
    wrong = tuple(match["text"].strip() for match in marked if match["mark"] == " ")
    if len(marked) < len(options) or len(right) != 1 or len(wrong) != WRONG_OPTIONS:
        return _Parts(
            complaint=f"{len(right)} right and {len(wrong)} wrong options: mark one `- [x]` and three `- [ ]`"
        )
    return _Parts(right, wrong, complaint=_repeated("option", (*right, *wrong)))


def _ordering(blocks: Sequence[_Block]) -> _Parts:
    steps = tuple(item.text for block in blocks for item in markdown.list_items(block.text))
    fewest, most = STEPS
    if not fewest <= len(steps) <= most:
        return _Parts(complaint=f"{len(steps)} steps: write {fewest} to {most}")
    return _Parts(steps, complaint=_repeated("step", steps))


def _matching(blocks: Sequence[_Block]) -> _Parts:
    rows = [row for block in blocks for table in markdown.tables(block.text) for row in table.rows]
    if any(len(row) != 2 or not row[1].strip() for row in rows):
        return _Parts(complaint="the table must have two columns, and something in each cell on the right")
    pairs = [(left.strip(), right.strip()) for left, right in rows if left.strip()]
    extra = tuple(right.strip() for left, right in rows if not left.strip())
    fewest, most = PAIRS
    if not fewest <= len(pairs) <= most:
        return _Parts(complaint=f"{len(pairs)} pairs: write {fewest} to {most}")
    lefts, rights = tuple(left for left, _ in pairs), tuple(right for _, right in pairs)
    complaint = _repeated("left side", lefts) or _repeated("right side", (*rights, *extra))
    return _Parts(rights, extra, lefts, complaint)


def _command(blocks: Sequence[_Block]) -> _Parts:
    commands = tuple(
        fence.text.strip() for block in blocks for fence in markdown.fences(block.text) if fence.text.strip()
    )
    if any(not command.startswith("aws ") for command in commands) or not commands:
        return _Parts(complaint="each fence must hold one command that starts with `aws`")
    return _Parts(commands, complaint=_repeated("command", commands))


def _repeated(what: str, texts: Sequence[str]) -> str:
    """A complaint about the first text that stands twice, or nothing."""
    seen: set[str] = set()
    for text in texts:
        squeezed = markdown.plain(text).removesuffix(".").lower()
        if squeezed in seen:
            return f"the {what} `{text}` stands twice"
        seen.add(squeezed)
    return ""


def _blocks(text: str) -> list[_Block]:
    rows = text.split("\n")
    found = []
    for token in markdown.parse(text):
        if token.level == 0 and token.map and token.nesting >= 0:
            start, end = token.map
            kind = token.type.removesuffix("_open")
            found.append(_Block(kind, "\n".join(rows[start:end]).strip("\n")))
    return found


def _unquoted(text: str) -> str:
    return "\n".join(row.lstrip().removeprefix(">").removeprefix(" ") for row in text.split("\n")).strip()


def _is(kind: str) -> Callable[[_Block], bool]:
    return lambda block: block.kind == kind


def _is_shell(block: _Block) -> bool:
    return block.kind == "fence" and all(fence.language in _SHELLS for fence in markdown.fences(block.text))


_SHAPES: Final[dict[str, tuple[Callable[[_Block], bool], Callable[[Sequence[_Block]], _Parts]]]] = {
    "choice": (_is("bullet_list"), _choice),
    "cloze": (_is("paragraph"), lambda _: _Parts()),
    "ordering": (_is("ordered_list"), _ordering),
    "matching": (_is("table"), _matching),
    "command": (_is_shell, _command),
}
_WANTED: Final = {
    "choice": "one list of options, `- [x]` and `- [ ]`",
    "ordering": "one numbered list",
    "matching": "one table",
    "command": "a shell fence for each accepted command",
}
