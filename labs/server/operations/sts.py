"""STS: who the learner is in the lab's account."""

from __future__ import annotations

from typing import Any

from labs.server.operations import Call, Operation
from labs.server.request import USER


def get_caller_identity(call: Call) -> dict[str, Any]:
    account = call.simulation.world.account
    return {
        "UserId": "AIDALABLABLABLABLAB0",
        "Account": account,
        "Arn": f"arn:aws:iam::{account}:user/{USER}",
    }


OPERATIONS: dict[str, Operation] = {"get_caller_identity": get_caller_identity}
