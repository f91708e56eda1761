"""How long printing and marking take: 100 variants of 40 items as PDF, and 1,000 sittings of 40 items."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.measure import Measurement

VARIANTS = 100
SITTINGS = 1_000
FREE_TEXT = 10

BLUEPRINT = f"""\
title: Benchmark
seed: 1
variants: {VARIANTS}
sections:
  - title: Letters
    wrong: 0.25
    items: [{{count: 20, kind: choice}}, {{count: 2, kind: matching}}, {{count: 2, kind: ordering}}]
  - title: Words
    items: [{{count: 3, kind: cloze}}, {{count: 3, kind: command}}, {{count: {FREE_TEXT}, kind: recall}}]
"""


def measure() -> Iterator[Measurement]:
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "blueprint.yml").write_text(BLUEPRINT)
        build = (
            "exam",
            "build",
            str(folder / "blueprint.yml"),
            "--format",
            "pdf",
            "--out",
            str(folder / "exam"),
        )
        seconds, size = run(build)
        name = f"{VARIANTS} variants of 40 items as PDF, with answer sheets and key"
        yield Measurement(name, seconds, limit=20.0)
        yield Measurement(f"memory of the same, {VARIANTS} variants", size, limit=500e6, unit="B")
        write_sittings(json.loads((folder / "exam" / "exam.json").read_bytes()), folder / "answers.csv")
        mark = (
            "exam",
            "mark",
            "--key",
            str(folder / "exam"),
            "--out",
            str(folder / "marks"),
            "--sheets",
            "html",
        )
        seconds, _ = run((*mark, str(folder / "answers.csv")))
        name = f"marking {SITTINGS:,} sittings of 40 items, {FREE_TEXT} of them free text, with HTML sheets"
        yield Measurement(name, seconds, limit=30.0)


def run(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds, and the most bytes that were in memory, of one command."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "quiz", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{arguments} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def write_sittings(record: dict[str, Any], path: Path) -> None:
    """A class whose members know more and less."""
    chance = random.Random(1)
    items = {item["id"]: item for item in record["items"]}
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["learner id", "name", "paper", *range(1, 41)])
        for index in range(SITTINGS):
            variant, known = chance.choice(record["variants"]), chance.random()
            given = [answer(items[placed["item"]], placed, known, chance) for placed in variant["items"]]
            writer.writerow([f"learner-{index}", f"Learner {index}", variant["id"], *given])


def answer(item: dict[str, Any], placed: dict[str, Any], known: float, chance: random.Random) -> str:
    right = chance.random() < known
    if item["kind"] == "recall":
        points = [point["text"].replace("**", "") for point in item["key_points"]]
        return ". ".join(chance.sample(points, round(known * len(points)))) or "I do not know."
    if not placed["letters"]:
        return str(item["answers"][0]) if right else "something else"
    letters = list(placed["letters"])
    if not right:
        letters = [chance.choice("ABC")] if item["kind"] == "choice" else chance.sample(letters, len(letters))
    return "".join(letters)
