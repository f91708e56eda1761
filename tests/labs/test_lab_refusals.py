"""What ECS refuses at its API, the lab refuses with the same error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from labs.server.operations.ecs_refusals import FARGATE_SIZES

if TYPE_CHECKING:
    from labs.server.session import Session

LOG = {"awslogs-group": "/ecs/shop", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "x"}


def register(session: Session, container: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "family": "trial",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "executionRoleArn": session.known["role.execution"],
        "containerDefinitions": [{"name": "web", "image": "nginx", **(container or {})}],
        **changes,
    }
    return session.call("ecs.register_task_definition", **{k: v for k, v in wanted.items() if v is not None})


def create(session: Session, **changes: Any) -> dict[str, Any]:
    subnets = [session.known["subnet.private.a"]]
    balancer = {
        "targetGroupArn": session.known["target-group"],
        "containerName": "web",
        "containerPort": 8080,
    }
    return session.call(
        "ecs.create_service",
        cluster="prod",
        serviceName="second",
        taskDefinition="shop-web",
        desiredCount=1,
        networkConfiguration={"awsvpcConfiguration": {"subnets": subnets}},
        **{"loadBalancers": [balancer | changes.pop("balancer", {})], **changes},
    )


@pytest.mark.parametrize(
    ("cpu", "memory"), [("256", "4096"), ("300", "512"), ("512", "512"), ("32768", "512")]
)
def test_a_fargate_size_that_does_not_exist(healthy: Session, cpu: str, memory: str) -> None:
    with pytest.raises(ClientError, match=r"ClientException.*No Fargate configuration exists"):
        register(healthy, cpu=cpu, memory=memory)


@pytest.mark.parametrize(
    ("cpu", "memory"), [("256", "512"), ("1 vCPU", "2 GB"), (".5 vCPU", "1GB"), ("8192", "20480")]
)
def test_fargate_sizes_that_exist_in_every_spelling(healthy: Session, cpu: str, memory: str) -> None:
    assert register(healthy, cpu=cpu, memory=memory)["taskDefinition"]["family"] == "trial"


def test_sixty_sizes_go_with_fargate() -> None:
    assert [len(FARGATE_SIZES[cpu]) for cpu in (256, 512, 1024, 2048, 4096, 8192, 16384)] == [
        3,
        4,
        7,
        13,
        23,
        12,
        12,
    ]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"networkMode": "bridge"}, "Fargate only supports network mode"),
        ({"cpu": None}, "Fargate requires that 'cpu' be defined at the task level"),
        ({"memory": None}, "Fargate requires that 'memory' be defined at the task level"),
    ],
)
def test_what_fargate_requires(healthy: Session, changes: dict[str, Any], wanted: str) -> None:
    with pytest.raises(ClientError, match=wanted):
        register(healthy, **changes)


def test_an_image_in_ecr_and_awslogs_need_an_execution_role(healthy: Session) -> None:
    image = f"{healthy.known['registry']}/shop/web:v2.4.1"
    with pytest.raises(ClientError, match="execution role ARN to support ECR images"):
        register(healthy, {"image": image}, executionRoleArn=None)
    log = {"logConfiguration": {"logDriver": "awslogs", "options": LOG}}
    with pytest.raises(ClientError, match="execution role ARN to support log driver awslogs"):
        register(healthy, log, executionRoleArn=None)
    assert register(healthy, executionRoleArn=None)


def test_a_load_balancer_for_a_container_that_there_is_not(healthy: Session) -> None:
    with pytest.raises(ClientError, match="The container app does not exist in the task definition"):
        create(healthy, balancer={"containerName": "app"})
    with pytest.raises(ClientError, match="did not have a container port 81 defined"):
        create(healthy, balancer={"containerPort": 81})


def test_a_target_group_of_instances_does_not_fit_awsvpc(healthy: Session) -> None:
    group = healthy.call(
        "elbv2.create_target_group", Name="hosts", Protocol="HTTP", Port=80, VpcId=healthy.known["vpc"]
    )["TargetGroups"][0]["TargetGroupArn"]
    with pytest.raises(ClientError, match="has target type instance, which is incompatible with the awsvpc"):
        create(healthy, balancer={"targetGroupArn": group})


def test_a_target_group_needs_a_load_balancer_and_has_to_be_there(healthy: Session) -> None:
    group = healthy.call(
        "elbv2.create_target_group",
        Name="alone",
        Protocol="HTTP",
        Port=80,
        VpcId=healthy.known["vpc"],
        TargetType="ip",
    )["TargetGroups"][0]["TargetGroupArn"]
    with pytest.raises(ClientError, match="does not have an associated load balancer"):
        create(healthy, balancer={"targetGroupArn": group})
    with pytest.raises(ClientError, match="target group does not exist"):
        create(healthy, balancer={"targetGroupArn": group[:-4] + "0000"})


def test_fargate_and_auto_scaling_groups_do_not_mix(healthy: Session) -> None:
    strategy = [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "ours", "weight": 1}]
    with pytest.raises(ClientError, match="cannot contain a mix of capacity providers"):
        create(healthy, capacityProviderStrategy=strategy)


def test_an_update_is_held_to_the_same(healthy: Session) -> None:
    wrong = {
        "targetGroupArn": healthy.known["target-group"],
        "containerName": "app",
        "containerPort": 8080,
    }
    with pytest.raises(ClientError, match="does not exist in the task definition"):
        healthy.call("ecs.update_service", cluster="prod", service="web", loadBalancers=[wrong])


def test_a_cluster_with_services_or_tasks_cannot_be_deleted(healthy: Session) -> None:
    with pytest.raises(ClientError, match="ClusterContainsServicesException"):
        healthy.call("ecs.delete_cluster", cluster="prod")
    healthy.call("ecs.delete_service", cluster="prod", service="web", force=True)
    with pytest.raises(ClientError, match="ClusterContainsTasksException"):
        healthy.call("ecs.delete_cluster", cluster="prod")
    healthy.simulation.advance(600)
    assert healthy.call("ecs.delete_cluster", cluster="prod")["cluster"]["status"] == "INACTIVE"
