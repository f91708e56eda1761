"""A bank by somebody who means harm, or only pasted anything: its site is whole, and nothing in it acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from quiz.site.builders import Builder
from tests.site.conftest import build_site, serve, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BANK = """\
title = "<script>alert('bank')</script>"

[[levels]]
slug = "basics"
title = "Basics </title><script>alert('level')</script> {{ 7*7 }}"
description = "</p><script>alert('description')</script>"

[[topics]]
slug = "roles"
title = "Roles &lt;/title&gt;&lt;script&gt;alert('topic')&lt;/script&gt; {{ 7*7 }}"
"""

GLOSSARY = """\
- term: "x <script>alert('term')</script>"
  meaning: "</div><script>alert('meaning')</script> {{ 7*7 }} {% raw %}"
  aliases: ["<img src=x onerror=alert(1)>"]
"""

QUESTION = """\
---
number: 1
level: basics
topics: [roles]
sources: ['https://a.example/"><script>alert(0)</script>', 'javascript:alert(1)']
---
# Why </title><script>alert(1)</script> &lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt; {{ 7*7 }} `<b>`?

## Short answer
<script>alert(3)</script>, ![far](https://evil.example/x.png), ![near](n.png), ![d](data:image/png;base64,AA).

[a](foo.pdf) [b](#nowhere) [c](/abs/path) [d](mailto:a@b.c) [e](../../../etc/passwd.md) [f](../x/y.md#z)
[g](javascript:alert(4)) [h](//evil.example/x) [i](foo/) [j](?x) [k](https://ok.example/a?b=1&c=2) [l](1.md)

## Section </details><script>alert(5)</script> {: onclick=alert(6) } { #id }

</details></div><script>alert(7)</script>

````md
```mermaid
flowchart LR
  A --> B
```
````

```mermaid
%%{init: {"themeCSS": "} body{display:none} @import url(https://evil.example/x.css);"}}%%
flowchart LR
    A["&lt;img src=x onerror=alert(8)&gt;"] --> B
    classDef k fill:url(https://evil.example/a.svg),stroke:#f00
    class A k
    click A "javascript:alert(9)"
    style B fill:red}body{display:none
```

```mermaid
sequenceDiagram
    participant A as "x' onload='alert(10)"
    A->>A: hello </svg><script>alert(11)</script>
```

```json title="a.json" onclick=x {: onload=alert(12) }
{"a": "</code></pre><script>alert(13)</script>"}
```

- a

  ```"><script>alert(14)</script>
  </code></pre><script>alert(15)</script>
  ```

--8<-- "/etc/passwd"

## Key points
- The **<script>alert(16)</script>** x </label></li></ul><script>alert(17)</script>

## Common mistakes
- Wrong: <img src=x onerror=alert(18)>. Right: </p></li><svg onload=alert(19)>.

## Follow-ups
- Next <script>alert(20)</script>? ([1](001-a.md))
"""


@pytest.fixture(scope="module", params=list(Builder))
def hostile_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "source"
    (source / "basics").mkdir(parents=True)
    (source / "bank.toml").write_text(BANK)
    (source / "glossary.yml").write_text(GLOSSARY)
    (source / "basics" / "001-a.md").write_text(QUESTION)
    server = serve(build_site(source, folder, request.param))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def hostile_page(browser: Browser, hostile_site: str) -> Iterator[Page]:
    """A page that fails the test for a dialog, an error in the console or a request to another host."""
    yield from watched(browser, hostile_site)


@pytest.mark.browser
def test_no_page_of_a_hostile_bank_acts(hostile_page: Page) -> None:
    for address in ("/questions/1/", "/questions/", "/levels/basics/", "/topics/roles/", "/glossary/"):
        hostile_page.goto(address)
        for folded in hostile_page.locator("details.answer > summary").all():
            folded.click()
        assert hostile_page.locator(".md-content").is_visible()
        assert "49" not in hostile_page.inner_text("body")
        assert (
            hostile_page.locator(".md-content :is(script, img, iframe, style, a[href^=javascript])").count()
            == 0
        )


@pytest.mark.browser
def test_the_page_says_what_the_question_says(hostile_page: Page) -> None:
    hostile_page.goto("/questions/1/")
    hostile_page.get_by_text("Show the answer").click()
    text = hostile_page.inner_text(".md-content")
    for number in range(1, 21):
        if number not in (6, 8, 9, 10, 12, 14):  # attributes and figures, which are not shown as text
            assert f"alert({number})" in text, number
    heading = hostile_page.get_by_role("heading", level=1).inner_text()
    assert heading.startswith("Why </title><script>alert(1)</script> </title><script>alert(2)</script>")
    assert "Next <script>alert(20)</script>?" in text


@pytest.mark.browser
def test_search_shows_hostile_text_as_text(hostile_page: Page) -> None:
    hostile_page.goto("/")
    hostile_page.keyboard.press("/")
    hostile_page.keyboard.type("script alert", delay=10)
    hostile_page.locator('a[href*="questions/1"]').first.wait_for(state="visible", timeout=15_000)
