"""What is right and what is wrong in a typed AWS CLI command, against one or several that are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quiz.grading.commands.parsing import Parsed, UnreadableError, parse
from quiz.grading.commands.values import same
from quiz.source.lint.shell import PLACEHOLDER

NEARLY: Final = 70
"""From this likeness on, 0 to 100, a wrong option is taken for a misspelt right one."""


@dataclass(frozen=True, slots=True)
class CommandGrade:
    """`score` is the share of the command's parts that are right, 0 to 1, and 0 for another operation.

    `differences` name what is wrong, in words for the learner; none means that all is right.
    """

    score: float
    differences: tuple[str, ...]


def grade_command(typed: str, models: Sequence[str]) -> CommandGrade:
    """The grade by the model that the command comes nearest to. Never fails."""
    try:
        answer = parse(typed)
    except UnreadableError as error:
        return CommandGrade(0.0, (str(error),))
    grades = [_against(answer, parse(model)) for model in models]
    return max(grades, key=lambda grade: (grade.score, -len(grade.differences)))


def _against(typed: Parsed, model: Parsed) -> CommandGrade:
    if typed.service != model.service:
        return CommandGrade(0.0, (f"The service is {model.service}, not {typed.service}.",))
    if typed.operation != model.operation:
        return CommandGrade(0.0, (f"The operation is {model.operation}, not {typed.operation}.",))
    typed = _with_flags_of(typed, model)
    differences = [*_options(typed, model), *_arguments(typed, model)]
    parts = 1 + len(model.options) + len(model.arguments)
    right = max(0, parts - len(differences))
    return CommandGrade(round(right / parts, 4), tuple(differences))


def _with_flags_of(typed: Parsed, model: Parsed) -> Parsed:
    """A word after a flag is no value of it but an argument; which options are flags, the model tells."""
    flags = {name for name, values in model.options if not values}
    options = tuple((name, () if name in flags else values) for name, values in typed.options)
    strays = tuple(value for name, values in typed.options if name in flags for value in values)
    return Parsed(typed.service, typed.operation, typed.arguments + strays, options)


def _options(typed: Parsed, model: Parsed) -> Iterator[str]:
    from rapidfuzz import fuzz, process

    wanted, given = dict(model.options), dict(typed.options)
    missing = [name for name in wanted if name not in given]
    for name in [name for name in given if name not in wanted]:
        near = process.extractOne(name, missing, scorer=fuzz.ratio, score_cutoff=NEARLY)
        if near and not _opposite(name, near[0]):
            missing.remove(near[0])
            yield f"The option is {near[0]}, not {name}."
        else:
            yield f"{_shown(name, given[name])} is too much."
    for name in missing:
        yield f"{_shown(name, wanted[name])} is missing."
    for name in wanted:
        if name in given and not same(given[name], wanted[name]):
            right, wrong = (_words(side[name]) or "without a value" for side in (wanted, given))
            yield f"{name} should be {right}, not {wrong}."


def _arguments(typed: Parsed, model: Parsed) -> Iterator[str]:
    if len(typed.arguments) != len(model.arguments) or not all(
        same([one], [other]) for one, other in zip(typed.arguments, model.arguments, strict=True)
    ):
        wanted, given = _words(model.arguments), _words(typed.arguments)
        if not wanted:
            yield f"{given} is too much."
        else:
            yield f"After the operation comes {wanted}" + (f", not {given}." if given else ".")


def _shown(name: str, values: Sequence[str]) -> str:
    return f"{name} {_words(values)}".strip()


def _words(values: Sequence[str]) -> str:
    return " ".join(values).replace(PLACEHOLDER, "...")


def _opposite(one: str, other: str) -> bool:
    """Whether one is the other with `--no-` before it."""
    return one.startswith("--no-") != other.startswith("--no-")
