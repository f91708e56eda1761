"""The journal: every write of the learner, on disk before it is carried out, and how far time has come.

One JSON object a line. A last line that a crash cut off is the write that was in flight; it is dropped.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from labs.server.request import Environ

_KEPT_HEADERS = (
    "REQUEST_METHOD PATH_INFO QUERY_STRING CONTENT_TYPE HTTP_AUTHORIZATION HTTP_X_AMZ_TARGET "
    "HTTP_SMITHY_PROTOCOL HTTP_ACCEPT HTTP_USER_AGENT HTTP_HOST RAW_URI"
).split()


@dataclass(frozen=True)
class Write:
    """A request at a virtual moment."""

    moment: float
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Tick:
    """Time had come to this virtual moment."""

    moment: float


class Journal:
    """Appends to a file. Writes are forced to disk; ticks are not, for they can be lived through again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] = path.open("ab")

    def write(self, moment: float, environ: Environ, body: bytes) -> None:
        headers = {name: str(environ[name]) for name in _KEPT_HEADERS if name in environ}
        self._append({"at": moment, "headers": headers, "body": base64.b64encode(body).decode()})
        os.fsync(self._file.fileno())

    def tick(self, moment: float) -> None:
        self._append({"at": moment})

    def close(self) -> None:
        self._file.close()

    def _append(self, entry: dict[str, object]) -> None:
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()


def read_journal(path: Path) -> Iterator[Write | Tick]:
    """Entries in order; what a crash left of a last line is cut off the file."""
    if not path.exists():
        return
    whole = path.read_bytes()
    complete = whole[: whole.rfind(b"\n") + 1]
    if len(complete) < len(whole):
        with path.open("r+b") as file:
            file.truncate(len(complete))
    for line in complete.splitlines():
        entry = json.loads(line)
        if "headers" in entry:
            yield Write(entry["at"], entry["headers"], base64.b64decode(entry["body"]))
        else:
            yield Tick(entry["at"])
