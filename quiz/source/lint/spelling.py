"""W001: no word is a known misspelling, by codespell's dictionary. W002: no word stands twice in a row."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from quiz.source.lint.source import Source, prose_rows
from quiz.source.question import Finding, Fix

NEEDS = "codespell_lib"
CODES: Final[Mapping[str, str]] = {
    "W001": "No word is a known misspelling.",
    "W002": "No word stands twice in a row.",
}
# Words of our field that the dictionary takes for misspellings of others.
OURS: Final = "fo,te,ot,hist,ans,nd,ba,caf,statics"
_TWICE = re.compile(r"(?<![\w-])([A-Za-z]{2,})( \1)(?![\w-])", re.IGNORECASE)
_MEANT_TWICE: Final = frozenset(("had", "that"))


def check(source: Source) -> Iterator[Finding]:
    names = sorted(source.texts)
    with tempfile.TemporaryDirectory() as folder:
        for index, name in enumerate(names):
            rows = prose_rows(source.texts[name])
            Path(folder, f"{index}.md").write_text("\n".join(rows), encoding="utf-8")
        for index, line, word, better in _misspellings(Path(folder)):
            fix = _fix(prose_rows(source.texts[names[index]])[line - 1], word, better)
            yield Finding(names[index], line, "W001", f"`{word}` is misspelt: {better}", fix)
    for name in names:
        for number, row in enumerate(prose_rows(source.texts[name]), 1):
            for match in _TWICE.finditer(row):
                if match[1].lower() not in _MEANT_TWICE:
                    fix = Fix(match.start(2), match.end(2), "")
                    yield Finding(name, number, "W002", f"`{match[1]}` stands twice", fix)


def _fix(row: str, word: str, better: str) -> Fix | None:
    match = re.search(rf"\b{re.escape(word)}\b", row)
    # Of several words that may be meant, a person chooses.
    return Fix(match.start(), match.end(), better) if match and "," not in better else None


def _misspellings(folder: Path) -> Iterator[tuple[int, int, str, str]]:
    """(index of the file, line, word, what it should be; several with commas)."""
    command = [sys.executable, "-m", "codespell_lib", "--ignore-words-list", OURS, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for row in done.stdout.splitlines():
        match = re.search(r"(\d+)\.md:(\d+): (\S+) ==> (.+)", row)
        if match:
            yield int(match[1]), int(match[2]), match[3], match[4]
