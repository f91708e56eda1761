"""`ecsquiz lab`: broken ECS environments on this machine, repaired with the real AWS tools."""

from __future__ import annotations

import os

import typer

from quiz.cli.lab import catalogue, looking, running, solving

lab_app = typer.Typer(
    no_args_is_help=True,
    help="Repair broken ECS environments on this machine: no account, no Docker, no network.",
    epilog="Example: ecsquiz lab start 101, then ecsquiz lab shell and use aws as always.",
)


@lab_app.callback()
def colours(context: typer.Context) -> None:
    if os.environ.get("NO_COLOR"):
        context.color = False


def register(app: typer.Typer) -> None:
    catalogue.register_list(lab_app)
    running.register(lab_app)
    looking.register(lab_app)
    solving.register(lab_app)
    catalogue.register_proofs(lab_app)
    app.add_typer(lab_app, name="lab")
