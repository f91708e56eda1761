"""The same lab another time: other names, other zones, fewer faults. A seed decides which.

A lab file names things as they are without a seed. A variation replaces whole words in all that the lab
says, breaks and checks, and in what its stack makes; `${references}` stay, and mean the part by its new name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from labs.errors import LabError

if TYPE_CHECKING:
    from labs.scenarios.scenario import Scenario

# Names that stacks and labs share; each lab may have others, or say `names: {}` for none.
NAMES: Mapping[str, tuple[str, ...]] = {
    "shop": ("bakery", "kiosk", "florist", "bookstore"),
    "prod": ("live", "main", "production"),
    "web": ("storefront", "site", "front"),
}
_REFERENCE = re.compile(r"\$\{[^}]+\}")
_ZONE = re.compile(r"(?<=us-east-1)[a-f](?![a-z0-9])|(?<=(?:private|.public)-)[a-f](?![a-z0-9])")


@dataclass(frozen=True)
class Vary:
    """What a seed may change (`vary:` in a lab file).

    `names` are the words that may be replaced, each with what may stand in their place; `zones`: may the
    zones trade places; `optional` are faults that may be left out, of which `at_least` so many stay, and
    `hints` the numbers of the hints about them.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NAMES)
    zones: bool = True
    optional: tuple[str, ...] = ()
    at_least: int = 0
    hints: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Variation:
    """One lab as a seed has made it."""

    seed: int
    names: Mapping[str, str] = field(default_factory=dict)
    trade_zones: bool = False
    left_out: tuple[str, ...] = ()

    def named(self, value: Any) -> Any:
        """The value with other names in it."""
        return _everywhere(value, _replacing(self.names))

    def known(self, references: Mapping[str, str]) -> dict[str, str]:
        """References as the lab file writes them, for a stack that was made with other names and zones."""
        back = _replacing({new: old for old, new in self.names.items()})
        named = {key: self.named(value) for key, value in references.items()}
        named = {**{back(key): value for key, value in named.items()}, **named}
        if not self.trade_zones:
            return named
        return {key: named.get(_other_zone(key), value) for key, value in named.items()}


def read_vary(entry: Mapping[str, Any], faults: Mapping[str, Any]) -> Vary:
    """The field of a lab file. LabError for a fault or a name that cannot be."""
    names = {word: tuple(others) for word, others in entry.get("names", NAMES).items()}
    optional = tuple(entry.get("optional", ()))
    unknown = [name for name in optional if name not in faults]
    if unknown:
        raise LabError(f"`vary` leaves out '{unknown[0]}', which is no fault of the lab.")
    at_least = int(entry.get("at_least", 0))
    if not set(faults) - set(optional) and at_least < 1:
        raise LabError("`vary` may leave out all faults.", "Say how many stay: `at_least: 1`.")
    used = [*names, *(other for others in names.values() for other in others)]
    if len(set(used)) < len(used):
        raise LabError("`vary` names a word twice.", "Two parts must not get the same name.")
    return Vary(names, bool(entry.get("zones", True)), optional, at_least, dict(entry.get("hints", {})))


def varied(scenario: Scenario, seed: int | None) -> Scenario:
    """The lab as the seed makes it; without a seed the lab as written."""
    if seed is None:
        return scenario
    chance = random.Random(f"{scenario.name} {seed}")  # noqa: S311 - variety, not secrets
    vary = scenario.vary
    names = {word: chance.choice(others) for word, others in vary.names.items()}
    trade = vary.zones and chance.random() < 0.5
    most = len(vary.optional) - vary.at_least
    gone = chance.sample(vary.optional, chance.randint(0, most)) if most > 0 else []
    left_out = tuple(name for name in vary.optional if name in gone)
    variation = Variation(seed, names, trade, left_out)
    change = _replacing(names)

    def written(text: str) -> str:
        return (
            _ZONE.sub(lambda match: _TRADED.get(match[0], match[0]), change(text)) if trade else change(text)
        )

    silent = {vary.hints[name] for name in left_out if name in vary.hints}
    kept = {name: steps for name, steps in scenario.faults.items() if name not in left_out}
    return replace(
        scenario,
        variation=variation,
        title=written(scenario.title),
        brief=written(scenario.brief),
        options=_everywhere(scenario.options, written),
        images=tuple(_everywhere(list(scenario.images), written)),
        applications=_everywhere(scenario.applications, written),
        faults=_everywhere(kept, written, keys=False),
        outcome=tuple(_everywhere(list(scenario.outcome), written)),
        guards=tuple(_everywhere(list(scenario.guards), written)),
        hints=tuple(written(text) for number, text in enumerate(scenario.hints, 1) if number not in silent),
        repairs=_everywhere(scenario.repairs, written, keys=False),
        wrong=_everywhere(scenario.wrong, written, keys=False),
        questions=tuple(question.varied(written, chance) for question in scenario.questions),
        debrief=written(scenario.debrief),
    )


_TRADED = {"a": "b", "b": "a"}


def _other_zone(key: str) -> str:
    head, dot, zone = key.rpartition(".")
    return head + dot + _TRADED.get(zone, zone)


def _replacing(names: Mapping[str, str]) -> Callable[[str], str]:
    """A function that replaces whole words, in their own case, and leaves `${references}` as they are."""
    if not names:
        return lambda text: text
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = re.compile(rf"{_REFERENCE.pattern}|(?<![A-Za-z0-9])(?i:({words}))(?![A-Za-z0-9])")

    def other(match: re.Match[str]) -> str:
        if not match[1]:
            return match[0]
        new = names[match[1].lower()]
        return new.upper() if match[1].isupper() else new.capitalize() if match[1][0].isupper() else new

    return lambda text: pattern.sub(other, text)


def _everywhere(value: Any, change: Callable[[str], str], keys: bool = True) -> Any:
    """The value with all its texts changed; `keys` says whether the outermost names change too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key) if keys else key: _everywhere(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_everywhere(item, change) for item in value)
    return value
