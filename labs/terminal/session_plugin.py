"""Stands in for AWS's Session Manager plugin: `aws ecs execute-command` starts it to open the session.

The AWS CLI calls it without arguments to see whether it is there, then with the session as JSON. The lab
answers its control command `exec`: it takes `session` (the id from ExecuteCommand) and `line` (what was
typed; None at the beginning), and gives `output`, `prompt` and `ended`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from labs.errors import LabError
from labs.server import process
from labs.server.folder import RunFolder

VERSION = "1.2.764.0"  # the AWS CLI warns of older ones
SUCCESS = "\nThe Session Manager plugin was installed successfully. Use the AWS CLI to start a session.\n"
SESSION_IN = "AWS_SSM_START_SESSION_RESPONSE"  # the variable that newer CLIs hand the session over in

Ask = Callable[..., dict[str, Any]]


def main(arguments: Sequence[str]) -> int:
    """`arguments` are the run's folder, then the plugin's own."""
    folder, *rest = arguments
    if not rest or rest == ["--version"]:
        print(VERSION if rest else SUCCESS)  # noqa: T201 - it is a command
        return 0
    given = os.environ[SESSION_IN] if rest[0] == SESSION_IN else rest[0]
    try:
        return talk(
            str(json.loads(given)["SessionId" if "SessionId" in given else "sessionId"]), asking(folder)
        )
    except LabError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


def asking(folder: str) -> Ask:
    address = RunFolder(Path(folder)).address()
    if address is None:
        raise LabError("No lab is running.", "Start one: ecsquiz lab start")
    return lambda **parameters: process.ask(address, "exec", **parameters)


def talk(session: str, ask: Ask, read: Callable[[str], str] = input) -> int:
    """Carry lines to the session and its output back, until it or the learner ends it."""
    print(f"\nStarting session with SessionId: {session}", flush=True)  # noqa: T201
    answer = ask(session=session, line=None)
    while True:
        sys.stdout.write(answer["output"])
        sys.stdout.flush()
        if answer["ended"]:
            break
        try:
            line = read(answer["prompt"])
        except (EOFError, KeyboardInterrupt):
            break
        answer = ask(session=session, line=line)
    print(f"\n\nExiting session with sessionId: {session}.\n")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
