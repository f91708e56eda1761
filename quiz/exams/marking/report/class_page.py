"""The page about the class: how the points are spread, who passed, what is weak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from quiz.exams.formats import html_text
from quiz.exams.marking.item_analysis import Analysis
from quiz.exams.marking.reliability import Reliability
from quiz.exams.marking.report import charts
from quiz.exams.marking.report.page import document, facts, percent, table
from quiz.exams.marking.results import Results
from quiz.exams.marking.summary import Group, Summary


def class_page(results: Results, summary: Summary, analysis: Analysis) -> str:
    return document(f"Class report: {results.key.title}", _body(results, summary, analysis))


def _body(results: Results, summary: Summary, analysis: Analysis) -> Iterator[str]:
    yield f"<h1>Class report: {escape(results.key.title)}</h1>"
    yield f'<p class="faint">Exam {escape(results.key.exam)}</p>'
    yield facts(_figures(results, summary, analysis))
    if results.problems or summary.open_reviews:
        yield _caution(results, summary)
    yield "<h2>Distribution</h2>"
    yield charts.histogram(summary.bins, results.key.pass_mark, _in_words(summary))
    yield from _groups("Topics, the weakest first", "Topic", summary.topics)
    yield from _groups("Levels", "Level", summary.levels)
    yield from _groups("Kinds of items", "Kind", summary.kinds)
    if summary.key_points:
        yield "<h2>Key points of answers in writing, the weakest first</h2>"
        yield table(
            ("Key point", "Question", "Covered", "Partly", "Contradicted", "Answers"),
            (
                (
                    html_text.inline(p.text),
                    f"{p.question}",
                    f"{p.covered}",
                    f"{p.partly}",
                    f"{p.contradicted}",
                    f"{p.answers}",
                )
                for p in summary.key_points
            ),
            range(1, 6),
        )
    yield "<h2>Learners</h2>"
    yield _learners(results)


def _figures(results: Results, summary: Summary, analysis: Analysis) -> Iterator[tuple[str, str]]:
    yield "Sittings marked", f"{summary.sittings}"
    if summary.passed is not None and results.key.pass_mark is not None:
        rate = percent(summary.passed / summary.sittings)
        yield "Passed", f"{summary.passed} ({rate}), from {percent(results.key.pass_mark)} of the points"
    yield "Mean", percent(summary.mean)
    yield "Median", percent(summary.median)
    yield "Standard deviation", f"{100 * summary.deviation:.1f} points of percent"
    yield from reliability_facts(analysis.reliability)


def reliability_facts(found: Reliability | None) -> Iterator[tuple[str, str]]:
    if found is None:
        yield "Reliability", "too few sittings or items to tell"
        return
    low, high = found.interval
    spread = f"standard error {found.standard_error:.2f}, 95 % from {low:.2f} to {high:.2f}"
    yield f"Reliability ({found.measure})", f"{found.alpha:.2f} ({spread}; {found.items} items)"
    yield "Standard error of measurement", f"{found.of_measurement:.1f} points"


def _caution(results: Results, summary: Summary) -> str:
    said = []
    if summary.open_reviews:
        said.append(
            f"{summary.open_reviews} answers are on the review list: what follows may change with them."
        )
    if results.problems:
        said.append(f"{len(results.problems)} problems are listed in problems.csv.")
    return f'<p class="flag">{" ".join(said)}</p>'


def _in_words(summary: Summary) -> str:
    parts = [
        f"{10 * place} to {10 * place + 10} percent: {count}"
        for place, count in enumerate(summary.bins)
        if count
    ]
    return f"Sittings by percent of the points. {'; '.join(parts)}."


def _groups(title: str, name: str, found: Sequence[Group]) -> Iterator[str]:
    yield f"<h2>{title}</h2>"
    yield table(
        (name, "Items", "Of the points", ""),
        (
            (
                escape(group.name),
                f"{group.items}",
                percent(group.share),
                charts.bar(group.share, f"{group.name}: {percent(group.share)}"),
            )
            for group in found
        ),
        (1, 2),
    )


def _learners(results: Results) -> str:
    outcome = {True: "passed", False: "not passed", None: ""}
    rows = []
    for result in sorted(results.results, key=lambda one: (-one.share, one.learner)):
        doubts = len(result.doubts())
        rows.append(
            (
                escape(result.learner),
                escape(result.name),
                escape(result.paper),
                f"{result.points:g} of {result.of:g}",
                percent(result.share),
                outcome[result.passed] + (", near the line" if result.near else ""),
                f"{doubts} to look at" if doubts else "",
            )
        )
    return table(("Learner", "Name", "Paper", "Points", "Share", "Result", "Review"), rows, (3, 4))
