"""Log groups: which exist, and the lines that containers wrote into them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from labs.world.moto_access import backend


class Logs:
    """CloudWatch Logs of one account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    @property
    def _groups(self) -> dict[str, Any]:
        groups: dict[str, Any] = backend("logs", self._account, self._region).groups
        return groups

    def has_group(self, name: str) -> bool:
        return name in self._groups

    def create_group(self, name: str) -> None:
        backend("logs", self._account, self._region).create_log_group(name, {})

    def write(self, group: str, stream: str, lines: Sequence[tuple[datetime, str]]) -> None:
        """Make `lines` the content of the stream. Lines for a group that is gone are lost, as on AWS."""
        from moto.logs.models import LogEvent

        found = self._groups.get(group)
        if found is None:
            return
        if stream not in found.streams:
            found.create_log_stream(stream)
        moments = [(int(moment.timestamp() * 1000), text) for moment, text in lines]
        found.streams[stream].events = [
            LogEvent(at, {"timestamp": at, "message": text}) for at, text in moments
        ]
