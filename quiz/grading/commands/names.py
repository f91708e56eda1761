"""Names of services and operations: which other name is a slip of the keyboard, and which another thing.

The CLI has thousands of operations, and no table of them is kept here. What the caller knows to exist is
never a slip. Beyond that a slip leaves the verb as it is, for `get-` and `put-` are one letter apart, and
changes the rest by two letters at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

SLIPS: Final = 2
"""Letters that may be missing, added, wrong or exchanged."""
LIKELY: Final = 75
"""From this likeness on, 0 to 100, a name may be meant by another."""
_SHORT_SERVICES: Final = frozenset(
    "ce dlm dms ds ec2 ecr ecs efs eks elb emr fis iam iot kms rds s3 ses sns sqs ssm sso sts swf waf".split()
)
"""Real services that are a letter or two away from one another."""


def is_slip_of_service(typed: str, right: str, known: Collection[str] = ()) -> bool:
    """Whether `typed` is no service, and `right` but for one letter."""
    return typed not in known and typed not in _SHORT_SERVICES and 0 < _letters(typed, right) <= 1


def is_slip_of_operation(typed: str, right: str, known: Collection[str] = ()) -> bool:
    """Whether `typed` is no operation, and `right` but for a letter or two beyond its verb."""
    verb, _, rest = typed.partition("-")
    right_verb, _, right_rest = right.partition("-")
    if typed in known or typed == right:
        return False
    if verb == right_verb:
        return min(len(rest), len(right_rest)) > SLIPS and _letters(rest, right_rest) <= SLIPS
    # A verb with two letters exchanged, as in `lsit-tasks`, is no other verb.
    return rest == right_rest and sorted(verb) == sorted(right_verb) and _letters(verb, right_verb) <= 1


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known name that may be meant, or nothing."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(typed, sorted(known), scorer=fuzz.ratio, score_cutoff=LIKELY)
    return str(found[0]) if found else ""


def _letters(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other, score_cutoff=SLIPS))
