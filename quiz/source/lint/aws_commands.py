"""C001: every `aws` command exists: service, operation, options, values and `--query` paths.

Looked for in shell fences (here-documents apart), in inline code and in `run:` lines of YAML fences.
Commands with an ellipsis or `file://` input are fragments: what is there must be right, the rest may miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.source import markdown
from quiz.source.lint import shell
from quiz.source.lint.source import Source
from quiz.source.question import Finding

CODE = "C001"
NEEDS = "awscli"
"""The package without which the rule cannot look."""

_SHELLS = frozenset(("bash", "sh", "shell", "console", "zsh"))
_INLINE = re.compile(r"`(aws [a-z0-9-]+ [a-z][^`]*)`")
_RUN = re.compile(r"^\s*-?\s*run:\s*(?P<text>[^|>].*)$", re.MULTILINE)


def check(source: Source) -> Iterator[Finding]:
    from quiz.source.lint.aws_cli import Commands

    judge = Commands()
    for path, text in source.texts.items():
        for line, words in aws_commands(text):
            for problem in judge.problems(words):
                yield Finding(path, line, CODE, f"`aws {' '.join(words[:2])}`: {problem}")


def aws_commands(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, words after `aws`) of every AWS CLI command in a Markdown text."""
    fenced: set[int] = set()
    for fence in markdown.fences(text):
        fenced.update(range(fence.line, fence.line + fence.text.count("\n") + 2))
        if fence.language in _SHELLS:
            yield from _in_shell(fence.text, fence.line + 1)
        elif fence.language in ("yaml", "yml"):
            for match in _RUN.finditer(fence.text):
                yield from _in_shell(
                    match["text"], fence.line + 1 + fence.text.count("\n", 0, match.start("text"))
                )
    for number, row in enumerate(text.split("\n"), 1):
        if number not in fenced:
            for match in _INLINE.finditer(row):
                for _, words in _in_shell(match[1], number):
                    # Inline code names a command; that its options are all there cannot be asked of it.
                    yield number, [*words, "..."]


def _in_shell(text: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    for command in shell.commands(text):
        if command.words[0] == "aws" and len(command.words) > 1:
            yield first_line + command.line, command.words[1:]
