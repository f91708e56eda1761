"""IAM: the policy simulator, answered by the same decision that tasks get."""

from __future__ import annotations

import json
from typing import Any

from labs.server.operations import Call, Operation
from labs.simulator.permissions import decide, evaluate


def simulate_principal_policy(call: Call) -> Any:
    from moto.iam.exceptions import NotFoundException

    source = call.parameter("PolicySourceArn")
    role = call.simulation.world.identity.role(source)
    if role is None:
        raise NotFoundException(f"The entity {source} is not a role of this lab.")
    resources = call.parameter("ResourceArns") or ["*"]
    # The simulation knows what is attached to the role; resource and endpoint policies it does not see.
    results = []
    for action in call.parameter("ActionNames"):
        for resource in resources:
            decision = decide(role, action, resource)
            result = _result(action, resource, decision.verdict)
            if role.boundary is not None:
                limit = evaluate([role.boundary], action, resource, {})
                result["PermissionsBoundaryDecisionDetail"] = {
                    "AllowedByPermissionsBoundary": limit == "allowed"
                }
            results.append(result)
    return {"IsTruncated": False, "EvaluationResults": results}


def simulate_custom_policy(call: Call) -> Any:
    documents = [json.loads(text) for text in call.parameter("PolicyInputList")]
    resources = call.parameter("ResourceArns") or ["*"]
    results = [
        _result(action, resource, evaluate(documents, action, resource, {}))
        for action in call.parameter("ActionNames")
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
