"""The runtime starts a container's command; without a shell in between the file has to be in the image.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

from __future__ import annotations

from labs.simulator.command import chosen
from labs.simulator.simulation import Simulation
from labs.simulator.starting.step import Attempt, Outcome
from labs.world.containers import Container
from labs.world.messages import EXECUTABLE_MISSING


def take(attempt: Attempt) -> Outcome:
    for container in attempt.task.definition.containers:
        missing = not_found(attempt.simulation, container)
        if missing:
            why = "no such file or directory" if "/" in missing else "executable file not found in $PATH"
            return Outcome(0.0, EXECUTABLE_MISSING(file=missing, why=why))
    return Outcome(0.0)


def not_found(simulation: Simulation, container: Container) -> str:
    """The file that the runtime does not find in the container's image."""
    programs = simulation.application(container.image).programs
    choice = chosen(container.raw, programs)
    return choice.missing if programs and not choice.in_shell else ""
