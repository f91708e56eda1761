"""W001: no word is a known misspelling, by codespell's dictionary. W002: no word stands twice in a row."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quiz.source import markdown
from quiz.source.lint.source import Source
from quiz.source.question import Finding

NEEDS = "codespell_lib"
# Words of our field that the dictionary takes for misspellings of others.
OURS: Final = "fo,te,ot,hist,ans,nd,ba,caf,statics"
_TWICE = re.compile(r"(?<![\w-])([A-Za-z]{2,}) \1(?![\w-])", re.IGNORECASE)
_MEANT_TWICE: Final = frozenset(("had", "that"))


def check(source: Source) -> Iterator[Finding]:
    names = sorted(source.texts)
    with tempfile.TemporaryDirectory() as folder:
        for index, name in enumerate(names):
            Path(folder, f"{index}.md").write_text(_prose(source.texts[name]), encoding="utf-8")
        for index, line, message in _misspellings(Path(folder)):
            yield Finding(names[index], line, "W001", message)
    for name in names:
        for number, row in enumerate(_prose(source.texts[name]).split("\n"), 1):
            for match in _TWICE.finditer(row):
                if match[1].lower() not in _MEANT_TWICE:
                    yield Finding(name, number, "W002", f"`{match[1]}` stands twice")


def _prose(text: str) -> str:
    """The text with fences and inline code blanked, its lines kept."""
    lines = text.split("\n")
    for fence in markdown.fences(text):
        for number in range(fence.line, min(fence.line + fence.text.count("\n") + 1, len(lines))):
            lines[number] = ""
    return re.sub(r"`[^`\n]*`|https?://\S+", "·", "\n".join(lines))


def _misspellings(folder: Path) -> Iterator[tuple[int, int, str]]:
    command = [sys.executable, "-m", "codespell_lib", "--ignore-words-list", OURS, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for row in done.stdout.splitlines():
        match = re.search(r"(\d+)\.md:(\d+): (\S+) ==> (.+)", row)
        if match:
            yield int(match[1]), int(match[2]), f"`{match[3]}` is misspelt: {match[4]}"
