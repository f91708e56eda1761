"""The page of one question: asked first, answered when the reader wants it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quiz.site.dialect import for_builders, inline
from quiz.site.figures import draw_figures
from quiz.source.markdown import plain
from quiz.source.question import BankSpec, FollowUp, Question

Rewrite = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The questions before and after within the level."""

    before: Question | None = None
    after: Question | None = None


def question_page(question: Question, spec: BankSpec, neighbours: Neighbours, rewrite: Rewrite) -> str:
    """Markdown of the page. `rewrite` turns links between question files into links between pages."""
    parts = [
        front_matter(f"{question.number}. {plain(question.prompt)}"),
        f"# {inline(question.prompt, rewrite)}",
        _facts(question, spec),
        _attempt(question),
        '<details class="answer" markdown="1">',
        "<summary>Show the answer</summary>",
        *_answer(question, rewrite),
        "</details>",
        *_lab(question),
        *_sources(question),
        _neighbours(neighbours),
        *_edit(question, spec),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def front_matter(title: str) -> str:
    """The head of a page; JSON is YAML, and quotes whatever the title holds."""
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nhide: [navigation]\n---"


def _facts(question: Question, spec: BankSpec) -> str:
    levels = {level.slug: level.title for level in spec.levels}
    topics = {topic.slug: topic.title for topic in spec.topics}
    names = [f"[{inline(levels[question.level])}](../levels/{question.level}.md)"]
    names += [f"[{inline(topics[slug])}](../topics/{slug}.md)" for slug in question.topics]
    return f'<p class="question-facts" markdown="span">Question {question.number} · {" · ".join(names)}</p>'


def _attempt(question: Question) -> str:
    return "\n".join(
        [
            '<div class="attempt">',
            f'<label for="attempt-{question.number}">Say your answer first</label>',
            f'<textarea id="attempt-{question.number}" data-question="{question.number}" rows="5"'
            ' spellcheck="true" placeholder="In your own words, as you would say it aloud"></textarea>',
            '<p class="attempt-note">Kept in this browser only.</p>',
            "</div>",
        ]
    )


def _answer(question: Question, rewrite: Rewrite) -> list[str]:
    parts = (
        [f"## Short answer\n\n{for_builders(question.short_answer, rewrite)}"]
        if question.short_answer
        else []
    )
    for section in question.sections:
        drawn = draw_figures(for_builders(section.markdown, rewrite), f"figure-{section.line}")
        parts.append(f"## {inline(section.title, rewrite)}\n\n{drawn}")
    if question.key_points:
        points = "\n".join(f"- [ ] {inline(point.text, rewrite)}" for point in question.key_points)
        parts.append(f"## Key points\n\nTick what your answer said.\n\n{points}")
    if question.mistakes:
        rows = "\n".join(
            f"- **Wrong:** {inline(m.wrong, rewrite)}<br>**Right:** {inline(m.right, rewrite)}"
            for m in question.mistakes
        )
        parts.append(f"## Common mistakes\n\n{rows}")
    if question.follow_ups:
        asked = "\n".join(f"- {_follow_up(follow_up, rewrite)}" for follow_up in question.follow_ups)
        parts.append(f"## What an interviewer asks next\n\n{asked}")
    return parts


def _follow_up(follow_up: FollowUp, rewrite: Rewrite) -> str:
    text = inline(follow_up.text, rewrite)
    if follow_up.number is None:
        return text
    page = rewrite(follow_up.target) if follow_up.target else "#"
    return f"[{text}]({page})" if page != "#" else text


def _lab(question: Question) -> list[str]:
    if not question.lab:
        return []
    return [
        "## Repair it yourself",
        "There is a lab for this: an environment of your own, broken in this way, which you repair with the"
        f" real AWS CLI and no account.\n\n```sh\necsquiz lab start {question.number}\n```",
    ]


def _sources(question: Question) -> list[str]:
    if not question.sources:
        return []
    links = "\n".join(
        f"- [{inline(source)}]({source})" for source in question.sources if source.startswith("https:")
    )
    reviewed = f"\n\nReviewed on {question.reviewed}." if question.reviewed else ""
    return ["## Sources", links + reviewed]


def _neighbours(neighbours: Neighbours) -> str:
    links: list[str] = []
    for word, other in (("Before", neighbours.before), ("Next", neighbours.after)):
        if other:
            links.append(
                f'<span markdown="span">{word}: [{inline(plain(other.prompt))}]({other.number}.md)</span>'
            )
    return f'<div class="neighbours" markdown="1">{"".join(links)}</div>' if links else ""


def _edit(question: Question, spec: BankSpec) -> list[str]:
    if not spec.repository.startswith("https://"):
        return []
    address = html.escape(f"{spec.repository.rstrip('/')}/{question.path}")
    return [f"[Edit this question]({address})"]


def in_order(questions: Sequence[Question]) -> dict[int, Neighbours]:
    """The neighbours of each question within its level, by number."""
    found: dict[int, Neighbours] = {}
    for level in {question.level for question in questions}:
        row = sorted((q for q in questions if q.level == level), key=lambda question: question.number)
        for index, question in enumerate(row):
            before = row[index - 1] if index else None
            after = row[index + 1] if index + 1 < len(row) else None
            found[question.number] = Neighbours(before, after)
    return found
