"""Serves a session on the loopback interface until it is told to stop."""

from __future__ import annotations

import errno
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from labs.errors import LabError
from labs.server.folder import Address, RunFolder
from labs.server.gate import Gate, Handler
from labs.server.session import Session

LOOPBACK = "127.0.0.1"
ANSWER_FIRST = 0.05  # seconds between the answer to "stop" and the end
LONGEST_IDLE = 8 * 3600.0  # seconds; then the process ends, and `ecsquiz lab resume` brings the lab back


class _Quiet(MotoRequestHandler):
    protocol_version = "HTTP/1.1"  # tools keep their connection

    def log(self, *_: Any, **__: Any) -> None:
        """Requests are not logged."""


@dataclass(frozen=True)
class Served:
    """A lab that is answered for, and its control commands."""

    session: Session
    handlers: Mapping[str, Handler]


Opened = Callable[[str, "int | None"], Served]  # a lab by its name and seed


def serve(served: Served, opened: Opened, folder: RunFolder, port: int = 0, or_any: bool = False) -> None:
    """Answer requests; the folder tells where once it is ready. `or_any`: on another port if it is taken."""
    token = secrets.token_urlsafe(24)
    server: BaseWSGIServer | None = None

    def stop(_: Mapping[str, Any]) -> dict[str, Any]:
        if server is not None:
            threading.Timer(ANSWER_FIRST, server.shutdown).start()
        return {}

    def ping(_: Mapping[str, Any]) -> dict[str, Any]:
        return {"pid": os.getpid(), "lab": served.session.scenario.name}

    def switch(parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Another lab in the place of this one, which is over: far faster than another process."""
        nonlocal served
        served.session.middleware.close()
        folder.journal.unlink(missing_ok=True)
        served = opened(parameters["lab"], parameters["seed"])
        gate.take_over(served.session.middleware, {**served.handlers, **own})
        served.session.go_live()
        return ping({})

    own: dict[str, Handler] = {"stop": stop, "ping": ping, "switch": switch}
    gate = Gate(served.session.middleware, token, {**served.handlers, **own})
    try:
        server = _listening(port, gate)
    except LabError:
        if not or_any:
            raise
        server = _listening(0, gate)
    _end_when_idle(server, gate)
    served.session.go_live()
    folder.save_address(Address(os.getpid(), server.server_address[1], token))
    server.serve_forever()


def _listening(port: int, gate: Gate) -> BaseWSGIServer:
    try:
        return make_server(LOOPBACK, port, gate, threaded=True, request_handler=_Quiet)
    except (OSError, SystemExit) as problem:
        taken = not isinstance(problem, OSError) or problem.errno in (errno.EADDRINUSE, errno.EACCES)
        message = f"Port {port} is taken." if taken else f"The lab cannot listen on port {port}: {problem}."
        raise LabError(message, "Leave --port out, then a free one is chosen.") from problem


def _end_when_idle(server: BaseWSGIServer, gate: Gate) -> None:
    """The server looks around twice a second anyway; one that is forgotten need not stay for good."""

    def look() -> None:
        if gate.idle > LONGEST_IDLE:
            threading.Thread(target=server.shutdown, daemon=True).start()

    server.service_actions = look  # type: ignore[method-assign]
