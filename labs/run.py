"""A learner's run of a lab: start, look, check, hint, give up, stop. One at a time."""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from labs.errors import LabError
from labs.scenarios.catalogue import find
from labs.scenarios.scenario import Scenario
from labs.scenarios.steps import seconds
from labs.scenarios.variation import varied
from labs.server import process
from labs.server.folder import Address, Progress, RunFolder

NEEDED = ("moto", "boto3", "flask", "flask_cors")
LONGEST_WAIT = 24 * 3600.0
START_ONE = "Start one: ecsquiz lab start 101"


@dataclass(frozen=True)
class Started:
    scenario: Scenario
    address: Address
    resumed: bool


class Run:
    """The run in `folder`. `now` gives Unix seconds."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._root = folder
        self.folder = RunFolder(folder / "current")
        self._now = now

    def start(self, wanted: str, port: int = 0, seed: int | None = None) -> Started:
        """Start a lab, or go on with one whose server has died. Ready when this returns.

        `seed` varies a new lab; one that goes on keeps its own.
        """
        scenario = find(wanted)
        need_moto()
        progress = self.folder.progress()
        if progress is not None:
            if process.is_alive(self.folder.address()):
                raise LabError(
                    f"Lab {progress.lab} is already running.",
                    "Go on with it (ecsquiz lab status) or end it (ecsquiz lab stop).",
                )
            if progress.lab != scenario.name:
                number = progress.lab.partition("-")[0]
                raise LabError(
                    f"Lab {progress.lab} is not finished.",
                    f"Go on with it (ecsquiz lab start {number}) or drop it (ecsquiz lab stop).",
                )
        else:
            self.folder.remove()
            self.folder.make()
            self.folder.save_progress(Progress(scenario.name, self._now(), seed=seed))
        seed = seed if progress is None else progress.seed
        try:
            address = process.spawn(self.folder, scenario.name, port, seed)
        except LabError:
            if progress is None:
                self.folder.forget_progress()
            raise
        write_aws_files(self.folder)
        return Started(varied(scenario, seed), address, progress is not None)

    def scenario(self) -> Scenario:
        progress = self._progress()
        return varied(find(progress.lab), progress.seed)

    def address(self) -> Address:
        """Where the running server is. LabError if none runs."""
        progress, address = self._progress(), self.folder.address()
        if address is None or not process.is_alive(address):
            number = progress.lab.partition("-")[0]
            raise LabError(
                f"The server of lab {progress.lab} has ended.",
                f"Go on where you were: ecsquiz lab start {number}",
            )
        return address

    def check(self) -> dict[str, Any]:
        """The report of the check. The first pass is recorded, unless the solution had been shown."""
        progress = self._progress()
        report = process.ask(self.address(), "check", answers=progress.answers)
        if report["passed"] and progress.passed is None:
            progress = replace(progress, passed=self._now())
            self.folder.save_progress(progress)
            if not progress.gave_up:
                self._record(progress)
        taken = None if progress.passed is None else round(progress.passed - progress.started)
        return {**report, "seconds": taken}

    def status(self) -> dict[str, Any]:
        progress = self._progress()
        answer = process.ask(self.address(), "status")
        return {"lab": progress.lab, "hints": progress.hints, "passed": progress.passed is not None, **answer}

    def wait(self, seconds: float) -> dict[str, Any]:
        return process.ask(self.address(), "wait", seconds=seconds)

    def hint(self) -> tuple[int, int, str]:
        """The next hint: its number, how many there are, its text. After the last one, the last one again."""
        progress, hints = self._progress(), self.scenario().hints
        number = min(progress.hints + 1, len(hints))
        self.folder.save_progress(replace(progress, hints=number))
        return number, len(hints), hints[number - 1]

    def solution(self, give_up: bool = False) -> tuple[Scenario, dict[str, str]]:
        """After a pass, or for those who give up: the lab, and the ids of its parts."""
        progress = self._progress()
        if progress.passed is None and not give_up:
            raise LabError(
                "The solution opens when the lab is repaired.",
                "Check it (ecsquiz lab check), get a hint (ecsquiz lab hint), or give up: "
                "ecsquiz lab solution --give-up",
            )
        known = process.ask(self.address(), "known")
        if progress.passed is None:
            self.folder.save_progress(replace(progress, gave_up=True))
        return self.scenario(), known

    def stop(self) -> str:
        """End the server and drop the run; the lab's name."""
        progress, address = self._progress(), self.folder.address()
        if address is not None:
            process.end(address)
        self.folder.remove()
        return progress.lab

    def records(self) -> dict[str, dict[str, Any]]:
        """By lab: how often it was passed, and the best time in seconds."""
        try:
            entry: dict[str, dict[str, Any]] = json.loads((self._root / "records.json").read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return entry

    def _record(self, progress: Progress) -> None:
        records, taken = self.records(), round((progress.passed or 0) - progress.started)
        old = records.get(progress.lab, {"passes": 0, "best": taken})
        records[progress.lab] = {"passes": old["passes"] + 1, "best": min(old["best"], taken)}
        beside = self._root / "records.json.new"
        beside.write_text(json.dumps(records, indent=1), encoding="utf-8")
        beside.replace(self._root / "records.json")

    def _progress(self) -> Progress:
        progress = self.folder.progress()
        if progress is None:
            raise LabError("No lab is running.", START_ONE)
        return progress


def seconds_to_wait(text: str) -> float:
    """A time such as "5m" in seconds, at most a day."""
    wanted = seconds(text)
    if wanted > LONGEST_WAIT:
        raise LabError(f"{text} is too long to wait.", "Wait at most 24h at a time.")
    return wanted


def need_moto() -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise LabError(
            f"The labs need {missing[0]}, which is not installed.", "Install it: pip install 'ecsquiz[labs]'"
        )


def write_aws_files(folder: RunFolder) -> None:
    """The lab's own AWS configuration, so that no real profile or key can take part."""
    from labs.stacks.fargate_web import REGION

    config = f"[default]\nregion = {REGION}\noutput = json\ncli_pager =\ncli_timestamp_format = iso8601\n"
    folder.aws_config.write_text(config, encoding="utf-8")
    keys = "[default]\naws_access_key_id = AKIALABLABLABLABLAB0\naws_secret_access_key = lab\n"
    folder.aws_credentials.write_text(keys, encoding="utf-8")
