"""Whether an AWS CLI command is one: asked of the CLI's own parser, with nothing sent anywhere.

The parser of awscli 1 runs for real, so that shorthand syntax, renamed options and customised commands are
known; only the call at its end is caught, and its parameters are then held against the service model for
what the parser does not check: types, enumerations and the paths of `--query`.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from quiz.source.lint.query import unknown_fields
from quiz.source.lint.service_definitions import service_problems, strategy_problems
from quiz.source.lint.service_model import wrong_values
from quiz.source.lint.shell import PLACEHOLDER

# Commands that awscli 2 has and awscli 1 lacks, with their options. Source: the AWS CLI 2 command reference.
ONLY_IN_VERSION_2: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("logs", "tail"): frozenset(
        (
            "--since",
            "--follow",
            "--format",
            "--filter-pattern",
            "--log-stream-names",
            "--log-stream-name-prefix",
        )
    ),
    ("sso", "login"): frozenset(("--sso-session", "--no-browser", "--use-device-code")),
    ("ecs", "monitor-express-gateway-service"): frozenset(("--service-arn", "--resource-view", "--timeout")),
}
GLOBAL_IN_VERSION_2: Final = frozenset(("--no-cli-pager", "--cli-auto-prompt", "--no-cli-auto-prompt"))
_ELLIPSIS = re.compile(r"^(\.\.\.|…)$")
_FRAGMENT = re.compile(r"\.\.\.|…")


class Commands:
    """The CLI, ready to judge commands. Making one takes a moment; judging is quick after that."""

    def problems(self, words: Sequence[str]) -> Iterator[str]:
        """What is wrong with `aws WORDS`, each in a few words. Nothing for a command that is in order."""
        words = [word for word in words if word not in GLOBAL_IN_VERSION_2]
        fragment = any(_FRAGMENT.search(word) for word in words) or any("file://" in word for word in words)
        words = [word for word in words if not _ELLIPSIS.match(word)]
        known = ONLY_IN_VERSION_2.get(tuple(words[:2]))  # type: ignore[arg-type]
        if known is not None:
            options = [word.partition("=")[0] for word in words[2:] if word.startswith("--")]
            yield from (
                f"`{option}` is no option of it" for option in options if option not in known | _GLOBAL
            )
            return
        if words[:1] == [PLACEHOLDER] or len(words) < 2:
            return
        words, query = _without_query(words)
        calls, complaint = self._parse(words)
        if complaint.startswith("'Namespace' object"):
            # A customised command (ec2 modify-vpc-attribute) has left its checks behind for all that follow.
            vars(self).pop("_driver")
            calls, complaint = self._parse(words)
        if complaint and not (fragment and "required" in complaint):
            yield complaint
        for service, operation, parameters in calls:
            yield from self._model_problems(service, operation, parameters)
            if service == "ecs":
                yield from _ecs_problems(operation, parameters, whole=not fragment)
            yield from self._query_problems(service, operation, query)

    def _parse(self, words: Sequence[str]) -> tuple[list[tuple[str, str, Any]], str]:
        """The calls that the command would make, and the parser's complaint."""
        self._calls.clear()
        output = io.StringIO()
        try:
            with contextlib.redirect_stderr(output), contextlib.redirect_stdout(output):
                failed = self._driver.main(_stand_ins(words)) != 0
        except SystemExit:
            failed = True
        except Exception as error:  # whatever the CLI raises is a complaint
            return [], str(error)
        return list(self._calls), _complaint(output.getvalue()) if failed else ""

    def _model_problems(self, service: str, operation: str, parameters: Any) -> Iterator[str]:
        shape = self._session.get_service_model(service).operation_model(operation).input_shape
        if shape is not None:
            yield from wrong_values(shape, parameters)

    def _query_problems(self, service: str, operation: str, query: str | None) -> Iterator[str]:
        shape = self._session.get_service_model(service).operation_model(operation).output_shape
        if query is None or shape is None or PLACEHOLDER in query:
            return
        import jmespath

        try:
            tree = jmespath.compile(query).parsed
        except jmespath.exceptions.JMESPathError as error:
            yield f"--query is no valid path: {str(error).splitlines()[0].rstrip(':')}"
            return
        yield from (
            f"--query names `{name}`, which the output does not have" for name in unknown_fields(tree, shape)
        )

    @cached_property
    def _calls(self) -> list[tuple[str, str, Any]]:
        return []

    @cached_property
    def _session(self) -> Any:
        return self._driver.session

    @cached_property
    def _driver(self) -> Any:
        import awscli.clidriver
        import awscli.customizations.commands
        import awscli.customizations.waiters

        driver = awscli.clidriver.create_clidriver()
        calls = self._calls
        initialise = driver._emit_session_event

        def once(arguments: Any) -> None:
            # Handlers that are registered again with every command make each slower than the one before.
            driver._emit_session_event = lambda _arguments: None
            initialise(arguments)

        driver._emit_session_event = once

        def catch(_caller: Any, service: str, operation: str, parameters: Any, _globals: Any) -> int:
            calls.append((service, operation, parameters))
            return 0

        def catch_wait(_caller: Any, *_arguments: Any) -> int:
            return 0

        for caller in _with_subclasses(awscli.clidriver.CLIOperationCaller):
            caller.invoke = catch
        awscli.customizations.waiters.WaiterCaller.invoke = catch_wait
        _disarm(awscli.customizations.commands.BasicCommand)
        return driver


def _ecs_problems(operation: str, parameters: Mapping[str, Any], *, whole: bool) -> Iterator[str]:
    """What ECS refuses beyond the shape of its service model."""
    if whole and operation in ("CreateService", "UpdateService"):
        yield from service_problems(parameters, new=operation == "CreateService")
        return
    for name in ("capacityProviderStrategy", "defaultCapacityProviderStrategy"):
        yield from strategy_problems(parameters.get(name, ()))


_GLOBAL: Final = frozenset(
    ("--region", "--profile", "--output", "--query", "--endpoint-url", "--no-cli-pager")
)


def _with_subclasses(base: Any) -> Iterator[Any]:
    yield base
    for subclass in base.__subclasses__():
        yield from _with_subclasses(subclass)


def _disarm(command: Any) -> None:
    """Keep customised commands (ecs deploy, ecr get-login-password ...) from doing anything once parsed."""
    run: Callable[..., int] = lambda *_arguments: 0  # noqa: E731 - one line says it
    for subclass in _with_subclasses(command):
        if "_run_main" in vars(subclass) and not subclass.SUBCOMMANDS:
            subclass._run_main = run


def _stand_ins(words: Sequence[str]) -> list[str]:
    """Files and placeholders replaced by something that parses."""
    return [re.sub(r"^(file|fileb)://.*", "{}", word) if "://" in word[:8] else word for word in words]


def _without_query(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words without `--query`, and its expression: it is judged here, not by the CLI."""
    kept, query = list(words), None
    for index, word in enumerate(kept):
        if word.startswith("--query="):
            query = kept.pop(index).partition("=")[2]
            break
        if word == "--query" and index + 1 < len(kept):
            query = kept[index + 1]
            del kept[index : index + 2]
            break
    return kept, query


def _complaint(output: str) -> str:
    """The line of the CLI's output that says what is wrong: after "error:", or else the last."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line.partition("error: ")[2] for line in lines if "error: " in line]
    telling += [line for line in lines if line.startswith(("Unknown options", "Error parsing"))]
    return (telling or lines[-1:] or ["the command is not valid"])[0].rstrip(":")
