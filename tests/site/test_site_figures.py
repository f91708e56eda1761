"""Mermaid figures as SVG."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.site import figures
from quiz.site.drawing import ATTRIBUTES, CLASSES, ELEMENTS, clean
from quiz.site.figures import draw, in_words

FLOW = "flowchart LR\n    A[Task] -- pulls --> B[Registry]\n"
SEQUENCE = "sequenceDiagram\n    participant E as ECS\n    E->>Task: start\n    Task-->>E: ready\n"
STATES = "stateDiagram-v2\n    [*] --> PENDING\n    PENDING --> RUNNING: started\n    RUNNING --> [*]\n"


def svg_of(drawn: str) -> ET.Element:
    match = re.fullmatch(
        r'<div class="figure" role="img" aria-label="[^"]*" data-search-exclude>(<svg.*</svg>)</div>', drawn
    )
    assert match
    return ET.fromstring(match[1])


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        (FLOW, {"Task", "pulls", "Registry"}),
        (SEQUENCE, {"ECS", "start", "ready"}),
        (STATES, {"PENDING", "RUNNING"}),
    ],
)
def test_a_figure_shows_its_labels(source: str, labels: set[str]) -> None:
    texts = {"".join(text.itertext()).strip() for text in svg_of(draw(source, "figure-1")).iter("text")}
    assert labels <= texts


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (FLOW, "Diagram: Task; pulls; Registry"),
        (SEQUENCE, "Sequence diagram: ECS; start; ready"),
        (STATES, "State diagram: start to PENDING; PENDING to RUNNING (started); RUNNING to end"),
        ("flowchart TD\n  A[two<br/>lines] --> B", "Diagram: two lines"),
    ],
)
def test_a_figure_is_told_in_words(source: str, words: str) -> None:
    assert in_words(source) == words


def test_arrow_heads_belong_to_their_figure() -> None:
    first, second = draw(FLOW, "figure-1"), draw(FLOW, "figure-2")
    assert set(re.findall(r'id="([^"]*)"', first)).isdisjoint(re.findall(r'id="([^"]*)"', second))
    for drawn in (first, second):
        assert set(re.findall(r"url\(#([^)]*)\)", drawn)) == set(re.findall(r'id="([^"]*)"', drawn))


def test_a_figure_is_one_line_without_colours_of_its_own() -> None:
    drawn = draw(FLOW + "    classDef bad fill:#f00,stroke:#0f0\n    class A bad\n", "figure-1")
    assert "\n" not in drawn
    assert not re.search(r"<style|style=|fill=|stroke=|#f00", drawn)


def test_a_figure_says_how_wide_it_is() -> None:
    svg = svg_of(draw(FLOW, "figure-1"))
    assert svg.get("viewBox", "").split()[2:] == [svg.get("width"), svg.get("height")]


@pytest.mark.parametrize(
    "source",
    [
        "flowchart LR\n  A[ --> B",
        'pie\n  "a": 1',
        "",
        "---\ntitle: x\n---\nflowchart LR\n  A --> B",
        "nonsense",
    ],
)
def test_what_cannot_be_drawn_gives_nothing(source: str) -> None:
    assert draw(source, "figure-1") == ""


def test_without_the_renderer_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_engine", lambda: None)
    assert draw(FLOW, "figure-1") == ""


def test_a_figure_with_links_is_drawn_without_them() -> None:
    drawn = draw(FLOW + '    click A "https://a.example"\n', "figure-1")
    assert "Task" in drawn
    assert "a.example" not in re.sub(r'aria-label="[^"]*"', "", drawn)


HOSTILE_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"
 onload="a()"><style>@import url(https://e.example/x.css)</style><script>a()</script>
<image href="https://e.example/x.png"/><foreignObject><p>x</p></foreignObject>
<use xlink:href="https://e.example/x.svg#y"/><animate attributeName="x" to="y"/>
<a xlink:href="javascript:a()"><text x="1" onclick="a()" class="node md-header">kept</text></a>
<rect width="1" fill="url(https://e.example)" style="x:y" x="expression(1:2)"/><g/>
<path d="M0 0" marker-end="url(https://e.example#m)"/></svg>
"""


def test_only_shapes_and_words_pass() -> None:
    assert clean(HOSTILE_SVG) == (
        '<svg viewBox="0 0 9 9" width="9" height="9" aria-hidden="true">'
        '<g><text x="1" class="node">kept</text></g><rect width="1" /><path d="M0 0" /></svg>'
    )


PARTS = [*"AB[](){}|-;:%<>&#=\n '/", '"', "-->", "subgraph ", "click ", "style ", "url(", "&lt;script&gt;"]


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_whatever_the_source_only_known_elements_are_drawn(lines: str) -> None:
    drawn = draw(f"flowchart LR\n{lines}", "figure-1")
    if drawn:
        for element in svg_of(drawn).iter():
            assert element.tag in ELEMENTS | {"tspan"}
            assert set(element.attrib) <= ATTRIBUTES | {"class", "id", "aria-hidden"}
            assert set(element.get("class", "").split()) <= CLASSES


def test_every_figure_of_our_own_questions_is_drawn() -> None:
    content = Path(__file__).parents[2] / "content"
    found = [
        (path.name, source)
        for path in sorted(content.glob("*/*.md"))
        for source in re.findall(r"^```mermaid\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    ]
    assert found
    assert [name for name, source in found if not draw(source, "figure-1")] == []
