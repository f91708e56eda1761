"""What is right and what is wrong in a typed AWS CLI command, against one or several that are right.

A command has parts: its operation, each option, and its arguments together. Each is worth the same. A part
that is missing, wrong or too much costs its worth, a slip in a name half of that. Another operation or
service is worth nothing: the rest then answers something else.

What is rated: no difference is good, one is hard, more or another operation is again; see
`quiz.practice.kinds.ratings`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quiz.grading.commands.names import is_slip_of_operation, is_slip_of_service, nearest
from quiz.grading.commands.parsing import Options, Parsed, UnreadableError, parse
from quiz.grading.commands.values import broken_json, same
from quiz.source.lint.shell import PLACEHOLDER

SLIP: Final = 0.5
"""What a slip in a name costs, in parts of the command."""
_LONGEST_SHOWN: Final = 120
"""Characters of a typed value that are repeated to the learner."""
_DEFAULTS: Final[Mapping[tuple[str, str], str]] = {
    ("ecs list-tasks", "--desired-status"): "RUNNING",
    ("ecs run-task", "--count"): "1",
    ("ecs stop-service-deployment", "--stop-type"): "ROLLBACK",
    ("ecs describe-services", "--cluster"): "default",
    ("ecs list-task-definitions", "--status"): "ACTIVE",
    ("ecs list-task-definitions", "--sort"): "ASC",
}
"""What holds anyway: who writes it says nothing more."""


@dataclass(frozen=True, slots=True)
class CommandGrade:
    """`score` is the share of the command's parts that are right, 0 to 1, and 0 for another operation.

    `differences` name what is wrong, in words for the learner; none means that all is right.
    """

    score: float
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fault:
    """One thing that is wrong, and what it costs, in parts of the command."""

    text: str
    cost: float = 1.0


def grade_command(typed: str, models: Sequence[str], known: Collection[str] = ()) -> CommandGrade:
    """The grade by the model that the command comes nearest to. Never fails.

    `known` are operations that exist, such as `ecs list-tasks`: they are never taken for a slip.
    """
    try:
        answer = parse(typed)
    except UnreadableError as error:
        return CommandGrade(0.0, (str(error),))
    grades = [_against(answer, parse(model), known) for model in models]
    return max(grades, key=lambda grade: (grade.score, -len(grade.differences)))


def _against(typed: Parsed, model: Parsed, known: Collection[str]) -> CommandGrade:
    named = _name_fault(typed, model, known)
    if named and named.cost > SLIP:
        return CommandGrade(0.0, (named.text,))
    typed = _with_flags_of(typed, model)
    faults = [
        *([named] if named else []),
        *_options(typed.options, model.options, model.name),
        *_shared(typed.shared, model.shared),
        *_arguments(typed, model),
    ]
    if typed.more:
        faults.append(_Fault("There is more than one command; only the first was read.", SLIP))
    parts = 1 + len(model.options) + len(model.shared) + bool(model.arguments)
    right = max(0.0, parts - sum(fault.cost for fault in faults))
    return CommandGrade(round(right / parts, 4), tuple(fault.text for fault in faults))


def _name_fault(typed: Parsed, model: Parsed, known: Collection[str]) -> _Fault | None:
    """What is wrong with service and operation; it costs SLIP where they are the right ones, misspelt."""
    services = {name.partition(" ")[0] for name in known}
    operations = {
        operation
        for service, _, operation in (name.partition(" ") for name in known)
        if service == model.service
    }
    slips = []
    if typed.service != model.service:
        if not is_slip_of_service(typed.service, model.service, services):
            return _Fault(f"The service is {model.service}, not {typed.service}.")
        slips.append(f"{typed.service}: did you mean {model.service}?")
    if typed.operation != model.operation:
        if not is_slip_of_operation(typed.operation, model.operation, operations):
            return _Fault(_other_operation(typed.operation, model.operation, operations))
        slips.append(f"{typed.operation}: did you mean {model.operation}?")
    if len(slips) > 1:
        return _Fault(f"This should begin with aws {model.name}.")
    return _Fault(slips[0], SLIP) if slips else None


def _other_operation(typed: str, right: str, known: Collection[str]) -> str:
    meant = "" if typed in known else nearest(typed, set(known) - {right})
    asked = f"The operation is {right}, not {meant or typed}."
    return f"{typed}: did you mean {meant}? {asked}" if meant else asked


def _with_flags_of(typed: Parsed, model: Parsed) -> Parsed:
    """A word after a flag is no value of it but an argument; which options are flags, the model tells."""
    flags = {name for name, values in model.options.items() if not values}
    options = {name: () if name in flags else values for name, values in typed.options.items()}
    strays = tuple(value for name, values in typed.options.items() if name in flags for value in values)
    return replace(typed, arguments=typed.arguments + strays, options=options)


def _options(given: Options, wanted: Options, operation: str) -> Iterator[_Fault]:
    missing = [name for name in wanted if name not in given]
    for name in [name for name in given if name not in wanted]:
        fault = _unknown(name, missing)
        if fault:
            yield fault
            missing.remove(near := _meant(name, missing))
            if not same(given[name], wanted[near], near):
                yield _wrong_value(near, given[name], wanted[near])
        elif given[name] != (_DEFAULTS.get((operation, name)),):
            yield _Fault(f"{_shown(name, given[name])} is too much.")
    for name in missing:
        yield _Fault(f"{_shown(name, wanted[name])} is missing.")
    for name in wanted:
        if name in given and not same(given[name], wanted[name], name):
            yield _wrong_value(name, given[name], wanted[name])


def _unknown(name: str, missing: Sequence[str]) -> _Fault | None:
    """What is wrong with an option that is a missing one, misspelt or cut short."""
    near = _meant(name, missing)
    if not near:
        return None
    if near.startswith(name):
        # The CLI completes what is unique, in version 2 as well, and AWS advises against relying on it.
        short = f"Write {near} in full: {name} fails as soon as another option begins so."
        return _Fault(short, SLIP)
    return _Fault(f"The option is {near}, not {name}.", SLIP)


def _meant(name: str, missing: Sequence[str]) -> str:
    """The missing option that is meant, or nothing."""
    begun = [other for other in missing if other.startswith(name)]
    if len(begun) == 1:
        return begun[0]
    return nearest(name, [other for other in missing if not _opposite(name, other)])


def _wrong_value(name: str, given: Sequence[str], wanted: Sequence[str]) -> _Fault:
    if broken := broken_json(given):
        return _Fault(f"{name}: {broken}")
    wrong = _words(given)
    return _Fault(f"{name} should be {_words(wanted)}, not {wrong}." if wrong else f"{name} needs a value.")


def _shared(given: Options, wanted: Options) -> Iterator[_Fault]:
    """Options of every command count only where the model has them, for then they are asked for."""
    for name, values in wanted.items():
        if name not in given:
            yield _Fault(f"{_shown(name, values)} is missing.")
        elif "".join("".join(given[name]).split()) != "".join("".join(values).split()):
            yield _wrong_value(name, given[name], values)


def _arguments(typed: Parsed, model: Parsed) -> Iterator[_Fault]:
    if len(typed.arguments) != len(model.arguments) or not all(
        same([one], [other]) for one, other in zip(typed.arguments, model.arguments, strict=True)
    ):
        wanted, given = _words(model.arguments), _words(typed.arguments)
        if not wanted:
            yield _Fault(f"{given} is too much.")
        else:
            yield _Fault(f"After the operation comes {wanted}" + (f", not {given}." if given else "."))


def _shown(name: str, values: Sequence[str]) -> str:
    return f"{name} {_words(values)}".strip()


def _words(values: Sequence[str]) -> str:
    text = " ".join(values).replace(PLACEHOLDER, "...")
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _opposite(one: str, other: str) -> bool:
    """Whether one is the other with `--no-` before it."""
    return one.startswith("--no-") != other.startswith("--no-")
