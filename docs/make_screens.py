"""Draw the pictures of the terminal that the README and the site show: `make screens`.

Each picture is what the real program printed into a pseudo-terminal of 100 columns, typed answers
included. Homes are fresh, seeds fixed and nothing that differs from day to day is on a picture, so a
second run gives the same files unless the program or the questions changed.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import select
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 100
HEIGHT = 60
PATIENCE = 120.0  # seconds without a word from the program
PROMPT = "> "
SCREENS = Path(__file__).parent / "assets" / "screens"

# Rich asks for a font from a server; pictures on a page that works offline may not.
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_ESCAPE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


@dataclass(frozen=True)
class Command:
    """A command line, what is typed at each prompt, and how much of the output the picture shows."""

    line: str
    typed: tuple[str, ...] = ()
    lines: int | None = None
    until: str = ""
    """How the last line shown starts: what follows it differs from run to run."""
    hidden: bool = False
    """Needed for what follows, and not shown."""


@dataclass(frozen=True)
class Scene:
    name: str
    title: str
    commands: tuple[Command, ...]
    afterwards: str = ""
    """A command that cleans up. It is not shown, and run even if another one fails."""


ANSWER = (
    "The task role is what the application uses to call AWS services such as S3.",
    "The agent uses the execution role to pull images from ECR and to read secrets.",
)
MISTAKEN = f"{ANSWER[1]} The application reads S3 with the execution role."

SCENES = (
    Scene(
        "practice",
        "A drill",
        (
            Command(
                "ecsquiz practice --question 13 --kind recall --seed 7", (*ANSWER, "", "3"), until="Saved"
            ),
        ),
    ),
    Scene("show", "A question and its answer", (Command("ecsquiz show 13", lines=38),)),
    Scene("grade", "Grading an answer", (Command(f"ecsquiz grade 13 --answer {shlex.quote(MISTAKEN)}"),)),
    Scene(
        "exam",
        "A paper and its key",
        (
            Command("ecsquiz exam build --count 8 --seed 7 --variants 2 --title 'Team exam' --out exam"),
            Command("cat exam/paper-A.md", lines=28),
        ),
    ),
    Scene(
        "lab",
        "A broken environment",
        (
            Command("ecsquiz lab start 101 --port 4599"),
            Command("ecsquiz lab wait 10m", hidden=True),
            Command("ecsquiz lab check"),
        ),
        afterwards="ecsquiz lab stop",
    ),
)


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    chosen = sys.argv[1:] or [scene.name for scene in SCENES]
    for scene in SCENES:
        if scene.name in chosen:
            target = SCREENS / f"{scene.name}.svg"
            target.write_text(draw(scene.title, scene.name, play(scene)), encoding="utf-8")
            print(target.relative_to(Path.cwd()) if target.is_relative_to(Path.cwd()) else target)


def play(scene: Scene) -> Text:
    """Everything that the terminal shows in the scene."""
    shown = Text()
    with tempfile.TemporaryDirectory() as home:
        environment = fresh_environment(Path(home))
        work = Path(home) / "work"
        work.mkdir()
        # Compiled beforehand: whether the bank has to be compiled is no part of the picture.
        quietly(["ecsquiz", "bank", "info"], environment)
        try:
            for command in scene.commands:
                output = run(shlex.split(command.line), command.typed, environment, work)
                if not command.hidden:
                    shown.append("$ ", style="bold green").append(f"{command.line}\n", style="bold")
                    shown.append_text(cut(as_text(output), command)).append("\n\n")
        finally:
            if scene.afterwards:
                quietly(shlex.split(scene.afterwards), environment)
    shown.rstrip()
    return shown


def fresh_environment(home: Path) -> Mapping[str, str]:
    """What the programs get to see: no settings of whoever draws, and the ecsquiz of this environment."""
    inputrc = home / "inputrc"
    inputrc.write_text("set enable-bracketed-paste off\n", encoding="utf-8")
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CACHE", "CONFIG", "STATE")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {
        **folders,
        "HOME": str(home),
        "INPUTRC": str(inputrc),
        "LANG": "C.UTF-8",
        "PATH": path,
        "TERM": "xterm-256color",
        "TZ": "UTC",
    }


def run(command: Sequence[str], typed: Sequence[str], environment: Mapping[str, str], folder: Path) -> str:
    """What the command writes to a terminal while the lines of `typed` are typed, one at each prompt.

    Where it goes on asking after the last of them, it is ended.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    process = subprocess.Popen(
        [program, *command[1:]],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        return talk(ours, typed)
    finally:
        os.close(ours)
        if process.poll() is None:
            process.terminate()
        process.wait()


def quietly(command: Sequence[str], environment: Mapping[str, str]) -> None:
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    subprocess.run([program, *command[1:]], env=environment, check=True, stdout=subprocess.DEVNULL)


def talk(terminal: int, typed: Sequence[str]) -> str:
    """Read the terminal to its end, or to the prompt after the last of the typed lines."""
    waiting = list(typed)
    written, answered = b"", 0
    while True:
        ready, _, _ = select.select([terminal], [], [], PATIENCE)
        if not ready:
            raise SystemExit(f"nothing happens after: {written[-200:]!r}")
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other side has gone
            chunk = b""
        written += chunk
        said = _ESCAPE.sub("", written[answered:].decode(errors="ignore"))
        if said.endswith(PROMPT) and said.splitlines()[-1] == PROMPT:
            if not waiting:
                return written.decode().rsplit("\n", 1)[0]
            answered = len(written)
            os.write(terminal, f"{waiting.pop(0)}\n".encode())
        elif not chunk:
            return written.decode()


def as_text(output: str) -> Text:
    return Text.from_ansi(output.replace("\r\n", "\n"))


def cut(output: Text, command: Command) -> Text:
    """The lines that the picture shows, with a mark where lines are left out below."""
    output.rstrip()
    lines = list(output.split("\n"))
    if command.until:
        last = next(i for i, line in enumerate(lines) if line.plain.startswith(command.until))
        return Text("\n").join(lines[: last + 1])
    if command.lines is None or len(lines) <= command.lines:
        return output
    return Text("\n").join([*lines[: command.lines], Text("...", style="dim")])


def draw(title: str, name: str, shown: Text) -> str:
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(shown, highlight=False)
    console.print()  # the picture's edge cuts into the last line
    svg = console.export_svg(title=title, unique_id=name)
    return _FONT_FACE.sub("", svg).replace("Fira Code, monospace", _FONT)


if __name__ == "__main__":
    main()
