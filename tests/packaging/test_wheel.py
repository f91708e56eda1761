"""The wheel, installed into an empty environment, works from any folder with no other step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(CHECKOUT),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (built,) = folder.glob("ecsquiz-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds nothing but ecsquiz and its base dependencies."""
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, timeout=120)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", str(wheel)], check=True, timeout=300)
    return environment / "bin" / "ecsquiz"


def run(command: Path, folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installed command in a folder that is also its home."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_compiled_bank_travels_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "quiz/bank/bundled.sqlite" in names
    assert "quiz/site/project/mkdocs.yml" in names
    assert "labs/scenarios/101-cannot-pull-container/lab.yaml" in names


def test_nothing_generated_or_private_travels_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "content/"))]
    assert not [name for name in names if "/docs/questions/" in name]


def test_the_installed_command_finds_its_bank_from_any_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "bank", "info", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["questions"] >= 10


def test_the_installed_command_drills_and_remembers(installed: Path, tmp_path: Path) -> None:
    drill = ("practice", "--question", "13", "--kind", "recall", "--limit", "1")
    answer = "The execution role pulls the image, the task role is for the application.\n\n\n"
    first = run(installed, tmp_path, *drill, stdin=answer)
    assert first.returncode == 0, first.stderr
    assert "execution role" in first.stdout
    stored = list(tmp_path.rglob("progress.sqlite"))
    assert len(stored) == 1


def test_parts_that_need_an_extra_say_which(installed: Path, tmp_path: Path) -> None:
    for arguments, extra in ((("site", "build"), "site"), (("lab", "start", "101"), "labs")):
        done = run(installed, tmp_path, *arguments)
        assert done.returncode == 1
        assert f"ecsquiz[{extra}]" in done.stderr
        assert "Traceback" not in done.stderr
