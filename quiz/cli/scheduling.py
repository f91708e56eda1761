"""`ecsquiz progress settings` and `optimise`: how a learner is scheduled."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import JsonOption, LearnerOption
from quiz.cli.progress import database_here, progress_app
from quiz.errors import UserError

if TYPE_CHECKING:
    from quiz.practice.optimising import Fit
    from quiz.practice.tuning import Tuning


def register(app: typer.Typer) -> None:  # noqa: ARG001 - its commands belong to `ecsquiz progress`
    progress_app.command(epilog="Example: ecsquiz progress settings --retention 0.85 --learning-steps 1,10")(
        settings
    )
    progress_app.command(epilog="Example: ecsquiz progress optimise --apply")(optimise)


def settings(
    retention: Annotated[
        float | None,
        typer.Option("--retention", help="How likely you should still know an item when it comes back."),
    ] = None,
    learning_steps: Annotated[
        str | None, typer.Option("--learning-steps", help="Minutes until a new item comes back: 1,10")
    ] = None,
    relearning_steps: Annotated[
        str | None, typer.Option("--relearning-steps", help="The same for a forgotten item: 10")
    ] = None,
    fuzz: Annotated[
        bool | None, typer.Option("--fuzz/--no-fuzz", help="Spread what would come back on one day.")
    ] = None,
    fuzz_seed: Annotated[int | None, typer.Option("--fuzz-seed", help="Decides how it is spread.")] = None,
    usual: Annotated[bool, typer.Option("--usual", help="Back to what is usual.")] = False,
    learner: LearnerOption = "me",
    as_json: JsonOption = False,
) -> None:
    """Show or change how you are scheduled. What is scheduled already stays as it is."""
    from quiz.practice.settings import tune, tuning_of
    from quiz.practice.tuning import USUAL

    if fuzz_seed is not None and fuzz is False:
        raise typer.BadParameter("--no-fuzz and --fuzz-seed exclude each other.")
    with database_here() as database:
        before = tuning_of(database, learner)
        after = USUAL if usual else before
        if retention is not None:
            after = replace(after, retention=retention)
        if learning_steps is not None:
            after = replace(after, learning_steps=_steps(learning_steps))
        if relearning_steps is not None:
            after = replace(after, relearning_steps=_steps(relearning_steps))
        if fuzz_seed is not None or fuzz is not None:
            seed = fuzz_seed if fuzz_seed is not None else (after.fuzz or 0)
            after = replace(after, fuzz=None if fuzz is False else seed)
        if after != before:
            tune(database, learner, after)
    _show(after, as_json)


def optimise(
    apply: Annotated[
        bool, typer.Option("--apply", help="Use what was fitted, if it predicts better.")
    ] = False,
    learner: LearnerOption = "me",
    as_json: JsonOption = False,
) -> None:
    """Fit the schedule to your own memory, and say whether it predicts better than what you use now.

    It is fitted to your older reviews and judged by the newest fifth, which it has not seen.
    """
    from quiz.cli.progress_bar import progress_bar
    from quiz.practice.exchange import history_of
    from quiz.practice.optimising import applied, reviews_of
    from quiz.practice.optimising import optimise as fitted
    from quiz.practice.settings import tune, tuning_of

    with database_here() as database:
        tuning = tuning_of(database, learner)
        with progress_bar("Fitting") as advance:
            fit = fitted(reviews_of(history_of(database, learner)), tuning, lambda n: advance(n, 0))
        used = apply and fit.better
        if used:
            tune(database, learner, applied(tuning, fit))
    _report(fit, used, apply, as_json)


def _steps(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UserError(f"`{text}` is no list of minutes.", "Write it as 1,10") from error


def _show(tuning: Tuning, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        typer.echo(json.dumps(asdict(tuning), indent=2))
        return
    steps, again = (
        ", ".join(f"{step:g}" for step in steps) or "none"
        for steps in (tuning.learning_steps, tuning.relearning_steps)
    )
    typer.echo(f"Retention         {tuning.retention:g}")
    typer.echo(f"Learning steps    {steps} (minutes)")
    typer.echo(f"Relearning steps  {again} (minutes)")
    typer.echo(f"Fuzz              {'off' if tuning.fuzz is None else f'on, seed {tuning.fuzz}'}")
    typer.echo(f"Parameters        {'those of FSRS' if tuning.parameters is None else 'fitted to you'}")


def _report(fit: Fit, used: bool, wanted: bool, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        typer.echo(json.dumps({**asdict(fit), "better": fit.better, "applied": used}, indent=2))
        return
    typer.echo(f"Learnt from {fit.reviews} reviews; judged by the newest {fit.before.count}.")
    typer.echo(f"{'':22}{'now':>8}{'fitted':>9}")
    for name, title in (("log_loss", "log loss"), ("calibration", "calibration error")):
        typer.echo(f"{title:22}{getattr(fit.before, name):8.4f}{getattr(fit.after, name):9.4f}")
    typer.echo(f"{'predicted recall':22}{fit.before.predicted:8.1%}{fit.after.predicted:9.1%}")
    typer.echo(f"{'recalled':22}{fit.before.recalled:8.1%}")
    if used:
        typer.echo("The fitted parameters are used from now on; `settings --usual` goes back.")
    elif not fit.better:
        typer.echo("What you use now predicts as well: nothing is changed.")
    elif not wanted:
        typer.echo("Use what was fitted with: ecsquiz progress optimise --apply")
