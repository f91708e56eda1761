"""Runs the site's modules under node, on values that come from Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from tests.conftest import CHECKOUT

APP = CHECKOUT / "docs" / "assets" / "app"

_RUNNER = """
import {{ readFileSync }} from "node:fs";
{imports}
const given = JSON.parse(readFileSync(0, "utf8"));
const answer = await (async (given) => {{ {body} }})(given);
process.stdout.write(JSON.stringify(answer ?? null));
"""


def node(imports: dict[str, str], body: str, given: Any = None, zone: str = "UTC") -> Any:
    """What the body of a function of `given` returns, run as JavaScript in a time zone.

    `imports` maps what is imported, such as `{ parse }`, to a module of the app. Fails with what node says.
    """
    program = shutil.which("node")
    if program is None:
        reason = "node is not installed; on Debian or Ubuntu: sudo apt-get install nodejs"
        if os.environ.get("ECSQUIZ_REQUIRE_TOOLS"):
            pytest.fail(reason)
        pytest.skip(reason)
    lines = (f"import {what} from {json.dumps((APP / name).as_uri())};" for what, name in imports.items())
    script = _RUNNER.format(imports="\n".join(lines), body=body)
    done = subprocess.run(
        [program, "--input-type=module", "--eval", script],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": zone},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
