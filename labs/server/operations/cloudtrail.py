"""CloudTrail: looking up what was changed in the account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from labs.server.operations import Call, Operation
from labs.server.refusal import Refusal
from labs.server.request import KEY
from labs.simulator.simulation import Simulation
from labs.simulator.trail import Entry
from labs.world.messages import ONE_ATTRIBUTE

MOST_RESULTS = 50
Shape = dict[str, Any]


def lookup_events(call: Call) -> Shape:
    """Events newest first, `MaxResults` at a time."""
    attributes = call.parameter("LookupAttributes") or []
    if len(attributes) > 1:
        raise Refusal("InvalidLookupAttributesException", ONE_ATTRIBUTE())
    first, last = _moment(call.parameter("StartTime")), _moment(call.parameter("EndTime"))
    found = []
    for entry in reversed(call.simulation.trail.entries):
        shape = _shape(call.simulation, entry)
        after = first is None or shape["EventTime"] >= first
        before = last is None or shape["EventTime"] <= last
        if after and before and all(_has(shape, item) for item in attributes):
            found.append(shape)
    begin = int(call.parameter("NextToken") or 0)
    end = begin + int(call.parameter("MaxResults") or MOST_RESULTS)
    page: Shape = {"Events": found[begin:end]}
    return page | ({"NextToken": str(end)} if end < len(found) else {})


def _shape(simulation: Simulation, entry: Entry) -> Shape:
    by_user = bool(entry.user)
    moment = simulation.clock.shown(entry.moment).replace(microsecond=0)
    shape: Shape = {
        "EventId": entry.id,
        "EventName": entry.name,
        "ReadOnly": "false" if by_user else "true",
        "EventTime": moment,
        "EventSource": entry.source,
        "Resources": [{"ResourceType": kind, "ResourceName": name} for kind, name in entry.resources],
        "CloudTrailEvent": json.dumps(_record(simulation, entry, moment)),
    }
    return shape | ({"AccessKeyId": KEY, "Username": entry.user} if by_user else {})


def _record(simulation: Simulation, entry: Entry, moment: datetime) -> Shape:
    """The event as it stands in a log file of CloudTrail."""
    world = simulation.world
    identity: Shape = {"accountId": world.account, "invokedBy": "AWS Internal"}
    if entry.user:
        identity = {
            "type": "IAMUser",
            "arn": f"arn:aws:iam::{world.account}:user/{entry.user}",
            "accountId": world.account,
            "accessKeyId": KEY,
            "userName": entry.user,
        }
    record: Shape = {
        "eventVersion": "1.11",
        "userIdentity": identity,
        "eventTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": entry.source,
        "eventName": entry.name,
        "awsRegion": world.region,
        "requestParameters": entry.parameters,
        "responseElements": None,
        "eventID": entry.id,
        "readOnly": not entry.user,
        "resources": [{"ARN": name} for _, name in entry.resources if name.startswith("arn:")],
        "eventType": "AwsApiCall" if entry.user else "AwsServiceEvent",
        "managementEvent": True,
        "recipientAccountId": world.account,
        "eventCategory": "Management",
    }
    return record | ({"serviceEventDetails": entry.details} if entry.details else {})


def _has(shape: Shape, attribute: Mapping[str, str]) -> bool:
    key, value = attribute["AttributeKey"], attribute["AttributeValue"]
    if key in ("ResourceType", "ResourceName"):
        return any(_same_name(item[key], value) for item in shape["Resources"])
    return bool(shape.get(key) == value)


def _same_name(name: str, value: str) -> bool:
    """A resource is found by its whole name; by the last part of an ARN, too."""
    return value == name or (name.startswith("arn:") and name.endswith(f"/{value}"))


def _moment(value: Any) -> datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.fromtimestamp(float(value), UTC)


OPERATIONS: dict[str, Operation] = {"lookup_events": lookup_events}
