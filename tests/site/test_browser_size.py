"""How much script and style the practice pages load, and that a build leaves only comments out."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from pygments.lexers.javascript import JavascriptLexer  # type: ignore[import-untyped]
from pygments.token import Comment, Whitespace  # type: ignore[import-untyped]

from quiz.site.browser.comments import strip_comments, without_comments
from tests.conftest import CHECKOUT
from tests.site.node import APP, node

MOST = 80_000
"""Bytes of script and style, compressed, each file by itself as a server sends it."""


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


def test_script_and_style_of_all_practice_pages_are_small() -> None:
    scripts = [without_comments(path.read_text()) for path in APP.rglob("*.js")]
    styles = [path.read_text() for path in (CHECKOUT / "docs" / "assets").glob("practice*.css")]
    assert sum(map(compressed, [*scripts, *styles])) < MOST


def test_lines_of_comment_go_and_all_other_lines_stay() -> None:
    script = (
        "// A header.\n//\n"
        "/** Of one line. */\nexport const a = 1; // kept: it stands beside code\n"
        "  // indented\n"
        '/**\n * Of several.\n */\nconst b = "https://example.org"; /* kept */\n\n'
        "const c = /\\/\\/.*/;\n"
    )
    assert without_comments(script) == (
        "export const a = 1; // kept: it stands beside code\n"
        'const b = "https://example.org"; /* kept */\n\n'
        "const c = /\\/\\/.*/;\n"
    )


def tokens(script: str) -> list[str]:
    """What a script consists of besides comments and space, with the texts in it as they are."""
    found = JavascriptLexer().get_tokens(script)
    return [text for kind, text in found if text and kind not in Comment and kind not in Whitespace]


@pytest.mark.parametrize("path", sorted(APP.rglob("*.js")), ids=lambda path: path.relative_to(APP).as_posix())
def test_of_no_script_anything_goes_that_runs(path: Path) -> None:
    script = path.read_text()
    assert tokens(without_comments(script)) == tokens(script)


def test_a_built_site_s_scripts_run_as_before(tmp_path: Path) -> None:
    app = tmp_path / "assets" / "app"
    shutil.copytree(APP, app)
    strip_comments(tmp_path)
    assert not any(path.read_text().startswith("//") for path in app.rglob("*.js"))
    body = "return [before, after].map((one) => Object.keys(one).sort());"
    for name in ("fsrs.js", "history.js", "store.js", "session.js", "exam.js", "statistics.js", "bank.js"):
        before, after = node({"* as before": name, "* as after": str(app / name)}, body)
        assert before == after != []
