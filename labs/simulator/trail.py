"""What CloudTrail remembers: who changed what, and what AWS did by itself. Moments are virtual seconds.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
Simplified: calls that change nothing and calls that were refused leave no event, and an event can be looked
up at once (AWS takes about five minutes).
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ECR = "ecr.amazonaws.com"


@dataclass(frozen=True)
class Entry:
    """One event. `user` is empty for what a service did by itself."""

    id: str
    moment: float
    source: str
    name: str
    user: str
    resources: tuple[tuple[str, str], ...]  # type and name
    parameters: Mapping[str, Any] | None = None
    details: Mapping[str, Any] | None = None  # of an event that a service wrote about itself


@dataclass
class Trail:
    """The events of one account, oldest first."""

    seed: str
    entries: list[Entry] = field(default_factory=list)

    def note_call(
        self,
        moment: float,
        service: str,
        name: str,
        user: str,
        resources: tuple[tuple[str, str], ...],
        parameters: Mapping[str, Any] | None,
    ) -> None:
        """Remember a call that changed something."""
        source = f"{service}.amazonaws.com"
        self.entries.append(Entry(self._new_id(), moment, source, name, user, resources, parameters))

    def note_execution(self, moment: float, repository: str, details: Mapping[str, Any]) -> None:
        """Remember that a lifecycle policy took images."""
        resources = (("AWS::ECR::Repository", repository),)
        entry = Entry(
            self._new_id(), moment, ECR, "PolicyExecutionEvent", "", resources, details=dict(details)
        )
        self.entries.append(entry)

    def _new_id(self) -> str:
        chance = random.Random(f"trail {self.seed} {len(self.entries)}")  # noqa: S311 - an id, no secret
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))
