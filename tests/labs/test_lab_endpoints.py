"""Interface endpoints: addresses in their subnets, and the names they take over."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from labs.server.session import Session


def make(session: Session, service: str = "logs", **more: Any) -> dict[str, Any]:
    known = session.known
    wanted = {
        "VpcEndpointType": "Interface",
        "VpcId": known["vpc"],
        "ServiceName": f"com.amazonaws.us-east-1.{service}",
        "SubnetIds": [known["subnet.private.a"]],
        "SecurityGroupIds": [known["group.task"]],
    }
    return dict(session.call("ec2.create_vpc_endpoint", **wanted | more)["VpcEndpoint"])


def described(session: Session, endpoint_id: str) -> dict[str, Any]:
    found = session.call("ec2.describe_vpc_endpoints", VpcEndpointIds=[endpoint_id])["VpcEndpoints"]
    return dict(found[0])


def test_an_endpoint_has_an_address_in_each_subnet(healthy: Session) -> None:
    endpoint = make(healthy)["VpcEndpointId"]
    healthy.call(
        "ec2.modify_vpc_endpoint", VpcEndpointId=endpoint, AddSubnetIds=[healthy.known["subnet.private.b"]]
    )
    ids = described(healthy, endpoint)["NetworkInterfaceIds"]
    interfaces = healthy.call("ec2.describe_network_interfaces", NetworkInterfaceIds=ids)
    addresses = sorted(item["PrivateIpAddress"] for item in interfaces["NetworkInterfaces"])
    blocks = ["10.20.10.0/24", "10.20.11.0/24"]
    assert all(
        ipaddress.ip_address(address) in ipaddress.ip_network(block)
        for address, block in zip(addresses, blocks, strict=True)
    )
    assert all(
        group["GroupId"] == healthy.known["group.task"]
        for item in interfaces["NetworkInterfaces"]
        for group in item["Groups"]
    )


def test_without_groups_the_default_one_of_the_vpc_is_taken(healthy: Session) -> None:
    groups = described(healthy, make(healthy, SecurityGroupIds=[])["VpcEndpointId"])["Groups"]
    assert [group["GroupName"] for group in groups] == ["default"]


def test_groups_and_private_dns_can_be_changed(healthy: Session) -> None:
    endpoint, known = make(healthy, PrivateDnsEnabled=False)["VpcEndpointId"], healthy.known
    healthy.call(
        "ec2.modify_vpc_endpoint",
        VpcEndpointId=endpoint,
        PrivateDnsEnabled=True,
        AddSecurityGroupIds=[known["group.balancer"]],
        RemoveSecurityGroupIds=[known["group.task"]],
    )
    found = described(healthy, endpoint)
    assert found["PrivateDnsEnabled"]
    assert [group["GroupId"] for group in found["Groups"]] == [known["group.balancer"]]


def test_private_dns_needs_both_attributes_of_the_vpc(healthy: Session) -> None:
    vpc = healthy.known["vpc"]
    healthy.call("ec2.modify_vpc_attribute", VpcId=vpc, EnableDnsHostnames={"Value": False})
    with pytest.raises(ClientError, match="requires both enableDnsSupport and enableDnsHostnames"):
        make(healthy, PrivateDnsEnabled=True)


def test_a_name_can_be_taken_over_once(healthy: Session) -> None:
    make(healthy, PrivateDnsEnabled=True)
    with pytest.raises(ClientError, match="already a conflicting DNS domain for logs"):
        make(healthy, PrivateDnsEnabled=True)
    assert make(healthy, PrivateDnsEnabled=False)["VpcEndpointId"]
