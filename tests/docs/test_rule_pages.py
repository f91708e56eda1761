"""The pages of the lint rules are true: what they call wrong is found, what they call right is not.

A piece of a page is put into a sound question in the place where it belongs: YAML of a front matter field
replaces that field, a Markdown section the section of that name, a heading the prompt, a list of terms the
glossary; all other code becomes a fence in the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from quiz.items.lint import RULES, check_folder, codes
from quiz.source import markdown
from tests.conftest import CHECKOUT, ROLES

PAGES = CHECKOUT / "docs" / "rules"
QUESTION = "basics/001-roles.md"
FIELDS = ("number", "level", "topics", "lab", "reviewed", "sources", "author", "without")


@dataclass(frozen=True)
class Example:
    page: str
    code: str
    right: bool
    language: str
    text: str
    line: int

    def __str__(self) -> str:
        return f"{self.page}-{self.line}-{self.code}-{'right' if self.right else 'wrong'}"


def examples() -> Iterator[Example]:
    for path in sorted(PAGES.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        rows = text.split("\n")
        headings = [h for h in markdown.headings(markdown.parse(text)) if h.depth == 2]
        for fence in markdown.fences(text):
            code = next((h.text for h in reversed(headings) if h.line < fence.line), "")
            label = next(row for row in reversed(rows[: fence.line - 1]) if row.strip())
            if code in codes():
                assert label.startswith(("Right:", "Wrong:")), f"{path.name}:{fence.line}"
                yield Example(
                    path.stem, code, label.startswith("Right:"), fence.language, fence.text, fence.line
                )


def placed(example: Example, folder: Path) -> None:
    path = folder / QUESTION
    text, piece = ROLES, example.text
    field = piece.partition(":")[0]
    if example.language == "yaml" and field in FIELDS:
        text = re.sub(rf"^{field}:.*\n(?:  - .*\n)*", "", text, flags=re.MULTILINE)
        text = text.replace("---\n", f"---\n{piece}", 1)
    elif example.language == "yaml" and piece.startswith("- term:"):
        (folder / "glossary.yml").write_text(piece)
    elif example.language == "markdown" and piece.startswith("# "):
        text = re.sub(r"^# .*\n", piece, text, flags=re.MULTILINE) if example.code != "F001" else piece
    elif example.language == "markdown":
        title = piece.partition("\n")[0]
        if title not in text.split("\n"):
            text += f"\n{title}\n"
        text = re.sub(
            rf"^{re.escape(title)}\n(?:(?!## ).*\n)*", lambda _: piece + "\n", text, flags=re.MULTILINE
        )
        assert piece in text
    else:
        fence = f"```{example.language}\n{piece}```\n\n"
        text = text.replace("## Key points", f"{fence}## Key points")
    path.write_text(text, encoding="utf-8")


def found(folder: Path) -> list[str]:
    return [
        finding.code for finding in check_folder(folder, frozenset(("pull",)), date(2026, 11, 30)).findings
    ]


@pytest.mark.parametrize("example", list(examples()), ids=str)
def test_an_example_is_what_its_page_says(bank_folder: Path, example: Example) -> None:
    placed(example, bank_folder)
    if example.right:
        assert found(bank_folder) == []
    else:
        assert example.code in found(bank_folder)


def test_every_code_has_its_page_and_its_line_in_the_list() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    for code, demand in codes().items():
        match = re.search(
            rf"^\| \[{code}\]\(([a-z-]+\.md)#{code.lower()}\) \|.*\| (.*) \|$", index, re.MULTILINE
        )
        assert match, code
        assert match[2] == demand
        assert f"\n## {code}\n" in (PAGES / match[1]).read_text(encoding="utf-8")


def test_every_code_but_those_of_the_encoding_and_of_the_whole_bank_has_a_wrong_example() -> None:
    wrong = {example.code for example in examples() if not example.right}
    assert codes().keys() - wrong == {"F000", "Q006"}


def test_every_rule_has_a_page_of_its_name() -> None:
    names = {rule.__name__.rpartition(".")[2].replace("_", "-") for rule in RULES}
    assert names | {"format", "index"} == {path.stem for path in PAGES.glob("*.md")}
