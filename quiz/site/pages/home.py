"""The first page: what this is, and three doors."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.site.dialect import inline
from quiz.site.pages.frame import front_matter
from quiz.source.question import BankSpec, Question

MARK = "generated: ecsquiz"
"""In the front matter of the home page that is ours; one without it was written by somebody, and stays."""


def home_page(spec: BankSpec, questions: Sequence[Question], labs: int, practice: bool) -> str:
    """The home page of a bank. `practice` says whether the site has the pages for practice in the browser."""
    matter = front_matter(f"Learn {spec.title}", contents=False).replace("\n---", f"\n{MARK}\n---")
    parts = [
        matter,
        f"# Learn {inline(spec.title)} until you could be asked anything about it",
        "Every question here asks you first. Say your answer, in writing or aloud, then open ours and"
        " compare: the key points to tick off, the mistakes that others make, and the sources to check us"
        " by.",
        '<div class="returning" data-search-exclude hidden></div>',
        '<div class="doors" markdown="1">',
        *_door("Learn", _learn(spec, questions)),
        *_door("Practise", _practise(labs, practice)),
        *_door("Train others", _train()),
        "</div>",
    ]
    return "\n\n".join(parts) + "\n"


def _learn(spec: BankSpec, questions: Sequence[Question]) -> list[str]:
    counted = f"{len(questions)} question{'' if len(questions) == 1 else 's'}"
    if spec.topics:
        counted += f" about {len(spec.topics)} topic{'' if len(spec.topics) == 1 else 's'}"
    return [
        f"{counted}. Read by level or by topic, and try before you look.",
        "[All questions](questions/index.md) · [by level](levels/index.md) · [by topic](topics/index.md)"
        " · [cheat sheets](cheat-sheets/index.md) · [glossary](glossary.md)",
    ]


def _practise(labs: int, practice: bool) -> list[str]:
    here = [
        "Answer, hear at once what was missing, and meet again what you are about to forget. Nothing to"
        " install, and your progress stays in this browser.",
        "[Practise here](try/practice.md) · [an exam](try/exam.md) · [your progress](try/progress.md)",
    ]
    terminal = "[In the terminal](practice.md), where free answers are graded as well"
    repair = f" · [{labs} lab{'' if labs == 1 else 's'}](labs/index.md) to repair" if labs else ""
    if practice:
        return [*here, terminal + repair + "."]
    return [
        "A drill in your terminal grades answers in your own words and brings back what you are about to"
        " forget.",
        "```sh\necsquiz practice\n```",
        f"[How it works](practice.md){repair}",
    ]


def _train() -> list[str]:
    return [
        "Exams in variants, from one command, with a key that says what a good answer covers; or a site like"
        " this one of your own questions.",
        "[For trainers](trainers.md) · [for contributors](contributors.md)",
    ]


def _door(title: str, paragraphs: Sequence[str]) -> list[str]:
    return ['<div class="door" markdown="1">', f"## {title}", *paragraphs, "</div>"]
