"""`ecsquiz lab start`, `resume`, `reset`, `stop`, `brief`, `env`, `shell`: into a lab and out of it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.lab.opening import LAB, FolderOption, open_run, tell_passes, user_errors
from quiz.cli.options import JsonOption

if TYPE_CHECKING:
    from labs.run import Started


def register(app: typer.Typer) -> None:
    app.command(epilog="Examples: ecsquiz lab start; ecsquiz lab start 101 --seed 7")(start)
    app.command(epilog="Example: ecsquiz lab brief")(brief)
    app.command(epilog="Examples: ecsquiz lab shell; ecsquiz lab shell -c 'aws ecs list-clusters'")(shell)
    app.command(epilog='Example: eval "$(ecsquiz lab env)"')(env)
    app.command(epilog="Example: ecsquiz lab resume")(resume)
    app.command(epilog="Example: ecsquiz lab reset")(reset)
    app.command(epilog="Example: ecsquiz lab stop")(stop)


def start(
    lab: Annotated[str, typer.Argument(**LAB, show_default=False)] = "",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to answer on; 0 picks a free one.")
    ] = 0,
    seed: Annotated[
        int | None,
        typer.Option("--seed", help="Vary the lab: other names, zones and faults, for another go."),
    ] = None,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Start a lab, or go on with one that was cut off.

    It runs in the background. Without a number: the one you have not finished, else the easiest that you
    never repaired. Prints the page you got from your colleague and how to connect.
    """
    with user_errors():
        started = open_run(folder).start(lab, port, seed)
    _show_started(started, as_json)


def resume(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Go on with a lab after a reboot or a kill.

    It is where you left it, and on the same port if that is free.
    """
    with user_errors():
        started = open_run(folder).resume()
    _show_started(started, as_json)


def reset(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Take the lab back to its broken start.

    Hints, answers and your time stay as they are.
    """
    with user_errors():
        started = open_run(folder).reset()
    if as_json:
        _show_started(started, as_json)
    else:
        typer.echo(f"Lab {started.scenario.name} is as it was at its start, at {started.address.endpoint}.")


def brief(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Print the page from your colleague again."""
    from quiz.cli.lab.shown import show_brief, summary

    with user_errors():
        scenario = open_run(folder).scenario()
    if as_json:
        typer.echo(json.dumps({**summary(scenario), "brief": scenario.brief}, indent=2))
    else:
        show_brief(scenario)


def env(
    shell: Annotated[
        str, typer.Option("--shell", help="sh, bash, zsh, fish or powershell.", show_default=False)
    ] = "",
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what connects this terminal to the lab.

    Commands that set the endpoint, keys that exist nowhere else, AWS files of the lab's own, and put an
    `aws` first on PATH that no command can leave the lab with.
    """
    with user_errors():
        from labs.terminal.environment import environment, lines

        run = open_run(folder)
        wanted = environment(run.scenario().name, run.address(), run.folder, os.environ)
        commands = lines(wanted, shell or "sh")
    if as_json:
        entry = {"set": wanted.values, "unset": wanted.removed, "path": wanted.commands}
        typer.echo(json.dumps(entry, indent=2))
    else:
        typer.echo("\n".join(commands))


def shell(
    name: Annotated[
        str, typer.Option("--shell", help="bash, zsh or fish. Default: your own.", show_default=False)
    ] = "",
    command: Annotated[
        str, typer.Option("-c", "--command", metavar="COMMAND", help="Run only this, in the lab.")
    ] = "",
    folder: FolderOption = None,
) -> None:
    """Open a shell inside the lab.

    Its prompt says so, and aws and SDKs in it talk to the lab alone. Leave it with exit; the lab goes on.
    Your own profiles and keys cannot be reached from within.
    """
    with user_errors():
        from labs.errors import LabError
        from labs.terminal.environment import environment
        from labs.terminal.shell import prepare, run, shell_of

        here = open_run(folder)
        scenario, address = here.scenario(), here.address()
        if os.environ.get("ECSQUIZ_LAB_SHELL") == scenario.name and not command:
            raise LabError("You are in the lab's shell already.", "Look around, or leave it with: exit")
        wanted = environment(scenario.name, address, here.folder, os.environ)
        current = {**os.environ, "ECSQUIZ_LAB_SHELL": scenario.name}
        made = prepare(
            wanted, name or shell_of(os.environ), scenario.number, here.folder.path, current, command
        )
    if not command:
        typer.echo(f"You are in lab {scenario.number}. Leave with exit; the lab goes on.", err=True)
    code = run(made)
    if not command:
        typer.echo(
            "You left the lab; it goes on. Back: ecsquiz lab shell. End it: ecsquiz lab stop", err=True
        )
    raise typer.Exit(code if command else 0)


def stop(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """End the lab and drop its environment.

    Its next start is fresh; your records stay.
    """
    with user_errors():
        run = open_run(folder)
        name = run.stop()
        tell_passes(run)
    typer.echo(json.dumps({"lab": name}) if as_json else f"Lab {name} has ended.")


def _show_started(started: Started, as_json: bool) -> None:
    from quiz.cli.lab.shown import show_brief, summary

    scenario, endpoint = started.scenario, started.address.endpoint
    if as_json:
        entry = {**summary(scenario), "endpoint": endpoint, "resumed": started.resumed}
        typer.echo(json.dumps(entry, indent=2))
        return
    show_brief(scenario)
    if started.resumed:
        typer.echo("The lab is where you left it.\n", err=True)
    typer.echo(f"The lab answers at {endpoint}. Look around with the tools you know:\n")
    typer.echo('  ecsquiz lab shell            (or, in this terminal: eval "$(ecsquiz lab env)")')
    typer.echo("  aws ecs list-services --cluster " + str(scenario.options.get("cluster", "prod")) + "\n")
    typer.echo("Then: ecsquiz lab status, check, hint, wait 5m, solution, stop.")
