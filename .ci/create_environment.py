"""Make a virtual environment, also where the system's Python comes without `ensurepip`.

Debian and Ubuntu split that module off into the package python3-venv. Where it is missing, pip's own
wheel is fetched from the Python Package Index, its hash checked, and used to install itself.

Usage: python3 .ci/create_environment.py FOLDER
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path
from typing import Any

PIP = "https://pypi.org/simple/pip/"
OLDEST = (3, 11)


def main(folder: Path) -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"ecsquiz needs Python 3.11 or newer; this is {sys.version.split()[0]}. Set PYTHON=...")
    if importlib.util.find_spec("ensurepip"):
        venv.create(folder, with_pip=True, clear=True, symlinks=True)
        return
    venv.create(folder, with_pip=False, clear=True, symlinks=True)
    install_pip(folder / "bin" / "python")


def install_pip(python: Path) -> None:
    """A wheel is a zip file, and Python runs packages from zip files: pip installs itself."""
    request = urllib.request.Request(PIP, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        wheel = newest_wheel(json.load(answer)["files"])
    with urllib.request.urlopen(wheel["url"], timeout=60) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != wheel["hashes"]["sha256"]:
        sys.exit("The download of pip is damaged. Try again.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, wheel["filename"])
        path.write_bytes(content)
        subprocess.run([python, f"{path}/pip", "install", "--quiet", "--no-index", path], check=True)


def newest_wheel(files: list[dict[str, Any]]) -> dict[str, Any]:
    """The newest final release among the files of the index page."""
    releases = {}
    for file in files:
        match = re.fullmatch(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl", file["filename"])
        if match and not file.get("yanked"):
            releases[tuple(int(part) for part in match[1].split("."))] = file
    return releases[max(releases)]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
