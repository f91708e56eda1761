"""`python -m labs`: the server process of a lab. `ecsquiz lab start` runs it in the background."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labs.errors import LabError
from labs.server.folder import RunFolder


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m labs", description="Serve a lab on the loopback interface."
    )
    parser.add_argument("--lab", required=True, help="number or name of the lab")
    parser.add_argument("--folder", required=True, type=Path, help="where the run keeps its files")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 for any that is free")
    parser.add_argument("--seed", type=int, help="vary the lab: names, zones, faults")
    options = parser.parse_args()
    gc.disable()  # nearly all that is made while starting stays
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    folder = RunFolder(options.folder)
    folder.make()
    try:
        _serve(options.lab, options.seed, folder, options.port)
    except LabError as error:
        folder.save_failure(error.message, error.remedy)
        return 1
    return 0


def _serve(lab: str, seed: int | None, folder: RunFolder, port: int) -> None:
    from labs.checks.check import check
    from labs.checks.status import status
    from labs.scenarios.catalogue import find
    from labs.scenarios.variation import varied
    from labs.server.serve import serve
    from labs.server.session import Session

    session = Session(varied(find(lab), seed))
    session.resume(folder.journal)

    def answer_check(parameters: Mapping[str, Any]) -> dict[str, Any]:
        answers = parameters.get("answers", {})
        report = check(session.simulation, session.scenario, session.known, answers)
        session.middleware.note_time()
        return report.as_dict()

    def answer_status(_: Mapping[str, Any]) -> dict[str, Any]:
        return status(session.simulation)

    def answer_wait(parameters: Mapping[str, Any]) -> dict[str, Any]:
        session.middleware.pass_time(float(parameters["seconds"]))
        return status(session.simulation)

    gc.freeze()
    gc.enable()

    def answer_known(_: Mapping[str, Any]) -> dict[str, Any]:
        return dict(session.known)

    handlers = {"known": answer_known, "check": answer_check, "status": answer_status, "wait": answer_wait}
    serve(session, folder, handlers, port)


if __name__ == "__main__":
    sys.exit(main())
