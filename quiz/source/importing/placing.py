"""Numbers, levels and topics for the drafts, and a place for each line between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quiz.errors import UserError
from quiz.source.importing import levels
from quiz.source.importing.drafts import Draft, Part, Skipped
from quiz.source.importing.lines import Heading, Line, without_gaps_around
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
        self.topic: Topic | None = None
        self.topic_depth = 0
        self.has_levels = any(self._names_level(part) for part in parts)

    def place(self, start_at: int | None) -> Placing:
        drafts = [part for part in self.parts if isinstance(part, Draft)]
        numbers = iter(_numbers(drafts, start_at, self.placing.notes))
        for part in self.parts:
            if isinstance(part, Draft):
                self._place_draft(part, next(numbers))
            elif isinstance(part, Skipped):
                self._leave(part.line, part.reason)
            elif part.heading and part is not self.title:
                self._follow_heading(part, part.heading)
            elif not part.is_gap and part is not self.title:
                self._leave(part, f"text {'between' if self.placing.placed else 'before'} the questions")
        self.placing.levels = levels.unique(self.placing.levels)
        return self.placing

    def _leave(self, line: Line, reason: str) -> None:
        if not line.is_gap:
            self.placing.left.append(Left(line.number, line.text.strip(), reason))

    def _place_draft(self, draft: Draft, number: int) -> None:
        if not without_gaps_around(draft.body):
            for line in (*draft.lines, *draft.body):
                self._leave(line, "question without an answer")
            return
        level = self._known_level(draft)
        topics = (self.topic.slug,) if self.topic else ()
        self.placing.levels.append(level)
        self.placing.placed.append(Placed(draft, number, level.slug, topics))

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

    def _follow_heading(self, line: Line, heading: Heading) -> None:
        if self._names_level(line):
            self.level = levels.level_of(heading.text)
            self.topic = None if heading.depth <= self.topic_depth else self.topic
            self.placing.headings[line.number] = f"level `{self.level.slug}`"
        elif not levels.names_topic(heading.text, self.placing.title):
            self._leave(line, "heading that names neither a level nor a topic")
        else:
            self.topic, self.topic_depth = self._known_topic(heading), heading.depth
            if self.topic:
                self.placing.headings[line.number] = f"topic `{self.topic.slug}`"
            else:
                self._leave(line, "heading, but the bank has no such topic")

    def _known_topic(self, heading: Heading) -> Topic | None:
        title = plain_title(heading.text)
        topic = Topic(slug(title), title)
        if self.spec is None:
            if topic.slug and topic.slug not in (known.slug for known in self.placing.topics):
                self.placing.topics.append(topic)
            return topic if topic.slug else None
        same = (known for known in self.spec.topics if topic.slug in (known.slug, slug(known.title)))
        return next(same, None)


def _title(parts: Sequence[Part]) -> Line | None:
    """The document's title: the first heading above the questions, unless others of its kind follow."""
    headings = [part for part in parts if isinstance(part, Line) and part.heading]
    before = (part for part in parts[: _first_draft(parts)] if isinstance(part, Line) and part.heading)
    first = next(before, None)
    if first is None or first.heading is None or levels.names_level(first.heading.text):
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
    """A number for each draft: its own, unless another has it already; then one after the highest."""
    own = [draft.number if draft.number and draft.number <= MOST else None for draft in drafts]
    free = max((number for number in own if number), default=0) + 1
    if start_at is not None:
        own, free = [None] * len(drafts), start_at
    taken: set[int] = set()
    numbers = []
    for draft, wanted in zip(drafts, own, strict=True):
        if wanted is None or wanted in taken:
            number, free = free, free + 1
            if draft.number is not None and start_at is None:
                why = "a second one of this number" if wanted else "no number that we can use"
                notes.append(
                    Note("renumbered", draft.line, f"question {draft.number}, {why}, became {number}")
                )
        else:
            number = wanted
        taken.add(number)
        numbers.append(number)
    if numbers and max(numbers) > MOST:
        raise UserError(f"the numbers would go beyond {MOST}.", "Choose a smaller --start-at.")
    return numbers


def _slugs(spec: BankSpec) -> str:
    return ", ".join(level.slug for level in spec.levels)
