"""Whatever stands in an answer: no line is lost, and the file reads back as it was meant."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.source.folder import question_files
from quiz.source.importing.importer import import_document
from quiz.source.reader import read_question

LINES = [
    *("", "", "words of an answer", "more words.", "**In bold**", "✅ **Do this** now", "* item", "1. first"),
    *(
        "  indented",
        "    four spaces # no heading",
        "> quoted",
        "| a | b |",
        "|---|---|",
        "Title",
        "<b>html</b>",
    ),
    *(
        "🧠 **Overview**",
        "**💡 In short**",
        "### 🧩 Example",
        "## Plain",
        "# Comment",
        "#### Deep",
        "### 1. Look",
    ),
    *("### 2️⃣ **Wait**", "**3) Act**", "###", "### 🧠", "Title\n=====", "Heading\n-------", "- [ ] task"),
    *(
        "---",
        "***",
        "----",
        "## Key points",
        "### Common mistakes",
        "**Follow-ups**",
        "## Summary",
        "## Summary",
    ),
    *(
        "```bash\n# comment\n## Q9: no?\n---\n```",
        "~~~\n```\n~~~",
        "   ```json\n   {}\n   ```",
        "`code`",
        "\\# escaped",
    ),
    *(
        "## Q7: Second one?",
        "## Q7: Same number?",
        "## Q: **No** number?",
        "# Advanced Level",
        "## Networking",
    ),
    *("<details><summary>Show</summary>", "</details>", "Q: inline?", "A: reply", "[x]: http://example.org"),
]
documents = st.lists(st.sampled_from(LINES), max_size=25).map(
    lambda lines: "\n".join(["## Q1: What is first?", "", "An answer.", *lines, ""])
)


def bare(line: str) -> str:
    line = re.sub(r"</?(?:details|summary|b)>", "", line)
    line = re.sub(r"[#*\s]|[^\x00-\x7f]", "", line.replace("🔟", "10"))
    return re.sub(r"^[QA]\d*:", "", re.sub(r"(\d)[.)]", r"\1", line))


@settings(deadline=None)
@given(documents)
def test_no_line_is_lost_and_files_read_back(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        document, bank = Path(folder) / "notes.txt", Path(folder) / "bank"
        document.write_text(text, encoding="utf-8")
        report = import_document(document, bank)
        files = {name: (bank / name).read_text(encoding="utf-8") for name in question_files(bank)}
        again = import_document(document, bank)
    assert not [note for note in report.notes if note.kind == "reads otherwise"]
    assert all(read_question(text, name).findings == () for name, text in files.items())
    assert {file.status.value for file in again.files} == {"unchanged"}
    written = "".join(bare(line) for content in files.values() for line in content.split("\n"))
    known = {left.line for left in report.left} | {*report.rules, *report.markup, *report.headings}
    known |= {note.line for note in report.notes if note.kind in ("moved", "renamed")}
    known |= {number for number, line in enumerate(text.split("\n"), 1) if re.match("[=-]{5,}$", line)}
    lost = [
        line
        for number, line in enumerate(text.split("\n"), 1)
        if bare(line) and number not in known and bare(line) not in written
    ]
    assert lost == []
