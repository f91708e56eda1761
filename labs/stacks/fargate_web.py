"""A web service on Fargate: two public and two private subnets, a NAT gateway, a load balancer, a repository,
the two roles, a log group, a cluster and its service."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from labs.scenarios.steps import Actor
from labs.world.registry import manifest

Call = Callable[..., dict[str, Any]]  # call("ec2.create_vpc", CidrBlock=...) gives the response
References = dict[str, str]

ZONES = ("a", "b")
REGION = "us-east-1"


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
    _network(call, known)
    _filters(call, known, int(options["port"]))
    if "endpoints" in options:
        _close(call, known, options["endpoints"])
    _identity(call, known)
    _images(call, known, images, "ecr@registry" if shared else "ecr", options.get("sizes", {}))
    if "database" in options:
        _database(call, known, options["database"])
    actor = Actor(call, lambda _seconds: None, known)
    actor.take(options.get("prepare", ()))
    if "execution_policy" in options:
        _allow(call, actor.filled(options["execution_policy"]))
    _know_acls(call, known)
    _balancer(call, known, options)
    _service(call, known, options)
    actor.take(options.get("afterwards", ()))
    return known


def _network(call: Call, known: References) -> None:
    vpc = known["vpc"] = call("ec2.create_vpc", CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    call("ec2.modify_vpc_attribute", VpcId=vpc, EnableDnsHostnames={"Value": True})
    call("ec2.create_tags", Resources=[vpc], Tags=[{"Key": "Name", "Value": "shop"}])
    gateway = known["internet-gateway"] = call("ec2.create_internet_gateway")["InternetGateway"][
        "InternetGatewayId"
    ]
    call("ec2.attach_internet_gateway", InternetGatewayId=gateway, VpcId=vpc)
    for number, kind in enumerate(("public", "private")):
        table = call("ec2.create_route_table", VpcId=vpc)["RouteTable"]["RouteTableId"]
        known[f"routes.{kind}"] = table
        call("ec2.create_tags", Resources=[table], Tags=[{"Key": "Name", "Value": f"shop-{kind}"}])
        for index, zone in enumerate(ZONES):
            block = f"10.20.{number * 10 + index}.0/24"
            subnet = call("ec2.create_subnet", VpcId=vpc, CidrBlock=block, AvailabilityZone=REGION + zone)
            subnet_id = known[f"subnet.{kind}.{zone}"] = subnet["Subnet"]["SubnetId"]
            call(
                "ec2.create_tags",
                Resources=[subnet_id],
                Tags=[{"Key": "Name", "Value": f"shop-{kind}-{zone}"}],
            )
            association = call("ec2.associate_route_table", RouteTableId=table, SubnetId=subnet_id)
            known[f"route-association.{kind}.{zone}"] = association["AssociationId"]
    everywhere = "0.0.0.0/0"
    call(
        "ec2.create_route",
        RouteTableId=known["routes.public"],
        DestinationCidrBlock=everywhere,
        GatewayId=gateway,
    )
    address = known["address"] = call("ec2.allocate_address", Domain="vpc")["AllocationId"]
    nat = call("ec2.create_nat_gateway", SubnetId=known["subnet.public.a"], AllocationId=address)
    known["nat"] = nat["NatGateway"]["NatGatewayId"]
    call(
        "ec2.create_route",
        RouteTableId=known["routes.private"],
        DestinationCidrBlock=everywhere,
        NatGatewayId=known["nat"],
    )


def _close(call: Call, known: References, services: Sequence[str]) -> None:
    """Take the way to the Internet from the private subnets, and give them endpoints instead."""
    private = known["routes.private"]
    call("ec2.delete_route", RouteTableId=private, DestinationCidrBlock="0.0.0.0/0")
    call("ec2.delete_nat_gateway", NatGatewayId=known.pop("nat"))
    call("ec2.release_address", AllocationId=known.pop("address"))
    made = call(
        "ec2.create_security_group",
        GroupName="shop-endpoints",
        Description="Endpoints of the shop",
        VpcId=known["vpc"],
    )
    group = known["group.endpoints"] = made["GroupId"]
    tasks = {"UserIdGroupPairs": [{"GroupId": known["group.task"]}]}
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    call("ec2.authorize_security_group_ingress", GroupId=group, IpPermissions=[https | tasks])
    for service in services:
        endpoint = call(
            "ec2.create_vpc_endpoint",
            VpcEndpointType="Interface",
            VpcId=known["vpc"],
            ServiceName=f"com.amazonaws.{REGION}.{service}",
            SubnetIds=[known[f"subnet.private.{zone}"] for zone in ZONES],
            SecurityGroupIds=[group],
            PrivateDnsEnabled=True,
        )
        known[f"endpoint.{service}"] = endpoint["VpcEndpoint"]["VpcEndpointId"]
    storage = call(
        "ec2.create_vpc_endpoint",
        VpcEndpointType="Gateway",
        VpcId=known["vpc"],
        ServiceName=f"com.amazonaws.{REGION}.s3",
        RouteTableIds=[private],
    )
    known["endpoint.s3"] = storage["VpcEndpoint"]["VpcEndpointId"]


def _allow(call: Call, statements: Sequence[Mapping[str, Any]]) -> None:
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    call("iam.put_role_policy", RoleName="shop-execution", PolicyName="shop-more", PolicyDocument=document)


def _filters(call: Call, known: References, port: int) -> None:
    for name, purpose in (("balancer", "Load balancer of the shop"), ("task", "Tasks of the shop")):
        made = call(
            "ec2.create_security_group", GroupName=f"shop-{name}", Description=purpose, VpcId=known["vpc"]
        )
        known[f"group.{name}"] = made["GroupId"]
    anyone = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    call("ec2.authorize_security_group_ingress", GroupId=known["group.balancer"], IpPermissions=[anyone])
    balancer = [{"GroupId": known["group.balancer"]}]
    inside = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": balancer}
    call("ec2.authorize_security_group_ingress", GroupId=known["group.task"], IpPermissions=[inside])


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


def _know_acls(call: Call, known: References) -> None:
    """The associations of network ACLs, by which a subnet gets another one."""
    names = {
        value: name.removeprefix("subnet.") for name, value in known.items() if name.startswith("subnet.")
    }
    for filters in call("ec2.describe_network_acls")["NetworkAcls"]:
        for entry in filters["Associations"]:
            if entry["SubnetId"] in names:
                known[f"acl-association.{names[entry['SubnetId']]}"] = entry["NetworkAclAssociationId"]


def _database(call: Call, known: References, name: str) -> None:
    """A PostgreSQL instance in zone a, in two subnets of its own, which tasks may reach."""
    subnets = []
    for index, zone in enumerate(ZONES):
        made = call(
            "ec2.create_subnet",
            VpcId=known["vpc"],
            CidrBlock=f"10.20.{20 + index}.0/24",
            AvailabilityZone=REGION + zone,
        )
        subnets.append(made["Subnet"]["SubnetId"])
        known[f"subnet.data.{zone}"] = subnets[-1]
        tag = [{"Key": "Name", "Value": f"shop-data-{zone}"}]
        call("ec2.create_tags", Resources=[subnets[-1]], Tags=tag)
    group = call(
        "ec2.create_security_group",
        GroupName="shop-database",
        Description="Database of the shop",
        VpcId=known["vpc"],
    )
    known["group.database"] = group["GroupId"]
    tasks = {"UserIdGroupPairs": [{"GroupId": known["group.task"]}]}
    inside = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432}
    call(
        "ec2.authorize_security_group_ingress",
        GroupId=known["group.database"],
        IpPermissions=[inside | tasks],
    )
    call(
        "rds.create_db_subnet_group",
        DBSubnetGroupName="shop",
        DBSubnetGroupDescription="Subnets of the shop's data",
        SubnetIds=subnets,
    )
    database = call("rds.create_db_instance", **_database_settings(known, name))["DBInstance"]
    known["database"] = database["Endpoint"]["Address"]


def _database_settings(known: Mapping[str, str], name: str) -> dict[str, Any]:
    """Parameters of CreateDBInstance."""
    return {
        "DBInstanceIdentifier": name,
        "DBInstanceClass": "db.t4g.medium",
        "Engine": "postgres",
        "EngineVersion": "16.4",
        "AllocatedStorage": 20,
        "MasterUsername": "shop",
        "MasterUserPassword": "not-a-real-one-5",
        "DBSubnetGroupName": "shop",
        "VpcSecurityGroupIds": [known["group.database"]],
        "AvailabilityZone": f"{REGION}a",
        "PubliclyAccessible": False,
    }


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
