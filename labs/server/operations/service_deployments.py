"""ECS: service deployments and service revisions."""

from __future__ import annotations

from typing import Any

from labs.server.operations import Call, Operation
from labs.server.refusal import Refusal
from labs.simulator import service_deployments
from labs.simulator.describe import project_services
from labs.simulator.rules.deployment_failure import fail
from labs.world.messages import DEPLOYMENT_STOPPED, NO_SUCH_DEPLOYMENT, ROLLOUT_STOPPED, STOP_TOO_LATE


def list_service_deployments(call: Call) -> Any:
    from moto.ecs.exceptions import ServiceNotFoundException

    cluster = str(call.parameter("cluster") or "default").rsplit("/", 1)[-1]
    key = cluster, call.parameter("service").rsplit("/", 1)[-1]
    if call.simulation.world.containers.service(*key) is None:
        raise ServiceNotFoundException
    statuses = list(call.parameter("status") or ())
    return {"serviceDeployments": service_deployments.listed(call.simulation, key, statuses)}


def describe_service_deployments(call: Call) -> Any:
    return _each(call, "serviceDeploymentArns", "serviceDeployments", service_deployments.described)


def describe_service_revisions(call: Call) -> Any:
    return _each(call, "serviceRevisionArns", "serviceRevisions", service_deployments.revision)


def stop_service_deployment(call: Call) -> Any:
    """With the default stop type ROLLBACK the service goes back; ABORT leaves it as it is."""
    simulation, arn = call.simulation, call.parameter("serviceDeploymentArn")
    found = service_deployments.found(simulation, arn)
    if found is None:
        raise Refusal("ServiceDeploymentNotFoundException", NO_SUCH_DEPLOYMENT())
    key, deployment = found
    service = simulation.world.containers.service(*key)
    known = simulation.state.services[key]
    if service is None or deployment is not known.primary or deployment.rollout != "IN_PROGRESS":
        raise Refusal("ConflictException", STOP_TOO_LATE())
    back = ROLLOUT_STOPPED if (call.parameter("stopType") or "ROLLBACK") == "ROLLBACK" else None
    fail(simulation, service, deployment, event=DEPLOYMENT_STOPPED, reason=ROLLOUT_STOPPED(), back=back)
    simulation.act()
    project_services(simulation)
    return {"serviceDeploymentArn": arn}


def _each(call: Call, asked: str, given: str, look_up: Any) -> dict[str, Any]:
    arns = list(call.parameter(asked) or ())
    shapes = {arn: look_up(call.simulation, arn) for arn in arns}
    return {
        given: [shape for shape in shapes.values() if shape is not None],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn, shape in shapes.items() if shape is None],
    }


OPERATIONS: dict[str, Operation] = {
    operation.__name__: operation
    for operation in (
        list_service_deployments,
        describe_service_deployments,
        describe_service_revisions,
        stop_service_deployment,
    )
}
