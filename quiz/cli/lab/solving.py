"""`ecsquiz lab check`, `hint`, `answer`, `solution`: towards the repair, and after it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from quiz.cli.lab.opening import FolderOption, complete_question, open_run, tell_passes, user_errors
from quiz.cli.options import JsonOption


def register(app: typer.Typer) -> None:
    app.command(epilog="Examples: ecsquiz lab check; ecsquiz lab check --explain")(check)
    app.command(epilog="Example: ecsquiz lab hint")(hint)
    app.command(epilog="Examples: ecsquiz lab answer; ecsquiz lab answer cause 2 4")(answer)
    app.command(epilog="Example: ecsquiz lab solution --give-up")(solution)


def check(
    explain: Annotated[
        bool, typer.Option("--explain", help="Point by point: what is wanted, what was observed, and why.")
    ] = False,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is still wrong.

    Outcome by outcome and guard by guard. Exit code 0 if the lab is repaired, 1 if not. Lets up to 20
    minutes of the lab's time pass, so that a repair can take effect. A pass counts as practice of the
    lab's question.
    """
    from quiz.cli.lab.shown import show_report

    with user_errors():
        run = open_run(folder)
        report = run.check()
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        show_report(report, explain)
    if not report["passed"]:
        raise typer.Exit(1)
    tell_passes(run)


def hint(folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Print the next hint. Each narrows the search, none tells the repair."""
    from quiz.cli.lab.shown import flowing

    with user_errors():
        number, count, text = open_run(folder).hint()
    if as_json:
        typer.echo(json.dumps({"hint": number, "of": count, "text": text}, indent=2))
        return
    typer.echo(f"Hint {number} of {count}: {flowing(text)}")
    if number == count:
        typer.echo(
            "That was the last one. To see how it can be repaired: ecsquiz lab solution --give-up", err=True
        )


def answer(
    question: Annotated[
        str,
        typer.Argument(
            metavar="[QUESTION]",
            help="Name of a question of the lab.",
            show_default=False,
            autocompletion=complete_question,
        ),
    ] = "",
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ANSWER]...", help="Numbers of choices, or a value.", show_default=False),
    ] = None,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer what the lab asks, or show what it asks.

    Some labs ask for the cause, too. The check says whether an answer is right.
    """
    from quiz.cli.lab.shown import show_questions

    with user_errors():
        run = open_run(folder)
        if question and words:
            run.answer(question, words)
        shown = (run.question(question),) if question else run.scenario().questions
        answers = run.answers()
    if as_json:
        entries = [
            {"name": item.name, "ask": item.ask, "choices": item.choices, "answer": answers.get(item.name)}
            for item in shown
        ]
        typer.echo(json.dumps(entries, indent=2))
        return
    if not shown:
        typer.echo("This lab asks no questions: repair it, then ecsquiz lab check.")
        return
    show_questions(shown, answers)


def solution(
    give_up: Annotated[
        bool, typer.Option("--give-up", help="Show it although the lab is not repaired.")
    ] = False,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print repairs that work, and what had happened.

    After a pass, or when you give up; then the lab does not count.
    """
    from quiz.cli.lab.shown import paragraphs

    with user_errors():
        from labs.commands import commands
        from labs.scenarios.steps import filled

        scenario, known = open_run(folder).solution(give_up)
        repairs = {
            name: [scenario.named(line) for line in commands(steps, known)]
            for name, steps in scenario.repairs.items()
        }
        answers = {item.name: [filled(text, known) for text in item.right] for item in scenario.questions}
    if as_json:
        entry = {"lab": scenario.name, "repairs": repairs, "answers": answers, "debrief": scenario.debrief}
        typer.echo(json.dumps(entry, indent=2))
        return
    for name, found in repairs.items():
        typer.secho(f"Repair: {name}", bold=True)
        typer.echo("\n".join(f"  {line}" for line in found) + "\n")
    for name, right in answers.items():
        typer.secho(f"Answer: {name}", bold=True)
        typer.echo("\n".join(f"  {text}" for text in right) + "\n")
    typer.secho("What happened", bold=True)
    if scenario.variation and scenario.variation.left_out:
        typer.echo(f"(This variation was without: {', '.join(scenario.variation.left_out)}.)\n")
    typer.echo(paragraphs(scenario.debrief))
    typer.echo(f"\nThe question to this lab: ecsquiz show {scenario.question}")
