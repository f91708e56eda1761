"""`python -m labs`: the server process of a lab. `ecsquiz lab start` runs it in the background."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from pathlib import Path

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
    parser.add_argument("--any-port", action="store_true", help="take another port if that one is taken")
    options = parser.parse_args()
    gc.disable()  # while modules come in, too
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    folder = RunFolder(options.folder)
    folder.make()
    try:
        _serve(options.lab, options.seed, folder, options.port, options.any_port)
    except LabError as error:
        folder.save_failure(error.message, error.remedy)
        return 1
    return 0


def _serve(lab: str, seed: int | None, folder: RunFolder, port: int, or_any: bool) -> None:
    from labs.controls import handlers
    from labs.scenarios.catalogue import find
    from labs.scenarios.variation import varied
    from labs.server.serve import Served, serve
    from labs.server.session import Session

    def opened(lab: str, seed: int | None) -> Served:
        gc.disable()  # nearly all that is made while a lab is built stays
        session = Session(varied(find(lab), seed))
        session.resume(folder.journal)
        gc.freeze()
        gc.enable()
        return Served(session, handlers(session))

    first = opened(lab, seed)
    serve(first, opened, folder, port, or_any)


if __name__ == "__main__":
    sys.exit(main())
