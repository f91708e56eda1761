"""Statistics as one HTML file: no scripts, no network, readable in the dark and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

from quiz.practice.durations import spoken
from quiz.practice.html_document import document
from quiz.practice.statistics import Statistics


def page(found: Statistics, learner: str, bank: str, today: date) -> str:
    """The whole document."""
    title = f"{learner}: {bank}"
    heading = f"<h1>{escape(title)}</h1>\n<p>As of {today:%A}, {today.day} {today:%B %Y}.</p>"
    return document(title, "\n".join((heading, _summary(found), *_tables(found), _calibration(found))))


def _summary(found: Statistics) -> str:
    kept = found.retention
    pairs = {
        "Reviews": f"{found.reviews} of {found.items} items",
        "Time spent": spoken(timedelta(seconds=found.seconds)),
        "Streak": f"{found.streak.now} days; the longest was {found.streak.longest}",
        "Retention, last 30 days": _percent(kept.recent),
        "Retention, all time": _percent(kept.all_time),
        "Target": _percent(kept.target),
    }
    return f"<dl>{''.join(f'<dt>{name}</dt><dd>{escape(text)}</dd>' for name, text in pairs.items())}</dl>"


def _tables(found: Statistics) -> Iterable[str]:
    days = found.days[-30:]
    yield _table("Due", ("Day", "Items"), [(f"{day}", count, count) for day, count in found.forecast])
    yield _table(
        "Practised",
        ("Day", "Reviews"),
        [(f"{day.day} ({spoken(timedelta(seconds=day.seconds))})", day.reviews, day.reviews) for day in days],
    )
    yield _table(
        "Topics, the weakest first",
        ("Topic", "Recalled now"),
        [
            (f"{one.title} ({one.met} of {one.items} items met)", _percent(one.recall), one.recall or 0.0)
            for one in found.topics
        ],
    )
    if found.weakest:
        yield _table(
            "Key points missed most often",
            ("Key point", "Missed"),
            [
                (
                    f"{one.text} (question {one.question})",
                    f"{one.missed} of {one.asked}",
                    one.missed / one.asked,
                )
                for one in found.weakest
            ],
        )


def _calibration(found: Statistics) -> str:
    if found.calibration is None:
        return (
            "<h2>Does the schedule know you?</h2><p>Too early to say: that takes some weeks of reviews.</p>"
        )
    rows = [
        (f"predicted {band.predicted:.0%} ({band.reviews} reviews)", _percent(band.recalled), band.recalled)
        for band in found.bands
    ]
    figures = f"Log loss {found.calibration.log_loss:.3f}, error {found.calibration.calibration:.1%}."
    return f"{_table('Does the schedule know you?', ('Prediction', 'Recalled'), rows)}\n<p>{figures}</p>"


def _table(title: str, heads: tuple[str, str], rows: Sequence[tuple[str, object, float]]) -> str:
    most = max((share for *_, share in rows), default=0.0) or 1.0
    # A share is of the whole; a count is of the greatest.
    scale = 1.0 if all(isinstance(share, float) for *_, share in rows) else most
    body = "".join(
        f'<tr><td>{escape(label)}</td><td class="number">{escape(str(number))}</td>'
        f'<td class="bar"><span style="width:{100 * share / scale:.0f}%"></span></td></tr>'
        for label, number, share in rows
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return f"<h2>{title}</h2>\n<table><thead><tr>{head}<td></td></tr></thead><tbody>{body}</tbody></table>"


def _percent(share: float | None) -> str:
    return "nothing yet" if share is None else f"{share:.0%}"
