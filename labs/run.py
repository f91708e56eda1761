"""A learner's run of a lab: start, look, check, hint, answer, give up, stop. One at a time."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from labs.errors import LabError
from labs.records import Pass, Records
from labs.scenarios.catalogue import find, scenarios
from labs.scenarios.questions import Question
from labs.scenarios.scenario import Scenario
from labs.scenarios.steps import seconds
from labs.scenarios.variation import varied
from labs.server import process
from labs.server.folder import Address, Progress, RunFolder
from labs.terminal.commands import write_commands

NEEDED = ("moto", "boto3", "flask", "flask_cors")
LONGEST_WAIT = 24 * 3600.0
START_ONE = "Start one: ecsquiz lab start 101"
LEVELS = ("easy", "medium", "hard")
CHECKS_BEFORE_A_HINT = 2


@dataclass(frozen=True)
class Started:
    scenario: Scenario
    address: Address
    resumed: bool


class Run:
    """The run in `folder`. `now` gives Unix seconds."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = RunFolder(folder / "current")
        self.records = Records(folder / "records.json")
        self._now = now

    def start(self, wanted: str = "", port: int = 0, seed: int | None = None) -> Started:
        """Start a lab, or go on with one whose server has died. Ready when this returns.

        One that is repaired makes way. Without `wanted`: the one that is not finished, else the easiest that
        was never repaired. `seed` varies a new lab; one that goes on keeps its own.
        """
        with self._alone():
            return self._start(wanted, port, seed)

    def _start(self, wanted: str, port: int, seed: int | None) -> Started:
        progress = self.folder.progress()
        scenario = find(wanted or (progress.lab if progress and not progress.passed else self._next()))
        need_moto()
        if progress is not None and progress.passed is not None:
            return self._move_on(scenario, seed)
        if progress is not None:
            self._may_go_on(progress, scenario)
        else:
            self.folder.remove()
            self.folder.make()
            self.folder.save_progress(Progress(scenario.name, self._now(), seed=seed))
        try:
            return self._serve(scenario, port, progress, seed)
        except LabError:
            if progress is None:
                self.folder.forget_progress()
            raise

    def resume(self) -> Started:
        """Go on with the lab whose server has ended."""
        progress = self._progress()
        scenario = find(progress.lab)
        with self._alone():
            self._may_go_on(progress, scenario)
            return self._serve(scenario, 0, progress, None)

    def reset(self) -> Started:
        """The same lab as it was at its start. Hints, answers and the time stay the learner's."""
        progress, address = self._progress(), self.folder.address()
        with self._alone():
            if address is not None:
                process.end(address)
            self.folder.journal.unlink(missing_ok=True)
            return self._serve(find(progress.lab), 0, progress, None)

    def scenario(self) -> Scenario:
        progress = self._progress()
        return varied(find(progress.lab), progress.seed)

    def address(self) -> Address:
        """Where the running server is. LabError if none runs."""
        progress, address = self._progress(), self.folder.address()
        if address is None or not self._answers(progress, address):
            raise LabError(
                f"The server of lab {progress.lab} has ended.", "Go on where you were: ecsquiz lab resume"
            )
        return address

    def check(self) -> dict[str, Any]:
        """The report of the check. The first pass is recorded, unless the solution had been shown.

        `offer_hint` says that the learner has tried for a while and there is a hint left.
        """
        progress = self._progress()
        report = process.ask(self.address(), "check", answers=progress.answers)
        if not report["passed"]:
            progress = replace(progress, failed_checks=progress.failed_checks + 1)
            self.folder.save_progress(progress)
        elif progress.passed is None:
            progress = replace(progress, passed=self._now())
            self.folder.save_progress(progress)
        self.keep_pass()
        taken = None if progress.passed is None else round(progress.passed - progress.started)
        left = len(self.scenario().hints) - progress.hints
        offer = progress.failed_checks >= CHECKS_BEFORE_A_HINT and left > 0 and not report["passed"]
        return {**report, "seconds": taken, "hints_left": left, "offer_hint": offer}

    def keep_pass(self) -> None:
        """Put a pass into the records, should a kill have come between."""
        progress = self.folder.progress()
        if progress is None or progress.passed is None or progress.gave_up:
            return
        question = find(progress.lab).question
        self.records.keep(
            Pass(progress.lab, question, progress.started, progress.passed, progress.seed, progress.hints)
        )

    def status(self) -> dict[str, Any]:
        progress = self._progress()
        answer = process.ask(self.address(), "status")
        return {"lab": progress.lab, "hints": progress.hints, "passed": progress.passed is not None, **answer}

    def wait(self, seconds: float) -> dict[str, Any]:
        return process.ask(self.address(), "wait", seconds=seconds)

    def curl(self, url: str, times: int) -> dict[str, Any]:
        return process.ask(self.address(), "curl", url=url, times=times)

    def logs(self, group: str, lines: int) -> dict[str, Any]:
        return process.ask(self.address(), "logs", group=group, lines=lines)

    def hint(self) -> tuple[int, int, str]:
        """The next hint: its number, how many there are, its text. After the last one, the last one again."""
        progress, hints = self._progress(), self.scenario().hints
        number = min(progress.hints + 1, len(hints))
        self.folder.save_progress(replace(progress, hints=number))
        return number, len(hints), hints[number - 1]

    def answer(self, name: str, words: Sequence[str]) -> Question:
        """Keep the answer to one of the lab's questions. Whether it is right is for the check to say."""
        question = self.question(name)
        progress = self._progress()
        answers = {**progress.answers, question.name: list(question.read(words))}
        self.folder.save_progress(replace(progress, answers=answers))
        return question

    def question(self, name: str) -> Question:
        questions = self.scenario().questions
        if not questions:
            raise LabError("This lab asks no questions.", "Repair it, then: ecsquiz lab check")
        for question in questions:
            if name == question.name:
                return question
        known = ", ".join(question.name for question in questions)
        raise LabError(f"This lab has no question '{name}'.", f"It asks: {known}.")

    def answers(self) -> dict[str, list[str]]:
        return self._progress().answers

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
        self.keep_pass()
        if address is not None:
            process.end(address)
        self.folder.remove()
        return progress.lab

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Of two terminals that start at once, one is refused: two servers must not write one journal."""
        try:
            import fcntl
        except ImportError:  # Windows
            yield
            return
        lock = self.folder.path.with_name("starting.lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as problem:
                raise LabError(
                    "A lab is being started in another terminal.", "Wait a moment, then: ecsquiz lab status"
                ) from problem
            yield

    def _next(self) -> str:
        done = self.records.by_lab()
        labs = sorted(scenarios(), key=lambda lab: (lab.name in done, LEVELS.index(lab.level), lab.number))
        return labs[0].name

    def _may_go_on(self, progress: Progress, scenario: Scenario) -> None:
        """LabError if another lab, or this one, runs."""
        if self._answers(progress, self.folder.address()):
            raise LabError(
                f"Lab {progress.lab} is already running.",
                "Go on with it (ecsquiz lab status) or end it (ecsquiz lab stop).",
            )
        if progress.lab != scenario.name:
            raise LabError(
                f"Lab {progress.lab} is not finished.",
                "Go on with it (ecsquiz lab resume) or drop it (ecsquiz lab stop).",
            )

    def _answers(self, progress: Progress, address: Address | None) -> bool:
        """Whether the lab's server is there. One that still has the lab before, after a kill, is ended."""
        lab = process.lab_at(address)
        if lab is not None and lab != progress.lab and address is not None:
            process.end(address)
        return lab == progress.lab

    def _move_on(self, scenario: Scenario, seed: int | None) -> Started:
        """From a lab that is repaired to the next, in the same server if it is there."""
        self.keep_pass()
        address = self.folder.address()
        self.folder.journal.unlink(missing_ok=True)
        progress = Progress(scenario.name, self._now(), seed=seed)
        self.folder.save_progress(progress)
        if address is None or not process.is_alive(address):
            return replace(self._serve(scenario, 0, progress, seed), resumed=False)
        process.ask(address, "switch", lab=scenario.name, seed=seed)
        write_commands(self.folder, scenario.name, address)
        return Started(varied(scenario, seed), address, resumed=False)

    def _serve(self, scenario: Scenario, port: int, progress: Progress | None, seed: int | None) -> Started:
        """Start the server, where it was if it can be, so that open terminals find it again."""
        seed = seed if progress is None else progress.seed
        last = self.folder.address() if progress is not None and not port else None
        address = process.spawn(
            self.folder, scenario.name, port or (last.port if last else 0), seed, bool(last)
        )
        write_aws_files(self.folder)
        write_commands(self.folder, scenario.name, address)
        return Started(varied(scenario, seed), address, progress is not None)

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
    from labs.server.request import KEY, REGISTRY_KEY
    from labs.stacks.parts import REGION

    config = f"[default]\nregion = {REGION}\noutput = json\ncli_pager =\ncli_timestamp_format = iso8601\n"
    config += f"[profile registry]\nregion = {REGION}\noutput = json\ncli_pager =\n"
    folder.aws_config.write_text(config, encoding="utf-8")
    keys = f"[default]\naws_access_key_id = {KEY}\naws_secret_access_key = lab\n"
    keys += f"[registry]\naws_access_key_id = {REGISTRY_KEY}\naws_secret_access_key = lab\n"
    folder.aws_credentials.write_text(keys, encoding="utf-8")
