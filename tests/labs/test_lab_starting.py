"""Why a task does not start: one broken thing each, the words of ECS for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from labs.simulator.application import Application
from labs.world.messages import FAILED_TO_START

if TYPE_CHECKING:
    from labs.server.session import Session

EXECUTION = "shop-execution"
POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def run_one(session: Session, **changes: Any) -> dict[str, Any]:
    """Run a task of the service's definition, changed; the task once it has settled."""
    known = session.known
    found = session.call("ecs.describe_task_definition", taskDefinition=known["family"])["taskDefinition"]
    kept = (
        "family networkMode requiresCompatibilities cpu memory "
        "executionRoleArn taskRoleArn containerDefinitions"
    )
    definition = {name: found[name] for name in kept.split() if name in found}
    container = definition["containerDefinitions"][0]
    for name, value in changes.items():
        if name in ("image", "logConfiguration", "environment"):
            container[name] = value
        elif value is None:
            definition.pop(name)
        else:
            definition[name] = value
    definition["family"] = "trial"
    arn = session.call("ecs.register_task_definition", **definition)["taskDefinition"]["taskDefinitionArn"]
    network = {"subnets": [known["subnet.private.a"]], "securityGroups": [known["group.task"]]}
    task = session.call(
        "ecs.run_task",
        cluster=known["cluster"],
        taskDefinition=arn,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": network},
    )["tasks"][0]
    session.simulation.settle(1800)
    answer: dict[str, Any] = session.call(
        "ecs.describe_tasks", cluster=known["cluster"], tasks=[task["taskArn"]]
    )
    return dict(answer["tasks"][0])


def image(session: Session, name: str) -> str:
    return f"{session.known['registry']}/{name}"


def narrow_role(session: Session, *actions: str) -> None:
    session.call("iam.detach_role_policy", RoleName=EXECUTION, PolicyArn=POLICY)
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    session.call("iam.put_role_policy", RoleName=EXECUTION, PolicyName="narrow", PolicyDocument=document)


def test_a_task_with_all_it_needs_runs(healthy: Session) -> None:
    task = run_one(healthy)
    assert task["lastStatus"] == "RUNNING"
    assert task["containers"][0]["imageDigest"] == healthy.known["digest.shop/web:v2.4.1"]
    assert task["createdAt"] < task["pullStartedAt"] < task["pullStoppedAt"] < task["startedAt"]


def test_the_first_call_is_the_login_to_the_registry(broken: Session) -> None:
    task = run_one(broken)
    assert task["stopCode"] == FAILED_TO_START
    assert task["stoppedReason"].startswith(
        "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull "
        "registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR."
    )
    assert task["containers"][0]["lastStatus"] == "STOPPED"
    assert "exitCode" not in task["containers"][0]
    assert "startedAt" not in task


def test_without_dns_the_registry_has_no_name(healthy: Session) -> None:
    healthy.call("ec2.modify_vpc_attribute", VpcId=healthy.known["vpc"], EnableDnsSupport={"Value": False})
    assert "no such host" in run_one(healthy)["stoppedReason"]


def test_a_repair_during_the_retries_helps_the_task_that_is_waiting(broken: Session) -> None:
    known = broken.known
    network = {"subnets": [known["subnet.private.a"]], "securityGroups": [known["group.task"]]}
    task = broken.call(
        "ecs.run_task",
        cluster=known["cluster"],
        taskDefinition="shop-web:1",
        networkConfiguration={"awsvpcConfiguration": network},
    )["tasks"][0]
    broken.simulation.advance(100)
    broken.actor.take(broken.scenario.repairs["nat-gateway"][:3])
    broken.simulation.advance(300)
    after = broken.call("ecs.describe_tasks", cluster=known["cluster"], tasks=[task["taskArn"]])["tasks"][0]
    assert after["lastStatus"] == "RUNNING"


def test_the_tag_must_exist(healthy: Session) -> None:
    reason = run_one(healthy, image=image(healthy, "shop/web:2.4.1"))["stoppedReason"]
    assert reason.startswith("CannotPullContainerError: pull image manifest has been retried")
    assert reason.endswith("shop/web:2.4.1: not found")


def test_the_repository_must_exist(healthy: Session) -> None:
    assert "not found" in run_one(healthy, image=image(healthy, "shop/wbe:v2.4.1"))["stoppedReason"]


def test_a_digest_names_an_image_without_its_tags(healthy: Session) -> None:
    digest = healthy.known["digest.shop/web:v2.4.0"]
    task = run_one(healthy, image=image(healthy, f"shop/web@{digest}"))
    assert task["lastStatus"] == "RUNNING"
    assert task["containers"][0]["imageDigest"] == digest


def test_a_public_image_needs_the_internet(healthy: Session, broken: Session) -> None:
    assert run_one(healthy, image="nginx:1.27")["lastStatus"] == "RUNNING"
    no_log = {"logDriver": "json-file"}
    assert (
        "CannotPullContainerError"
        in run_one(broken, image="nginx:1.27", logConfiguration=no_log)["stoppedReason"]
    )


def test_layers_come_from_s3(broken: Session) -> None:
    broken.actor.take(broken.scenario.wrong["endpoints-without-s3"])
    broken.simulation.settle(600)
    reason = run_one(broken)["stoppedReason"]
    assert "There is a connection issue between the task and the registry" in reason
    assert "failed to copy: httpReadSeeker" in reason


def test_an_s3_endpoint_policy_must_let_the_layers_through(broken: Session) -> None:
    broken.actor.take(broken.scenario.repairs["endpoints-and-missing-tag"])
    endpoints = broken.call("ec2.describe_vpc_endpoints")["VpcEndpoints"]
    gateway = next(item["VpcEndpointId"] for item in endpoints if item["VpcEndpointType"] == "Gateway")
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::our-bucket/*",
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    broken.call("ec2.modify_vpc_endpoint", VpcEndpointId=gateway, PolicyDocument=document)
    assert run_one(broken)["stoppedReason"].endswith("403 Forbidden")


def test_an_image_has_to_be_built_for_the_tasks_architecture(healthy: Session) -> None:
    arm = {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}
    reason = run_one(healthy, runtimePlatform=arm)["stoppedReason"]
    assert reason.endswith("image Manifest does not contain descriptor matching platform 'linux/arm64'")
    healthy.simulation.applications = {"shop/web": Application(architectures=("X86_64", "ARM64"))}
    assert run_one(healthy, runtimePlatform=arm)["lastStatus"] == "RUNNING"


def test_a_pull_needs_an_execution_role(healthy: Session) -> None:
    # With Fargate among its compatibilities, ECS would not have taken the task definition.
    stopped = run_one(healthy, executionRoleArn=None, requiresCompatibilities=None)
    assert "pull access denied" in stopped["stoppedReason"]


def test_the_execution_role_must_trust_ecs_tasks(healthy: Session) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    healthy.call("iam.update_assume_role_policy", RoleName=EXECUTION, PolicyDocument=document)
    assert run_one(healthy)["stoppedReason"].startswith("ECS was unable to assume the role")


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        (["logs:*"], "not authorized to perform: ecr:GetAuthorizationToken"),
        (["ecr:*"], "not authorized to perform: logs:CreateLogStream"),
        (["ecr:GetAuthorizationToken", "logs:*"], "not authorized to perform: ecr:BatchGetImage"),
        (["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "logs:*"], "ecr:GetDownloadUrlForLayer"),
    ],
)
def test_each_call_needs_its_permission(healthy: Session, actions: list[str], words: str) -> None:
    narrow_role(healthy, *actions)
    reason = run_one(healthy)["stoppedReason"]
    assert words in reason
    assert "because no identity-based policy allows" in reason


def test_a_repository_policy_can_deny(healthy: Session) -> None:
    statement = {"Effect": "Deny", "Principal": "*", "Action": "ecr:BatchGetImage"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    healthy.call("ecr.set_repository_policy", repositoryName="shop/web", policyText=text)
    assert "with an explicit deny in a resource-based policy" in run_one(healthy)["stoppedReason"]


def test_the_log_group_must_exist_or_be_made(healthy: Session) -> None:
    options = {"awslogs-group": "/ecs/new", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}
    log = {"logDriver": "awslogs", "options": options}
    assert "The specified log group does not exist" in run_one(healthy, logConfiguration=log)["stoppedReason"]
    options["awslogs-create-group"] = "true"
    assert "logs:CreateLogGroup" in run_one(healthy, logConfiguration=log)["stoppedReason"]
    narrow_role(healthy, "ecr:*", "logs:*")
    assert run_one(healthy, logConfiguration=log)["lastStatus"] == "RUNNING"


def test_logs_need_a_way_too(broken: Session) -> None:
    broken.actor.take([{"allow": {"group": "${group.task}", "from": "${group.task}", "port": 443}}])
    broken.actor.take([{"endpoints": {"interface": ["ecr.api", "ecr.dkr"], "group": "${group.task}"}}])
    broken.actor.take([{"endpoints": {"gateway": ["s3"]}}])
    assert "connection issue between the task and Amazon CloudWatch" in run_one(broken)["stoppedReason"]


def test_a_full_subnet_has_no_address_for_a_task(healthy: Session) -> None:
    call, known = healthy.call, healthy.known
    small = call("ec2.create_subnet", VpcId=known["vpc"], CidrBlock="10.20.40.0/28")["Subnet"]["SubnetId"]
    call("ec2.associate_route_table", RouteTableId=known["routes.private"], SubnetId=small)
    network = {"awsvpcConfiguration": {"subnets": [small], "securityGroups": [known["group.task"]]}}
    tasks = call(
        "ecs.run_task",
        cluster=known["cluster"],
        taskDefinition=known["family"],
        count=10,
        networkConfiguration=network,
    )["tasks"]
    more = call(
        "ecs.run_task",
        cluster=known["cluster"],
        taskDefinition=known["family"],
        count=2,
        networkConfiguration=network,
    )["tasks"]
    healthy.simulation.settle(600)
    arns = [task["taskArn"] for task in tasks + more]
    after = call("ecs.describe_tasks", cluster=known["cluster"], tasks=arns)["tasks"]
    reasons = [task.get("stoppedReason", "") for task in after]
    assert sum(task["lastStatus"] == "RUNNING" for task in after) == 11
    assert sum(reason.startswith("RESOURCE:ENI") for reason in reasons) == 1


def test_a_program_without_its_variable_exits(build: Any) -> None:
    from labs.simulator.application import Application

    session = build()
    session.simulation.applications = {"shop/web": Application(needs=("DB_HOST",))}
    task = run_one(session)
    assert task["stopCode"] == "EssentialContainerExited"
    assert task["stoppedReason"] == "Essential container in task exited"
    assert task["containers"][0]["exitCode"] == 1
    events = session.call("logs.filter_log_events", logGroupName="/ecs/shop")["events"]
    assert events[-1]["message"] == "fatal: DB_HOST is not set"
    assert run_one(session, environment=[{"name": "DB_HOST", "value": "db"}])["lastStatus"] == "RUNNING"
