"""`ecsquiz lab status`, `wait`, `curl`, `logs`: looking at a lab as its owner would, without AWS tools."""

from __future__ import annotations

import json
import time as clock
from datetime import datetime
from typing import Annotated

import typer

from quiz.cli.lab.opening import FolderOption, open_run, user_errors
from quiz.cli.options import JsonOption

CLEAR = "\x1b[2J\x1b[H"


def register(app: typer.Typer) -> None:
    app.command(epilog="Examples: ecsquiz lab status; ecsquiz lab status --watch")(status)
    app.command(epilog="Example: ecsquiz lab wait 5m")(wait)
    app.command(epilog="Examples: ecsquiz lab curl; ecsquiz lab curl /health --times 100")(curl)
    app.command(epilog="Examples: ecsquiz lab logs; ecsquiz lab logs /ecs/shop --lines 200")(logs)


def status(
    watch: Annotated[bool, typer.Option("--watch", help="Go on showing it until Ctrl-C.")] = False,
    every: Annotated[
        float, typer.Option("--every", min=0.5, max=3600, help="Seconds between two looks, with --watch.")
    ] = 2.0,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show services and load balancers at a glance.

    Tasks wanted and running, the rollout, the newest event, what a load balancer answers.
    """
    from quiz.cli.lab.shown import status_text

    run = open_run(folder)
    with user_errors():
        while True:
            answer = run.status()
            if not watch:
                typer.echo(json.dumps(answer, indent=2) if as_json else status_text(answer))
                return
            _show_again(json.dumps(answer) if as_json else status_text(answer), plain=as_json)
            try:
                clock.sleep(every)
            except KeyboardInterrupt:
                return


def wait(
    time: Annotated[str, typer.Argument(metavar="TIME", help="How long: 90s, 5m or 1h of the lab's time.")],
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let the lab's time pass at once. Without this it passes 60 times as fast as yours."""
    from quiz.cli.lab.shown import status_text

    with user_errors():
        from labs.run import seconds_to_wait

        answer = open_run(folder).wait(seconds_to_wait(time))
    typer.echo(json.dumps(answer, indent=2) if as_json else status_text(answer))


def curl(
    url: Annotated[
        str, typer.Argument(metavar="[URL]", help="A path, or an address of a load balancer of the lab.")
    ] = "/",
    times: Annotated[int, typer.Option("--times", min=1, max=1000, help="How many requests.")] = 1,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send requests as the lab's customers do.

    Through its load balancer; the answers are counted.
    """
    with user_errors():
        answer = open_run(folder).curl(url, times)
    if as_json:
        typer.echo(json.dumps(answer, indent=2))
        return
    typer.echo(f"GET {answer['url']}")
    for code, count in answer["answers"].items():
        typer.echo(f"HTTP {code}" + (f"  {count} of {times}" if times > 1 else ""))


def logs(
    group: Annotated[
        str, typer.Argument(metavar="[GROUP]", help="A log group. Without it: all.", show_default=False)
    ] = "",
    lines: Annotated[
        int, typer.Option("--lines", "-n", min=1, max=2000, help="How many lines at most.")
    ] = 50,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the containers' newest log lines.

    `aws logs tail` (AWS CLI 2) and `aws logs filter-log-events` show the same.
    """
    with user_errors():
        answer = open_run(folder).logs(group, lines)
    if as_json:
        typer.echo(json.dumps(answer, indent=2))
        return
    for entry in answer["lines"]:
        moment = datetime.fromtimestamp(entry["at"] / 1000).astimezone()
        typer.echo(f"{moment:%H:%M:%S}  {entry['stream']}  {entry['line']}")
    if not answer["lines"]:
        where = group or ", ".join(answer["groups"]) or "the lab has no log group"
        typer.echo(f"No log lines yet ({where}).", err=True)


def _show_again(text: str, plain: bool) -> None:
    import sys

    if sys.stdout.isatty() and not plain:
        typer.echo(f"{CLEAR}{text}\n\nCtrl-C ends this view, not the lab.")
    else:
        typer.echo(text)
