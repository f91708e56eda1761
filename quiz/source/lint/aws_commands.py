"""C001: every `aws` command exists: service, operation, options, values and `--query` paths.

Looked for in shell fences and in the here-documents of any fence, in inline code and in the `run:` texts of
YAML fences. Commands with an ellipsis or `file://` input are fragments: what is there must be right, the rest
may miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from quiz.source import markdown
from quiz.source.lint import shell
from quiz.source.lint.source import Source, fences
from quiz.source.question import Finding

NEEDS = "awscli"
CODES: Final[Mapping[str, str]] = {"C001": "Every AWS CLI command is one, with its options and paths."}

_SHELLS = frozenset(("bash", "sh", "shell", "console", "zsh"))
_INLINE = re.compile(r"`(aws [a-z0-9-]+ [a-z][^`]*)`")
_RUN = re.compile(r"^(?P<indent>[ \t]*)(?:- +)?run: *(?P<text>[^|>\s].*)?", re.MULTILINE)
_AN_AWS_LINE = re.compile(r"^\s*(?:sudo )?aws [a-z]", re.MULTILINE)


def check(source: Source) -> Iterator[Finding]:
    from quiz.source.lint.aws_cli import Commands

    judge = Commands()
    for path, text in source.texts.items():
        for line, words in aws_commands(text):
            for problem in judge.problems(words):
                yield Finding(path, line, "C001", f"`aws {' '.join(words[:2])}`: {problem}")


def aws_commands(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, words after `aws`) of every AWS CLI command in a Markdown text."""
    fenced: set[int] = set()
    for fence in fences(text):
        fenced.update(range(fence.line, fence.line + fence.text.count("\n") + 2))
        for line, script in _scripts(fence):
            yield from _in_shell(script, line)
    for number, row in enumerate(text.split("\n"), 1):
        if number not in fenced:
            for match in _INLINE.finditer(row):
                for _, words in _in_shell(match[1], number):
                    # Inline code names a command; that its options are all there cannot be asked of it.
                    yield number, [*words, "..."]


def _scripts(fence: markdown.Fence) -> Iterator[tuple[int, str]]:
    """(first line, text) of what a fence would give to a shell."""
    first = fence.line + 1
    if fence.language in _SHELLS:
        yield first, fence.text
    elif fence.language in ("yaml", "yml"):
        for line, script in _run_texts(fence.text):
            yield first + line, script
    for line, body in shell.here_documents(fence.text):
        if _AN_AWS_LINE.search(body):
            yield first + line, body


def _run_texts(text: str) -> Iterator[tuple[int, str]]:
    """(line, shell text) of every `run:`, on one line or in a block below it."""
    rows = text.split("\n")
    for match in _RUN.finditer(text):
        line = text.count("\n", 0, match.start())
        if match["text"]:
            yield line, match["text"]
            continue
        block = []
        for row in rows[line + 1 :]:
            if row.strip() and len(row) - len(row.lstrip()) <= len(match["indent"]):
                break
            block.append(row)
        yield line + 1, "\n".join(block)


def _in_shell(text: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    for command in shell.commands(text):
        if command.words[0] == "aws" and len(command.words) > 1:
            yield first_line + command.line, command.words[1:]
