"""The page of one question: asked first, answered when the reader wants it."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quiz.site.addresses import in_html, name_of
from quiz.site.dialect import for_builders, inline
from quiz.site.figures import draw
from quiz.site.pages.frame import front_matter
from quiz.site.pages.labs import page_of_lab
from quiz.site.search_words import hidden
from quiz.site.supplements import Lab
from quiz.site.terms import Mark
from quiz.source.markdown import plain
from quiz.source.question import BankSpec, CommonMistake, FollowUp, KeyPoint, Question

Rewrite = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a page leads: the questions before and after within the level, those like it, and its lab."""

    before: Question | None = None
    after: Question | None = None
    related: Sequence[Question] = ()
    lab: Lab | None = None


def question_page(
    question: Question,
    spec: BankSpec,
    neighbours: Neighbours,
    rewrite: Rewrite,
    mark: Mark | None = None,
    other_names: Sequence[str] = (),
) -> str:
    """Markdown of the page. `rewrite` turns links between question files into links between pages.

    `mark` finds the glossary terms in the answer's prose; `other_names` are words for the search only.
    """
    parts = [
        front_matter(f"{question.number}. {question.prompt}"),
        f"# {inline(question.prompt, lambda target: in_html(rewrite(target)))}",
        _facts(question, spec),
        _attempt(question),
        '<details class="answer" markdown="1">',
        '<summary data-search-exclude><span class="closed">Show the answer</span>'
        '<span class="opened">Hide the answer</span></summary>',
        *_answer(question, rewrite, mark, hidden(other_names)),
        "</details>",
        *_related(neighbours.related),
        *_lab(question, neighbours.lab),
        *_neighbours(neighbours),
        *_edit(question, spec),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(question: Question, spec: BankSpec) -> str:
    levels = {level.slug: level.title for level in spec.levels}
    topics = {topic.slug: topic.title for topic in spec.topics}
    names = [f"[{inline(levels[question.level])}](../levels/{question.level}.md)"]
    names += [f"[{inline(topics[slug])}](../topics/{slug}.md)" for slug in question.topics]
    return (
        f'<p class="facts" markdown="span" data-search-exclude>Question {question.number}'
        f" · {' · '.join(names)}</p>"
    )


def _attempt(question: Question) -> str:
    name = f"attempt-{question.number}"
    return "\n".join(
        [
            '<div class="attempt" data-search-exclude>',
            f'<label for="{name}">Say your answer first</label>',
            f'<textarea id="{name}" rows="5" aria-describedby="{name}-note"'
            ' placeholder="In your own words, as you would say it aloud"></textarea>',
            f'<p class="note" id="{name}-note">Kept in this browser only.</p>',
            "</div>",
        ]
    )


def _answer(question: Question, to_page: Rewrite, mark: Mark | None, for_search: str) -> list[str]:
    parts: list[str] = []
    figures = 0

    def rewrite(target: str) -> str:
        return in_html(to_page(target))

    def numbered(source: str) -> str:
        nonlocal figures
        figures += 1
        return draw(source, f"figure-{figures}")

    if question.short_answer:
        parts += ["## Short answer", for_builders(question.short_answer, rewrite, numbered, mark)]
    parts.append(for_search)
    for section in question.sections:
        body = for_builders(section.markdown, rewrite, numbered, mark)
        parts += [f"## {inline(section.title, rewrite)}", body]
    if question.key_points:
        parts += ["## Key points", _key_points(question.key_points, rewrite)]
    if question.mistakes:
        parts += ["## Common mistakes", _mistakes(question.mistakes, rewrite, mark)]
    if question.follow_ups:
        asked = "\n".join(f"- {_follow_up(follow_up, to_page)}" for follow_up in question.follow_ups)
        parts += ["## What an interviewer asks next", asked]
    return parts + _sources(question)


def _key_points(points: Sequence[KeyPoint], rewrite: Rewrite) -> str:
    rows = [
        f'<li><label><input type="checkbox"> <span>{inline(point.text, rewrite)}</span></label></li>'
        for point in points
    ]
    return "\n".join(
        [
            '<p class="said" role="status" data-search-exclude>Tick what your answer said.</p>',
            "",
            '<ul class="points">',
            *rows,
            "</ul>",
        ]
    )


def _mistakes(mistakes: Sequence[CommonMistake], rewrite: Rewrite, mark: Mark | None) -> str:
    rows = [
        f'<li><p class="wrong"><strong>Wrong:</strong> {inline(mistake.wrong, rewrite, mark)}</p>'
        f'<p class="right"><strong>Right:</strong> {inline(mistake.right, rewrite, mark)}</p></li>'
        for mistake in mistakes
    ]
    return "\n".join(['<ul class="mistakes">', *rows, "</ul>"])


def _follow_up(follow_up: FollowUp, rewrite: Rewrite) -> str:
    text = inline(follow_up.text, rewrite)
    page = rewrite(follow_up.target) if follow_up.number is not None and follow_up.target else ""
    return f"[{text}]({page})" if page else text


def _sources(question: Question) -> list[str]:
    links = [
        f'<li><a href="{html.escape(source)}">{inline(html.escape(name_of(source)))}</a></li>'
        for source in question.sources
        if source.startswith("https://")
    ]
    if not links:
        return []
    reviewed = (
        [f'<p class="note">Reviewed on {question.reviewed.day} {question.reviewed:%B %Y}.</p>']
        if question.reviewed
        else []
    )
    return ["## Sources", "\n".join(["<ul>", *links, "</ul>"]), *reviewed]


def _related(others: Sequence[Question]) -> list[str]:
    if not others:
        return []
    rows = [f"- [{inline(plain(other.prompt))}]({other.number}.md)" for other in others]
    return [
        '<nav class="related" aria-label="Related questions" markdown="1" data-search-exclude>',
        "## Related questions",
        "\n".join(rows),
        "</nav>",
    ]


def _lab(question: Question, lab: Lab | None) -> list[str]:
    if not question.lab:
        return []
    page = (
        f"[{inline(lab.title)}](../labs/{page_of_lab(lab)}), {inline(lab.level)},"
        f" about {lab.minutes} minutes."
        if lab
        else ""
    )
    return [
        '<div class="lab" markdown="1">',
        "## Repair it yourself",
        "There is a lab for this: an environment of your own, broken in this way, which you repair with the"
        " real AWS CLI and no account.",
        page,
        f"```sh\necsquiz lab start {question.number}\n```",
        "</div>",
    ]


def _neighbours(neighbours: Neighbours) -> list[str]:
    links = [
        f'<p class="{kind}" markdown="span">{word} [{inline(plain(other.prompt))}]({other.number}.md)</p>'
        for kind, word, other in (
            ("before", "Previous", neighbours.before),
            ("after", "Next", neighbours.after),
        )
        if other
    ]
    if not links:
        return []
    return [
        '<nav class="neighbours" aria-label="In this level" markdown="1" data-search-exclude>',
        *links,
        "</nav>",
    ]


def _edit(question: Question, spec: BankSpec) -> list[str]:
    if not spec.repository.startswith("https://"):
        return []
    address = html.escape(f"{spec.repository.rstrip('/')}/{question.path}")
    return [f'<p class="note" data-search-exclude><a href="{address}">Edit this question</a></p>']


def in_order(questions: Sequence[Question]) -> dict[int, Neighbours]:
    """The questions before and after each question within its level, by number."""
    found: dict[int, Neighbours] = {}
    for level in {question.level for question in questions}:
        row = sorted((q for q in questions if q.level == level), key=lambda question: question.number)
        for index, question in enumerate(row):
            before = row[index - 1] if index else None
            after = row[index + 1] if index + 1 < len(row) else None
            found[question.number] = Neighbours(before, after)
    return found
