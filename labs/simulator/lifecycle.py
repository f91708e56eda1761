"""Which images a lifecycle policy of ECR takes away.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
An image is taken by one rule at most; one that a rule of higher priority selects by its tags is safe from
the later ones, though they count it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

DAY = 24 * 3600.0
Selection = Mapping[str, Any]


@dataclass(frozen=True)
class StoredImage:
    """An image in a repository. `pushed` is a moment in virtual seconds."""

    digest: str
    tags: tuple[str, ...]
    pushed: float


def expired(policy: Mapping[str, Any], images: Sequence[StoredImage], now: float) -> dict[str, int]:
    """The digests of images that the policy expires at `now`, each with the priority of the rule.

    `images` in the order of their pushes, which counts among those of one moment.
    """
    found: dict[str, int] = {}
    safe: set[str] = set()
    by_age = sorted(enumerate(images), key=lambda item: (item[1].pushed, item[0]), reverse=True)
    newest_first = [image for _, image in by_age]
    for rule in sorted(policy.get("rules", ()), key=lambda rule: int(rule["rulePriority"])):
        selection = rule["selection"]
        chosen = [image for image in newest_first if _is_chosen(selection, image)]
        for image in _surplus(selection, chosen, now):
            if image.digest not in safe:
                found[image.digest] = int(rule["rulePriority"])
        safe |= {image.digest for image in chosen}
    return found


def days_that_matter(policy: Mapping[str, Any]) -> set[int]:
    """The ages in days at which rules of the policy begin to take images."""
    selections: Iterable[Selection] = [rule["selection"] for rule in policy.get("rules", ())]
    return {int(item["countNumber"]) for item in selections if item["countType"] == "sinceImagePushed"}


def _is_chosen(selection: Selection, image: StoredImage) -> bool:
    status = selection["tagStatus"]
    if status == "any":
        return True
    if status == "untagged":
        return not image.tags
    patterns = [*selection.get("tagPatternList", ())]
    patterns += [f"{prefix}*" for prefix in selection.get("tagPrefixList", ())]
    return bool(patterns) and all(
        any(fnmatchcase(tag, pattern) for tag in image.tags) for pattern in patterns
    )


def _surplus(selection: Selection, chosen: Sequence[StoredImage], now: float) -> list[StoredImage]:
    number = int(selection["countNumber"])
    if selection["countType"] == "imageCountMoreThan":
        return list(chosen[number:])
    return [image for image in chosen if now - image.pushed >= number * DAY]
