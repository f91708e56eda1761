"""`ecsquiz lab`: broken ECS environments on this machine, repaired with the real AWS tools."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quiz.cli.options import JsonOption
from quiz.errors import UserError

if TYPE_CHECKING:
    from labs.run import Run
    from labs.scenarios.scenario import Scenario

lab_app = typer.Typer(
    no_args_is_help=True,
    help="Repair broken ECS environments on this machine: no account, no Docker, no network.",
    epilog='Example: ecsquiz lab start 101, then eval "$(ecsquiz lab env)" and use aws as always.',
)

LabArgument = Annotated[str, typer.Argument(metavar="LAB", help="Number or name of a lab.")]
FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        envvar="ECSQUIZ_LABS",
        help="Where runs are kept. Default: the user's data folder.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    app.add_typer(lab_app, name="lab")


@lab_app.command("list", epilog="Example: ecsquiz lab list --json")
def list_labs(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """List the labs: number, level, minutes, how often you repaired them and your best time."""
    with _user_errors():
        from labs.scenarios.catalogue import scenarios

        records = _run(folder).records()
        entries = [_summary(scenario, records.get(scenario.name)) for scenario in scenarios()]
    if as_json:
        typer.echo(json.dumps(entries, indent=2))
        return
    for entry in entries:
        done = (
            f"repaired {entry['passes']} times, best {_duration(entry['best'])}" if entry["passes"] else "new"
        )
        typer.echo(f"{entry['lab']}  {entry['title']}  ({entry['level']}, {entry['minutes']} min, {done})")


@lab_app.command(epilog="Example: ecsquiz lab start 101")
def start(
    lab: LabArgument,
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
    """Start a lab in the background, or go on with the one whose server has ended.

    Prints the page you got from your colleague and how to connect.
    """
    with _user_errors():
        started = _run(folder).start(lab, port, seed)
    scenario = started.scenario
    if as_json:
        endpoint = started.address.endpoint
        typer.echo(
            json.dumps({**_summary(scenario), "endpoint": endpoint, "resumed": started.resumed}, indent=2)
        )
        return
    _show_brief(scenario)
    if started.resumed:
        typer.echo("The lab is where you left it.\n", err=True)
    typer.echo(f"The lab answers at {started.address.endpoint}. Connect this terminal and look around:\n")
    typer.echo('  eval "$(ecsquiz lab env)"')
    typer.echo("  aws ecs describe-services --cluster prod --services web\n")
    typer.echo("Then: ecsquiz lab check, hint, wait 5m, solution, stop.")


@lab_app.command(epilog='Example: eval "$(ecsquiz lab env)"')
def env(
    shell: Annotated[str, typer.Option("--shell", help="sh (bash, zsh), fish or powershell.")] = "sh",
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the commands that connect a terminal's AWS tools to the lab, and to nothing else.

    They set the endpoint, keys that exist nowhere else, and AWS files of the lab's own, so that no real
    account can be touched from this terminal.
    """
    import os

    with _user_errors():
        from labs.environment import environment, lines

        run = _run(folder)
        wanted = environment(run.scenario().name, run.address(), run.folder, os.environ)
        commands = lines(wanted, "sh" if shell in ("bash", "zsh") else shell)
    if as_json:
        typer.echo(json.dumps({"set": wanted.values, "unset": wanted.removed}, indent=2))
        return
    typer.echo("\n".join(commands))


@lab_app.command(epilog="Example: ecsquiz lab brief")
def brief(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Print the page from your colleague again."""
    with _user_errors():
        scenario = _run(folder).scenario()
    if as_json:
        typer.echo(json.dumps({**_summary(scenario), "brief": scenario.brief}, indent=2))
        return
    _show_brief(scenario)


@lab_app.command(epilog="Example: ecsquiz lab status")
def status(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Show the services at a glance: tasks wanted and running, the rollout, the load balancer's answer."""
    with _user_errors():
        answer = _run(folder).status()
    _show_status(answer, as_json)


@lab_app.command(epilog="Example: ecsquiz lab wait 5m")
def wait(
    time: Annotated[str, typer.Argument(metavar="TIME", help="How long: 90s, 5m or 1h of the lab's time.")],
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let the lab's time pass at once. Without this it passes 60 times as fast as yours."""
    with _user_errors():
        from labs.run import seconds_to_wait

        answer = _run(folder).wait(seconds_to_wait(time))
    _show_status(answer, as_json)


@lab_app.command(epilog="Example: ecsquiz lab check")
def check(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Say what is still wrong, outcome by outcome. Exit code 0 if the lab is repaired, 1 if not.

    Lets up to 20 minutes of the lab's time pass, so that a repair can take effect.
    """
    with _user_errors():
        report = _run(folder).check()
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        _show_report(report)
    if not report["passed"]:
        raise typer.Exit(1)


@lab_app.command(epilog="Example: ecsquiz lab hint")
def hint(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Print the next hint. Each narrows the search, none tells the repair."""
    with _user_errors():
        number, count, text = _run(folder).hint()
    if as_json:
        typer.echo(json.dumps({"hint": number, "of": count, "text": text}, indent=2))
        return
    typer.echo(f"Hint {number} of {count}: {_flowing(text)}")


@lab_app.command(epilog="Example: ecsquiz lab solution --give-up")
def solution(
    give_up: Annotated[
        bool, typer.Option("--give-up", help="Show it although the lab is not repaired.")
    ] = False,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print repairs that are known to work, and what happened: after a pass, or when you give up."""
    with _user_errors():
        from labs.commands import commands

        scenario, known = _run(folder).solution(give_up)
        repairs = {name: commands(steps, known) for name, steps in scenario.repairs.items()}
    if as_json:
        typer.echo(
            json.dumps({"lab": scenario.name, "repairs": repairs, "debrief": scenario.debrief}, indent=2)
        )
        return
    for name, found in repairs.items():
        typer.secho(f"Repair: {name}", bold=True)
        typer.echo("\n".join(f"  {line}" for line in found) + "\n")
    typer.secho("What happened", bold=True)
    typer.echo(scenario.debrief.strip())
    typer.echo(f"\nThe question to this lab: ecsquiz show {scenario.question}")


@lab_app.command(epilog="Example: ecsquiz lab stop")
def stop(folder: FolderOption = None) -> None:
    """End the lab and drop its environment. Its next start is fresh."""
    with _user_errors():
        name = _run(folder).stop()
    typer.echo(f"Lab {name} has ended.")


@lab_app.command(epilog="Example: ecsquiz lab verify --all")
def verify(
    lab: Annotated[str | None, typer.Argument(metavar="[LAB]", help="Number or name of a lab.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Prove every lab.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Prove labs: healthy is healthy, broken fails, wrong repairs fail, accepted repairs pass.

    For those who write labs. Exit code 1 if a proof does not hold.
    """
    if (lab is None) == (not every):
        raise typer.BadParameter("Name a lab, or give --all.")
    failed, results = 0, []
    with _user_errors():
        from labs.run import need_moto
        from labs.scenarios.catalogue import find, scenarios

        need_moto()
        from labs.checks.verify import verify as prove

        for scenario in scenarios() if lab is None else [find(lab)]:
            for case in prove(scenario):
                failed += not case.holds
                results.append(case.as_dict())
                if not as_json:
                    expected = "passes" if case.should_pass else "fails"
                    mark = "ok  " if case.holds else "NOT "
                    typer.echo(f"{mark}{scenario.number} {case.name}: {expected} ({case.seconds:.2f} s)")
    if as_json:
        typer.echo(json.dumps(results, indent=2))
    if failed:
        typer.echo(f"{failed} of {len(results)} proofs do not hold.", err=True)
        raise typer.Exit(1)


@contextmanager
def _user_errors() -> Iterator[None]:
    from labs.errors import LabError

    try:
        yield
    except LabError as error:
        raise UserError(error.message, error.remedy) from error


def _run(folder: Path | None) -> Run:
    from platformdirs import user_data_path

    from labs.run import Run

    return Run(folder or Path(user_data_path("ecsquiz")) / "labs")


def _summary(scenario: Scenario, record: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "lab": scenario.name,
        "title": scenario.title,
        "level": scenario.level,
        "minutes": scenario.minutes,
        "question": scenario.question,
        "passes": record["passes"] if record else 0,
        "best": record["best"] if record else None,
    }


def _show_brief(scenario: Scenario) -> None:
    typer.secho(f"{scenario.number}  {scenario.title}", bold=True)
    typer.echo(f"{scenario.level}, about {scenario.minutes} minutes\n")
    typer.echo(scenario.brief.strip() + "\n")


def _show_status(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(answer, indent=2))
        return
    for entry in answer["services"]:
        typer.echo(
            f"{entry['cluster']}/{entry['service']}: {entry['running']} of {entry['desired']} running, "
            f"{entry['pending']} pending, {entry['healthy']} healthy, rollout {entry['rollout']}"
        )
        typer.echo(f"  {entry['event']}")
    for entry in answer["balancers"]:
        typer.echo(f"{entry['balancer']}: HTTP {entry['answer']}")


def _show_report(report: dict[str, Any]) -> None:
    for item in report["outcomes"] + report["guards"]:
        mark, colour = ("ok", "green") if item["passed"] else ("not yet", "red")
        typer.secho(f"{mark:>8}", fg=colour, nl=False)
        typer.echo(f"  {item['wanted']}: {item['observed']}")
        if item["because"] and not item["passed"]:
            typer.echo(f"{'':>8}  {item['because']}")
    if report["passed"]:
        typer.secho(
            f"\nRepaired in {_duration(report['seconds'])}. What happened: ecsquiz lab solution", bold=True
        )
    else:
        typer.echo("\nNot repaired yet. A nudge: ecsquiz lab hint")


def _duration(seconds: int) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _flowing(text: str) -> str:
    return " ".join(text.split())
