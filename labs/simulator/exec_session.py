"""A session of ECS Exec: a shell in a container that knows what the simulation knows, or one command."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from labs.errors import LabError
from labs.simulator.command import SHELLS
from labs.simulator.container_programs import PROGRAMS, Place
from labs.simulator.simulation import Simulation

PROMPT = "# "


@dataclass(frozen=True)
class Turn:
    """What comes back for a line."""

    output: str
    prompt: str = PROMPT
    ended: bool = False


def said(simulation: Simulation, identity: str, line: str | None) -> Turn:
    """Give the session a line; None at its beginning. LabError for a session that there is not."""
    session = simulation.state.sessions.get(identity)
    if session is None:
        raise LabError("There is no such session.", "Open one: aws ecs execute-command")
    task = simulation.state.tasks.get(session.task)
    container = (
        next((c for c in task.definition.containers if c.name == session.container), None) if task else None
    )
    if task is None or container is None or not task.is_live or container.name in task.exit_codes:
        return Turn("\nThe container has stopped.\n", ended=True)
    place = Place(simulation, task, container)
    in_shell = session.command.split()[:1] and session.command.split()[0] in SHELLS
    if line is None:
        if not in_shell:
            return Turn(ran(place, session.command), ended=True)
        script = _script(session.command)
        return Turn(ran(place, script), ended=True) if script else Turn("")
    if line.strip() in ("exit", "logout"):
        return Turn("", ended=True)
    return Turn(ran(place, line))


def ran(place: Place, line: str) -> str:
    """What a line prints. Commands are separated by `;` and `&&`; of a pipe only the first runs."""
    output = ""
    for part in line.replace("&&", ";").split(";"):
        try:
            words = shlex.split(part.split("|")[0])
        except ValueError:
            return output + "sh: syntax error: unterminated quoted string\n"
        if not words:
            continue
        program = PROGRAMS.get(words[0].rsplit("/", 1)[-1])
        output += program(place, words[1:]) if program else f"sh: {words[0]}: not found\n"
    return output


def _script(command: str) -> str:
    """The script of `sh -c "..."`, empty for a shell to type into."""
    words = shlex.split(command)
    return words[2] if len(words) > 2 and words[1] == "-c" else ""
