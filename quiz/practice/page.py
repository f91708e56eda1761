"""The whole page of a question, as Markdown for a terminal."""

from __future__ import annotations

from quiz.source.question import Question


def page(question: Question) -> list[str]:
    """The parts of the page, from its title to its sources."""
    parts = [f"# {question.number}. {question.prompt}", f"{question.level}; {', '.join(question.topics)}"]
    if question.short_answer:
        parts.append(f"## Short answer\n\n{question.short_answer}")
    parts += [f"## {section.title}\n\n{section.markdown}" for section in question.sections]
    parts += _lists(question)
    if question.lab:
        parts.append(f"Repair it yourself: `ecsquiz lab start {question.lab}`")
    if question.sources:
        parts.append("\n".join(f"- {source}" for source in question.sources))
    return parts


def _lists(question: Question) -> list[str]:
    parts = []
    if question.key_points:
        points = "\n".join(f"- {point.text}" for point in question.key_points)
        parts.append(f"## Key points\n\n{points}")
    if question.mistakes:
        mistakes = "\n".join(f"- **Wrong:** {m.wrong} **Right:** {m.right}" for m in question.mistakes)
        parts.append(f"## Common mistakes\n\n{mistakes}")
    if question.follow_ups:
        asked = "\n".join(
            f"- {follow_up.text}" + (f" (question {follow_up.number})" if follow_up.number else "")
            for follow_up in question.follow_ups
        )
        parts.append(f"## Follow-ups\n\n{asked}")
    return parts
