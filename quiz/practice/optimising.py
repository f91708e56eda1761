"""Fitting the parameters of FSRS to a learner's own history.

The loss is that of the package's optimiser: the mean log loss of the predicted recall over all reviews
that came at least a day after the one before. The package's own optimiser needs PyTorch; here its scheduler
is run as it is and SciPy finds the minimum, held near the usual parameters where the history says little.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.practice.history import LearnerHistory
from quiz.practice.schedule import from_microseconds
from quiz.practice.tuning import Tuning

LEAST: Final = 200
"""So many reviews that tell something are needed: with fewer, what is fitted is chance."""

HELD_BACK: Final = 0.2
"""The newest share of them is kept out of the trial fit, to judge it by."""

_NEAR = 0.5
_LIKELY = 1e-4
_BINS = 10

Reviews = Sequence[tuple[Rating, datetime]]


@dataclass(frozen=True, slots=True)
class Prediction:
    """How likely recall was held to be, 0 to 1, and whether the item was recalled, at `at`."""

    at: datetime
    likely: float
    recalled: bool


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How good predictions are: `log_loss` is smaller where they are better.

    `calibration` is the root mean square, over tenths of the predictions in order, of the mean predicted
    minus the share recalled.
    """

    log_loss: float
    calibration: float
    predicted: float
    recalled: float
    count: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted parameters, and how both sets predict the reviews that a fit had not seen."""

    parameters: tuple[float, ...]
    before: Accuracy
    after: Accuracy
    reviews: int

    @property
    def better(self) -> bool:
        return self.after.log_loss < self.before.log_loss


def reviews_of(history: LearnerHistory) -> list[Reviews]:
    """The ratings and moments of each item, in order of time."""
    return [
        [(review.rating, from_microseconds(review.at)) for review in item.reviews]
        for bank in history.banks
        for item in bank.items
        if item.reviews
    ]


def predictions(histories: Iterable[Reviews], parameters: Sequence[float] | None) -> list[Prediction]:
    """What FSRS would have predicted for each review that came a day or more after the one before."""
    from fsrs import Card, Scheduler
    from fsrs import Rating as FsrsRating
    from fsrs.scheduler import DEFAULT_PARAMETERS

    scheduler = Scheduler(parameters=parameters or DEFAULT_PARAMETERS, enable_fuzzing=False)
    found = []
    for reviews in histories:
        card = Card(card_id=0, due=reviews[0][1])
        for rating, at in reviews:
            if card.last_review is not None and (at - card.last_review).days >= 1:
                likely = scheduler.get_card_retrievability(card, at)
                found.append(Prediction(at, likely, rating > Rating.AGAIN))
            card, _ = scheduler.review_card(card, FsrsRating(rating), at)
    return found


def accuracy(found: Sequence[Prediction]) -> Accuracy:
    """`found` must not be empty."""
    count = len(found)
    ordered = sorted(found, key=lambda prediction: prediction.likely)
    gaps = []
    for bin_ in range(_BINS):
        tenth = ordered[count * bin_ // _BINS : count * (bin_ + 1) // _BINS]
        if tenth:
            gap = sum(one.likely - one.recalled for one in tenth) / len(tenth)
            gaps.append((len(tenth), gap))
    return Accuracy(
        log_loss=sum(map(_loss, found)) / count,
        calibration=math.sqrt(sum(size * gap * gap for size, gap in gaps) / count),
        predicted=sum(one.likely for one in found) / count,
        recalled=sum(one.recalled for one in found) / count,
        count=count,
    )


def optimise(histories: Sequence[Reviews], tuning: Tuning, progress: Callable[[int], None]) -> Fit:
    """Fit twice: to the older reviews, to compare on the newer ones; then to all, for use.

    `progress` is called with the number of passes so far. Raises UserError where there is too little
    to learn from, or SciPy is missing.
    """
    known = sorted(one.at for one in predictions(histories, tuning.parameters))
    if len(known) < LEAST:
        raise UserError(
            f"there are {len(known)} reviews to learn from, and it takes {LEAST}.",
            "Go on practising: reviews count that come a day or more after the one before.",
        )
    split = known[math.floor(len(known) * (1 - HELD_BACK))]
    older = [kept for reviews in histories if (kept := [one for one in reviews if one[1] < split])]
    trial = _fit(older, progress)
    before, after = (
        accuracy([one for one in predictions(histories, parameters) if one.at >= split])
        for parameters in (tuning.parameters, trial)
    )
    return Fit(_fit(histories, progress), before, after, len(known))


def applied(tuning: Tuning, fit: Fit) -> Tuning:
    return replace(tuning, parameters=fit.parameters).checked()


def _fit(histories: Sequence[Reviews], progress: Callable[[int], None]) -> tuple[float, ...]:
    from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    try:
        from scipy.optimize import minimize
    except ImportError as error:
        remedy = 'Install it with: pip install "ecsquiz[optimise]"'
        raise UserError("fitting needs SciPy, which is not installed.", remedy) from error

    usual = DEFAULT_PARAMETERS
    # Steps in units of each parameter's own size, so that one tolerance fits them all.
    scale = [max(abs(value) * _NEAR, 0.01) for value in usual]
    passes = 0

    def loss(steps: Sequence[float]) -> float:
        nonlocal passes
        passes += 1
        progress(passes)
        found = predictions(histories, _within(bounds, usual, scale, steps))
        drift = sum(step * step for step in steps)
        return (sum(map(_loss, found)) + drift / 2) / max(1, len(found))

    bounds = list(zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))
    limits = [
        ((low - value) / unit, (high - value) / unit)
        for (low, high), value, unit in zip(bounds, usual, scale, strict=True)
    ]
    found = minimize(
        loss,
        [0.0] * len(usual),
        method="L-BFGS-B",
        bounds=limits,
        options={"maxiter": 15, "ftol": 1e-5, "eps": 1e-3},
    )
    return _within(bounds, usual, scale, found.x)


def _within(
    bounds: Sequence[tuple[float, float]],
    usual: Sequence[float],
    scale: Sequence[float],
    steps: Sequence[float],
) -> tuple[float, ...]:
    return tuple(
        float(min(high, max(low, value + unit * step)))
        for (low, high), value, unit, step in zip(bounds, usual, scale, steps, strict=True)
    )


def _loss(prediction: Prediction) -> float:
    likely = min(1 - _LIKELY, max(_LIKELY, prediction.likely))
    return -math.log(likely if prediction.recalled else 1 - likely)
