"""The outermost door of the endpoint: who may come in, and the lab's own control path behind its token."""

from __future__ import annotations

import hmac
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from labs.errors import LabError
from labs.server.control import CONTROL, TOKEN_HEADER
from labs.server.middleware import Middleware, StartResponse
from labs.server.request import Environ

CLOSED = (
    "/moto-api",
    "/latest/",
    "/favicon.ico",
)  # moto's own controls, and its stand-in for instance metadata
LARGEST_BODY = 16 * 1024 * 1024

Handler = Callable[[Mapping[str, Any]], dict[str, Any]]
log = logging.getLogger("labs")


class Gate:
    """A WSGI application: lets AWS tools through to the lab, answers control commands, refuses all else.

    A page in a browser must not reach the lab, so a request with an Origin, or for another host name (DNS
    rebinding), is refused. `handlers` are the control commands; each takes and gives a JSON object.
    """

    def __init__(self, application: Middleware, token: str, handlers: Mapping[str, Handler]) -> None:
        self._token = token
        self._last = time.monotonic()
        self.take_over(application, handlers)

    def take_over(self, application: Middleware, handlers: Mapping[str, Handler]) -> None:
        """From now on answer for this lab."""
        self._application, self._handlers = application, handlers

    @property
    def idle(self) -> float:
        """Seconds since the last request."""
        return time.monotonic() - self._last

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self._last = time.monotonic()
        path = environ.get("PATH_INFO", "")
        if environ.get("HTTP_HOST", "").rsplit(":", 1)[0] not in ("127.0.0.1", "localhost"):
            return _refuse(start_response, "403 FORBIDDEN", "This lab answers on 127.0.0.1 only.")
        if "HTTP_ORIGIN" in environ or "HTTP_SEC_FETCH_SITE" in environ:
            return _refuse(start_response, "403 FORBIDDEN", "This lab is not for browsers.")
        if path.startswith(CLOSED):
            return _refuse(start_response, "403 FORBIDDEN", "This path is closed.")
        if int(environ.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            return _refuse(start_response, "413 CONTENT TOO LARGE", "The request is too large.")
        if path.startswith(CONTROL):
            return self._control(path.removeprefix(CONTROL), environ, start_response)
        return self._application(environ, _without_cors(start_response))

    def _control(self, command: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        given = environ.get(f"HTTP_{TOKEN_HEADER.upper().replace('-', '_')}", "")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return _refuse(start_response, "403 FORBIDDEN", "This path needs the lab's token.")
        handler = self._handlers.get(command)
        if handler is None or environ.get("REQUEST_METHOD") != "POST":
            return _refuse(start_response, "404 NOT FOUND", f"There is no command '{command}'.")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        try:
            parameters = json.loads(environ["wsgi.input"].read(length) or b"{}")
            with self._application.lock:
                self._application.catch_up()
                answer = handler(parameters)
        except LabError as error:
            return _answer(
                start_response, "400 BAD REQUEST", {"error": error.message, "remedy": error.remedy}
            )
        except Exception:
            log.exception("command %s failed", command)
            return _refuse(start_response, "500 INTERNAL SERVER ERROR", f"The command '{command}' failed.")
        return _answer(start_response, "200 OK", answer)


def _without_cors(start_response: StartResponse) -> StartResponse:
    """moto lets every web page read its answers; the lab lets none."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        kept = [(name, value) for name, value in headers if not name.lower().startswith("access-control-")]
        return start_response(status, kept, *rest)

    return start


def _refuse(start_response: StartResponse, status: str, text: str) -> Iterable[bytes]:
    return _answer(start_response, status, {"error": text, "message": text})


def _answer(start_response: StartResponse, status: str, entry: Mapping[str, Any]) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(entry).encode()]
