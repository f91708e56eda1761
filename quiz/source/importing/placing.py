"""Numbers, levels and topics for the drafts, and a place for each line between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quiz.errors import UserError
from quiz.source.importing import levels
from quiz.source.importing.drafts import Draft, Part, Skipped
from quiz.source.importing.lines import Heading, Line
from quiz.source.importing.report import Left, Note
from quiz.source.importing.wording import plain_title, slug
from quiz.source.question import BankSpec, Level, Topic

MOST = 999_999


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with its number in the bank, its level and its topics."""

    draft: Draft
    number: int
    level: str
    topics: tuple[str, ...]


@dataclass(slots=True)
class Placing:
    """What the document's outline says: the questions in order, and what its headings became."""

    title: str = ""
    title_line: int = 0
    placed: list[Placed] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def place(parts: Sequence[Part], spec: BankSpec | None, level: str | None, start_at: int | None) -> Placing:
    """Give every draft its place. `spec` is that of the bank that the questions go to, if there is one.

    `level` is for questions whose level neither the document nor the bank knows; `start_at` numbers all
    anew. Raises UserError, without a path, where the bank has no fitting level.
    """
    if level and slug(level) != level:
        raise UserError(f"`{level}` is no slug.", f"Write --level {slug(level) or 'basics'}")
    if level and spec and level not in (known.slug for known in spec.levels):
        raise UserError(f"the bank has no level `{level}`.", f"It has: {_slugs(spec)}.")
    return _Placer(parts, spec, level).place(start_at)


class _Placer:
    """Walks through the document and remembers which level and topic it is in."""

    def __init__(self, parts: Sequence[Part], spec: BankSpec | None, level: str | None) -> None:
        self.parts = parts
        self.spec = spec
        self.named_level = level
        self.placing = Placing()
        self.title = _title(parts)
        if self.title and self.title.heading:
            self.placing.title = plain_title(self.title.heading.text)
            self.placing.title_line = self.title.number
        self.level: Level | None = None
        self.topics: list[tuple[int, Topic]] = []
        self.unused: dict[int, tuple[Line, str, Topic | None]] = {}
        self.has_levels = any(self._names_level(part) for part in parts)

    def place(self, start_at: int | None) -> Placing:
        drafts = [part for part in self.parts if isinstance(part, Draft)]
        numbers = iter(_numbers(drafts, start_at, self.placing.notes))
        for index, part in enumerate(self.parts):
            if isinstance(part, Draft):
                self._place_draft(part, next(numbers))
            elif isinstance(part, Skipped):
                self._leave(part.line, part.reason)
            elif part.heading and part is not self.title:
                self._follow_heading(part, part.heading, index)
            elif not part.is_gap and part is not self.title:
                self._leave(part, f"text {'between' if self.placing.placed else 'before'} the questions")
        for line, _, _ in self.unused.values():
            self._leave(line, "heading without a question below it")
        self.placing.levels = levels.unique(self.placing.levels)
        return self.placing

    def _leave(self, line: Line, reason: str) -> None:
        if not line.is_gap:
            self.placing.left.append(Left(line.number, line.text.strip(), reason))

    def _place_draft(self, draft: Draft, number: int) -> None:
        if not draft.answered:
            for line in (*draft.lines, *draft.body):
                self._leave(line, "question without an answer")
            return
        level = self._known_level(draft)
        topics = tuple(dict.fromkeys(topic.slug for _, topic in self.topics))
        self.placing.levels.append(level)
        self.placing.placed.append(Placed(draft, number, level.slug, topics))
        for line, became, topic in self.unused.values():
            self.placing.headings[line.number] = became
            if topic and self.spec is None and topic not in self.placing.topics:
                self.placing.topics.append(topic)
        self.unused.clear()

    def _known_level(self, draft: Draft) -> Level:
        """The level that the document says, in the words of the bank."""
        default = Level(self.named_level, self.named_level.capitalize()) if self.named_level else None
        if self.level is None:
            wanted = levels.FIRST_LEVEL if self.has_levels else default or levels.ONLY_LEVEL
        else:
            wanted = self.level
        if self.spec is None:
            return wanted
        only = self.spec.levels[0] if len(self.spec.levels) == 1 and not self.has_levels else None
        known = levels.find_level(wanted, self.spec) or default or only
        if known is None:
            message = f"the bank has no level for this question: `{wanted.title}`."
            remedy = f"Add it to bank.toml, or name one with --level: {_slugs(self.spec)}."
            raise UserError(message, remedy, line=draft.line)
        return known

    def _names_level(self, part: Part) -> bool:
        heading = part.heading if isinstance(part, Line) and part is not self.title else None
        return heading is not None and levels.names_level(heading.text, self.placing.title)

    def _follow_heading(self, line: Line, heading: Heading, index: int) -> None:
        """Headings deeper than this one were about the questions before it."""
        while self.topics and self.topics[-1][0] >= heading.depth:
            self.topics.pop()
        if self._names_level(line):
            self.level = levels.level_of(heading.text)
            self.unused[line.number] = (line, f"level `{self.level.slug}`", None)
        elif not self._names_topic(heading, index):
            self._leave(line, "heading that names neither a level nor a topic")
        elif topic := self._known_topic(heading):
            self.topics.append((heading.depth, topic))
            self.unused[line.number] = (line, f"topic `{topic.slug}`", topic)
        else:
            self._leave(line, "heading, but the bank has no such topic")

    def _names_topic(self, heading: Heading, index: int) -> bool:
        """A topic is above its questions, or right before one."""
        if not levels.names_topic(heading.text, self.placing.title):
            return False
        below = self.parts[index + 1 :]
        draft = next((part for part in below if isinstance(part, Draft)), None)
        if draft is None or draft.depth == 0 or heading.depth < draft.depth:
            return True
        near = next(part for part in below if isinstance(part, Draft) or not _is_between(part))
        return near is draft

    def _known_topic(self, heading: Heading) -> Topic | None:
        title = plain_title(heading.text)
        topic = Topic(slug(title), title)
        if self.spec is None:
            same = (known for known in self.placing.topics if known.slug == topic.slug)
            return next(same, topic) if topic.slug else None
        same = (known for known in self.spec.topics if topic.slug in (known.slug, slug(known.title)))
        return next(same, None)


def _is_between(part: Part) -> bool:
    return isinstance(part, Line) and (part.is_gap or part.heading is not None)


def _title(parts: Sequence[Part]) -> Line | None:
    """The document's title: a `# ` heading above the questions, unless topics of the same depth follow."""
    headings = [part for part in parts if isinstance(part, Line) and part.heading]
    before = (part for part in parts[: _first_draft(parts)] if isinstance(part, Line) and part.heading)
    first = next(before, None)
    if first is None or first.heading is None or first.heading.depth > 1:
        return None
    if levels.names_level(first.heading.text):
        return None
    for other in headings:
        if other is first or other.heading is None or levels.names_level(other.heading.text):
            continue
        if other.heading.depth == first.heading.depth and levels.names_topic(other.heading.text):
            return None
    return first


def _first_draft(parts: Sequence[Part]) -> int:
    return next((index for index, part in enumerate(parts) if isinstance(part, Draft)), len(parts))


def _numbers(drafts: Sequence[Draft], start_at: int | None, notes: list[Note]) -> list[int]:
    """A number for each draft: its own, or else the next free one after the question before it."""
    own = [draft.number if draft.number and draft.number <= MOST else None for draft in drafts]
    if start_at is not None:
        own = [None] * len(drafts)
    reserved = {number for number in own if number}
    taken: set[int] = set()
    number = (start_at or 1) - 1
    numbers = []
    for draft, wanted in zip(drafts, own, strict=True):
        if wanted and wanted not in taken:
            number = wanted
        else:
            number += 1
            while number in reserved or number in taken:
                number += 1
            if draft.number is not None and start_at is None:
                why = "its number is taken" if wanted else "its number cannot be used"
                notes.append(
                    Note("renumbered", draft.line, f"question {draft.number} became {number}: {why}")
                )
        taken.add(number)
        numbers.append(number)
    if numbers and max(numbers) > MOST:
        raise UserError(f"the numbers would go beyond {MOST}.", "Choose a smaller --start-at.")
    return numbers


def _slugs(spec: BankSpec) -> str:
    return ", ".join(level.slug for level in spec.levels)
