"""IAM: the policy simulator, answered by the same decision that tasks get."""

from __future__ import annotations

import json
from typing import Any

from labs.server.operations import Operation
from labs.simulator.permissions import decide, evaluate
from labs.simulator.simulation import Simulation


def simulate_principal_policy(response: Any, simulation: Simulation, original: Any) -> Any:
    from moto.iam.exceptions import NotFoundException

    source = response._get_param("PolicySourceArn")
    role = simulation.world.identity.role(source)
    if role is None:
        raise NotFoundException(f"The entity {source} is not a role of this lab.")
    resources = response._get_param("ResourceArns") or ["*"]
    results = [
        _result(action, resource, decide(role, action, resource).verdict)
        for action in response._get_param("ActionNames")
        for resource in resources
    ]
    return {"IsTruncated": False, "EvaluationResults": results}


def simulate_custom_policy(response: Any, simulation: Simulation, original: Any) -> Any:
    documents = [json.loads(text) for text in response._get_param("PolicyInputList")]
    resources = response._get_param("ResourceArns") or ["*"]
    results = [
        _result(action, resource, evaluate(documents, action, resource, {}))
        for action in response._get_param("ActionNames")
        for resource in resources
    ]
    return {"IsTruncated": False, "EvaluationResults": results}


def _result(action: str, resource: str, verdict: str) -> dict[str, Any]:
    return {
        "EvalActionName": action,
        "EvalResourceName": resource,
        "EvalDecision": verdict,
        "MatchedStatements": [],
        "MissingContextValues": [],
    }


OPERATIONS: dict[str, Operation] = {
    "simulate_principal_policy": simulate_principal_policy,
    "simulate_custom_policy": simulate_custom_policy,
}
