"""Pages that list questions: all, by level and by topic. Search leaves them out: it finds the questions.

The lists are plain lists; `docs/assets/lists.js` adds the filter and marks what a reader has practised.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from quiz.site.addresses import term_anchors
from quiz.site.dialect import inline
from quiz.site.pages.frame import front_matter
from quiz.source.markdown import plain
from quiz.source.question import BankSpec, Level, Question, Term, Topic


def index_page(spec: BankSpec, questions: Sequence[Question], words: Mapping[int, Sequence[str]]) -> str:
    """All questions, by level, with a filter where scripts run.

    `words` are for the filter: by a question's number the names and abbreviations of its terms.
    """
    parts = [_head("All questions"), f"# {_count(len(questions))}", _filter(spec, questions)]
    for level in spec.levels:
        inside = [question for question in questions if question.level == level.slug]
        if inside:
            heading = [f"## {inline(level.title)}", inline(level.description)]
            parts.append(_list(inside, "", heading=heading, words=words))
    return _page(parts)


def level_page(level: Level, questions: Sequence[Question]) -> str:
    """The questions of one level."""
    parts = [_head(level.title), f"# {inline(level.title)}", inline(level.description)]
    inside = [question for question in questions if question.level == level.slug]
    return _page([*parts, _list(inside) if inside else "No question yet."])


def topic_page(
    topic: Topic, spec: BankSpec, questions: Sequence[Question], words: Sequence[Term] = ()
) -> str:
    """The questions of one topic in the order in which to learn them, after the words to know.

    `questions` come in that order.
    """
    inside = [question for question in questions if topic.slug in question.topics]
    parts = [_head(topic.title), f"# {inline(topic.title)}", inline(topic.description)]
    if not inside:
        return _page([*parts, "No question yet."])
    if words:
        anchors = term_anchors(spec.glossary)
        named = ", ".join(_term(term, anchors[term.name]) for term in words)
        parts.append(f'<p class="words"><strong>Words to know first:</strong> {named}.</p>')
    parts.append(
        "The questions stand in the order in which to learn them: what leads on to others comes before them,"
        " what is all about this topic before what touches it, then the easier."
        f" For a last look there is [a cheat sheet](../cheat-sheets/{topic.slug}.md)."
    )
    for level in spec.levels:
        rows = [question for question in inside if question.level == level.slug]
        if rows:
            parts += [f"## {inline(level.title)}", _list(rows)]
    return _page(parts)


def levels_page(spec: BankSpec, questions: Sequence[Question]) -> str:
    """The levels, with what each is about."""
    rows = [(level.slug, level.title, level.description) for level in spec.levels]
    counts = Counter(question.level for question in questions)
    return _page([_head("Levels"), "# By level", _overview(rows, counts)])


def topics_page(spec: BankSpec, questions: Sequence[Question]) -> str:
    """The topics, with what each is about."""
    rows = [(topic.slug, topic.title, topic.description) for topic in spec.topics]
    counts = Counter(slug for question in questions for slug in question.topics)
    overview = _overview(rows, counts) if rows else "This bank files its questions under no topics."
    return _page([_head("Topics"), "# By topic", overview])


def _head(title: str) -> str:
    return front_matter(title, searchable=False)


def _count(number: int) -> str:
    return "One question" if number == 1 else f"All {number} questions"


def _overview(rows: Iterable[tuple[str, str, str]], counts: Mapping[str, int]) -> str:
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


def _list(
    questions: Iterable[Question],
    folder: str = "../questions/",
    *,
    heading: Sequence[str] = (),
    words: Mapping[int, Sequence[str]] | None = None,
) -> str:
    rows = [
        f"- {_number(question, words)} [{inline(plain(question.prompt))}]({folder}{question.number}.md)"
        for question in questions
    ]
    above = [line for part in heading if part for line in (part, "")]
    return "\n".join(['<div class="questions" markdown="1">', "", *above, *rows, "", "</div>"])


def _number(question: Question, words: Mapping[int, Sequence[str]] | None) -> str:
    facts = {"question": str(question.number)}
    if words is not None:
        facts |= {"level": question.level, "topics": " ".join(question.topics)}
        facts["words"] = ", ".join(words.get(question.number, ()))
    written = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in facts.items())
    return f'<span class="number" {written}>{question.number}</span>'


def _filter(spec: BankSpec, questions: Sequence[Question]) -> str:
    """Shown by the script that filters; without scripts the whole list is there."""
    levels = {question.level for question in questions}
    topics = {slug for question in questions for slug in question.topics}
    rows = [
        '<form class="filter" role="search" aria-label="Filter the questions" data-search-exclude hidden>',
        '<label>Words <input type="search" name="words" autocomplete="off"></label>',
        *_choice(
            "Level", "level", [(level.slug, level.title) for level in spec.levels if level.slug in levels]
        ),
        *_choice(
            "Topic", "topic", [(topic.slug, topic.title) for topic in spec.topics if topic.slug in topics]
        ),
        *_choice("Progress", "progress", [("new", "New"), ("due", "Due"), ("done", "Practised")]),
        '<output name="count"></output>',
        "</form>",
    ]
    return "\n".join(rows)


def _choice(label: str, name: str, options: Sequence[tuple[str, str]]) -> list[str]:
    if not options:
        return []
    listed = "".join(
        f'<option value="{html.escape(slug)}">{inline(title)}</option>' for slug, title in options
    )
    return [f'<label>{label} <select name="{name}"><option value="">All</option>{listed}</select></label>']


def _term(term: Term, anchor: str) -> str:
    meaning = html.escape(term.meaning)
    return f'<a class="term" href="../../glossary/#{anchor}" title="{meaning}">{inline(term.name)}</a>'


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
