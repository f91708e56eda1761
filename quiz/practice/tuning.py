"""How one learner wants to be scheduled: how much to retain, the learning steps, fuzz, fitted parameters."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

from quiz.errors import UserError

LEAST_RETENTION, MOST_RETENTION = 0.70, 0.97
"""Below, so much is forgotten that it must be learnt anew; above, reviews grow without bound."""

_LONGEST_STEP = 24 * 60.0
_MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Tuning:
    """What the scheduler is told about a learner. The defaults are those of FSRS.

    `retention` is the probability of recall at which an item comes back. Steps are in minutes.
    `parameters` are the 21 of FSRS 6, None for those of the package. `fuzz` is the seed by which
    intervals are spread a little, so that what was learnt together does not come back together; None
    leaves them as they are.
    """

    retention: float = 0.9
    learning_steps: tuple[float, ...] = (1.0, 10.0)
    relearning_steps: tuple[float, ...] = (10.0,)
    fuzz: int | None = 0
    parameters: tuple[float, ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """For JSON: only what differs from the defaults."""
        mine, usual = asdict(self), asdict(Tuning())
        return {name: value for name, value in mine.items() if value != usual[name]}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Raises UserError where a value cannot be used."""
        unknown = stored.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise UserError(f"there is no setting `{min(unknown)}`.", "See: ecsquiz progress settings --help")
        values = dict(stored)
        for name in ("learning_steps", "relearning_steps", "parameters"):
            if values.get(name) is not None:
                values[name] = _numbers(name, values[name])
        return cls(**values).checked()

    def checked(self) -> Self:
        """Itself. Raises UserError where FSRS could not work with it."""
        if not _is_number(self.retention) or not LEAST_RETENTION <= self.retention <= MOST_RETENTION:
            remedy = f"Choose from {LEAST_RETENTION:g} to {MOST_RETENTION:g}; 0.9 suits most."
            raise UserError(f"a retention of {self.retention} cannot be used.", remedy)
        for steps in (self.learning_steps, self.relearning_steps):
            if len(steps) > _MOST_STEPS or any(not 0 < step <= _LONGEST_STEP for step in steps):
                remedy = f"Give at most {_MOST_STEPS} steps of up to a day, such as 1,10"
                raise UserError("these steps, in minutes, cannot be used.", remedy)
        if self.fuzz is not None and (not isinstance(self.fuzz, int) or isinstance(self.fuzz, bool)):
            raise UserError("the seed of the fuzz must be a whole number.", "Such as 0")
        if self.parameters is not None:
            _check_parameters(self.parameters)
        return self


USUAL: Final = Tuning()


def _numbers(name: str, values: Any) -> tuple[float, ...]:
    if not isinstance(values, list | tuple) or not all(map(_is_number, values)):
        raise UserError(f"`{name}` must be a list of numbers.", "Such as [1, 10]")
    return tuple(map(float, values))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _check_parameters(parameters: tuple[float, ...]) -> None:
    from fsrs import Scheduler

    try:
        Scheduler(parameters=parameters)
    except ValueError as error:
        reason = str(error).splitlines()[-1]
        raise UserError(
            f"these FSRS parameters cannot be used: {reason}", "Fit them anew: ecsquiz progress optimise"
        ) from error
