"""Bank to pages: writes the Markdown that a site builder renders. Only what changed is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from quiz.bank.store import Bank
from quiz.site.addresses import links_of, page_of
from quiz.site.browser.data import FOLDER, data_files
from quiz.site.pages import cheat_sheet, commands, glossary, home, labs, listing, practice
from quiz.site.pages.question import in_order, question_page
from quiz.site.related import Order, related, terms_by_question, words_of
from quiz.site.search_words import other_names
from quiz.site.supplements import Supplements
from quiz.site.terms import Glossary
from quiz.source.question import Question

GENERATED: Final = (
    "questions",
    "levels",
    "topics",
    "cheat-sheets",
    "labs",
    "commands",
    "glossary.md",
    practice.PAGE,
    FOLDER,
)
"""What belongs to the generator inside `docs/`; git ignores it."""
HOME: Final = "index.md"
"""Ours as well, unless somebody wrote one."""


@dataclass(frozen=True, slots=True)
class Generated:
    """How many pages there are, and how many of them were written and removed."""

    pages: int
    written: int
    removed: int


def generate(
    bank: Bank,
    docs: Path,
    progress: Callable[[int, int], None] | None = None,
    supplements: Supplements | None = None,
) -> Generated:
    """Bring what is generated below `docs` up to date with the bank. Pages of removed questions go.

    `supplements` are the labs and commands that the site shows beside the bank.
    """
    old = set(_present(docs))
    current: set[Path] = set()
    written = 0
    total = len(bank.numbers())
    for name, text in pages(bank, supplements or Supplements(), browser=(docs / practice.APP).exists()):
        path = docs / name
        if name == HOME and not _is_generated(path):
            continue
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


def pages(
    bank: Bank, supplements: Supplements | None = None, *, browser: bool = False
) -> Iterator[tuple[str, str]]:
    """(name below `docs`, Markdown) of every generated page; with `browser`, of the practice page too."""
    beside = supplements or Supplements()
    spec, questions = bank.spec, bank.questions()
    yield from _question_pages(bank, questions, beside)
    yield "levels/index.md", listing.levels_page(spec, questions)
    for level in spec.levels:
        yield f"levels/{level.slug}.md", listing.level_page(level, questions)
    yield "glossary.md", glossary.glossary_page(spec.glossary)
    yield "labs/index.md", labs.labs_page(beside.labs)
    for lab in beside.labs:
        known = {question.number: question for question in questions}
        yield f"labs/{labs.page_of_lab(lab)}", labs.lab_page(lab, known)
    yield "commands/index.md", commands.commands_page(beside.commands)
    for command in beside.commands:
        yield f"commands/{commands.page_of_command(command)}", commands.command_page(command)
    if browser:
        yield practice.PAGE, practice.practice_page(spec, {item.kind for item in bank.items()})
    yield HOME, home.home_page(spec, questions, len(beside.labs), browser)


def _question_pages(
    bank: Bank, questions: list[Question], supplements: Supplements
) -> Iterator[tuple[str, str]]:
    """The questions, and what asks which terms they use: the list of all, topics and cheat sheets."""
    spec = bank.spec
    paths = {question.path: page_of(question) for question in questions}
    found = Glossary(spec.glossary)
    named = {term.name: term for term in spec.glossary}
    terms = terms_by_question(questions, found)
    alike = related(questions, terms)
    around = in_order(questions)
    for question in questions:
        page = question_page(
            question,
            spec,
            replace(
                around[question.number],
                related=alike[question.number],
                lab=supplements.lab(question.lab),
            ),
            links_of(question, paths),
            found.for_page(),
            other_names(question, found, named),
        )
        yield f"questions/{page_of(question)}", page
    forms = {
        number: [
            form for name, times in used.items() if times > 1 and name in named for form in named[name].forms
        ]
        for number, used in terms.items()
    }
    yield "questions/index.md", listing.index_page(spec, questions, forms)
    yield "topics/index.md", listing.topics_page(spec, questions)
    yield "cheat-sheets/index.md", cheat_sheet.cheat_sheets_page(spec.topics)
    order = Order([level.slug for level in spec.levels], _difficulty(bank))
    for topic in spec.topics:
        inside = order.of(topic.slug, questions)
        words = words_of([question.number for question in inside], terms, named)
        meant = [named[name] for name in words]
        yield f"topics/{topic.slug}.md", listing.topic_page(topic, spec, inside, meant)
        sheet = cheat_sheet.cheat_sheet(
            topic, spec, inside, meant, lambda question: _beside(links_of(question, paths))
        )
        yield f"cheat-sheets/{topic.slug}.md", sheet


def _beside(links: Callable[[str], str]) -> Callable[[str], str]:
    """Links between question files as HTML links from a page of another folder."""

    def rewrite(target: str) -> str:
        page = links(target)
        return f"../../questions/{page.removesuffix('.md')}/" if page.endswith(".md") else page

    return rewrite


def _difficulty(bank: Bank) -> dict[int, float]:
    """The mean difficulty of each question's items, by its number."""
    sums: defaultdict[int, float] = defaultdict(float)
    counts: Counter[int] = Counter()
    for item in bank.items():
        sums[item.question] += item.difficulty
        counts[item.question] += 1
    return {number: sums[number] / count for number, count in counts.items()}


def hand_written(docs: Path) -> Iterator[Path]:
    """The files below `docs` that people wrote and that a site needs."""
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        generated = any(name == part or name.startswith(f"{part}/") for part in GENERATED)
        if not path.is_file() or path.suffix == ".py" or generated:
            continue
        if path != docs / HOME or not _is_generated(path):
            yield path


def _is_generated(home_page: Path) -> bool:
    """Whether the home page is ours to write: it is missing, or says that it was generated."""
    return not home_page.exists() or f"\n{home.MARK}\n" in home_page.read_text(encoding="utf-8")


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
