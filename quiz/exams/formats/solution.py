"""What the formats for learning platforms say of the right answer, as HTML."""

from __future__ import annotations

from quiz.exams.formats import html_text
from quiz.exams.paper import PaperItem, in_points
from quiz.exams.pool import Candidate
from quiz.items.item import Kind


def name(placed: PaperItem) -> str:
    """Such as "07, question 101, cloze". Learners may see it, and the id of an item can tell its answer."""
    return f"{placed.number:02}, question {placed.item.question}, {placed.item.kind}"


def feedback(candidate: Candidate) -> str:
    """What a learner reads afterwards; empty where there is nothing to say."""
    item = candidate.item
    if item.kind is Kind.COMMAND:
        return commands(candidate) + html_text.block(item.explanation)
    if item.kind is Kind.RECALL:
        return html_text.block("\n\n".join(item.answers))
    return html_text.block(item.explanation)


def for_the_marker(candidate: Candidate) -> str:
    """How to mark what is written: key points with their weights, common mistakes, the model answer."""
    item, question = candidate.item, candidate.question
    if item.kind is Kind.COMMAND:
        other = "Other commands that do the same are right too, such as with the options in another order."
        return commands(candidate) + html_text.paragraph(other)
    parts = []
    if question.key_points:
        points = [f"{in_points(point.weight)}: {point.text}" for point in question.key_points]
        parts += [html_text.paragraph("Key points:"), html_text.listed(points)]
    if question.mistakes:
        mistakes = [f"Wrong: {mistake.wrong} Right: {mistake.right}" for mistake in question.mistakes]
        parts += [html_text.paragraph("Common mistakes:"), html_text.listed(mistakes)]
    parts += [html_text.paragraph("Model answer:"), html_text.block("\n\n".join(item.answers))]
    return "".join(parts)


def commands(candidate: Candidate) -> str:
    """The accepted commands, each a block of code."""
    return "".join(html_text.block(f"```\n{command}\n```") for command in candidate.item.answers)
