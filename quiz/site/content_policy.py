"""What a page may load and run, written into every page of a built site as a Content-Security-Policy.

Everything comes from the site itself, and a script within a page runs only if the builder wrote it: Material
puts three of its own into each page, which choose the colours before the first paint and cannot wait for a
file. They are named by their hashes, so a script that got in through a question would not run. Material's
styles are files; what its scripts set on single elements goes through the object model, which needs no leave.
Zensical's search writes a style of its own into the page, so there styles within a page are allowed.

https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_INLINE: Final = re.compile(
    r"<script(?P<attributes>(?![^>]*\bsrc\s*=)[^>]*)>(?P<code>.*?)</script\s*>", re.S | re.I
)
_DATA: Final = re.compile(r"""\btype\s*=\s*["']?(application/(ld\+)?json|text/plain)\b""", re.IGNORECASE)
_HEAD: Final = re.compile(r"<head[^>]*>(\s*<meta charset=[^>]*>)?", re.IGNORECASE)


def restrict(site: Path, *, styles_within: bool) -> None:
    """Write the policy into each page of the site."""
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        page.write_text(with_policy(text, styles_within=styles_within), encoding="utf-8")


def with_policy(page: str, *, styles_within: bool = False) -> str:
    """The page with its policy at the head, where it holds for all that follows."""
    codes = [match["code"] for match in _INLINE.finditer(page) if not _DATA.search(match["attributes"])]
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(codes, styles_within)}">'
    return _HEAD.sub(lambda head: head[0] + meta, page, count=1)


def policy(codes: Iterable[str], styles_within: bool) -> str:
    """The policy of a page with these scripts inside."""
    styles = "'self' 'unsafe-inline'" if styles_within else "'self'"
    scripts = " ".join(["'self'", *sorted({f"'sha256-{_hash(code)}'" for code in codes})])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            f"style-src {styles}",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
