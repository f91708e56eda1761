"""The data files of the practice pages: what there is to practise, and what grading needs to know.

`data/bank.json` names the others, whose names say what is in them: so a browser may keep them for good, and a
page never mixes two versions of a bank.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from quiz.bank.store import Bank
from quiz.grading.commands.parsing import parse
from quiz.items.item import Item, Kind
from quiz.site.addresses import links_of, page_of
from quiz.site.browser.items import counted, item_record, question_record
from quiz.source.question import Question

FOLDER: Final = "data"
FORMAT: Final = "ecsquiz items"
VERSION: Final = 1


def data_files(bank: Bank) -> Iterator[tuple[str, str]]:
    """(name below `docs`, text) of every data file; that which names the others comes last."""
    questions = bank.questions()
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for item in bank.items():
        items[item.question].append(item)
    levels = []
    for level in bank.spec.levels:
        within = [question for question in questions if question.level == level.slug]
        offered = [item for question in within for item in items[question.number]]
        text = _text(_items_file(questions, within, items))
        name = _named(f"items-{level.slug}", text)
        yield f"{FOLDER}/{name}", text
        topics = counted(
            topic for question in within for topic in question.topics for _ in items[question.number]
        )
        kinds = counted(item.kind.value for item in offered)
        levels.append(
            {
                "slug": level.slug,
                "title": level.title,
                "file": name,
                "items": len(offered),
                "questions": len(within),
                "kinds": kinds,
                "topics": topics,
            }
        )
    terms = _text(_terms_file(bank))
    terms_name = _named("terms", terms)
    yield f"{FOLDER}/{terms_name}", terms
    described = {
        "format": FORMAT,
        "version": VERSION,
        "slug": bank.slug,
        "title": bank.spec.title,
        "fingerprint": bank.version,
        "levels": levels,
        "topics": [{"slug": topic.slug, "title": topic.title} for topic in bank.spec.topics],
        "terms": terms_name,
    }
    yield f"{FOLDER}/bank.json", _text(described)


def _items_file(
    everything: list[Question], within: list[Question], items: dict[int, list[Item]]
) -> dict[str, Any]:
    paths = {question.path: page_of(question) for question in everything}
    rewrites = {question.number: links_of(question, paths) for question in within}
    return {
        "questions": {
            str(question.number): question_record(question, rewrites[question.number]) for question in within
        },
        "items": [
            item_record(item, rewrites[question.number])
            for question in within
            for item in items[question.number]
        ],
    }


def _terms_file(bank: Bank) -> dict[str, Any]:
    """The glossary, and the operations of the AWS CLI that the bank asks for."""
    commands = bank.items(kind=Kind.COMMAND)
    return {
        "terms": [
            {"name": term.name, "meaning": term.meaning, "aliases": list(term.aliases)}
            for term in bank.spec.glossary
        ],
        "operations": sorted({parse(model).name for item in commands for model in item.answers}),
    }


def _named(name: str, text: str) -> str:
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
