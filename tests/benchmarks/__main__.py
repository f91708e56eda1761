"""Measure the budgets of the design: `python -m tests.benchmarks [--json] [--write FILE] [NAME ...]`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.measure import Measurement

NAMES = ("startup", "build", "check", "grading", "practice", "memory", "site", "browser", "labs", "exams")

PAGE = """\
# Benchmarks

How long ecsquiz takes, beside a floor that was measured in the same run: the ratio means the same on a fast
and on a slow machine, the seconds do not. A budget without a unit is such a ratio. Measure again with
`make benchmark`, which writes this page.

Measured on {machine}.

| What | Takes | Floor | Floor takes | Ratio | Budget | Verdict |
|---|---|---|---|---|---|---|
{rows}
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)}")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write a page for the docs")
    options = parser.parse_args()
    measured = []
    for name in options.names or NAMES:
        for measurement in importlib.import_module(f"{__package__}.{name}").measure():
            measured.append(measurement)
            print(row(measurement), file=sys.stderr if options.json else sys.stdout, flush=True)
    if options.json:
        print(json.dumps([{**asdict(m), "ratio": m.ratio, "kept": m.kept} for m in measured], indent=2))
    if options.write:
        page = PAGE.format(machine=machine(), rows="\n".join(map(row, measured)))
        options.write.write_text(page, encoding="utf-8")
    return 0 if all(measurement.kept for measurement in measured) else 1


def row(m: Measurement) -> str:
    """One line of the table."""
    floor = amount(m.floor, m.unit) if m.floor else ""
    ratio = f"{m.ratio:.3g}" if m.ratio else ""
    budget = amount(m.limit, m.unit) if m.limit else f"{m.budget:.3g}"
    verdict = "kept" if m.kept else "**missed**"
    parts = (m.name, amount(m.taken, m.unit), m.floor_name, floor, ratio, budget, verdict)
    return "| " + " | ".join(parts) + " |"


def amount(value: float, unit: str) -> str:
    sizes = {"s": {"s": 1.0, "ms": 1e-3, "µs": 1e-6}, "B": {"MB": 1e6, "kB": 1e3, "B": 1.0}}[unit]
    name, size = next(((name, size) for name, size in sizes.items() if value >= size), (unit, 1.0))
    return f"{value / size:.3g} {name}"


def machine() -> str:
    python = platform.python_version()
    return f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {python}"


if __name__ == "__main__":
    sys.exit(main())
