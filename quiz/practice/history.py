"""What one learner has done, as a value: for export, import, merge and repair.

As JSON it is versioned; the site's practice page writes and reads the same form. Moments are
microseconds since 1970 in UTC, which every language holds exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.items.item import Kind

VERSION: Final = 1
FORMAT: Final = "ecsquiz progress"
_LAST_MOMENT = 253_402_300_799_999_999
"""The end of the year 9999."""

Moment = Annotated[int, Field(ge=0, le=_LAST_MOMENT)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class PastReview:
    """One answer; see `tables.ReviewRow`. Its identity is its item and its moment."""

    at: Moment
    rating: Rating
    suggested: Rating | None
    score: Share
    answer: str
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class Flag:
    """A remark on an item."""

    at: Moment
    note: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An FSRS state; see `schedule.Schedule`."""

    state: Literal[1, 2, 3]
    step: Annotated[int, Field(ge=0)] | None
    stability: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    difficulty: Annotated[float, Field(ge=1, le=10, allow_inf_nan=False)]
    due: Moment
    last_review: Moment


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """All that a learner did with one item. Reviews are in order of time; the wording is the last seen."""

    key: str
    question: int
    kind: Kind
    stem: str
    answer: str
    reviews: tuple[PastReview, ...] = ()
    schedule: Standing | None = None
    suspended: Moment | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class BankHistory:
    """All that a learner did in one bank."""

    slug: str
    items: tuple[ItemHistory, ...] = ()


@dataclass(frozen=True, slots=True)
class LearnerHistory:
    """All that a learner did, and how they want to be scheduled (see `tuning.Tuning.as_dict`)."""

    learner: str
    settings: dict[str, Any] = field(default_factory=dict)
    banks: tuple[BankHistory, ...] = ()

    @property
    def reviews(self) -> int:
        """How many reviews there are in all."""
        return sum(len(item.reviews) for bank in self.banks for item in bank.items)


@dataclass(frozen=True, slots=True)
class _Document:
    """The file: what it is, and what it holds."""

    format: Literal["ecsquiz progress"]
    version: Literal[1]
    progress: LearnerHistory


_DOCUMENT: TypeAdapter[_Document] = TypeAdapter(_Document)


def to_json(history: LearnerHistory) -> str:
    """The history as the text of a file."""
    return _DOCUMENT.dump_json(_Document(FORMAT, VERSION, history), indent=1).decode() + "\n"


def from_json(text: str, path: str) -> LearnerHistory:
    """Raises UserError where the text is not such a file, naming the place in it."""
    try:
        return _DOCUMENT.validate_json(text).progress
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        if where == "version":
            raise UserError(
                "this progress file is from a newer ecsquiz.",
                "Update ecsquiz: pip install --upgrade ecsquiz",
                path,
            ) from error
        said = f"{where}: {first['msg']}" if where else first["msg"]
        raise UserError(
            f"this is not a progress file: {said}.", "Make one with: ecsquiz progress export", path
        ) from error
