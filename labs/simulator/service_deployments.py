"""Service deployments and service revisions in the shapes of the ECS API.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
A rollback belongs to the service deployment that failed; it is not one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from labs.simulator.rules.circuit_breaker import threshold
from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment, ServiceKey, ServiceState
from labs.world.containers import ServiceSettings

Shape = dict[str, Any]
_ENDED = ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")


def listed(simulation: Simulation, key: ServiceKey, statuses: list[str]) -> list[Shape]:
    """The service's deployments in brief, newest first; all, or those with one of these statuses."""
    known = simulation.state.services.get(key)
    briefs = [_brief(simulation, key, known, item) for item in _own(known)] if known else []
    return [brief for brief in briefs if not statuses or brief["status"] in statuses]


def described(simulation: Simulation, arn: str) -> Shape | None:
    """One service deployment by its ARN, whole."""
    for key, known in simulation.state.services.items():
        for item in _own(known):
            if deployment_arn(simulation, key, item) == arn:
                return _whole(simulation, key, known, item)
    return None


def found(simulation: Simulation, arn: str) -> tuple[ServiceKey, Deployment] | None:
    """The service and the deployment of an ARN."""
    for key, known in simulation.state.services.items():
        for item in _own(known):
            if deployment_arn(simulation, key, item) == arn:
                return key, item
    return None


def revision(simulation: Simulation, arn: str) -> Shape | None:
    """One service revision by its ARN."""
    for key, known in simulation.state.services.items():
        for item in _own(known):
            if _revision_arn(simulation, key, item) == arn:
                return _revision(simulation, key, item)
    return None


def deployment_arn(simulation: Simulation, key: ServiceKey, item: Deployment) -> str:
    return simulation.world.arn("ecs", f"service-deployment/{key[0]}/{key[1]}/{_number(item)}")


def _own(known: ServiceState) -> Iterator[Deployment]:
    return (item for item in known.history if not item.rollback_of)


def _brief(simulation: Simulation, key: ServiceKey, known: ServiceState, item: Deployment) -> Shape:
    shape: Shape = {
        "serviceDeploymentArn": deployment_arn(simulation, key, item),
        "serviceArn": simulation.world.arn("ecs", f"service/{key[0]}/{key[1]}"),
        "clusterArn": simulation.world.arn("ecs", f"cluster/{key[0]}"),
        "targetServiceRevisionArn": _revision_arn(simulation, key, item),
        "status": _status(known, item),
        "statusReason": item.rollout_reason,
        "createdAt": simulation.clock.shown(item.created),
        "startedAt": simulation.clock.shown(item.created),
    }
    back = _rollback(known, item)
    ended = back.finished if back else item.finished
    return shape | ({} if ended is None else {"finishedAt": simulation.clock.shown(ended)})


def _whole(simulation: Simulation, key: ServiceKey, known: ServiceState, item: Deployment) -> Shape:
    service, back = simulation.world.containers.service(*key), _rollback(known, item)
    shape = _brief(simulation, key, known, item) | {"updatedAt": simulation.clock.shown(item.updated)}
    target = shape.pop("targetServiceRevisionArn")
    shape["targetServiceRevision"] = _count(simulation, key, item) | {"arn": target}
    source = _before(known, item)
    if source is not None:
        arn = _revision_arn(simulation, key, source)
        shape["sourceServiceRevisions"] = [_count(simulation, key, source) | {"arn": arn}]
    if back is not None and source is not None:
        shape["rollback"] = {
            "reason": item.rollout_reason,
            "startedAt": simulation.clock.shown(back.created),
            "serviceRevisionArn": _revision_arn(simulation, key, source),
        }
    return shape | (_monitors(service, item, shape["status"]) if service else {})


def _monitors(service: ServiceSettings, item: Deployment, status: str) -> Shape:
    """What watched over the deployment, and which of it tripped."""
    over = "MONITORING_COMPLETE" if status in _ENDED else "MONITORING"
    breaker: Shape = {"status": "DISABLED"}
    if service.circuit_breaker.get("enable"):
        breaker = {
            "status": "TRIGGERED" if item.tripped else over,
            "failureCount": item.tripped or item.failures,
            "threshold": threshold(service.circuit_breaker, service.desired),
        }
    alarms: Shape = {"status": "DISABLED"}
    if service.alarms.get("enable"):
        alarms = {
            "status": "TRIGGERED" if item.alarmed else over,
            "alarmNames": list(service.alarms.get("alarmNames") or ()),
            "triggeredAlarmNames": list(item.alarmed),
        }
    settings = {
        "maximumPercent": service.maximum_percent,
        "minimumHealthyPercent": service.minimum_percent,
        "deploymentCircuitBreaker": dict(service.circuit_breaker) or {"enable": False, "rollback": False},
    }
    if service.alarms:
        settings["alarms"] = dict(service.alarms)
    return {"deploymentCircuitBreaker": breaker, "alarms": alarms, "deploymentConfiguration": settings}


def _count(simulation: Simulation, key: ServiceKey, item: Deployment) -> Shape:
    tasks = [task for task in simulation.state.tasks_of(key) if task.deployment == item.id]
    running = sum(task.serves for task in tasks)
    pending = sum(task.is_wanted and not task.serves for task in tasks)
    return {"requestedTaskCount": item.desired, "runningTaskCount": running, "pendingTaskCount": pending}


def _revision(simulation: Simulation, key: ServiceKey, item: Deployment) -> Shape:
    containers = simulation.world.containers
    definition, service = containers.task_definition(item.revision.task_definition), containers.service(*key)
    return {
        "serviceRevisionArn": _revision_arn(simulation, key, item),
        "serviceArn": service.arn if service else "",
        "clusterArn": simulation.world.arn("ecs", f"cluster/{key[0]}"),
        "taskDefinition": item.revision.task_definition,
        "launchType": item.revision.launch_type,
        "platformVersion": "1.4.0",
        "platformFamily": "Linux",
        "networkConfiguration": dict(item.revision.network),
        "containerImages": [
            {
                "containerName": container.name,
                "image": container.image,
                **({"imageDigest": item.digests[container.name]} if container.name in item.digests else {}),
            }
            for container in definition.containers
        ],
        "createdAt": simulation.clock.shown(item.created),
    }


def _status(known: ServiceState, item: Deployment) -> str:
    back = _rollback(known, item)
    if back is not None:
        states = {"COMPLETED": "ROLLBACK_SUCCESSFUL", "FAILED": "ROLLBACK_FAILED"}
        return states.get(back.rollout, "ROLLBACK_IN_PROGRESS")
    if item.rollout == "IN_PROGRESS":
        return "IN_PROGRESS" if item is known.primary else "STOPPED"
    return {"COMPLETED": "SUCCESSFUL", "FAILED": "STOPPED"}[item.rollout]


def _rollback(known: ServiceState, item: Deployment) -> Deployment | None:
    return next((other for other in known.history if other.rollback_of == item.id), None)


def _before(known: ServiceState, item: Deployment) -> Deployment | None:
    """The completed deployment that this one set out to replace."""
    older = [other for other in _own(known) if other.created < item.created and other.rollout == "COMPLETED"]
    return older[0] if older else None


def _revision_arn(simulation: Simulation, key: ServiceKey, item: Deployment) -> str:
    return simulation.world.arn("ecs", f"service-revision/{key[0]}/{key[1]}/{_number(item)}")


def _number(item: Deployment) -> str:
    return item.id.removeprefix("ecs-svc/")
