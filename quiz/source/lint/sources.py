"""R001: sources are web addresses of hosts that we trust. R002: nothing was reviewed in the future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from quiz.source.lint.source import Source
from quiz.source.question import Finding

CODES: Final[Mapping[str, str]] = {
    "R001": "Sources are addresses of hosts that are known.",
    "R002": "No review date is in the future.",
}
# AWS itself, and the projects whose own documentation is the authority on a tool.
HOSTS: Final = frozenset(
    """docs.aws.amazon.com aws.amazon.com docs.docker.com docs.fluentbit.io docs.oracle.com docs.python.org
    developer.hashicorp.com github.com kubernetes.io nodejs.org opentelemetry.io registry.terraform.io
    www.envoyproxy.io www.pcisecuritystandards.org openjdk.org grpc.io docs.nvidia.com www.postgresql.org
    dev.mysql.com man7.org repost.aws
    learn.microsoft.com datatracker.ietf.org slsa.dev docs.sigstore.dev""".split()
)


def check(source: Source) -> Iterator[Finding]:
    for question in source.questions:
        for address in question.sources:
            parts = urlsplit(address)
            if parts.scheme != "https" or parts.hostname not in HOSTS:
                yield Finding(question.path, 1, "R001", f"the source {address} is not of a known host")
        if question.reviewed and source.today and question.reviewed > source.today:
            yield Finding(question.path, 1, "R002", f"the review date {question.reviewed} is in the future")
