"""What the facade reads out of moto is what the API says, field by field, for the version of moto we pin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labs.world.registry import parse_reference

if TYPE_CHECKING:
    from labs.server.session import Session


def test_subnets(healthy: Session) -> None:
    for name in ("subnet.public.a", "subnet.private.b"):
        said = healthy.call("ec2.describe_subnets", SubnetIds=[healthy.known[name]])["Subnets"][0]
        read = healthy.simulation.world.network.subnet(healthy.known[name])
        assert (read.id, read.vpc_id, read.cidr) == (said["SubnetId"], said["VpcId"], said["CidrBlock"])
        assert (read.zone, read.free_addresses) == (said["AvailabilityZone"], said["AvailableIpAddressCount"])


def test_route_tables(healthy: Session) -> None:
    for kind in ("public", "private"):
        subnet = healthy.known[f"subnet.{kind}.a"]
        filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
        said = healthy.call("ec2.describe_route_tables", Filters=filters)["RouteTables"][0]
        read = healthy.simulation.world.network.route_table(subnet)
        assert read.id == said["RouteTableId"]
        targets = {
            route["DestinationCidrBlock"]: route.get("NatGatewayId") or route["GatewayId"]
            for route in said["Routes"]
        }
        assert {route.destination: route.target for route in read.routes} == targets


def test_a_subnet_without_an_association_uses_the_main_route_table(healthy: Session) -> None:
    call, vpc = healthy.call, healthy.known["vpc"]
    subnet = call("ec2.create_subnet", VpcId=vpc, CidrBlock="10.20.50.0/24")["Subnet"]["SubnetId"]
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
    said = call("ec2.describe_route_tables", Filters=filters)["RouteTables"][0]
    assert healthy.simulation.world.network.route_table(subnet).id == said["RouteTableId"]


def test_gateways(healthy: Session) -> None:
    world, known = healthy.simulation.world, healthy.known
    said = healthy.call("ec2.describe_nat_gateways", NatGatewayIds=[known["nat"]])["NatGateways"][0]
    read = world.network.nat_gateway(known["nat"])
    assert read is not None
    assert (read.id, read.subnet_id, read.works) == (said["NatGatewayId"], said["SubnetId"], True)
    assert world.network.gateway_is_attached(known["internet-gateway"], known["vpc"])
    assert not world.network.gateway_is_attached(known["internet-gateway"], "vpc-other")
    assert world.network.nat_gateway("nat-none") is None


def test_security_groups(healthy: Session) -> None:
    for name in ("group.balancer", "group.task"):
        said = healthy.call("ec2.describe_security_groups", GroupIds=[healthy.known[name]])["SecurityGroups"][
            0
        ]
        read = healthy.simulation.world.network.security_groups([healthy.known[name]])[0]
        for rules, permissions in (
            (read.ingress, said["IpPermissions"]),
            (read.egress, said["IpPermissionsEgress"]),
        ):
            rule, permission = rules[0], permissions[0]
            assert rule.protocol == permission["IpProtocol"]
            assert (rule.from_port, rule.to_port) == (permission.get("FromPort"), permission.get("ToPort"))
            assert rule.cidr == next((item["CidrIp"] for item in permission["IpRanges"]), None)
            assert rule.group_id == next((item["GroupId"] for item in permission["UserIdGroupPairs"]), None)


def test_network_acls(healthy: Session) -> None:
    vpc, subnet = healthy.known["vpc"], healthy.known["subnet.private.a"]
    said = healthy.call("ec2.describe_network_acls", Filters=[{"Name": "vpc-id", "Values": [vpc]}])[
        "NetworkAcls"
    ][0]
    read = healthy.simulation.world.network.acl_entries(subnet)
    expected = {
        (
            entry["RuleNumber"],
            entry["Egress"],
            entry["Protocol"],
            entry["CidrBlock"],
            entry["RuleAction"] == "allow",
        )
        for entry in said["Entries"]
    }
    assert {(e.number, e.egress, e.protocol, e.cidr, e.allows) for e in read} == expected


def test_endpoints(broken: Session) -> None:
    broken.actor.take(broken.scenario.repairs["endpoints-and-missing-tag"])
    said = {item["VpcEndpointId"]: item for item in broken.call("ec2.describe_vpc_endpoints")["VpcEndpoints"]}
    read = broken.simulation.world.network.endpoints(broken.known["vpc"])
    assert {endpoint.id for endpoint in read} == set(said)
    for endpoint in read:
        told = said[endpoint.id]
        assert told["ServiceName"].endswith(endpoint.service)
        assert endpoint.kind == told["VpcEndpointType"]
        assert [interface.id for interface in endpoint.interfaces] == told["NetworkInterfaceIds"]
        assert list(endpoint.group_ids) == [group["GroupId"] for group in told["Groups"]]
        assert list(endpoint.route_table_ids) == told["RouteTableIds"]
        if endpoint.kind == "Interface":
            assert endpoint.private_dns is told["PrivateDnsEnabled"] is True


def test_vpc_attributes(healthy: Session) -> None:
    vpc = healthy.known["vpc"]
    assert healthy.simulation.world.network.resolves_names(vpc) == (True, True)
    healthy.call("ec2.modify_vpc_attribute", VpcId=vpc, EnableDnsHostnames={"Value": False})
    assert healthy.simulation.world.network.resolves_names(vpc) == (True, False)


def test_roles(healthy: Session) -> None:
    said = healthy.call("iam.get_role", RoleName="shop-execution")["Role"]
    attached = healthy.call("iam.list_attached_role_policies", RoleName="shop-execution")["AttachedPolicies"]
    policy = healthy.call("iam.get_policy", PolicyArn=attached[0]["PolicyArn"])["Policy"]
    version = healthy.call(
        "iam.get_policy_version", PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"]
    )["PolicyVersion"]
    read = healthy.simulation.world.identity.role(said["Arn"])
    assert read is not None
    assert (read.arn, read.name, read.trust) == (
        said["Arn"],
        said["RoleName"],
        said["AssumeRolePolicyDocument"],
    )
    assert read.policies == (version["Document"],)
    assert read.boundary is None


def test_images(healthy: Session) -> None:
    said = healthy.call("ecr.describe_images", repositoryName="shop/web")["imageDetails"]
    for detail in said:
        text = f"{healthy.known['registry']}/shop/web:{detail['imageTags'][0]}"
        read = healthy.simulation.world.registry.image(parse_reference(text))
        assert read is not None
        assert (read.digest, list(read.tags)) == (detail["imageDigest"], detail["imageTags"])


def test_target_groups_and_balancers(healthy: Session) -> None:
    said = healthy.call("elbv2.describe_target_groups", Names=["shop-web"])["TargetGroups"][0]
    attributes = healthy.call("elbv2.describe_target_group_attributes", TargetGroupArn=said["TargetGroupArn"])
    delay = next(
        a["Value"] for a in attributes["Attributes"] if a["Key"] == "deregistration_delay.timeout_seconds"
    )
    read = healthy.simulation.world.balancing.target_group(said["TargetGroupArn"])
    assert read is not None
    assert (read.name, read.target_type, read.check_path) == (
        said["TargetGroupName"],
        said["TargetType"],
        said["HealthCheckPath"],
    )
    assert (read.interval, read.timeout) == (
        said["HealthCheckIntervalSeconds"],
        said["HealthCheckTimeoutSeconds"],
    )
    assert (read.healthy_after, read.unhealthy_after) == (
        said["HealthyThresholdCount"],
        said["UnhealthyThresholdCount"],
    )
    assert (read.codes, read.check_port, read.drain_seconds) == (
        said["Matcher"]["HttpCode"],
        None,
        float(delay),
    )
    balancer = healthy.call("elbv2.describe_load_balancers", Names=["shop"])["LoadBalancers"][0]
    found = healthy.simulation.world.balancing.balancer_of(said["TargetGroupArn"])
    assert found is not None
    assert found.arn == balancer["LoadBalancerArn"]
    assert list(found.group_ids) == balancer["SecurityGroups"]
    assert set(found.zones) == {zone["ZoneName"] for zone in balancer["AvailabilityZones"]}
    (rule,) = found.rules[80]
    assert (rule.paths, rule.groups) == ((), ((said["TargetGroupArn"], 1),))
    assert found.idle_timeout == 60


def test_services_and_task_definitions(healthy: Session) -> None:
    said = healthy.call("ecs.describe_services", cluster="prod", services=["web"])["services"][0]
    read = healthy.simulation.world.containers.service("prod", "web")
    assert read is not None
    config = said["networkConfiguration"]["awsvpcConfiguration"]
    assert (read.arn, read.desired, read.launch_type) == (
        said["serviceArn"],
        said["desiredCount"],
        said["launchType"],
    )
    assert (list(read.placement.subnet_ids), list(read.placement.group_ids)) == (
        config["subnets"],
        config["securityGroups"],
    )
    assert read.load_balancers[0].target_group == said["loadBalancers"][0]["targetGroupArn"]
    assert read.task_definition == said["taskDefinition"]
    definition = healthy.call("ecs.describe_task_definition", taskDefinition="shop-web")["taskDefinition"]
    known = healthy.simulation.world.containers.task_definition("shop-web")
    assert (known.arn, known.cpu, known.memory) == (
        definition["taskDefinitionArn"],
        definition["cpu"],
        definition["memory"],
    )
    assert (known.execution_role, known.task_role) == (
        definition["executionRoleArn"],
        definition["taskRoleArn"],
    )
    assert known.containers[0].image == definition["containerDefinitions"][0]["image"]
    assert known.containers[0].log_driver == "awslogs"


def test_logs(healthy: Session) -> None:
    assert healthy.simulation.world.logs.has_group("/ecs/shop")
    assert not healthy.simulation.world.logs.has_group("/ecs/other")
    said = healthy.call("logs.filter_log_events", logGroupName="/ecs/shop")["events"]
    assert {event["message"] for event in said} == {"shop: listening on 8080"}
    task = healthy.call("ecs.list_tasks", cluster="prod")["taskArns"][0].rsplit("/", 1)[-1]
    assert f"web/web/{task}" in {event["logStreamName"] for event in said}


def test_references_are_taken_apart() -> None:
    ecr = parse_reference("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:v1@sha256:abc")
    assert (ecr.account, ecr.region, ecr.repository, ecr.tag, ecr.digest) == (
        "111122223333",
        "eu-west-1",
        "shop/web",
        "v1",
        "sha256:abc",
    )
    assert ecr.in_ecr
    assert parse_reference("nginx").tag == "latest"
    assert parse_reference("localhost:5000/app").repository == "localhost:5000/app"
    assert not parse_reference("nginx:1").in_ecr
