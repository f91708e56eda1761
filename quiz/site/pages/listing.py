"""Pages that list questions: all, by level and by topic. Search leaves them out: it finds the questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quiz.site.dialect import inline
from quiz.site.pages.frame import front_matter
from quiz.source.markdown import plain
from quiz.source.question import BankSpec, Level, Question, Topic


def index_page(spec: BankSpec, questions: Sequence[Question]) -> str:
    """All questions, by level."""
    parts = [_head("All questions"), f"# {_count(len(questions))}"]
    for level in spec.levels:
        inside = [question for question in questions if question.level == level.slug]
        if inside:
            parts += [f"## {inline(level.title)}", inline(level.description), _list(inside, "")]
    return _page(parts)


def level_page(level: Level, questions: Sequence[Question]) -> str:
    """The questions of one level."""
    parts = [_head(level.title), f"# {inline(level.title)}", inline(level.description)]
    inside = [question for question in questions if question.level == level.slug]
    return _page([*parts, _list(inside) if inside else "No question yet."])


def topic_page(topic: Topic, spec: BankSpec, questions: Sequence[Question]) -> str:
    """The questions of one topic, the easier levels first: the order in which to learn it."""
    inside = [question for question in questions if topic.slug in question.topics]
    parts = [_head(topic.title), f"# {inline(topic.title)}", inline(topic.description)]
    for level in spec.levels:
        rows = [question for question in inside if question.level == level.slug]
        if rows:
            parts += [f"## {inline(level.title)}", _list(rows)]
    if not inside:
        parts.append("No question yet.")
    return _page(parts)


def levels_page(spec: BankSpec, questions: Sequence[Question]) -> str:
    """The levels, with what each is about."""
    rows = [(level.slug, level.title, level.description) for level in spec.levels]
    counts = {slug: sum(question.level == slug for question in questions) for slug, _, _ in rows}
    return _page([_head("Levels"), "# By level", _overview(rows, counts)])


def topics_page(spec: BankSpec, questions: Sequence[Question]) -> str:
    """The topics, with what each is about."""
    rows = [(topic.slug, topic.title, topic.description) for topic in spec.topics]
    counts = {slug: sum(slug in question.topics for question in questions) for slug, _, _ in rows}
    overview = _overview(rows, counts) if rows else "This bank files its questions under no topics."
    return _page([_head("Topics"), "# By topic", overview])


def _head(title: str) -> str:
    return front_matter(title, searchable=False)


def _count(number: int) -> str:
    return "One question" if number == 1 else f"All {number} questions"


def _overview(rows: Iterable[tuple[str, str, str]], counts: dict[str, int]) -> str:
    cards = [
        "<br>".join(
            part
            for part in (
                f"- [{inline(title)}]({slug}.md)",
                inline(text),
                f'<span class="number">{counts[slug]} question{"" if counts[slug] == 1 else "s"}</span>',
            )
            if part
        )
        for slug, title, text in rows
    ]
    return "\n".join(['<div class="overview" markdown="1">', "", *cards, "", "</div>"])


def _list(questions: Iterable[Question], folder: str = "../questions/") -> str:
    rows = [
        f'- <span class="number">{question.number}</span>'
        f" [{inline(plain(question.prompt))}]({folder}{question.number}.md)"
        for question in questions
    ]
    return "\n".join(['<div class="questions" markdown="1">', "", *rows, "", "</div>"])


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
