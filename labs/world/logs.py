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

    def retention(self, name: str) -> int | None:
        """Days for which the group keeps its events; None: for ever, or there is no such group."""
        found = self._groups.get(name)
        days = getattr(found, "retention_in_days", None)
        return int(days) if days else None

    def has_events(self, group: str, stream: str) -> bool:
        found = self._groups.get(group)
        return found is not None and stream in found.streams and bool(found.streams[stream].events)

    def create_group(self, name: str) -> None:
        backend("logs", self._account, self._region).create_log_group(name, {})

    def open_stream(self, group: str, stream: str) -> None:
        found = self._groups[group]
        if stream not in found.streams:
            found.create_log_stream(stream)

    def write(self, group: str, stream: str, lines: Sequence[tuple[datetime, str]]) -> None:
        """Make `lines` the content of the stream. Lines for a stream that is gone are lost, as on AWS."""
        from moto.logs.models import LogEvent

        found = self._groups.get(group)
        if found is None or stream not in found.streams:
            return
        moments = [(int(moment.timestamp() * 1000), text) for moment, text in lines]
        found.streams[stream].events = [
            LogEvent(at, {"timestamp": at, "message": text}) for at, text in moments
        ]
