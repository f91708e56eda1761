"""What the site shows beside the bank: the labs, and these commands themselves, read from their own tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quiz.bank.store import Bank
from quiz.site.supplements import Command, Lab, Parameter, Supplements

if TYPE_CHECKING:
    from labs.scenarios.scenario import Scenario

_TYPES = {"list[str]": "text", "str": "text", "int range": "int", "float range": "number", "float": "number"}
_NOTES = re.compile(r"\s*\[(?P<notes>[^\[\]]+)\]$")
_TYPE = re.compile(r"<([^<>]+)>$")
_EXAMPLES = re.compile(r" [·|] (?=ecsquiz)|; (?=ecsquiz)")


def supplements(bank: Bank) -> Supplements:
    """The labs that the bank's questions name, and all commands."""
    return Supplements(labs_of(bank), commands())


def labs_of(bank: Bank) -> tuple[Lab, ...]:
    """The labs that the bank's questions name, by number. Raises UserError for a lab that cannot be read."""
    wanted = {question.lab for question in bank.questions() if question.lab}
    if not wanted:
        return ()
    from labs.errors import LabError
    from labs.scenarios.catalogue import scenarios
    from quiz.errors import UserError

    try:
        return tuple(_lab(scenario) for scenario in scenarios() if scenario.slug in wanted)
    except LabError as error:
        raise UserError(error.message, error.remedy) from error


def _lab(scenario: Scenario) -> Lab:
    return Lab(
        number=scenario.number,
        slug=scenario.slug,
        title=scenario.title,
        level=scenario.level,
        minutes=scenario.minutes,
        question=scenario.question,
        brief=scenario.brief,
        hints=scenario.hints,
        debrief=scenario.debrief,
    )


def commands() -> tuple[Command, ...]:
    """The command line as a tree: what stands right after `ecsquiz`, with what stands below."""
    import typer

    from quiz.cli.app import assembled

    return _command(typer.main.get_command(assembled()), "ecsquiz", None).commands


def _command(command: Any, name: str, parent: Any) -> Command:
    """`command` and `parent` are Click's, or those that newer Typers bring themselves."""
    context = command.context_class(command, info_name=name, parent=parent)
    below = getattr(command, "commands", {})
    return Command(
        name=context.command_path,
        usage=command.get_usage(context).removeprefix("Usage: "),
        help=command.help or "",
        examples=_examples(command.epilog or ""),
        parameters=tuple(
            _parameter(parameter, record)
            for parameter in command.params
            if (record := parameter.get_help_record(context))
        ),
        commands=tuple(_command(each, each_name, context) for each_name, each in below.items()),
    )


def _parameter(parameter: Any, record: tuple[str, str]) -> Parameter:
    written, text = record
    notes = _NOTES.search(text)
    return Parameter(
        written=_TYPE.sub(lambda match: f"<{_TYPES.get(match[1], match[1])}>", written),
        help=text[: notes.start()] if notes else text,
        notes=tuple(notes["notes"].split("; ")) if notes else (),
        is_option=parameter.param_type_name == "option",
    )


def _examples(epilog: str) -> tuple[str, ...]:
    text = re.sub(r"^Examples?: ", "", " ".join(epilog.split()))
    return tuple(_EXAMPLES.split(text)) if text else ()
