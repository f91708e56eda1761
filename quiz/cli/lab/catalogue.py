"""`ecsquiz lab list`, `verify` and `doctor`: which labs there are, whether they hold and can run here."""

from __future__ import annotations

import json
import os
from typing import Annotated

import typer

from quiz.cli.lab.opening import FolderOption, complete_lab, open_run, user_errors
from quiz.cli.options import JsonOption


def register_list(app: typer.Typer) -> None:
    app.command("list", epilog="Example: ecsquiz lab list --json")(list_labs)


def register_proofs(app: typer.Typer) -> None:
    app.command(epilog="Example: ecsquiz lab doctor")(doctor)
    app.command(epilog="Examples: ecsquiz lab verify 101; ecsquiz lab verify --all --json")(verify)


def list_labs(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """List the labs, with your best times.

    By number, with level, minutes and how often you repaired each.
    """
    from quiz.cli.lab.shown import show_list, summary

    with user_errors():
        from labs.scenarios.catalogue import scenarios

        run = open_run(folder)
        run.keep_pass()
        records = run.records.by_lab()
        entries = [summary(scenario, records.get(scenario.name)) for scenario in scenarios()]
    if as_json:
        typer.echo(json.dumps(entries, indent=2))
    else:
        show_list(entries)


def doctor(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Look whether labs can run here.

    Python packages, AWS CLI, ports, shell, a lab left behind: what is there, what is missing, the remedy.
    Exit code 1 if something is missing that labs need.
    """
    from labs.terminal.doctor import examine

    findings = list(examine(open_run(folder).folder, os.environ))
    if as_json:
        typer.echo(json.dumps([finding.as_dict() for finding in findings], indent=2))
    else:
        colours = {"ok": "green", "note": "yellow", "bad": "red"}
        for finding in findings:
            typer.secho(f"{finding.state:>5}", fg=colours[finding.state], nl=False)
            typer.echo(f"  {finding.what}: {finding.found}")
            if finding.remedy:
                typer.echo(f"       {finding.remedy}")
    if any(finding.state == "bad" for finding in findings):
        raise typer.Exit(1)


def verify(
    labs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LAB]...", help="Numbers or names of labs.", autocompletion=complete_lab),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Prove every lab.")] = False,
    seeds: Annotated[int, typer.Option("--seeds", min=0, help="How many variations to prove, too.")] = 2,
    as_json: JsonOption = False,
) -> None:
    """Prove labs, for those who write them.

    Healthy is healthy, broken fails, wrong repairs fail, accepted repairs pass. Also after a restart, and
    with a few seeds. Exit code 1 if one does not hold.
    """
    if bool(labs) == every:
        raise typer.BadParameter("Name labs, or give --all.")
    failed, results = 0, []
    with user_errors():
        from labs.run import need_moto
        from labs.scenarios.catalogue import find, scenarios

        need_moto()
        from labs.checks.verify import verify_all

        wanted = scenarios() if every else [find(lab) for lab in labs or ()]
        for case in verify_all(wanted, range(1, seeds + 1)):
            failed += not case.holds
            results.append(case.as_dict())
            if not as_json:
                typer.echo(case.line())
    if as_json:
        typer.echo(json.dumps(results, indent=2))
    if failed:
        typer.echo(f"{failed} of {len(results)} proofs do not hold.", err=True)
        raise typer.Exit(1)
    if not as_json:
        typer.echo(f"All {len(results)} proofs hold.")
