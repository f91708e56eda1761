"""What `ecsquiz exam plan` shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quiz.exams.blueprint import Blueprint
from quiz.exams.paper import in_points
from quiz.exams.plan import ExamPlan


def as_data(blueprint: Blueprint, plan: ExamPlan) -> dict[str, Any]:
    """For machines."""
    return {
        "title": blueprint.title,
        "possible": plan.refusal is None,
        "problem": str(plan.refusal) if plan.refusal else "",
        "items": plan.items,
        "questions": plan.questions,
        "points": plan.points,
        "difficulty": round(plan.difficulty, 3),
        "minutes": blueprint.minutes,
        "pass_mark": blueprint.pass_mark,
        "variants": blueprint.variants,
        "seed": blueprint.seed,
        "cells": [
            {
                "section": row.section,
                "title": row.title,
                "asks_for": row.asks_for,
                "wanted": row.wanted,
                "in_bank": row.in_bank,
                "allowed": row.allowed,
                "chosen": row.chosen,
                "missing": row.missing,
            }
            for row in plan.rows
        ],
        "levels": plan.levels,
        "topics": plan.topics,
        "kinds": plan.kinds,
    }


def show(blueprint: Blueprint, plan: ExamPlan) -> None:
    """For people."""
    console = Console(highlight=False)
    title = Text(blueprint.title, "bold")
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Section")
    table.add_column("Asks for")
    for head in ("Wanted", "Bank", "Allowed", "Chosen", "Missing"):
        table.add_column(head, justify="right")
    for row in plan.rows:
        missing = Text(str(row.missing), "bold red") if row.missing else Text("-")
        counts = (row.wanted, row.in_bank, row.allowed, row.chosen)
        section = Text(f"{row.section} {row.title}".strip())
        table.add_row(section, Text(row.asks_for), *map(str, counts), missing)
    console.print(table)
    console.print(Text(_summary(blueprint, plan)))
    for name, counts_by in (("Levels", plan.levels), ("Kinds", plan.kinds), ("Topics", plan.topics)):
        console.print(Text(f"{name}: {_counted(counts_by)}."))


def _summary(blueprint: Blueprint, plan: ExamPlan) -> str:
    parts = [
        f"{plan.items} items from {plan.questions} questions",
        in_points(plan.points),
        f"expected score {1 - plan.difficulty:.0%}",
        f"pass from {blueprint.pass_mark:.0%}",
        *([f"{blueprint.minutes} minutes"] if blueprint.minutes else []),
        f"{blueprint.variants} {'variant' if blueprint.variants == 1 else 'variants'}",
        f"seed {blueprint.seed}",
    ]
    return f"{', '.join(parts)}."


def _counted(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered) or "none"
