"""The page about the items: facility, discrimination, distractors, and which ones should be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from quiz.exams.formats import html_text
from quiz.exams.marking.item_analysis import FEW, GROUP, Analysis, ItemStatistics, Option
from quiz.exams.marking.report import charts
from quiz.exams.marking.report.class_page import reliability_facts
from quiz.exams.marking.report.page import document, facts, table
from quiz.exams.marking.results import Results

_READING = (
    "<p><b>Facility</b> is the mean share of an item's points that was earned. <b>Discrimination</b> is the "
    "correlation of the item with the points on all other items (corrected point-biserial): from 0.3 an "
    "item tells learners apart well, below 0 something is wrong with it. The upper and the lower group are "
    f"the best and the weakest {GROUP:.0%} of the learners.</p>"
)


def items_page(results: Results, analysis: Analysis) -> str:
    return document(f"Items: {results.key.title}", _body(results, analysis))


def _body(results: Results, analysis: Analysis) -> Iterator[str]:
    yield f"<h1>Items: {escape(results.key.title)}</h1>"
    yield facts(reliability_facts(analysis.reliability))
    yield _READING
    most = max((found.sittings for found in analysis.items), default=0)
    if most < FEW:
        said = f"With {most} sittings these figures say little; from {FEW} on they begin to."
        yield f'<p class="flag">{said}</p>'
    flagged = [found for found in analysis.items if found.flags]
    yield "<h2>To look at</h2>"
    if flagged:
        yield f"<ul>{''.join(map(_flagged, flagged))}</ul>"
    else:
        yield "<p>Nothing stands out.</p>"
    yield "<h2>All items</h2>"
    points = [
        (found.facility, found.discrimination, found.item.id)
        for found in analysis.items
        if found.discrimination is not None
    ]
    yield charts.scatter(points, "Items by facility and discrimination; the table below has the figures.")
    yield _overview(analysis.items)
    yield "<h2>One by one</h2>"
    for found in analysis.items:
        yield from _item(found)


def _flagged(found: ItemStatistics) -> str:
    link = f'<a href="#{_anchor(found)}">{escape(found.item.id)}</a>'
    return f"<li>{link}: {escape('; '.join(found.flags))}</li>"


def _overview(items: Sequence[ItemStatistics]) -> str:
    return table(
        ("Item", "Kind", "Sittings", "Left out", "Facility", "Discrimination", "Flags"),
        (
            (
                f'<a href="#{_anchor(found)}">{escape(found.item.id)}</a>',
                found.item.kind.value,
                f"{found.sittings}",
                f"{found.blank}",
                f"{found.facility:.2f}",
                figure(found.discrimination),
                f"{len(found.flags)}" if found.flags else "",
            )
            for found in items
        ),
        range(2, 7),
    )


def _item(found: ItemStatistics) -> Iterator[str]:
    yield f'<section class="item" id="{_anchor(found)}">'
    yield f"<h3>{escape(found.item.id)}</h3>"
    yield html_text.block(found.item.stem)
    yield (
        f'<p class="faint">Facility {found.facility:.2f}, discrimination {figure(found.discrimination)}, '
        f"{found.sittings} sittings, {found.blank} left it out.</p>"
    )
    for flag in found.flags:
        yield f'<p class="flag">{escape(flag[:1].upper() + flag[1:])}.</p>'
    if found.options:
        yield _options(found.options)
    yield "</section>"


def _options(options: Sequence[Option]) -> str:
    return table(
        ("Option", "", "Chosen", "Upper group", "Lower group", "Discrimination"),
        (
            (
                f"<strong>{html_text.inline(option.text)}</strong> (right)"
                if option.right
                else html_text.inline(option.text),
                charts.bar(option.share, f"{option.share:.0%}"),
                f"{option.chosen}",
                f"{option.upper}",
                f"{option.lower}",
                figure(option.discrimination),
            )
            for option in options
        ),
        range(2, 6),
    )


def figure(value: float | None) -> str:
    """A correlation, or a dash where there is none."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _anchor(found: ItemStatistics) -> str:
    return found.item.id.replace("/", "-")
