"""The service worker: which files of a built site it copies to the browser, and which version they are.

https://www.w3.org/TR/service-workers/
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Final

NAME: Final = "sw.js"
LARGEST: Final = 60 * 2**20
"""Bytes. Of a larger site, the pages of single questions are left on the server."""

_TEMPLATE: Final = Path(__file__).with_name("worker.js")
_LEFT_OUT: Final = {".gz", ".inv", ".map", ".xml"}
_OTHER_LANGUAGES: Final = "assets/javascripts/lunr/"
_QUESTIONS: Final = "questions/"


def write_worker(site: Path, largest: int = LARGEST) -> str:
    """Write the worker of a site that is otherwise finished; returns its version."""
    files = copied_files(site, largest)
    listing = json.dumps(files, separators=(",", ":"))
    text = _TEMPLATE.read_text(encoding="utf-8")
    version = hashlib.sha256((listing + text).encode()).hexdigest()[:16]
    script = text.replace("@version@", version).replace('"@files@"', listing)
    (site / NAME).write_text(script, encoding="utf-8")
    return version


def copied_files(site: Path, largest: int = LARGEST) -> dict[str, str]:
    """Address below the site's root and SHA-256 (Base64) of each file that a reader's copy holds."""
    paths = {
        path.relative_to(site).as_posix(): path
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.suffix not in _LEFT_OUT and path.name not in {NAME, "404.html", "LICENSE"}
    }
    chosen = {name: path for name, path in paths.items() if not name.startswith(_OTHER_LANGUAGES)}
    if sum(path.stat().st_size for path in chosen.values()) > largest:
        chosen = {name: path for name, path in chosen.items() if not _is_question(name)}
    return {_address(name): _digest(path) for name, path in chosen.items()}


def _is_question(name: str) -> bool:
    return name.startswith(_QUESTIONS) and name != f"{_QUESTIONS}index.html"


def _address(name: str) -> str:
    return name.removesuffix("index.html") if name.split("/")[-1] == "index.html" else name


def _digest(path: Path) -> str:
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
