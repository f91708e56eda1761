"""ECS: services that keep all their settings, and tasks as the simulator runs them."""

from __future__ import annotations

from typing import Any

from labs.server.operations import Call, Operation
from labs.server.operations.ecs_refusals import check_service
from labs.simulator.describe import project_services, task_arn, task_shape
from labs.simulator.state import Task
from labs.world.containers import placement
from labs.world.messages import BY_USER, STOPPED_BY_USER

# Parameters of CreateService that moto drops, and the attributes under which it would describe them.
KEPT_SETTINGS = {
    "deploymentConfiguration": "deployment_configuration",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
    "placementStrategy": "placement_strategy",
    "placementConstraints": "placement_constraints",
    "capacityProviderStrategy": "capacity_provider_strategy",
    "enableExecuteCommand": "enable_execute_command",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "availabilityZoneRebalancing": "availability_zone_rebalancing",
}


def create_service(call: Call) -> Any:
    from moto.ecs.exceptions import InvalidParameterException

    cluster, name = _cluster(call), call.parameter("serviceName")
    existing = call.simulation.world.containers.service(cluster, name)
    if existing is not None and existing.active:
        raise InvalidParameterException("Creation of service was not idempotent.")
    check_service(call, call.parameter("taskDefinition") or "", call.parameter("loadBalancers") or ())
    _complete_network(call)
    call.simulation.state.services.pop((cluster, name), None)
    result = call.ask_moto()
    kept = {
        attribute: call.response.params[p]
        for p, attribute in KEPT_SETTINGS.items()
        if p in call.response.params
    }
    call.simulation.world.containers.set_service(cluster, name, **kept)
    return _acted(call, result)


def update_service(call: Call) -> Any:
    name = call.parameter("service").rsplit("/", 1)[-1]
    before = call.simulation.world.containers.service(_cluster(call), name)
    if before is not None:
        check_service(
            call,
            call.parameter("taskDefinition") or before.task_definition,
            call.parameter("loadBalancers") or (),
        )
    _complete_network(call)
    result = call.ask_moto()
    if call.parameter("forceNewDeployment"):
        call.simulation.world.containers.force_deployment(_cluster(call), name)
    return _acted(call, result)


def delete_service(call: Call) -> Any:
    return _acted(call, call.ask_moto())


def describe_tasks(call: Call) -> Any:
    cluster = _existing_cluster(call)
    wanted = [text.rsplit("/", 1)[-1] for text in call.parameter("tasks", [])]
    tasks = [call.simulation.state.tasks.get(identity) for identity in wanted]
    found = [task for task in tasks if task is not None and task.cluster == cluster]
    missing = set(wanted) - {task.id for task in found}
    failures = [
        {"arn": call.simulation.world.arn("ecs", f"task/{cluster}/{identity}"), "reason": "MISSING"}
        for identity in wanted
        if identity in missing
    ]
    return {"tasks": [task_shape(call.simulation, task) for task in found], "failures": failures}


def list_tasks(call: Call) -> Any:
    cluster = _existing_cluster(call)
    desired = call.parameter("desiredStatus") or "RUNNING"
    service = (call.parameter("serviceName") or "").rsplit("/", 1)[-1]
    if service and call.simulation.world.containers.service(cluster, service) is None:
        from moto.ecs.exceptions import ServiceNotFoundException

        raise ServiceNotFoundException
    filters = {
        "desired": desired,
        "service": service,
        "started_by": call.parameter("startedBy"),
        "launch_type": call.parameter("launchType"),
    }
    family = call.parameter("family")
    tasks = [
        task
        for task in reversed(call.simulation.state.tasks.values())
        if task.cluster == cluster
        and all(getattr(task, name) == value for name, value in filters.items() if value)
        and (not family or task.definition.family == family)
    ]
    return {"taskArns": [task_arn(call.simulation, task) for task in tasks]}


def stop_task(call: Call) -> Any:
    from moto.ecs.exceptions import InvalidParameterException

    cluster = _existing_cluster(call)
    task: Task | None = call.simulation.state.tasks.get(call.parameter("task").rsplit("/", 1)[-1])
    if task is None or task.cluster != cluster:
        raise InvalidParameterException("The referenced task was not found.")
    call.simulation.stop(task, BY_USER, call.parameter("reason") or STOPPED_BY_USER())
    call.simulation.act()
    return {"task": task_shape(call.simulation, task)}


def run_task(call: Call) -> Any:
    from moto.ecs.exceptions import InvalidParameterException

    cluster = _existing_cluster(call)
    _complete_network(call)
    where = placement(call.parameter("networkConfiguration"))
    if not where.subnet_ids:
        raise InvalidParameterException(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        )
    definition = call.simulation.world.containers.task_definition(call.parameter("taskDefinition"))
    tasks = [
        call.simulation.launch(
            cluster,
            definition,
            where,
            call.parameter("launchType") or "FARGATE",
            group=call.parameter("group") or "",
            started_by=call.parameter("startedBy") or "",
            exec_enabled=bool(call.parameter("enableExecuteCommand")),
        )
        for _ in range(int(call.parameter("count") or 1))
    ]
    call.simulation.act()
    return {"tasks": [task_shape(call.simulation, task) for task in tasks], "failures": []}


def _acted(call: Call, result: Any) -> Any:
    """Let the scheduler act before the answer is written, so that the answer shows what it did."""
    call.simulation.act()
    project_services(call.simulation)
    return result


def _cluster(call: Call) -> str:
    return str(call.parameter("cluster") or "default").rsplit("/", 1)[-1]


def _existing_cluster(call: Call) -> str:
    from moto.ecs.exceptions import ClusterNotFoundException

    name = _cluster(call)
    if not call.simulation.world.containers.has_cluster(name):
        raise ClusterNotFoundException
    return name


def _complete_network(call: Call) -> None:
    """Without security groups AWS takes the default one of the VPC."""
    config = (call.parameter("networkConfiguration") or {}).get("awsvpcConfiguration")
    if config and not config.get("securityGroups"):
        config["securityGroups"] = [call.simulation.world.network.default_group(config["subnets"][0])]


OPERATIONS: dict[str, Operation] = {
    operation.__name__: operation
    for operation in (
        create_service,
        update_service,
        delete_service,
        describe_tasks,
        list_tasks,
        stop_task,
        run_task,
    )
}
