"""Spans of time and moments in words."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MONTH = timedelta(days=30.44)
_YEAR = timedelta(days=365.25)
# A unit is used up to here: 80 minutes say more than 1 hour.
_UNITS = (
    (50 * _SECOND, _SECOND, "second"),
    (90 * _MINUTE, _MINUTE, "minute"),
    (36 * _HOUR, _HOUR, "hour"),
    (45 * _DAY, _DAY, "day"),
    (18 * _MONTH, _MONTH, "month"),
)
_SHORT = {"second": "s", "seconds": "s", "minute": "min", "minutes": "min", "hour": "h", "hours": "h"}


def spoken(span: timedelta) -> str:
    """For a sentence: `10 minutes`, `8 days`, `3 months`."""
    unit, name = next(((unit, name) for end, unit, name in _UNITS if span < end), (_YEAR, "year"))
    count = max(1, round(span / unit))
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def short(span: timedelta) -> str:
    """For a line of keys: `10 min`, `8 days`."""
    count, name = spoken(span).split()
    return f"{count} {_SHORT.get(name, name)}"


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """When something will be, as the clock on the wall in `zone` shows it: `tomorrow at 09:10`."""
    there, here = at.astimezone(zone), now.astimezone(zone)
    days = (there.date() - here.date()).days
    if days <= 0:
        return f"today at {there:%H:%M}"
    if days == 1:
        return f"tomorrow at {there:%H:%M}"
    day = f"on {there:%A} {there.day} {there:%B}"
    return day if there.year == here.year else f"{day} {there.year}"


def midnights(now: datetime, zone: tzinfo, days: tuple[int, ...]) -> list[datetime]:
    """The midnights in `zone` that begin the days so many days from now, in the zone of `now`."""
    today = now.astimezone(zone).date()
    starts = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (today + n * _DAY for n in days))
    return [start.astimezone(now.tzinfo) for start in starts]
