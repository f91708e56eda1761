"""How long planning, printing and marking take: from 10,000 items, 100 variants of 40, and 1,000 sittings."""

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

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from tests.benchmarks.measure import Measurement
from tests.exams.exam_samples import spread, write_sample_bank

QUESTIONS = 960
"""Of the sample bank, which give more than 10,000 items."""
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
    yield planning()
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


def planning() -> Measurement:
    """The whole command, on a compiled bank whose questions all say something else."""
    with TemporaryDirectory() as place:
        bank = Path(place) / "bank.sqlite"
        build_bank(write_sample_bank(Path(place) / "bank", spread(QUESTIONS)), bank)
        with Bank.open(bank) as opened:
            items = len(opened.items())
        cells = [f"  - items: [{{count: 10, level: {level}}}]" for level in ("easy", "middle", "hard")]
        blueprint = Path(place) / "blueprint.yml"
        blueprint.write_text("\n".join(["sections:", *cells, "  - items: [{count: 10, kind: choice}]"]))
        seconds = min(run(("exam", "plan", str(blueprint), "--bank", str(bank)))[0] for _ in range(5))
    return Measurement(f"planning 40 items of a bank of {items:,}", seconds, limit=1.0)


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
