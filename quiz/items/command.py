"""Command: an AWS CLI command to be typed, from the fences of the answer.

Only where the words above a command say in full what it does: an imperative sentence or a comment that leans
on nothing before it. Names, ids and numbers that nobody can guess are given below it. Options of how the
answer is shown, such as `--query`, are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from quiz.items.difficulty import estimate
from quiz.items.gaps import telling
from quiz.items.given import Given, given_values
from quiz.items.item import Item, Kind
from quiz.items.wording import points_elsewhere, slug, undated
from quiz.source import markdown
from quiz.source.lint import shell
from quiz.source.lint.cli_options import without_global
from quiz.source.lint.shell_words import UnclosedError, written_words
from quiz.source.markdown import plain
from quiz.source.question import Question, Section

KIND = Kind.COMMAND
MOST: Final = 3
MOST_OPTIONS: Final = 5
LONGEST: Final = 260
"""Characters of a command; more is typing, not knowing."""
FEWEST_WORDS: Final = 3
"""Telling words that a lead needs."""

_SHELLS = ("bash", "sh", "shell", "console")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-Z`*])")
# What can be asked for and then seen to be done; "read", "compare" and "watch" leave open by which command.
_VERB = (
    "(add|allow|attach|change|create|delete|deregister|describe|detach|disable|drain|enable|find|force|keep|limit"
    "|list|move|protect|put|raise|register|remove|replace|restore|resume|retire|roll|run|scale|set|shift|shorten"
    "|show|start|stop|store|suspend|switch|turn|update|wait|(ask|let|tell) [A-Z]\\w+)"
)
_IMPERATIVE = re.compile(rf"^{_VERB}\b")
_OPENING = re.compile(r"^(at last|finally|first|now|or|and|then|afterwards|next|to)[, ]\s*", re.IGNORECASE)
# What only the sentence before can explain.
_LEANING = re.compile(
    r"\b(it|its|itself|this|that one|these|those|them|they|their|same|again|afresh|instead|both|another|other"
    r"|either|neither|first|here|there|first row|missing one|such|which one|one you|so)\b",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Command:
    """A command with the words above it. `words` are unquoted, `written` as they stand."""

    lead: str
    words: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(self.words[1:3])


def derive(question: Question) -> Iterator[Item]:
    """The first few operations that a lead describes, but for those that the author asks about."""
    return islice(_derived(question), MOST)


def _derived(question: Question) -> Iterator[Item]:
    asked = {_operation(answer) for item in question.items if item.kind == KIND for answer in item.answers}
    for section in question.sections:
        if "aws " not in section.markdown:
            continue
        for task, command in _commands(section):
            given = given_values(command.words, command.written, task)
            if given is None or command.name in asked or not _is_fit(command, task):
                continue
            asked.add(command.name)
            yield _item(question, section, command, task, given)


def _item(question: Question, section: Section, command: _Command, task: str, given: Given) -> Item:
    answer = " ".join(command.written)
    stem = f"{task}\n\nUse: {given}." if given else task
    return Item(
        question=question.number,
        kind=KIND,
        key=f"{'-'.join(command.words[1:3])}-{slug(task)}",
        stem=stem,
        answers=(answer,),
        explanation=_explanation(question, command),
        section=section.title,
        difficulty=estimate(KIND, (answer,)),
    )


def _operation(text: str) -> str:
    """Service and operation of a command that an author wrote."""
    found = shell.commands(text)
    return " ".join(without_global(found[0].words)[1:3]) if found else ""


def _commands(section: Section) -> Iterator[tuple[str, _Command]]:
    """The commands that stand alone below a lead that sets a task: the only one of a fence, or of what a
    comment heads."""
    lead = ""
    for token in markdown.parse_section(section.markdown):
        if token.level == 0 and token.type == "fence" and token.info.strip() in _SHELLS:
            for text_lead, text in _parts(lead, token.content):
                task = _task(text_lead)
                command = _command(text_lead, text) if task else None
                if command:
                    yield task, command
        if token.type == "inline" and token.level == 1:
            lead = " ".join(token.content.split())
        elif token.level == 0 and token.nesting >= 0 and token.type != "paragraph_open":
            lead = ""


def _parts(lead: str, text: str) -> Iterator[tuple[str, str]]:
    """(lead, text) of what stands below each comment of a fence, or of the whole without comments."""
    parts: list[tuple[str, list[str]]] = [(lead, [])]
    for row in text.splitlines():
        if row.startswith("#"):
            parts.append((row.lstrip("# ").rstrip(".:") + ("" if row.endswith("?") else ":"), []))
        else:
            parts[-1][1].append(row)
    # Above comments the lead speaks of all commands together.
    for part_lead, rows in parts if len(parts) == 1 else parts[1:]:
        yield part_lead, "\n".join(rows)


def _command(lead: str, text: str) -> _Command | None:
    """The command, if the text is just one and nothing in it is known to a running shell only."""
    try:
        written = written_words(text.strip())
    except UnclosedError:
        return None
    found = shell.commands(text)
    if len(found) != 1 or found[0].words[0] != "aws" or len(found[0].words) != len(written):
        return None
    return _Command(lead, tuple(without_global(found[0].words)), tuple(without_global(written)))


def _task(lead: str) -> str:
    """What the lead tells to do, as a sentence of its own; nothing where it does not."""
    if not lead.endswith((":", "?")):
        return ""
    sentence = undated(_SENTENCE_END.split(lead)[-1])
    sentence = _PARENTHESIS.sub("", sentence.split("; ")[0])
    question = sentence.endswith("?")
    bare = plain(_OPENING.sub("", sentence)).rstrip(":?. ")
    if _LEANING.search(bare) or points_elsewhere(bare) or len(telling(bare)) < FEWEST_WORDS:
        return ""
    if not question and not _IMPERATIVE.match(bare[:1].lower() + bare[1:]):
        return ""
    return f"{bare[:1].upper()}{bare[1:]}{'?' if question else '.'}"


def _names_its_object(task: str, operation: str) -> bool:
    """Whether the task speaks of what the operation is about: of routes, for `describe-route-tables`."""
    return bool(telling(operation.partition("-")[2]) & telling(task))


def _is_fit(command: _Command, task: str) -> bool:
    options = sum(word.startswith("--") for word in command.words)
    text = " ".join(command.written)
    return (
        len(command.words) > 2
        and _names_its_object(task, command.words[2])
        and options <= MOST_OPTIONS
        and len(text) <= LONGEST
        and command.words[2] not in command.lead
        and not re.search(r"://|\.\.\.|<[\w -]+>|\$\{\w+[^\w}]", text)
    )


def _explanation(question: Question, command: _Command) -> str:
    """The rest of the lead and what the question says of the operation or of its options; if that is nothing,
    what the operation takes."""
    sentence = _SENTENCE_END.split(command.lead)[-1].rstrip(":?. ")
    _, _, rest = sentence.partition("; ")
    asides = [aside.strip(" ()") for aside in _PARENTHESIS.findall(sentence)]
    found = [f"{text[:1].upper()}{text[1:]}." for text in (*asides, rest) if text]
    found += _sentences_about(question, [f"`{word}`" for word in command.words[2:] if "-" in word])
    return " ".join(dict.fromkeys(found[:2])) or _taken(command)


def _taken(command: _Command) -> str:
    """The names of the command's options, as a sentence."""
    given = [word.partition("=")[0] for word in command.words if word.startswith("--")]
    names = [f"`{name}`" for name in dict.fromkeys(given)]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    return f"`{command.name}` takes {listed or 'no options'}."


def _sentences_about(question: Question, names: Sequence[str]) -> Iterator[str]:
    """The whole sentences of the sections that name one of them."""
    for section in question.sections:
        for token in markdown.parse_section(section.markdown):
            if token.type == "inline" and token.level == 1:
                for text in _SENTENCE_END.split(" ".join(token.content.split())):
                    if text.endswith(".") and any(name in text for name in names):
                        yield text
