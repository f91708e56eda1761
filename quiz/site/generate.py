"""Bank to pages: writes the Markdown that a site builder renders. Only what changed is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quiz.bank.store import Bank
from quiz.site.addresses import links_of, page_of
from quiz.site.browser.data import FOLDER, data_files
from quiz.site.pages import glossary, listing
from quiz.site.pages.question import in_order, question_page
from quiz.site.terms import Glossary

GENERATED: Final = ("questions", "levels", "topics", "glossary.md", FOLDER)
"""What belongs to the generator inside `docs/`; git ignores it."""


@dataclass(frozen=True, slots=True)
class Generated:
    """How many pages there are, and how many of them were written and removed."""

    pages: int
    written: int
    removed: int


def generate(bank: Bank, docs: Path, progress: Callable[[int, int], None] | None = None) -> Generated:
    """Bring what is generated below `docs` up to date with the bank. Pages of removed questions go."""
    old = set(_present(docs))
    current: set[Path] = set()
    written = 0
    total = len(bank.numbers())
    for name, text in pages(bank):
        path = docs / name
        current.add(path)
        written += _write(path, text)
        if progress:
            progress(min(len(current), total), total)
    data = {docs / name: text for name, text in data_files(bank)}
    for path, text in data.items():
        _write(path, text)
    removed = [path for path in old - current if path not in data]
    for path in removed:
        path.unlink()
    return Generated(len(current), written, sum(path.suffix == ".md" for path in removed))


def pages(bank: Bank) -> Iterator[tuple[str, str]]:
    """(name below `docs`, Markdown) of every generated page."""
    spec, questions = bank.spec, bank.questions()
    neighbours = in_order(questions)
    paths = {question.path: page_of(question) for question in questions}
    terms = Glossary(spec.glossary)
    for question in questions:
        links = links_of(question, paths)
        page = question_page(question, spec, neighbours[question.number], links, terms.for_page())
        yield f"questions/{page_of(question)}", page
    yield "questions/index.md", listing.index_page(spec, questions)
    yield "levels/index.md", listing.levels_page(spec, questions)
    for level in spec.levels:
        yield f"levels/{level.slug}.md", listing.level_page(level, questions)
    yield "topics/index.md", listing.topics_page(spec, questions)
    for topic in spec.topics:
        yield f"topics/{topic.slug}.md", listing.topic_page(topic, spec, questions)
    yield "glossary.md", glossary.glossary_page(spec.glossary)


def hand_written(docs: Path) -> Iterator[Path]:
    """The files below `docs` that people wrote and that a site needs."""
    for path in sorted(docs.rglob("*")):
        if path.is_file() and path.relative_to(docs).parts[0] not in GENERATED and path.suffix != ".py":
            yield path


def _present(docs: Path) -> Iterator[Path]:
    for name in GENERATED:
        place = docs / name
        if place.is_dir():
            yield from place.rglob("*.json" if name == FOLDER else "*.md")
        elif place.exists():
            yield place


def _write(path: Path, text: str) -> bool:
    """Write the page unless it says so already: an untouched file keeps its time, and builders skip it."""
    content = text.encode("utf-8")
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True
