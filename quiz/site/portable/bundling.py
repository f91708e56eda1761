"""Our own ES modules put together into one classic script.

Only what our modules use is understood: imports of names or of a whole module from a relative path, imports
on demand of a fixed path, exports of declarations and of names of another module, and the address of the
module itself. Anything else is an error.
"""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from typing import Final

from quiz.site.browser.modules import IMPORT, ON_DEMAND, PASSED_ON, in_order

_EXPORT: Final = re.compile(
    r"^export (?P<what>(?:const|let) (?P<names>\[[^\]]*\]|\w+)"
    r"|(?:async )?(?:function\*?|class) (?P<name>\w+))",
    re.MULTILINE,
)
_LEFT: Final = re.compile(r"^\s*(import|export)\b", re.MULTILINE)
_ADDRESS: Final = "import.meta.url"


class UnbundledError(ValueError):
    """A module holds what this does not understand."""


def bundle(entry: Path) -> str:
    """The script that does what the module `entry` does, with all that it imports."""
    folder = entry.parent
    modules = list(in_order(entry))
    names = {path: f"module{number}" for number, path in enumerate(dict.fromkeys(modules))}
    parts = [_as_function(path, names, folder.resolve()) for path in names]
    return "\n".join(
        ["(() => {", '"use strict";', "const here = document.currentScript.src;", *parts, "})();", ""]
    )


def _as_function(path: Path, names: dict[Path, str], folder: Path) -> str:
    text = path.read_text(encoding="utf-8")

    def module(match: re.Match[str]) -> str:
        return names[(path.parent / match["path"]).resolve()]

    def imported(match: re.Match[str]) -> str:
        wanted = match["all"] or re.sub(r"\b(\w+)\s+as\s+(\w+)", r"\1: \2", match["names"])
        return f"const {wanted} = {module(match)};\n"

    exported = [name for match in _EXPORT.finditer(text) for name in _names(match)]
    for match in PASSED_ON.finditer(text):
        exported += [f"{name}: {module(match)}.{name}" for name in re.findall(r"\w+", match["names"])]
    body = IMPORT.sub(imported, text)
    body = PASSED_ON.sub("", body)
    body = ON_DEMAND.sub(lambda match: f"Promise.resolve({module(match)})", body)
    body = _EXPORT.sub(lambda match: match["what"], body)
    left = _LEFT.search(body)
    if left:
        line = body[left.start() :].strip().splitlines()[0]
        raise UnbundledError(f"{path.name}: this is not understood: {line}")
    address = posixpath.relpath(path.as_posix(), folder.as_posix())
    body = body.replace(_ADDRESS, f"new URL({json.dumps(address)}, here).href")
    return f"const {names[path]} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _names(match: re.Match[str]) -> list[str]:
    if match["name"]:
        return [match["name"]]
    return re.findall(r"\w+", match["names"])
