"""A blueprint as a YAML file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from quiz.bank.store import Bank, known
from quiz.errors import UserError
from quiz.exams.blueprint import PASS_MARK, Blueprint, EarlierExam, SectionPlan, Selection, plan_selection
from quiz.exams.earlier import read_earlier
from quiz.exams.yaml_table import Table, read_table
from quiz.items.item import Kind

MOST_VARIANTS: Final = 702
"""As many as there are labels of one letter or two."""

_KEYS: Final = (
    *("title", "instructions", "minutes", "pass_mark", "seed", "variants", "swap", "show_result"),
    *("exclude", "avoid", "sections"),
)
_SECTION_KEYS: Final = ("title", "instructions", "points", "wrong", "fixed", "items")
_CELL_KEYS: Final = ("count", "level", "topic", "kind")


def read_blueprint(path: Path, bank: Bank) -> Blueprint:
    """The blueprint in this file. Earlier exams to avoid are named relative to it.

    Raises UserError with file and line for what it cannot mean, and for names that the bank does not have.
    """
    table = read_table(path, _KEYS)
    check = _in_bank(bank)
    sections = table.tables("sections", _SECTION_KEYS, "a section")
    if not sections:
        raise table.error("sections", "there are no `sections`.", "Write at least one, with `items`.")
    blueprint = Blueprint(
        title=" ".join(table.text("title").split()) or f"{bank.spec.title} exam",
        sections=tuple(_section(section, bank, check) for section in sections),
        seed=table.whole("seed", 1),
        variants=table.whole("variants", 1, least=1, most=MOST_VARIANTS),
        instructions=table.text("instructions"),
        minutes=table.whole("minutes", 0, least=1) or None,
        pass_mark=table.share("pass_mark", PASS_MARK),
        exclude=table.names("exclude", check),
        avoid=_earlier(table),
        swap=table.flag("swap"),
        show_result=table.flag("show_result"),
    )
    return _without_contradictions(table, blueprint)


def _earlier(table: Table) -> tuple[EarlierExam, ...]:
    found: list[EarlierExam] = []
    table.names("avoid", lambda name: found.append(read_earlier(table.path.parent / name)))
    return tuple(found)


def _section(table: Table, bank: Bank, check: Callable[[str], None]) -> SectionPlan:
    cells = tuple(_cell(cell, bank) for cell in table.tables("items", _CELL_KEYS, "an entry of `items`"))
    fixed = table.names("fixed", check)
    if not cells and not fixed:
        raise table.error("items", "this section asks for nothing.", "Write `items` with a `count`.")
    points = table.amount("points")
    if points == 0:
        raise table.error("points", "`points` cannot be 0.", "Leave it out for the points of each item.")
    return SectionPlan(
        cells=cells,
        title=" ".join(table.text("title").split()),
        instructions=table.text("instructions"),
        points=points,
        wrong=table.amount("wrong") or 0,
        fixed=fixed,
    )


def _cell(table: Table, bank: Bank) -> Selection:
    if "count" not in table:
        raise table.error("count", "this entry has no `count`.", "Write how many items, such as count: 5.")
    spec = bank.spec
    names = {
        "level": [level.slug for level in spec.levels],
        "topic": [topic.slug for topic in spec.topics],
        "kind": [kind.value for kind in Kind],
    }
    chosen = {key: table.names(key, _one_of(key, possible)) for key, possible in names.items()}
    count = table.whole("count", 0, least=1)
    return plan_selection(spec, count, levels=chosen["level"], topics=chosen["topic"], kinds=chosen["kind"])


def _one_of(what: str, names: Sequence[str]) -> Callable[[str], None]:
    return lambda name: known(what, name, names)


def _in_bank(bank: Bank) -> Callable[[str], None]:
    """Raises UserError for what is neither the number of a question nor the id of an item."""
    numbers = set(map(str, bank.numbers()))

    def check(name: str) -> None:
        number = name.partition("/")[0]
        if number not in numbers:
            remedy = "See them all with: ecsquiz list"
            raise UserError(f"there is no question `{number}` in this bank.", remedy)
        if "/" in name:
            known("item", name, [item.id for item in bank.items(question=int(number))])

    return check


def _without_contradictions(table: Table, blueprint: Blueprint) -> Blueprint:
    """Raises UserError where something is fixed twice, or both fixed and excluded."""
    fixed = [name for section in blueprint.sections for name in section.fixed]
    for name in fixed:
        if fixed.count(name) > 1:
            raise table.error("sections", f"`{name}` is fixed in two sections.", "Take one of them out.")
        if {name, name.partition("/")[0]} & set(blueprint.exclude):
            raise table.error("exclude", f"`{name}` is fixed and excluded.", "Take one of them out.")
    return blueprint
