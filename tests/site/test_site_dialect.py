"""A question's Markdown in the dialect of the site builders."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quiz.site.dialect import for_builders, inline

EXTENSIONS = ["tables", "pymdownx.superfences", "md_in_html"]


def rendered(text: str) -> str:
    """The text as the builders' Markdown renders it, inside the folded answer."""
    page = f'<details markdown="1">\n<summary>x</summary>\n\n{for_builders(text)}\n\n</details>\n\nafter'
    html = python_markdown.markdown(page, extensions=EXTENSIONS)
    assert html.endswith("</details>\n<p>after</p>")
    assert isinstance(html, str)
    return html.removeprefix("<details>\n<summary>x</summary>").removesuffix("</details>\n<p>after</p>")


def shape(html: str) -> list[str]:
    """The tags and words of HTML, without what the two renderers only write differently."""
    html = re.sub(r'<div class="highlight">|</div>|<span[^>]*>|</span>', "", html)
    html = re.sub(r"<(/?)(\w+)[^>]*>", r" <\1\2> ", html)
    return unescape(html).split()


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n  - c\n    - d\n- e",
        "1. a\n2. b\n   - c\n\n   d\n3. e",
        "text\n- a\n- b",
        "- a\n\n  ```bash\n  x  y\n  ```\n- b",
        "a | b\n---|---\n1 | 2",
        "text\n\n| a | b |\n|---|:--:|\n| `x \\| y` | **z** |\n\ntext",
        '```json\n{\n  "a": 1\n}\n```',
        "> quoted\n> - a\n> - b",
        "### Heading\ntext\nmore text",
        "1) a\n2) b",
        "    indented code\n    more",
        "a **b** `c` [d](https://e.f) *g*",
    ],
)
def test_it_looks_as_commonmark_says(text: str) -> None:
    expected = MarkdownIt("commonmark").enable("table").render(text)
    assert shape(rendered(text)) == shape(expected)


class Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src"):
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


HOSTILE = [
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    "<details><summary>x</summary>y</details>",
    "<!-- comment -->",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1))",
    "- <script>alert(1)</script>\n\n  <script>alert(2)</script>",
    "| <script>alert(1)</script> |\n|---|\n| <b onclick=x>y</b> |",
    "[x]: javascript:alert(1)\n\n[x]",
    "<https://a.b> <javascript:alert(1)>",
    "> <script>alert(1)</script>",
    "a\\<script>alert(1)</script>",
    "`` ` <script>alert(1)</script>",
    "{: onclick=alert(1) }\n# x {onclick=alert(1)}",
    "<script\n>alert(1)</script\n>",
    "<div markdown=1><script>alert(1)</script></div>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_question_acts_in_the_page(text: str) -> None:
    for html in (rendered(text), python_markdown.markdown(inline(text), extensions=EXTENSIONS)):
        found = Tags(html)
        assert not found.tags & {"script", "img", "details", "iframe", "b"}
        assert not found.handlers
        assert all(
            not re.match(r"(?i)\s*(javascript|data|vbscript):", address) for address in found.addresses
        )


@given(
    st.lists(st.sampled_from([*HOSTILE, "text", "- a", "  b", "```", "`", "1. x", "> ", "\n", "\t", "|a|"]))
)
def test_no_mixture_of_hostile_text_acts_either(parts: list[str]) -> None:
    found = Tags(rendered("\n".join(parts)))
    assert not found.tags & {"script", "iframe", "object", "details"}
    assert not found.handlers
    assert all(not re.match(r"(?i)\s*(javascript|data|vbscript):", address) for address in found.addresses)


def test_code_inside_a_list_keeps_its_empty_lines() -> None:
    html = rendered("1. a\n\n   ```bash\n   x\n\n   y\n   ```\n2. b")
    assert unescape(html).count("x\n\ny") == 1
    assert html.count("<li>") == 2


def test_characters_of_markdown_stay_what_they_are() -> None:
    text = "a_b_c 2\\*3\\*4 \\[x] `*_[` {: .a } $x$ ~~y~~ :smile: ==z== ^a^ https://a.b"
    assert unescape(re.sub("<[^>]+>", "", rendered(text))).strip() == (
        "a_b_c 2*3*4 [x] *_[ {: .a } $x$ ~~y~~ :smile: ==z== ^a^ https://a.b"
    )


def test_code_keeps_its_angle_brackets() -> None:
    assert "&lt;cluster&gt;" in rendered("`aws ecs <cluster>`")
    assert "&lt;cluster&gt;" in rendered("```text\naws <cluster>\n```")


def test_links_are_rewritten_outside_code_only() -> None:
    text = "[a](b.md) `[a](b.md)`\n\n```md\n[a](b.md)\n```"
    out = for_builders(text, lambda target: target.replace("b.md", "c.md"))
    assert out.count('href="c.md"') == 1
    assert "```md\n[a](b.md)\n```" in out


def test_links_that_lead_nowhere_keep_their_words() -> None:
    assert inline("[a **b**](x.txt) c", lambda _: "") == "a <strong>b</strong> c"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![words](https://a.b/c.png)", '<a href="https://a.b/c.png">words</a>'),
        ("![](near.png)", "picture"),
        ("[![words](https://a.b/c.png)](https://d.e)", '<a href="https://d.e">words</a>'),
    ],
)
def test_pictures_become_words(text: str, html: str) -> None:
    assert inline(text) == html


def test_code_inside_a_list_is_highlighted_as_outside() -> None:
    html = rendered("- a\n\n  ```json\n  {}\n  ```")
    assert re.search(r'<div class="highlight">\s*<pre><span></span><code><span class="p">', html)
    assert "language-" not in rendered("- a\n\n  ```no-such-language\n  x\n  ```")


def test_a_fence_keeps_its_file_name_and_nothing_else() -> None:
    text = '```json title="a.json" onclick=x {: .y }\n{}\n```'
    assert for_builders(text) == '```json title="a.json"\n{}\n```'


def test_figures_are_drawn_wherever_they_stand() -> None:
    def draw(source: str) -> str:
        return f"<svg>{source.strip()}</svg>"

    text = "```mermaid\na\n```\n\n- x\n\n  ```mermaid\n  b\n  ```\n\n````md\n```mermaid\nc\n```\n````"
    html = for_builders(text, draw=draw)
    assert "<svg>a</svg>" in html
    assert "<svg>b</svg>" in html
    assert "````md\n```mermaid\nc\n```\n````" in html


def test_a_figure_that_cannot_be_drawn_is_shown_as_text() -> None:
    assert for_builders("```mermaid\na --> b\n```") == "```text\na --> b\n```"
