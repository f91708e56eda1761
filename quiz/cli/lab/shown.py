"""How labs look on a terminal. Colour only underlines what words say."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from labs.records import Record
    from labs.scenarios.questions import Question
    from labs.scenarios.scenario import Scenario


WIDEST = 100  # columns; longer lines are hard to read


def summary(scenario: Scenario, record: Record | None = None) -> dict[str, Any]:
    return {
        "lab": scenario.name,
        "title": scenario.title,
        "level": scenario.level,
        "minutes": scenario.minutes,
        "question": scenario.question,
        "seed": scenario.variation.seed if scenario.variation else None,
        "passes": record.passes if record else 0,
        "best": record.best if record else None,
    }


def show_list(entries: Sequence[Mapping[str, Any]]) -> None:
    longest = max((len(entry["title"]) for entry in entries), default=0)
    for entry in entries:
        number, _, slug = entry["lab"].partition("-")
        done = f"done {entry['passes']}x, best {duration(entry['best'])}" if entry["passes"] else "new"
        minutes = f"{entry['minutes']} min"
        line = f"{number}  {entry['title']:<{longest}}  {entry['level']:<6}  {minutes:>6}  {done:<22}  {slug}"
        typer.echo(line)
    finished = sum(entry["passes"] > 0 for entry in entries)
    typer.echo(f"\n{finished} of {len(entries)} repaired. Start one: ecsquiz lab start {_next(entries)}")


def _next(entries: Sequence[Mapping[str, Any]]) -> str:
    new = [entry for entry in entries if not entry["passes"]] or list(entries)
    return str(new[0]["lab"]).partition("-")[0] if new else ""


def show_brief(scenario: Scenario) -> None:
    typer.secho(f"{scenario.number}  {scenario.title}", bold=True)
    seed = f", seed {scenario.variation.seed}" if scenario.variation else ""
    typer.echo(f"{scenario.level}, about {scenario.minutes} minutes{seed}\n")
    typer.echo(paragraphs(scenario.brief) + "\n")
    if scenario.questions:
        names = ", ".join(question.name for question in scenario.questions)
        typer.echo(f"The lab also asks you something ({names}): ecsquiz lab answer\n")


def status_text(answer: Mapping[str, Any]) -> str:
    lines = []
    for entry in answer["services"]:
        lines.append(
            f"{entry['cluster']}/{entry['service']}: {entry['running']} of {entry['desired']} running, "
            f"{entry['pending']} pending, {entry['healthy']} healthy"
            + (f", rollout {entry['rollout']}" if entry["rollout"] else "")
        )
        if entry["event"]:
            lines.append(f"  {entry['event']}")
    lines += [f"{entry['balancer']}: HTTP {entry['answer']}" for entry in answer["balancers"]]
    return "\n".join(lines)


def show_report(report: Mapping[str, Any], explain: bool) -> None:
    for kind in ("outcomes", "guards"):
        if explain and report[kind]:
            typer.secho(kind.capitalize(), bold=True)
        for item in report[kind]:
            (_explained if explain else _told)(item)
    if explain:
        typer.echo(f"\nThe check let {duration(report['waited'])} of the lab's time pass first.")
    if report["passed"]:
        typer.secho(
            f"\nRepaired in {duration(report['seconds'])}. What happened: ecsquiz lab solution", bold=True
        )
    elif report["offer_hint"]:
        typer.echo("\nNot repaired yet. Stuck? A nudge that does not tell: ecsquiz lab hint")
    elif explain:
        typer.echo("\nNot repaired yet.")
    else:
        typer.echo("\nNot repaired yet. More on each point: ecsquiz lab check --explain")


def _told(item: Mapping[str, Any]) -> None:
    _mark(item)
    typer.echo(f"  {item['wanted']}: {item['observed']}")
    if item["because"] and not item["passed"]:
        typer.echo(f"{'':>8}  {item['because']}")


def _explained(item: Mapping[str, Any]) -> None:
    _mark(item)
    typer.echo(f"  {item['check']}")
    for name, text in (("wanted", item["wanted"]), ("observed", item["observed"]), ("why", item["because"])):
        if text:
            typer.echo(_hanging(f"{'':>10}{name:<10}", text))


def _mark(item: Mapping[str, Any]) -> None:
    typer.secho(
        f"{'ok' if item['passed'] else 'not yet':>8}", fg="green" if item["passed"] else "red", nl=False
    )


def show_questions(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> None:
    for question in questions:
        typer.secho(f"{question.name}: ", bold=True, nl=False)
        typer.echo(question.ask)
        given = answers.get(question.name, ())
        for number, choice in enumerate(question.choices, 1):
            typer.echo(f"  {'*' if choice in given else ' '} {number}  {choice}")
        if given and not question.choices:
            typer.echo(f"  * {given[0]}")
        several = question.choices and len(question.right) > 1
        example = "1 2" if several else "1" if question.choices else "VALUE"
        typer.echo(f"  Answer: ecsquiz lab answer {question.name} {example}\n")


def duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def paragraphs(text: str) -> str:
    """The text with its paragraphs wrapped for the terminal; indented lines stay as they are."""
    width = min(max(shutil.get_terminal_size((100, 24)).columns, 40), WIDEST)
    found = []
    for paragraph in text.strip().split("\n\n"):
        plain: list[str] = []
        for line in paragraph.splitlines():
            if line.startswith(" "):
                found += [textwrap.fill(" ".join(plain), width)] if plain else []
                found.append(line)
                plain = []
            else:
                plain.append(line)
        found += [textwrap.fill(" ".join(plain), width)] if plain else []
        found.append("")
    return "\n".join(found).strip()


def flowing(text: str) -> str:
    return " ".join(text.split())


def _hanging(head: str, text: str) -> str:
    width = max(shutil.get_terminal_size((100, 24)).columns, 40)
    return textwrap.fill(text, width, initial_indent=head, subsequent_indent=" " * len(head))
