"""Between the learner's tools and moto: one lock, virtual time, the journal, readable errors."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

from labs.server.journal import Journal, Write
from labs.server.moto_application import build_moto_application
from labs.server.operations import SIMULATIONS
from labs.server.recording import parameters, resources
from labs.server.request import (
    REGISTRY_KEY,
    USER,
    Environ,
    Request,
    blank_environ,
    error_answer,
    read_request,
)
from labs.simulator.describe import project_logs, project_names, project_services
from labs.simulator.simulation import Simulation
from labs.world.moto_access import forget_account, ids_from

StartResponse = Callable[..., Any]
log = logging.getLogger("labs")

UNSUPPORTED = "LabNotSupported"


class Middleware:
    """A WSGI application for one simulation.

    Time passes only at requests. moto is not thread-safe, so one lock holds around each. A write is put into
    the journal first, then carried out, then the simulator looks at the world again.
    """

    def __init__(self, simulation: Simulation, journal: Journal | None = None) -> None:
        self.simulation = simulation
        self.journal = journal
        self.lock = threading.RLock()
        self.writes = 0  # so far, the seeding's included; numbers the ids that moto draws
        self.live = False  # does wall time count?
        self.user = USER  # who makes the changes, for CloudTrail
        self._moto = build_moto_application()
        SIMULATIONS[simulation.world.account] = simulation

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with self.lock:
            self.catch_up()
            request = read_request(environ)
            if request.is_write and self.journal is not None:
                self.journal.write(self.simulation.now, environ, request.body)
            return self._dispatch(environ, request, start_response)

    def catch_up(self) -> None:
        """Let the time pass that the wall clock asks for, and note how far it came."""
        if self.live and self.simulation.catch_up() and self.journal is not None:
            self.journal.tick(self.simulation.now)

    def pass_time(self, seconds: float) -> None:
        """Let virtual time pass at once."""
        with self.lock:
            self.simulation.advance(seconds)
            self.note_time()

    def note_time(self) -> None:
        if self.journal is not None:
            self.journal.tick(self.simulation.now)

    def repeat(self, write: Write) -> None:
        """Carry out a write from the journal again."""
        self.simulation.advance(max(write.moment - self.simulation.now, 0.0))
        environ = blank_environ(write.body) | write.headers
        self._dispatch(environ, read_request(environ), lambda *_: None)

    def close(self) -> None:
        """Forget the account and everything in it."""
        SIMULATIONS.pop(self.simulation.world.account, None)
        forget_account(self.simulation.world.account)
        forget_account(self.simulation.world.registry_account)
        if self.journal is not None:
            self.journal.close()

    def _dispatch(self, environ: Environ, request: Request, start_response: StartResponse) -> Iterable[bytes]:
        simulation = self.simulation
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = self._account(environ)
        if request.is_write:
            self.writes += 1
            ids_from(f"{simulation.seed} write {self.writes}")
        else:
            ids_from(f"{simulation.seed} read")
            project_services(simulation)
            if request.service == "logs":
                project_logs(simulation)
            elif request.service == "servicediscovery":
                project_names(simulation)
        succeeded = True

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal succeeded
            succeeded = status.startswith("2")
            return start_response(status, headers, *rest)

        answer = self._ask_moto(environ, request, start)
        if request.is_write:
            if succeeded and environ["HTTP_X_MOTO_ACCOUNT_ID"] == simulation.world.account:
                self._note(request)
            simulation.world_changed()
            simulation.act()
        return answer

    def _note(self, request: Request) -> None:
        """Let CloudTrail remember the change."""
        simulation, given = self.simulation, parameters(request)
        named = resources(given, simulation.world.arn("ecr", "repository/"))
        simulation.trail.note_call(simulation.now, request.service, request.action, self.user, named, given)

    def _account(self, environ: Environ) -> str:
        """Whose keys signed the request."""
        world = self.simulation.world
        of_registry = f"Credential={REGISTRY_KEY}/" in environ.get("HTTP_AUTHORIZATION", "")
        return world.registry_account if of_registry and world.registry_account else world.account

    def _ask_moto(self, environ: Environ, request: Request, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return list(self._moto(environ, start_response))
        except Exception:
            # A service that moto does not know, or a defect in it: never a 500, which tools would retry.
            log.exception("%s %s failed", request.service, request.action)
            name = f"{request.service}:{request.action}" if request.service else request.action
            headers, body = error_answer(request, UNSUPPORTED, f"{name} is not part of this lab environment.")
            start_response("400 BAD REQUEST", headers)
            return [body]
