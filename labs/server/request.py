"""What a request asks for: its service and operation, read from the wire format without moto."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import dataclass
from typing import Any

Environ = dict[str, Any]

USER = "on-call"  # whose key it is
KEY = "AKIALABLABLABLABLAB0"
REGISTRY_KEY = "AKIALABLABREGISTRY00"  # of the account that holds a shared registry

# Operations that change nothing. All others are written to the journal.
_READS = re.compile(
    r"(Describe|List|Get|BatchGet|BatchCheck|Lookup|Filter|Simulate|Head|Test|Discover|Search|View|Validate|Decode"
    r"|StartQuery|StopQuery)"
)
# A token is not a change, a session is not a resource.
_CREDENTIALS = re.compile(r"(Assume|Get).*(Role|Token|Identity|Credentials)")
_REST_VERBS = {"GET": "Get", "HEAD": "Head"}


@dataclass(frozen=True)
class Request:
    """One API call: signing name of the service, operation, and the wire protocol to answer an error in."""

    service: str
    action: str
    protocol: str  # "json", "query", "ec2", "cbor" or "rest"
    body: bytes

    @property
    def is_write(self) -> bool:
        return not (_READS.match(self.action) or _CREDENTIALS.match(self.action))


def read_request(environ: Environ) -> Request:
    """Read the request and leave the environment as if it had not been read."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    environ["wsgi.input"] = io.BytesIO(body)
    scope = re.search(
        r"Credential=[^/]+/[^/]+/[^/]+/([^/]+)/aws4_request", environ.get("HTTP_AUTHORIZATION", "")
    )
    service = scope[1] if scope else ""
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    if target:
        return Request(service or target.split(".")[0].lower(), target.rsplit(".", 1)[-1], "json", body)
    if environ.get("HTTP_SMITHY_PROTOCOL"):
        return Request(service, environ.get("PATH_INFO", "").rsplit("/", 1)[-1], "cbor", body)
    form = re.search(rb"(?:^|&)Action=(\w+)", body) or re.search(
        rb"(?:^|&)Action=(\w+)", environ.get("QUERY_STRING", "").encode()
    )
    if form:
        return Request(service, form[1].decode(), "ec2" if service == "ec2" else "query", body)
    verb = environ.get("REQUEST_METHOD", "GET")
    return Request(service, _REST_VERBS.get(verb, verb.title()), "rest", body)


def blank_environ(body: bytes) -> Environ:
    """A WSGI environment with nothing but a body."""
    return {
        "SERVER_NAME": "lab.invalid",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def error_answer(request: Request, code: str, message: str) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body that the caller's SDK understands as a client error with this code and message."""
    if request.protocol == "ec2":
        text = f"<Errors><Error><Code>{code}</Code><Message>{_escaped(message)}</Message></Error></Errors>"
        return _xml(f"<Response>{text}<RequestID>lab</RequestID></Response>")
    if request.protocol == "query":
        text = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{_escaped(message)}</Message></Error>"
        return _xml(f"<ErrorResponse>{text}<RequestId>lab</RequestId></ErrorResponse>")
    if request.protocol == "rest" and request.service == "s3":
        return _xml(f"<Error><Code>{code}</Code><Message>{_escaped(message)}</Message></Error>")
    if request.protocol == "cbor":
        headers = [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")]
        return headers, _cbor({"__type": code, "message": message})
    body = json.dumps({"__type": code, "message": message}).encode()
    return [("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-ErrorType", code)], body


def _xml(text: str) -> tuple[list[tuple[str, str]], bytes]:
    return [("Content-Type", "text/xml")], text.encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cbor(value: dict[str, str]) -> bytes:
    """A map of short texts in CBOR (RFC 8949)."""

    def text(item: str) -> bytes:
        raw = item.encode()
        return b"\x79" + len(raw).to_bytes(2, "big") + raw

    return bytes([0xA0 + len(value)]) + b"".join(text(key) + text(item) for key, item in value.items())
