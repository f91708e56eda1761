"""Merging what a learner did on two devices: pure, and the same whichever way round, however often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from quiz.practice import schedule as fsrs
from quiz.practice.history import BankHistory, ItemHistory, LearnerHistory, PastReview, Standing
from quiz.practice.schedule import Schedule
from quiz.practice.tuning import Tuning


def combined(mine: LearnerHistory, other: LearnerHistory) -> LearnerHistory:
    """What both hold together, for the learner of `mine`, whose settings stay where there are any.

    A review is the same if its item and its moment are. Where one side has all reviews of an item its
    schedule stays; where each has some that the other lacks, the schedule is made anew from all of them.
    """
    settings = mine.settings or other.settings
    tuning = Tuning.from_dict(settings)
    theirs = {bank.slug: bank for bank in other.banks}
    own = {bank.slug: bank for bank in mine.banks}
    banks = []
    for slug in own | theirs:
        items = {item.key: item for item in own.get(slug, BankHistory(slug)).items}
        for item in theirs.get(slug, BankHistory(slug)).items:
            known = items.get(item.key)
            items[item.key] = _combined_item(known, item, tuning) if known else item
        banks.append(BankHistory(slug, tuple(items.values())))
    return LearnerHistory(mine.learner, settings, tuple(banks))


def _combined_item(mine: ItemHistory, other: ItemHistory, tuning: Tuning) -> ItemHistory:
    reviews = _union(mine.reviews, other.reviews)
    suspensions = [at for at in (mine.suspended, other.suspended) if at is not None]
    flags = {(flag.at, flag.note): flag for flag in (*mine.flags, *other.flags)}
    newest = max((mine, other), key=_last)
    return replace(
        newest,
        key=mine.key,
        reviews=reviews,
        schedule=_schedule(reviews, mine, other, tuning),
        suspended=min(suspensions, default=None),
        flags=tuple(flags[place] for place in sorted(flags)),
    )


def _union(*sides: Iterable[PastReview]) -> tuple[PastReview, ...]:
    found: dict[int, PastReview] = {}
    for review in sorted((review for side in sides for review in side), key=_order):
        found.setdefault(review.at, review)
    return tuple(found.values())


def _order(review: PastReview) -> tuple[int, int, int, str, float, float]:
    suggested = review.suggested or 0
    return review.at, review.rating, suggested, review.answer, review.score, review.seconds


def _last(item: ItemHistory) -> tuple[int, str, str]:
    return max((review.at for review in item.reviews), default=0), item.stem, item.answer


def _schedule(
    reviews: tuple[PastReview, ...], mine: ItemHistory, other: ItemHistory, tuning: Tuning
) -> Standing | None:
    for side in sorted((mine, other), key=lambda item: repr(item.schedule)):
        if side.schedule and side.reviews == reviews:
            return side.schedule
    return standing(replayed(reviews, tuning)[-1]) if reviews else None


def replayed(reviews: Sequence[PastReview], tuning: Tuning) -> list[Schedule]:
    """The schedule after each of an item's reviews."""
    return fsrs.replay(((review.rating, fsrs.from_microseconds(review.at)) for review in reviews), tuning)


def standing(schedule: Schedule) -> Standing:
    return Standing(**schedule.as_dict())


def schedule_of(standing: Standing) -> Schedule:
    return Schedule.from_dict(asdict(standing))
