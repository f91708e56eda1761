"""Tasks, deployments and targets in the shapes of the AWS APIs, and services written back to moto."""

from __future__ import annotations

from typing import Any

from labs.simulator.simulation import Simulation
from labs.simulator.starting.executable import not_found
from labs.simulator.starting.log_driver import stream_name
from labs.simulator.state import Deployment, ServiceState, Target, Task
from labs.world.containers import Container

MOST_EVENTS = 100
PLATFORM = "1.4.0"
Shape = dict[str, Any]


def project_services(simulation: Simulation) -> None:
    """Put counts, deployments and events on moto's services, so that DescribeServices shows them."""
    for service in simulation.world.containers.services():
        key = (service.cluster, service.name)
        known = simulation.state.services.get(key)
        if known is None:
            continue
        tasks = simulation.state.tasks_of(key)
        deployment_settings = {
            "minimumHealthyPercent": service.minimum_percent,
            "maximumPercent": service.maximum_percent,
            "deploymentCircuitBreaker": dict(service.circuit_breaker) or {"enable": False, "rollback": False},
        }
        if service.alarms:
            deployment_settings["alarms"] = dict(service.alarms)
        simulation.world.containers.set_service(
            service.cluster,
            service.name,
            task_definition=service.task_definition,
            running_count=sum(map(_runs, tasks)),
            pending_count=sum(map(_pends, tasks)),
            deployments=[_deployment(simulation, item, tasks) for item in known.deployments],
            events=_events(simulation, known),
            created_at=simulation.clock.shown(known.created),
            deployment_configuration=deployment_settings,
            enable_execute_command=service.exec_enabled,
            platform_version="LATEST" if service.launch_type == "FARGATE" else None,
            platform_family="Linux" if service.launch_type == "FARGATE" else None,
        )


def project_logs(simulation: Simulation) -> None:
    """Write what containers said into their log streams, at the times at which it appears to have been."""
    for task in simulation.state.tasks.values():
        for container in task.definition.containers:
            written = [(moment, text) for moment, name, text in task.lines if name == container.name]
            lines = written[: task.delivered.get(container.name, 0)]
            region = container.log_options.get("awslogs-region", simulation.world.region)
            logs = simulation.world.logs_in(region)
            opened = container.log_driver == "awslogs" and task.started is not None
            if opened and logs is not None:
                logs.write(
                    container.log_options.get("awslogs-group", ""),
                    stream_name(task.id, container),
                    [(simulation.clock.shown(moment), text) for moment, text in lines],
                )


def project_names(simulation: Simulation) -> None:
    """Register running tasks in Cloud Map, under the names of their services."""
    for service in simulation.world.containers.services():
        tasks = [task for task in simulation.state.tasks_of((service.cluster, service.name)) if task.serves]
        instances = {
            task.id: {
                "AVAILABILITY_ZONE": simulation.world.network.subnet(task.subnet_id).zone,
                "AWS_INSTANCE_IPV4": task.interface.address,
                "ECS_CLUSTER_NAME": service.cluster,
                "ECS_SERVICE_NAME": service.name,
                "ECS_TASK_DEFINITION_FAMILY": task.definition.family,
                "REGION": simulation.world.region,
            }
            for task in tasks
            if task.interface is not None
        }
        for registry in service.registries:
            simulation.world.discovery.show(registry, instances)


def task_arn(simulation: Simulation, task: Task) -> str:
    return simulation.world.arn("ecs", f"task/{task.cluster}/{task.id}")


def task_shape(simulation: Simulation, task: Task) -> Shape:
    """A task as DescribeTasks gives it."""
    world, definition = simulation.world, task.definition
    shape: Shape = {
        "taskArn": task_arn(simulation, task),
        "clusterArn": world.arn("ecs", f"cluster/{task.cluster}"),
        "taskDefinitionArn": definition.arn,
        "group": task.group,
        "startedBy": task.started_by or None,
        "lastStatus": task.status,
        "desiredStatus": task.desired,
        "launchType": task.launch_type,
        "platformVersion": PLATFORM,
        "platformFamily": "Linux",
        "cpu": definition.cpu,
        "memory": definition.memory,
        "availabilityZone": world.network.subnet(task.subnet_id).zone,
        "connectivity": "CONNECTED" if task.pull_started is not None else None,
        "enableExecuteCommand": task.exec_enabled,
        "healthStatus": "UNKNOWN" if task.health_status == "NONE" else task.health_status,
        "overrides": {"containerOverrides": [{"name": item.name} for item in definition.containers]},
        "ephemeralStorage": {"sizeInGiB": 20},
        "tags": [],
        "version": 1 + task.step,
        "attachments": [_attachment(task)],
        "containers": [_container(simulation, task, item) for item in definition.containers],
        "stopCode": task.stop_code or None,
        "stoppedReason": task.reason or None,
    }
    moments = {
        "createdAt": task.created,
        "connectivityAt": task.pull_started,
        "pullStartedAt": task.pull_started,
        "pullStoppedAt": task.pull_stopped,
        "startedAt": task.started,
        "stoppingAt": task.stopping,
        "executionStoppedAt": task.execution_stopped,
        "stoppedAt": task.stopped,
    }
    shape |= {name: simulation.clock.shown(at) for name, at in moments.items() if at is not None}
    return {name: value for name, value in shape.items() if value is not None}


def target_shape(simulation: Simulation, target: Target) -> Shape:
    """A target as DescribeTargetHealth gives it."""
    group = simulation.world.balancing.target_group(target.group)
    port = group.check_port if group and group.check_port else target.port
    health: Shape = {"State": target.state}
    if target.reason:
        health |= {"Reason": target.reason.code, "Description": target.detail}
    zone = simulation.world.network.subnet(target.task.subnet_id).zone
    return {
        "Target": {"Id": target.address, "Port": target.port, "AvailabilityZone": zone},
        "HealthCheckPort": str(port),
        "TargetHealth": health,
    }


def _runs(task: Task) -> bool:
    return task.serves


def _pends(task: Task) -> bool:
    return task.is_wanted and task.status in ("PROVISIONING", "PENDING", "ACTIVATING")


def _deployment(simulation: Simulation, item: Deployment, tasks: list[Task]) -> Shape:
    own = [task for task in tasks if task.deployment == item.id]
    return {
        "id": item.id,
        "status": item.status,
        "taskDefinition": item.revision.task_definition,
        "desiredCount": item.desired,
        "pendingCount": sum(map(_pends, own)),
        "runningCount": sum(map(_runs, own)),
        "failedTasks": item.failures,
        "createdAt": simulation.clock.shown(item.created),
        "updatedAt": simulation.clock.shown(item.updated),
        "launchType": item.revision.launch_type,
        "platformVersion": PLATFORM,
        "platformFamily": "Linux",
        "networkConfiguration": dict(item.revision.network),
        "rolloutState": item.rollout,
        "rolloutStateReason": item.rollout_reason,
    }


def _events(simulation: Simulation, known: ServiceState) -> list[Shape]:
    return [
        {"id": event.id, "createdAt": simulation.clock.shown(event.moment), "message": event.text}
        for event in known.events[:MOST_EVENTS]
    ]


def _attachment(task: Task) -> Shape:
    details = [{"name": "subnetId", "value": task.subnet_id}]
    if task.interface:
        details += [
            {"name": "networkInterfaceId", "value": task.interface.id},
            {"name": "privateIPv4Address", "value": task.interface.address},
        ]
    state = "ATTACHED" if task.interface else "PRECREATED"
    return {
        "id": f"{task.id[:8]}-{task.id[8:12]}-{task.id[12:16]}-{task.id[16:20]}-{task.id[20:]}",
        "type": "ElasticNetworkInterface",
        "status": state if task.is_live else "DELETED",
        "details": details,
    }


def _container(simulation: Simulation, task: Task, container: Container) -> Shape:
    arn = simulation.world.arn("ecs", f"container/{task.cluster}/{task.id}/{container.name}")
    if task.started is None:
        status = "PENDING" if task.is_live else "STOPPED"
    else:
        ended = task.execution_stopped is not None or container.name in task.exit_codes
        status = "STOPPED" if ended else "RUNNING"
    shape: Shape = {
        "containerArn": arn,
        "taskArn": task_arn(simulation, task),
        "name": container.name,
        "image": container.image,
        "lastStatus": status,
        "healthStatus": task.health.get(container.name, "UNKNOWN"),
        "cpu": str(container.raw.get("cpu", 0)),
        "networkInterfaces": [],
    }
    if task.interface:
        address = task.interface.address
        shape["networkInterfaces"] = [
            {"attachmentId": _attachment(task)["id"], "privateIpv4Address": address}
        ]
    if container.name in task.digests:
        shape["imageDigest"] = task.digests[container.name]
    if task.started is not None:
        shape["runtimeId"] = f"{task.id}-{int(task.id[:8], 16):010d}"
    if container.name in task.exit_codes:
        shape["exitCode"] = task.exit_codes[container.name]
    if task.exec_enabled and task.started is not None:
        began = simulation.clock.shown(task.started)
        agent = {"name": "ExecuteCommandAgent", "lastStatus": status, "lastStartedAt": began}
        shape["managedAgents"] = [agent]
    if container.name in task.container_reasons:
        shape["reason"] = task.container_reasons[container.name]
    if task.stop_code == "TaskFailedToStart" and task.reason.startswith("CannotPullContainerError"):
        shape["reason"] = task.reason
    if task.reason.startswith("CannotStartContainerError") and not_found(simulation, container):
        shape["reason"] = task.reason
    return shape
