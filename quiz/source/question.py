"""The vocabulary of the source: what one question file, one bank and one glossary hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing that a good answer says.

    `text` is Markdown; `terms` are its bold words, which an answer must mention in any of their
    glossary forms; `weight` is 1, or more where the author wrote "(x2)" at the end.
    """

    text: str
    terms: tuple[str, ...]
    weight: int = 1
    line: int = 0

    @property
    def plain(self) -> str:
        """The text without the emphasis marks."""
        return self.text.replace("**", "")


@dataclass(frozen=True, slots=True)
class CommonMistake:
    """A statement that learners often make, and what is true instead."""

    wrong: str
    right: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that an interviewer would ask next; `number` and `target` where the bank answers it.

    `target` is the linked file's path, as it stands in the link.
    """

    text: str
    number: int | None = None
    target: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class AuthoredItem:
    """An item that the author wrote in the file, instead of one derived from the answer.

    `kind` is choice, cloze, ordering, matching or command, and the fields mean what they mean in an item;
    `name` tells it from others of its kind, `section` is the title of the section that teaches it, or empty.
    """

    kind: str
    name: str
    stem: str
    answers: tuple[str, ...]
    distractors: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    explanation: str = ""
    section: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Veto:
    """A derived item that the author does not want: its kind and key, as in `choice/table-fix-no-route`."""

    item: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One free section of the answer: the heading's text and the Markdown below it.

    `line` is the line of the heading in the file, 1-based.
    """

    title: str
    markdown: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question file, read. Its identity is its number within its bank."""

    number: int
    level: str
    topics: tuple[str, ...]
    prompt: str
    short_answer: str
    sections: tuple[Section, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    mistakes: tuple[CommonMistake, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    items: tuple[AuthoredItem, ...] = ()
    without: tuple[Veto, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: date | None = None
    lab: str | None = None
    path: str = ""
    """Relative to the bank's folder, with forward slashes."""

    @property
    def reference(self) -> str:
        """What an answer is compared with as a whole: the short answer, or all of the text without one."""
        return self.short_answer or "\n\n".join(section.markdown for section in self.sections)


@dataclass(frozen=True, slots=True)
class Level:
    """A difficulty band of the bank, in the order in which a learner meets them."""

    slug: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that questions are filed under."""

    slug: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A job that people are interviewed for, and the topics that it is about."""

    slug: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: the term, its other names and abbreviations, and words often confused with it."""

    name: str
    meaning: str = ""
    aliases: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    line: int = 0

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way to write the term, its name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class BankSpec:
    """What `bank.toml` and `glossary.yml` say."""

    title: str
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    glossary: tuple[Term, ...] = ()
    roles: tuple[Role, ...] = ()
    repository: str = ""
    """URL of the source repository's folder that holds the questions, for "edit this question" links."""
    site: str = ""
    """URL at which the bank's pages are published, if they are."""


@dataclass(frozen=True, slots=True)
class Fix:
    """The mechanical remedy of a finding: on its line, the characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a source file, for `bank check` and for failed builds."""

    path: str
    line: int
    code: str
    message: str
    fix: Fix | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}"
