"""`ecsquiz practice`: drill what is due, then what is new."""

from __future__ import annotations

from typing import Annotated

import typer

from quiz.cli.options import BankOption, LearnerOption
from quiz.items.item import Kind


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: ecsquiz practice --topic networking --new 5 --minutes 15")(practice)


def practice(
    level: Annotated[str | None, typer.Option("--level", help="Only this level.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only items of this kind.")] = None,
    question: Annotated[int | None, typer.Option("--question", help="Only this question's items.")] = None,
    new: Annotated[int, typer.Option("--new", min=0, help="At most so many new items.")] = 10,
    lab_linked: Annotated[
        bool,
        typer.Option("--lab-linked", help="Only questions that have a lab."),
    ] = False,
    cram: Annotated[
        bool,
        typer.Option("--cram", help="Go over what you have met, weakest first, due or not; keeps nothing."),
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Stop after so many answers.", show_default=False)
    ] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", min=0, help="Stop after so many minutes.", show_default=False)
    ] = None,
    learner: LearnerOption = "me",
    plain: Annotated[
        bool | None,
        typer.Option(
            "--plain/--no-plain",
            help="Words instead of marks and colour, for screen readers. Default: as the terminal is.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option("--seed", help="Decides the order of new items and options.", show_default=False),
    ] = None,
    bank: BankOption = None,
) -> None:
    """Practise: first what is due, then what is new.

    Each answer is graded, saved at once, and asked again when you are about to forget it; so you may stop
    at any moment, and go on with the same command. Type ? in a session to see all keys: hint, skip, undo,
    set aside, flag, open the page. Your progress is kept in your own data folder, or in the database that
    ECSQUIZ_DATABASE_URL names.
    """
    from quiz.practice.opening import Plan, practise
    from quiz.practice.supply import Wish

    practise(
        bank,
        Wish(level, topic, kind, question, lab_linked),
        Plan(new, limit, minutes, learner, seed, cram, plain),
    )
