"""`ecsquiz exam new`: a blueprint from a few questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from quiz.cli.exam import (
    CountOption,
    KindOption,
    LevelOption,
    TitleOption,
    TopicOption,
    VariantsOption,
    exam_app,
)
from quiz.cli.options import BankOption
from quiz.errors import UserError

if TYPE_CHECKING:
    from quiz.exams.blueprint import Selection
    from quiz.source.question import BankSpec

Value = TypeVar("Value")


def register(app: typer.Typer) -> None:  # noqa: ARG001 - it belongs to `ecsquiz exam`
    exam_app.command(
        epilog="Example: ecsquiz exam new term.yml --count 20 --level fundamentals --minutes 45 --variants 2"
    )(new)


def new(
    file: Annotated[Path, typer.Argument(help="The blueprint to write, such as term.yml.")],
    title: TitleOption = None,
    count: CountOption = None,
    level: LevelOption = None,
    topic: TopicOption = None,
    kind: KindOption = None,
    minutes: Annotated[
        int | None,
        typer.Option("--minutes", min=0, help="How long; 0: no limit.", show_default=False),
    ] = None,
    pass_mark: Annotated[
        float | None,
        typer.Option("--pass-mark", min=0, max=100, help="Percent of the points.", show_default=False),
    ] = None,
    wrong: Annotated[
        float | None,
        typer.Option("--wrong", min=0, help="Points taken off for a wrong choice.", show_default=False),
    ] = None,
    variants: VariantsOption = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Default: chance decides.", show_default=False)
    ] = None,
    bank: BankOption = None,
) -> None:
    """Write a blueprint, with comments that say what else can stand in it.

    In a terminal it asks for what no option says; elsewhere that takes its default.
    """
    import secrets
    import sys

    from quiz.bank.locate import open_bank
    from quiz.exams.blueprint import PASS_MARK
    from quiz.exams.blueprint_draft import BlueprintDraft, draft_text

    if file.exists():
        raise UserError("there is a file of this name already.", "Choose another name.", file)
    asks = sys.stdin.isatty()
    with open_bank(bank) as opened:
        spec = opened.spec
    heading = _asked(asks, title, "Title", f"{spec.title} exam", lambda text: " ".join(text.split()))
    selection = _selection(asks, spec, count, level, topic, kind)
    draft = BlueprintDraft(
        title=heading or f"{spec.title} exam",
        selection=selection,
        minutes=_asked(asks, minutes, "Minutes (0: no limit)", "0", _whole(0)) or None,
        pass_mark=_asked(asks, pass_mark, "Pass mark in percent", f"{PASS_MARK:.0%}", _percent) / 100,
        wrong=_asked(asks, wrong, "Points taken off for a wrong choice", "0", _amount),
        variants=_asked(asks, variants, "Variants", "1", _whole(1, 702)),
        seed=secrets.randbelow(10_000) if seed is None else seed,
    )
    _write(file, draft_text(draft, spec, file.name))
    typer.echo(f"{file}\nNext: ecsquiz exam plan {file}")


def _selection(
    asks: bool,
    spec: BankSpec,
    count: int | None,
    level: list[str] | None,
    topic: list[str] | None,
    kind: list[str] | None,
) -> Selection:
    from quiz.exams.blueprint import plan_selection
    from quiz.items.item import Kind

    def names(what: str) -> Callable[[str], list[str]]:
        def read(text: str) -> list[str]:
            found = [] if text.strip() == "all" else text.replace(",", " ").split()
            plan_selection(spec, 1, **{f"{what}s": found})
            return found

        return read

    def one_of(slugs: list[str]) -> str:
        return f"any of {', '.join(slugs)}"

    number = _asked(asks, count, "How many items", "10", _whole(1))
    levels = one_of([known.slug for known in spec.levels])
    topics = one_of([known.slug for known in spec.topics])
    kinds = one_of([known.value for known in Kind])
    return plan_selection(
        spec,
        number,
        levels=_asked(asks, level, f"Levels, {levels}", "all", names("level")),
        topics=_asked(asks, topic, f"Topics, {topics}", "all", names("topic")),
        kinds=_asked(asks, kind, f"Kinds, {kinds}", "all", names("kind")),
    )


def _asked(
    asks: bool, given: Value | None, question: str, default: str, read: Callable[[str], Value]
) -> Value:
    """What the option says, else what is answered, else the default. What `read` refuses is asked again."""
    if given is not None:
        return given
    if not asks:
        return read(default)
    while True:
        try:
            return read(str(typer.prompt(question, default=default)))
        except UserError as error:
            typer.echo(str(error))


def _whole(least: int, most: int = 10_000) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.strip().isdecimal() or not least <= int(text) <= most:
            raise UserError(f"`{text}` will not do.", f"Type a whole number from {least} to {most}.")
        return int(text)

    return read


def _percent(text: str) -> float:
    number = _number(text.strip().removesuffix("%"))
    if not 0 <= number <= 100:
        raise UserError(f"`{text}` will not do.", "Type percent, such as 60.")
    return number


def _amount(text: str) -> float:
    number = _number(text)
    if not 0 <= number <= 1000:
        raise UserError(f"`{text}` will not do.", "Type a number such as 0.25.")
    return number


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise UserError(f"this cannot be written: {error.strerror}.", "Choose another name.", file) from error
