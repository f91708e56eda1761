"""One question file to a Question, with a finding for everything that breaks the format.

The reader is lenient where a question can still be used (no key points, no sources), because
imported questions have none; what our own bank demands beyond that is the business of `lint`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import yaml

from quiz.source import authored, markdown
from quiz.source.question import (
    AuthoredItem,
    CommonMistake,
    Finding,
    FollowUp,
    KeyPoint,
    Question,
    Section,
    Veto,
)

SHORT_ANSWER: Final = "Short answer"
KEY_POINTS: Final = "Key points"
COMMON_MISTAKES: Final = "Common mistakes"
FOLLOW_UPS: Final = "Follow-ups"
ITEMS: Final = "Items"

CODES: Final[Mapping[str, str]] = {
    "F000": "The file is UTF-8.",
    "F001": "The file starts with front matter between two lines of ---.",
    "F002": "The front matter is YAML, in lines of name: value.",
    "F003": "The front matter has known fields only.",
    "F004": "The number is a whole number from 1 to 999999.",
    "F005": "The level is there.",
    "F006": "Topics, sources and vetoes are lists of texts.",
    "F007": "The review date is a date.",
    "F008": "The question is a # heading.",
    "F009": "A file holds one question, and it comes first.",
    "F010": "All text has a section.",
    "F011": "No section stands twice.",
    "F012": "Key points, common mistakes and follow-ups are lists.",
    "F013": "Every key point has a bold term.",
    "F014": "A common mistake has the form Wrong: ... Right: ...",
    "F015": "An item of the author's has a kind and a name of its own.",
    "F016": "An item of the author's can be asked and marked.",
}

_WEIGHT = re.compile(r"\s*\(x(\d)\)\s*$")
_MISTAKE = re.compile(r"^Wrong:\s*(?P<wrong>.+?)\s*Right:\s*(?P<right>.+)$", re.DOTALL)
_QUESTION_LINK = re.compile(r"\]\((?P<target>(?:[^)\s]*/)?(?P<number>\d{1,6})-[^)/\s]*\.md)(?:#[^)\s]*)?\)")
_TRAILING_LINK = re.compile(r"\s*\(?\[[^\]]*\]\([^)]*\.md[^)]*\)\)?\s*$")
_FRONT_MATTER_KEYS = {"number", "level", "topics", "lab", "reviewed", "sources", "without"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one file: the question, unless it is unusable, and what is wrong with it."""

    question: Question | None
    findings: tuple[Finding, ...]


def read_question(text: str, path: str) -> Reading:
    """Read one question file. `path` is relative to the bank's folder and names it in the findings."""
    return _Reader(text.replace("\r\n", "\n"), path).read()


def read_bytes(content: bytes, path: str) -> Reading:
    """Read one question file from its bytes; what is not UTF-8 is a finding."""
    try:
        return read_question(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Reading(None, (Finding(path, line, "F000", "this file is not UTF-8: save it as UTF-8"),))


class _Reader:
    """Collects findings while it reads; one for each file."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.findings: list[Finding] = []

    def report(self, line: int, code: str, message: str) -> None:
        self.findings.append(Finding(self.path, line, code, message))

    def read(self) -> Reading:
        matter, body_line = self._front_matter()
        if matter is None:
            return Reading(None, tuple(self.findings))
        body = "\n".join(self.lines[body_line - 1 :])
        headings = markdown.headings(markdown.parse(body), body_line)
        prompt = self._prompt(headings, body_line)
        number = self._number(matter)
        if prompt is None or number is None:
            return Reading(None, tuple(self.findings))
        sections = self._sections(headings)
        question = Question(
            number=number,
            level=self._level(matter),
            topics=self._names(matter, "topics"),
            prompt=prompt,
            short_answer=sections[SHORT_ANSWER].markdown if SHORT_ANSWER in sections else "",
            sections=tuple(
                section
                for title, section in sections.items()
                if title not in (SHORT_ANSWER, KEY_POINTS, COMMON_MISTAKES, FOLLOW_UPS, ITEMS)
            ),
            key_points=self._key_points(sections.get(KEY_POINTS)),
            mistakes=self._mistakes(sections.get(COMMON_MISTAKES)),
            follow_ups=self._follow_ups(sections.get(FOLLOW_UPS)),
            items=self._authored(sections),
            without=self._vetoes(matter),
            sources=self._names(matter, "sources"),
            reviewed=self._reviewed(matter),
            lab=str(matter["lab"]) if matter.get("lab") else None,
            path=self.path,
        )
        return Reading(question, tuple(self.findings))

    # Front matter

    def _front_matter(self) -> tuple[Mapping[str, Any] | None, int]:
        """The front matter and the line on which the body starts."""
        if self.lines[0].strip() != "---":
            self.report(1, "F001", "the file must start with front matter between two lines of ---")
            return None, 1
        try:
            end = next(i for i, line in enumerate(self.lines[1:], 1) if line.rstrip() == "---")
        except StopIteration:
            self.report(1, "F001", "the front matter has no closing line of ---")
            return None, 1
        try:
            matter = _load_yaml("\n".join(self.lines[1:end]))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.report((mark.line if mark else 0) + 2, "F002", "the front matter is not valid YAML")
            return None, end + 2
        except ValueError as error:  # YAML reads 2026-13-45 as a date and fails
            self.report(2, "F002", f"the front matter holds a value that cannot be: {error}")
            return None, end + 2
        if not isinstance(matter, dict):
            self.report(2, "F002", "the front matter must be lines of `name: value`")
            return None, end + 2
        for key in matter.keys() - _FRONT_MATTER_KEYS:
            allowed = ", ".join(sorted(_FRONT_MATTER_KEYS))
            self.report(self._matter_line(str(key)), "F003", f"unknown field `{key}`; known are {allowed}")
        return matter, end + 2

    def _matter_line(self, key: str) -> int:
        return next((i for i, line in enumerate(self.lines, 1) if line.startswith(f"{key}:")), 1)

    def _number(self, matter: Mapping[str, Any]) -> int | None:
        number = matter.get("number")
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 1_000_000:
            return number
        self.report(self._matter_line("number"), "F004", "`number` must be a whole number from 1 to 999999")
        return None

    def _level(self, matter: Mapping[str, Any]) -> str:
        level = matter.get("level")
        if isinstance(level, str) and level:
            return level
        self.report(self._matter_line("level"), "F005", "`level` is missing")
        return ""

    def _names(self, matter: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = matter.get(key) or []
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return tuple(value)
        self.report(self._matter_line(key), "F006", f"`{key}` must be a list of texts")
        return ()

    def _vetoes(self, matter: Mapping[str, Any]) -> tuple[Veto, ...]:
        field = self._matter_line("without")
        rows = list(enumerate(self.lines[field - 1 :], field))
        return tuple(
            Veto(item, next((line for line, row in rows if item in row), field))
            for item in self._names(matter, "without")
        )

    def _reviewed(self, matter: Mapping[str, Any]) -> date | None:
        value = matter.get("reviewed")
        if value is None or type(value) is date:
            return value
        self.report(self._matter_line("reviewed"), "F007", "`reviewed` must be a date such as 2026-11-22")
        return None

    # Body

    def _prompt(self, headings: list[markdown.Heading], body_line: int) -> str | None:
        titles = [heading for heading in headings if heading.depth == 1]
        if not titles or not titles[0].text.strip():
            self.report(body_line, "F008", "the question itself is missing: write it as a `# ` heading")
            return None
        for extra in titles[1:]:
            self.report(extra.line, "F009", "a second `# ` heading: a file holds one question")
        if titles[0] is not headings[0]:
            self.report(headings[0].line, "F009", "the `# ` heading with the question must come first")
        return " ".join(titles[0].text.split())

    def _sections(self, headings: list[markdown.Heading]) -> dict[str, Section]:
        """Level 2 sections by title, in order. A repeated title is reported and numbered."""
        starts = [heading for heading in headings if heading.depth == 2]
        first = next(heading for heading in headings if heading.depth == 1)
        ends = [*(heading.line for heading in starts), len(self.lines) + 1]
        if any(line.strip() for line in self.lines[first.line : ends[0] - 1]):
            self.report(first.line + 1, "F010", "text before the first `## ` heading: give it a section")
        sections: dict[str, Section] = {}
        for heading, end in zip(starts, ends[1:], strict=True):
            title = " ".join(heading.text.split())
            if title in sections:
                self.report(heading.line, "F011", f"a second section `{title}`")
                title = f"{title} ({sum(known.startswith(title) for known in sections) + 1})"
            body = "\n".join(self.lines[heading.line : end - 1]).strip("\n")
            sections[title] = Section(title, body, heading.line)
        return sections

    def _items(self, section: Section | None) -> list[markdown.ListItem]:
        if section is None:
            return []
        items = markdown.list_items(section.markdown, self._first_line(section))
        if not items:
            self.report(section.line, "F012", f"the section `{section.title}` must be a list")
        return items

    def _first_line(self, section: Section) -> int:
        """The line on which the section's Markdown starts, below the blank lines after the heading."""
        below = self.lines[section.line :]
        return section.line + 1 + next((i for i, line in enumerate(below) if line.strip()), 0)

    def _key_points(self, section: Section | None) -> tuple[KeyPoint, ...]:
        points = []
        for item in self._items(section):
            weight = _WEIGHT.search(item.text)
            text = _WEIGHT.sub("", item.text)
            terms = markdown.bold_terms(text)
            if not terms:
                self.report(item.line, "F013", "this key point has no bold term that an answer must mention")
            points.append(KeyPoint(text, terms, int(weight[1]) if weight else 1, item.line))
        return tuple(points)

    def _mistakes(self, section: Section | None) -> tuple[CommonMistake, ...]:
        mistakes = []
        for item in self._items(section):
            match = _MISTAKE.match(item.text)
            if match:
                mistakes.append(CommonMistake(match["wrong"], match["right"], item.line))
            else:
                self.report(item.line, "F014", "write a common mistake as `Wrong: ... Right: ...`")
        return tuple(mistakes)

    def _follow_ups(self, section: Section | None) -> tuple[FollowUp, ...]:
        follow_ups = []
        for item in self._items(section):
            link = _QUESTION_LINK.search(item.text)
            text = _TRAILING_LINK.sub("", item.text).strip()
            number, target = (int(link["number"]), link["target"]) if link else (None, "")
            follow_ups.append(FollowUp(text, number, target, item.line))
        return tuple(follow_ups)

    def _authored(self, sections: Mapping[str, Section]) -> tuple[AuthoredItem, ...]:
        if ITEMS not in sections:
            return ()
        read = list(
            authored.read(sections[ITEMS], self._first_line(sections[ITEMS]), self.path, tuple(sections))
        )
        self.findings += [found for found in read if isinstance(found, Finding)]
        return tuple(found for found in read if isinstance(found, AuthoredItem))


@cache
def _loader() -> type[yaml.SafeLoader]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _load_yaml(text: str) -> Any:
    return yaml.load(text, Loader=_loader())  # noqa: S506 - a safe loader, in C where there is one
