"""What every generated page begins with."""

from __future__ import annotations

import json
import re

from quiz.source.markdown import plain

_ENTITY = re.compile(r"&(?=#|\w)")


def front_matter(title: str, *, searchable: bool = True, contents: bool = True) -> str:
    """The head of a page; JSON is YAML, and quotes whatever the title holds.

    `contents` says whether the page has a list of its headings at its side.
    """
    hidden = "[navigation]" if contents else "[navigation, toc]"
    lines = [f"title: {json.dumps(page_title(title), ensure_ascii=False)}", f"hide: {hidden}"]
    if not searchable:
        lines += ["search:", "  exclude: true"]
    return "\n".join(["---", *lines, "---"])


def page_title(title: str) -> str:
    """The title as plain text without any character of HTML.

    The builders' themes set it into pages as it is, and into the window's title decoded: so neither a tag nor
    what decoding would make one may be in it.
    """
    text = plain(title).replace("`", "").translate({ord("<"): "‹", ord(">"): "›", ord('"'): "'"})
    return _ENTITY.sub("＆", text)
