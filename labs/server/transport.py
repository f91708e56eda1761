"""boto3 calls that reach the application in this process, without a socket: for seeding and for tests."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any
from urllib.parse import unquote, urlsplit

import boto3
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from labs.server.middleware import Middleware
from labs.server.request import KEY, REGISTRY_KEY, blank_environ
from labs.world.moto_access import REGION, SERVICE_MODELS

_CALLED: ContextVar[Middleware] = ContextVar("the application that the call under way is for")
SECRET = "lab"  # noqa: S105 - signs calls that never leave the process
_SETTINGS = Config(inject_host_prefix=False, retries={"max_attempts": 1}, parameter_validation=True)


class InProcess:
    """Calls one application: `call("ec2.create_vpc", CidrBlock=...)`.

    `ssm@eu-west-1.put_parameter` calls another region, `ecr@registry.put_image` the account of the registry.
    """

    def __init__(self, application: Middleware) -> None:
        self._application = application

    def __call__(self, name: str, **parameters: Any) -> dict[str, Any]:
        service, _, operation = name.rpartition(".")
        token = _CALLED.set(self._application)
        try:
            answer: dict[str, Any] = getattr(_client(*service.split("@")), operation)(**parameters)
            return answer
        finally:
            _CALLED.reset(token)


@functools.cache
def _session(key: str) -> boto3.Session:
    made = botocore.session.Session()
    made.register_component("data_loader", SERVICE_MODELS)
    return boto3.Session(
        botocore_session=made,
        aws_access_key_id=key,
        aws_secret_access_key=SECRET,
        region_name=REGION,
    )


@functools.cache
def _client(service: str, where: str = "") -> Any:
    """Making a client takes far longer than a call, so all applications share them."""
    session = _session(REGISTRY_KEY if where == "registry" else KEY)
    region = where if where not in ("", "registry") else REGION
    made = session.client(service, region_name=region, endpoint_url="http://lab.invalid", config=_SETTINGS)
    made.meta.events.register("before-send.*", _send)
    return made


class _Body(io.BytesIO):
    def stream(self, _amount: int | None = None, _decode: bool | None = None) -> Iterator[bytes]:
        yield self.read()


def _send(request: Any, **_: Any) -> AWSResponse:
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else body.read()
    url = urlsplit(request.url)
    environ = blank_environ(body)
    environ |= {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote(url.path),
        "RAW_URI": url.path,
        "QUERY_STRING": url.query,
        "HTTP_HOST": url.netloc,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        text = value.decode() if isinstance(value, bytes) else str(value)
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = text
    answered: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        answered.update(status=int(status.split()[0]), headers=dict(headers))

    content = b"".join(_CALLED.get()(environ, start_response))
    return AWSResponse(request.url, answered["status"], answered["headers"], _Body(content))
