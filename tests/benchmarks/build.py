"""How long compiling a bank takes: all of it, and one changed file among ten thousand."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from quiz.bank.build import build_bank
from tests.benchmarks.measure import Measurement, alternate

CONTENT = Path(__file__).parents[2] / "content"
MANY = 10_000


def measure(rounds: int = 5) -> Iterator[Measurement]:
    texts = texts_of_our_bank()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "content"), Path(folder, "bank.sqlite")
        write_bank(source, texts, len(texts))
        build_bank(source, target)  # the first build of a process pays for imports
        floor, full = alternate(rounds, lambda: _parse(texts), lambda: _build_anew(source, target))
        yield Measurement(
            f"full build of {len(texts)} questions", full, "parse them with markdown-it-py", floor, 3
        )
        many = write_bank(source, texts, MANY)
        floor, full = alternate(1, lambda: _parse(many), lambda: _build_anew(source, target))
        name = f"full build of {MANY:,} questions"
        yield Measurement(name, full, "parse them with markdown-it-py", floor, 3)
        os.sync()  # what was written so far must not be written out while the clock runs
        _, changed = alternate(rounds, lambda: _touch(source), lambda: build_bank(source, target))
        yield Measurement("build after one of them changed", changed, "the full build", full, 1 / 50)


def texts_of_our_bank() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*.md"))]


def _parse(texts: list[str]) -> None:
    parser = MarkdownIt("commonmark").enable("table")
    for text in texts:
        parser.parse(text)


def _build_anew(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    build_bank(source, target)


def write_bank(source: Path, texts: list[str], count: int) -> list[str]:
    """`count` questions in `source`, the given ones again and again under new numbers."""
    (source / "all").mkdir(parents=True, exist_ok=True)
    for path in (CONTENT / "bank.toml", CONTENT / "glossary.yml"):
        if path.exists():
            (source / path.name).write_bytes(path.read_bytes())
    written = []
    for number in range(1, count + 1):
        head, _, rest = texts[number % len(texts)].partition("number: ")
        text = f"{head}number: {number}\n{rest.partition(chr(10))[2]}"
        (source / "all" / f"{number:05}-question.md").write_text(text, encoding="utf-8")
        written.append(text)
    return written


def _touch(source: Path) -> None:
    path = source / "all" / "00042-question.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
