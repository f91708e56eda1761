"""The network of a stack: subnets, routes, gateways, endpoints, security groups."""

from __future__ import annotations

from collections.abc import Sequence

from labs.stacks.parts import REGION, ZONES, Call, References


def make_network(call: Call, known: References) -> None:
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


def close_network(call: Call, known: References, services: Sequence[str]) -> None:
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


def make_filters(call: Call, known: References, port: int) -> None:
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


def know_acls(call: Call, known: References) -> None:
    """The associations of network ACLs, by which a subnet gets another one."""
    names = {
        value: name.removeprefix("subnet.") for name, value in known.items() if name.startswith("subnet.")
    }
    for filters in call("ec2.describe_network_acls")["NetworkAcls"]:
        for entry in filters["Associations"]:
            if entry["SubnetId"] in names:
                known[f"acl-association.{names[entry['SubnetId']]}"] = entry["NetworkAclAssociationId"]
