"""The labs' pages: what is asked, how to start; hints and what had happened stay folded until wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quiz.site.dialect import for_builders, inline
from quiz.site.pages.frame import front_matter
from quiz.site.supplements import Lab
from quiz.source.markdown import plain
from quiz.source.question import Question

LEVELS = ("easy", "medium", "hard")


def page_of_lab(lab: Lab) -> str:
    """The page's file in `docs/labs`."""
    return f"{lab.slug}.md"


def labs_page(labs: Sequence[Lab]) -> str:
    """All labs, and what it takes to begin."""
    parts = [front_matter("Labs"), "# Labs"]
    if not labs:
        return "\n\n".join([*parts, "This bank has no labs yet."]) + "\n"
    parts += [
        "A lab is an environment on your own machine in which something is broken. You are told what a"
        " colleague saw, look around with the AWS CLI, boto3 or Terraform, and repair it. No account, no"
        " Docker, no costs.",
        '```sh title="Once"\npip install "ecsquiz[labs]"\n```',
    ]
    for level in dict.fromkeys((*LEVELS, *(lab.level for lab in labs))):
        parts += _of_level(level, [lab for lab in labs if lab.level == level])
    return "\n\n".join(parts) + "\n"


def _of_level(level: str, labs: Sequence[Lab]) -> list[str]:
    if not labs:
        return []
    lines = (
        f"- [{inline(lab.title)}]({page_of_lab(lab)})<br>{inline(_first_words(lab.brief))}"
        f'<br><span class="number">{inline(lab.level)}, about {lab.minutes} minutes</span>'
        for lab in labs
    )
    return [
        f"## {inline(level.capitalize())}",
        '<div class="overview" markdown="1">',
        "\n".join(lines),
        "</div>",
    ]


def lab_page(lab: Lab, questions: Mapping[int, Question]) -> str:
    """One lab."""
    question = questions.get(lab.question)
    asked = f" · [{inline(plain(question.prompt))}](../questions/{question.number}.md)" if question else ""
    parts = [
        front_matter(lab.title),
        f"# {inline(lab.title)}",
        f'<p class="facts" markdown="span" data-search-exclude>Lab {lab.number} · {inline(lab.level)}'
        f" · about {lab.minutes} minutes{asked}</p>",
        "## What you are told",
        for_builders(lab.brief),
        "## Start",
        f'```sh title="A terminal"\necsquiz lab start {lab.number}\necsquiz lab shell\n```',
        "In this shell the AWS CLI talks to the lab and to nothing else. Look around, repair, and ask:",
        "```sh\necsquiz lab check\n```",
        "`ecsquiz lab wait 5m` lets time pass, and `ecsquiz lab stop` ends the lab. Another time,"
        f" `ecsquiz lab start {lab.number} --seed 7` gives the lab other names, zones and faults. More in the"
        " [reference of the lab commands](../commands/lab.md).",
    ]
    if lab.hints:
        parts.append("## Hints")
        count = len(lab.hints)
        for number, hint in enumerate(lab.hints, start=1):
            parts += _folded(f"Hint {number} of {count}", hint)
    if lab.debrief:
        parts += ["## What had happened", "Read this when the lab is repaired."]
        parts += _folded("Show what had happened", lab.debrief)
    return "\n\n".join(parts) + "\n"


def _folded(summary: str, text: str) -> list[str]:
    return [
        '<details class="fold" markdown="1" data-search-exclude>',
        f"<summary>{summary}</summary>",
        for_builders(text),
        "</details>",
    ]


def _first_words(brief: str, length: int = 140) -> str:
    """The first paragraph that tells something, cut at a word."""
    paragraphs = [" ".join(part.split()) for part in brief.split("\n\n")]
    text = next((part for part in paragraphs if len(part) > 60), paragraphs[0])
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",.;:`") + " …"
