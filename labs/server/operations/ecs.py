"""ECS: services that keep all their settings, and tasks as the simulator runs them."""

from __future__ import annotations

from typing import Any

from labs.server.operations import Operation
from labs.simulator.describe import project_services, service_deployments, task_arn, task_shape
from labs.simulator.simulation import Simulation
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


def create_service(response: Any, simulation: Simulation, original: Any) -> Any:
    from moto.ecs.exceptions import InvalidParameterException

    cluster, name = _cluster(response), response._get_param("serviceName")
    existing = simulation.world.containers.service(cluster, name)
    if existing is not None and existing.active:
        raise InvalidParameterException("Creation of service was not idempotent.")
    _complete_network(response, simulation)
    simulation.state.services.pop((cluster, name), None)
    result = original(response)
    kept = {attribute: response.params[p] for p, attribute in KEPT_SETTINGS.items() if p in response.params}
    simulation.world.containers.set_service(cluster, name, **kept)
    return _acted(simulation, result)


def update_service(response: Any, simulation: Simulation, original: Any) -> Any:
    _complete_network(response, simulation)
    result = original(response)
    if response._get_param("forceNewDeployment"):
        name = response._get_param("service").rsplit("/", 1)[-1]
        simulation.world.containers.force_deployment(_cluster(response), name)
    return _acted(simulation, result)


def delete_service(response: Any, simulation: Simulation, original: Any) -> Any:
    return _acted(simulation, original(response))


def describe_tasks(response: Any, simulation: Simulation, original: Any) -> Any:
    cluster = _existing_cluster(response, simulation)
    wanted = [text.rsplit("/", 1)[-1] for text in response._get_param("tasks", [])]
    tasks = [simulation.state.tasks.get(identity) for identity in wanted]
    found = [task for task in tasks if task is not None and task.cluster == cluster]
    missing = set(wanted) - {task.id for task in found}
    failures = [
        {"arn": simulation.world.arn("ecs", f"task/{cluster}/{identity}"), "reason": "MISSING"}
        for identity in wanted
        if identity in missing
    ]
    return {"tasks": [task_shape(simulation, task) for task in found], "failures": failures}


def list_tasks(response: Any, simulation: Simulation, original: Any) -> Any:
    cluster = _existing_cluster(response, simulation)
    desired = response._get_param("desiredStatus") or "RUNNING"
    service = (response._get_param("serviceName") or "").rsplit("/", 1)[-1]
    if service and simulation.world.containers.service(cluster, service) is None:
        from moto.ecs.exceptions import ServiceNotFoundException

        raise ServiceNotFoundException
    filters = {
        "desired": desired,
        "service": service,
        "started_by": response._get_param("startedBy"),
        "launch_type": response._get_param("launchType"),
    }
    family = response._get_param("family")
    tasks = [
        task
        for task in reversed(simulation.state.tasks.values())
        if task.cluster == cluster
        and all(getattr(task, name) == value for name, value in filters.items() if value)
        and (not family or task.definition.family == family)
    ]
    return {"taskArns": [task_arn(simulation, task) for task in tasks]}


def stop_task(response: Any, simulation: Simulation, original: Any) -> Any:
    from moto.ecs.exceptions import InvalidParameterException

    cluster = _existing_cluster(response, simulation)
    task: Task | None = simulation.state.tasks.get(response._get_param("task").rsplit("/", 1)[-1])
    if task is None or task.cluster != cluster:
        raise InvalidParameterException("The referenced task was not found.")
    simulation.stop(task, BY_USER, response._get_param("reason") or STOPPED_BY_USER())
    simulation.act()
    return {"task": task_shape(simulation, task)}


def run_task(response: Any, simulation: Simulation, original: Any) -> Any:
    from moto.ecs.exceptions import InvalidParameterException

    cluster = _existing_cluster(response, simulation)
    _complete_network(response, simulation)
    where = placement(response._get_param("networkConfiguration"))
    if not where.subnet_ids:
        raise InvalidParameterException(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        )
    definition = simulation.world.containers.task_definition(response._get_param("taskDefinition"))
    tasks = [
        simulation.launch(
            cluster,
            definition,
            where,
            response._get_param("launchType") or "FARGATE",
            group=response._get_param("group") or "",
            started_by=response._get_param("startedBy") or "",
            exec_enabled=bool(response._get_param("enableExecuteCommand")),
        )
        for _ in range(int(response._get_param("count") or 1))
    ]
    simulation.act()
    return {"tasks": [task_shape(simulation, task) for task in tasks], "failures": []}


def list_service_deployments(response: Any, simulation: Simulation, original: Any) -> Any:
    service = response._get_param("service").rsplit("/", 1)[-1]
    return {"serviceDeployments": service_deployments(simulation, _cluster(response), service)}


def _acted(simulation: Simulation, result: Any) -> Any:
    """Let the scheduler act before the answer is written, so that the answer shows what it did."""
    simulation.act()
    project_services(simulation)
    return result


def _cluster(response: Any) -> str:
    return str(response._get_param("cluster") or "default").rsplit("/", 1)[-1]


def _existing_cluster(response: Any, simulation: Simulation) -> str:
    from moto.ecs.exceptions import ClusterNotFoundException

    name = _cluster(response)
    if not simulation.world.containers.has_cluster(name):
        raise ClusterNotFoundException
    return name


def _complete_network(response: Any, simulation: Simulation) -> None:
    """Without security groups AWS takes the default one of the VPC."""
    config = (response._get_param("networkConfiguration") or {}).get("awsvpcConfiguration")
    if config and not config.get("securityGroups"):
        config["securityGroups"] = [simulation.world.network.default_group(config["subnets"][0])]


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
        list_service_deployments,
    )
}
