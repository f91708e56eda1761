"""Shell text to its commands: enough of the shell's grammar to find what a fence would run.

Quotes, backslashes, line continuations, comments, `|`, `&&`, `||`, `;`, `$( )`, backquotes, redirections,
here-documents and the leading words that are no command (`sudo`, assignments, `if`, `then`, `do` ...).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_OPENERS = frozenset(
    ("if", "then", "else", "elif", "do", "while", "until", "!", "{", "sudo", "time", "exec", "eval", "(")
)
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=.*", re.DOTALL)
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
PLACEHOLDER = "PLACEHOLDER"
"""Stands for what only the running shell would know: variables, substitutions, <angle brackets>."""


@dataclass(slots=True)
class Command:
    """One simple command: its words, unquoted, and the line on which it starts (0-based in its text)."""

    line: int
    words: list[str] = field(default_factory=list)


def commands(text: str) -> list[Command]:
    """Every simple command of `text`, those inside `$( )` included."""
    return list(_Scanner(_without_heredocs(text)).scan())


def here_documents(text: str) -> list[tuple[int, str]]:
    """(first line, 0-based; text) of the body of every here-document."""
    lines = text.split("\n")
    return [(start, "\n".join(lines[start:end])) for start, end in _here_document_lines(lines)]


def _without_heredocs(text: str) -> str:
    """The text with the bodies of here-documents blanked, so that lines keep their numbers."""
    lines = text.split("\n")
    for start, end in _here_document_lines(lines):
        lines[start - 1] = _HEREDOC.sub("", lines[start - 1], count=1)
        for index in range(start, min(end + 1, len(lines))):
            lines[index] = ""
    return "\n".join(lines)


def _here_document_lines(lines: list[str]) -> list[tuple[int, int]]:
    """(first line of the body, line of the closing word) of every here-document."""
    found = []
    start, word = 0, ""
    for index, line in enumerate(lines):
        if word:
            if line.strip() == word:
                found.append((start, index))
                word = ""
        elif match := _HEREDOC.search(line):
            start, word = index + 1, match[2]
    return found + ([(start, len(lines))] if word else [])


class _Scanner:
    """Walks the text once; `found` fills with commands as they end."""

    def __init__(self, text: str, line: int = 0) -> None:
        self.text = text
        self.at = 0
        self.line = line
        self.found: list[Command] = []
        self.command = Command(line)
        self.word: str | None = None

    def scan(self) -> Iterator[Command]:
        while self.at < len(self.text):
            self._step()
        self._end_command()
        yield from sorted(self.found, key=lambda command: command.line)

    def _step(self) -> None:
        char = self.text[self.at]
        if char == "\\":
            self._escape()
        elif char == "'":
            self._single_quoted()
        elif char == '"':
            self._double_quoted()
        elif char == "$":
            self._add(self._dollar())
        elif char == "`":
            self._add(self._backquoted())
        elif char == "#" and self.word is None:
            self._skip_to_line_end()
        elif char == "<" and (match := re.compile(r"<[\w .|:/-]+>").match(self.text, self.at)):
            self.at = match.end()
            self._add(PLACEHOLDER)
        elif char in "<>":
            self._redirection()
        elif char in " \t":
            self._end_word()
            self.at += 1
        elif char in "\n;|&()":
            self._end_command()
            self.line += char == "\n"
            self.command.line = self.line
            self.at += 1
        else:
            self._add(char)
            self.at += 1

    def _add(self, text: str) -> None:
        if self.word is None and not self.command.words:
            self.command.line = self.line
        self.word = (self.word or "") + text

    def _end_word(self) -> None:
        if self.word is not None:
            self.command.words.append(self.word)
            self.word = None

    def _end_command(self) -> None:
        self._end_word()
        words = self.command.words
        while words and (words[0] in _OPENERS or _ASSIGNMENT.fullmatch(words[0])):
            words.pop(0)
        if words:
            self.found.append(self.command)
        self.command = Command(self.line)

    def _escape(self) -> None:
        following = self.text[self.at + 1 : self.at + 2]
        if following == "\n":
            self._end_word()
            self.line += 1
        else:
            self._add(following)
        self.at += 2

    def _single_quoted(self) -> None:
        end = self.text.find("'", self.at + 1)
        end = len(self.text) if end < 0 else end
        quoted = self.text[self.at + 1 : end]
        self._add(quoted)
        self.line += quoted.count("\n")
        self.at = end + 1

    def _double_quoted(self) -> None:
        self.at += 1
        self._add("")
        while self.at < len(self.text) and self.text[self.at] != '"':
            char = self.text[self.at]
            if char == "\\" and self.text[self.at + 1 : self.at + 2] in ('"', "\\", "$", "`"):
                self._add(self.text[self.at + 1])
                self.at += 2
            elif char == "$":
                self._add(self._dollar())
            elif char == "`":
                self._add(self._backquoted())
            else:
                self._add(char)
                self.line += char == "\n"
                self.at += 1
        self.at += 1

    def _dollar(self) -> str:
        if self.text.startswith("$(", self.at):
            return self._substitution()
        match = re.compile(r"\$(\{[^}]*\}|\w+|[?!#@*$-])").match(self.text, self.at)
        if match is None:
            self.at += 1
            return "$"
        self.at = match.end()
        return PLACEHOLDER

    def _substitution(self) -> str:
        start, depth = self.at + 2, 1
        self.at = start
        while self.at < len(self.text) and depth:
            depth += {"(": 1, ")": -1}.get(self.text[self.at], 0)
            self.at += 1
        return self._inner(self.text[start : self.at - 1])

    def _backquoted(self) -> str:
        end = self.text.find("`", self.at + 1)
        end = len(self.text) if end < 0 else end
        inner = self.text[self.at + 1 : end]
        self.at = end + 1
        return self._inner(inner)

    def _inner(self, text: str) -> str:
        self.found += _Scanner(text, self.line).scan()
        self.line += text.count("\n")
        return PLACEHOLDER

    def _redirection(self) -> None:
        """Drop the redirection, its file and the number before it."""
        if self.word is not None and self.word.isdigit():
            self.word = None
        self._end_word()
        match = re.compile(r"[<>]+&?\s*(\$\{?\w+\}?|[^\s;|&]*)").match(self.text, self.at)
        self.at = match.end() if match else self.at + 1

    def _skip_to_line_end(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end
