"""Reads GIFT with gift-pegjs, a parser that we did not write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from tests.conftest import CHECKOUT

FOLDER = CHECKOUT / "tests" / "node"
_RUNNER = """
const { parse } = require("gift-pegjs");
const { readFileSync } = require("node:fs");
process.stdout.write(JSON.stringify(parse(readFileSync(0, "utf8"))));
"""


def read_gift(text: bytes) -> list[dict[str, Any]]:
    """The categories and questions of a GIFT file. Fails with what the parser says."""
    program = shutil.which("node")
    if program is None or not (FOLDER / "node_modules" / "gift-pegjs").is_dir():
        reason = "gift-pegjs is not installed; with node and npm: npm ci --prefix tests/node"
        if os.environ.get("ECSQUIZ_REQUIRE_TOOLS"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(
        [program, "--eval", _RUNNER], input=text, capture_output=True, check=False, cwd=FOLDER, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    read: list[dict[str, Any]] = json.loads(done.stdout)
    return read
