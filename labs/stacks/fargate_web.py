"""A web service on Fargate: two public and two private subnets, a NAT gateway, a load balancer, a repository,
the two roles, a log group, a cluster and its service."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from labs.scenarios.steps import Actor
from labs.stacks.database import make_database
from labs.stacks.network import close_network, know_acls, make_filters, make_network
from labs.stacks.parts import REGION, ZONES, Call, References
from labs.world.manifest import manifest


def build(call: Call, account: str, options: Mapping[str, Any], images: Sequence[str]) -> References:
    """Make everything; the names by which labs refer to it, as in `${subnet.private.a}`.

    `options`: cluster, service, image (`repository:tag`), count, port, health_path, environment, and
    `service_options` for further parameters of CreateService. `images` are pushed to the repository.
    `endpoints` names services: the private subnets reach those and S3 through endpoints, and nothing else.
    `prepare` are steps taken before the service is made, `afterwards` after it, `execution_policy`
    statements for the execution role, `container` more of the container, `sidecars` more containers, `sizes`
    the megabytes of images, `database` the name of an RDS instance in subnets of its own.
    `cpu` and `memory` are those of the task.
    `shared_registry`: the images are in the account `registry_account`, whose repositories let this one pull.
    """
    shared = bool(options.get("shared_registry"))
    holder = options.get("registry_account", account) if shared else account
    known: References = {
        "account": account,
        "dollar": "$",  # for steps that write a reference of somebody else's
        "registry.account": holder,
        "region": REGION,
        "registry": f"{holder}.dkr.ecr.{REGION}.amazonaws.com",
        "cluster": options["cluster"],
        "service": options["service"],
    }
    make_network(call, known)
    make_filters(call, known, int(options["port"]))
    if "endpoints" in options:
        close_network(call, known, options["endpoints"])
    _identity(call, known)
    _images(call, known, images, "ecr@registry" if shared else "ecr", options.get("sizes", {}))
    if "database" in options:
        make_database(call, known, options["database"])
    actor = Actor(call, lambda _seconds: None, known)
    actor.take(options.get("prepare", ()))
    if "execution_policy" in options:
        _allow(call, actor.filled(options["execution_policy"]))
    know_acls(call, known)
    _balancer(call, known, options)
    _service(call, known, options)
    actor.take(options.get("afterwards", ()))
    return known


def _allow(call: Call, statements: Sequence[Mapping[str, Any]]) -> None:
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    call("iam.put_role_policy", RoleName="shop-execution", PolicyName="shop-more", PolicyDocument=document)


def _identity(call: Call, known: References) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    for kind in ("execution", "task"):
        role = call("iam.create_role", RoleName=f"shop-{kind}", AssumeRolePolicyDocument=trust)
        known[f"role.{kind}"] = role["Role"]["Arn"]
    policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    call("iam.attach_role_policy", RoleName="shop-execution", PolicyArn=policy)
    call("logs.create_log_group", logGroupName="/ecs/shop")


def _images(
    call: Call, known: References, images: Sequence[str], registry: str, sizes: Mapping[str, int]
) -> None:
    repositories: set[str] = set()
    for image in images:
        repository, _, tag = image.partition(":")
        if repository not in repositories:
            call(f"{registry}.create_repository", repositoryName=repository)
            if registry != "ecr":
                policy = pull_policy(known["account"])
                call(f"{registry}.set_repository_policy", repositoryName=repository, policyText=policy)
            repositories.add(repository)
        pushed = call(
            f"{registry}.put_image",
            repositoryName=repository,
            imageTag=tag,
            imageManifest=manifest(image, sizes.get(image, 40)),
        )
        known[f"digest.{image}"] = pushed["image"]["imageId"]["imageDigest"]


def pull_policy(account: str) -> str:
    """A repository policy that lets the account pull."""
    statement = {
        "Sid": "pull",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _balancer(call: Call, known: References, options: Mapping[str, Any]) -> None:
    subnets = [known[f"subnet.public.{zone}"] for zone in ZONES]
    made = call(
        "elbv2.create_load_balancer",
        Name="shop",
        Scheme="internet-facing",
        Subnets=subnets,
        SecurityGroups=[known["group.balancer"]],
    )
    known["balancer"] = made["LoadBalancers"][0]["LoadBalancerArn"]
    group = call(
        "elbv2.create_target_group",
        Name="shop-web",
        Protocol="HTTP",
        Port=int(options["port"]),
        VpcId=known["vpc"],
        TargetType="ip",
        HealthCheckPath=options["health_path"],
        HealthCheckIntervalSeconds=10,
        HealthCheckTimeoutSeconds=5,
        HealthyThresholdCount=2,
        UnhealthyThresholdCount=2,
    )
    arn = known["target-group"] = group["TargetGroups"][0]["TargetGroupArn"]
    known["metric.target-group"] = arn.rpartition(":")[2]  # as dimensions of CloudWatch name them
    known["metric.balancer"] = known["balancer"].partition("loadbalancer/")[2]
    drain = {"Key": "deregistration_delay.timeout_seconds", "Value": "30"}
    call("elbv2.modify_target_group_attributes", TargetGroupArn=arn, Attributes=[drain])
    forward = {"Type": "forward", "TargetGroupArn": arn}
    call(
        "elbv2.create_listener",
        LoadBalancerArn=known["balancer"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[forward],
    )


def _service(call: Call, known: References, options: Mapping[str, Any]) -> None:
    call("ecs.create_cluster", clusterName=known["cluster"])
    log = {"awslogs-group": "/ecs/shop", "awslogs-region": REGION, "awslogs-stream-prefix": known["service"]}
    environment = [
        {"name": name, "value": str(value)} for name, value in options.get("environment", {}).items()
    ]
    container = {
        "name": known["service"],
        "image": f"{known['registry']}/{options['image']}",
        "essential": True,
        "portMappings": [{"containerPort": int(options["port"]), "protocol": "tcp"}],
        "environment": environment,
        "logConfiguration": {"logDriver": "awslogs", "options": log},
    }
    actor = Actor(call, lambda _seconds: None, known)
    container |= actor.filled(options.get("container", {}))
    sidecars = actor.filled(list(options.get("sidecars", ())))
    call(
        "ecs.register_task_definition",
        family=f"shop-{known['service']}",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu=str(options.get("cpu", "256")),
        memory=str(options.get("memory", "512")),
        executionRoleArn=known["role.execution"],
        taskRoleArn=known["role.task"],
        containerDefinitions=[container, *sidecars],
    )
    known["family"] = f"shop-{known['service']}"
    network = {
        "subnets": [known[f"subnet.private.{zone}"] for zone in ZONES],
        "securityGroups": [known["group.task"]],
        "assignPublicIp": "DISABLED",
    }
    balanced = {
        "targetGroupArn": known["target-group"],
        "containerName": known["service"],
        "containerPort": int(options["port"]),
    }
    call(
        "ecs.create_service",
        cluster=known["cluster"],
        serviceName=known["service"],
        taskDefinition=known["family"],
        desiredCount=int(options["count"]),
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": network},
        loadBalancers=[balanced],
        **options.get("service_options", {}),
    )
