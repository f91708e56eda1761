"""Each way out of a subnet, opened and closed with ordinary API calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labs.simulator.paths import aws_service, internet, peer
from labs.simulator.paths.path import Source

if TYPE_CHECKING:
    from labs.server.session import Session

ANYWHERE = "0.0.0.0/0"
SOMEWHERE = "44.213.79.104"


def private(session: Session) -> Source:
    return Source(session.known["subnet.private.a"], (session.known["group.task"],))


def public(session: Session, public_address: bool = True) -> Source:
    return Source(session.known["subnet.public.a"], (session.known["group.task"],), public_address)


def reaches(session: Session, service: str = "ecr.api", source: Source | None = None) -> bool:
    return aws_service.reach(session.simulation.world, source or private(session), service).is_free


def close_the_way_out(session: Session) -> None:
    session.call(
        "ec2.delete_route", RouteTableId=session.known["routes.private"], DestinationCidrBlock=ANYWHERE
    )


def add_endpoint(session: Session, service: str, group: str = "group.task", **more: object) -> str:
    parameters = {
        "VpcEndpointType": "Interface",
        "VpcId": session.known["vpc"],
        "ServiceName": f"com.amazonaws.us-east-1.{service}",
        "SubnetIds": [session.known["subnet.private.a"], session.known["subnet.private.b"]],
        "SecurityGroupIds": [session.known[group]],
        "PrivateDnsEnabled": True,
        **more,
    }
    return str(session.call("ec2.create_vpc_endpoint", **parameters)["VpcEndpoint"]["VpcEndpointId"])


def let_tasks_into(session: Session, group: str) -> None:
    step = {"allow": {"group": f"${{{group}}}", "from": "${group.task}", "port": 443}}
    session.actor.take([step])


def test_a_nat_gateway_leads_out(healthy: Session) -> None:
    assert reaches(healthy)


def test_without_a_default_route_there_is_no_way_out(healthy: Session) -> None:
    close_the_way_out(healthy)
    assert not reaches(healthy)


def test_a_deleted_nat_gateway_leads_nowhere(healthy: Session) -> None:
    healthy.call("ec2.delete_nat_gateway", NatGatewayId=healthy.known["nat"])
    assert not reaches(healthy)


def test_a_nat_gateway_in_a_private_subnet_leads_nowhere(healthy: Session) -> None:
    close_the_way_out(healthy)
    nat = healthy.call("ec2.create_nat_gateway", SubnetId=healthy.known["subnet.private.b"])["NatGateway"]
    healthy.call(
        "ec2.create_route",
        RouteTableId=healthy.known["routes.private"],
        DestinationCidrBlock=ANYWHERE,
        NatGatewayId=nat["NatGatewayId"],
    )
    assert not reaches(healthy)


def test_an_internet_gateway_needs_a_public_address(healthy: Session) -> None:
    assert reaches(healthy, source=public(healthy))
    assert not reaches(healthy, source=public(healthy, public_address=False))


def test_a_detached_internet_gateway_leads_nowhere(healthy: Session) -> None:
    known = healthy.known
    healthy.call(
        "ec2.detach_internet_gateway", InternetGatewayId=known["internet-gateway"], VpcId=known["vpc"]
    )
    assert not reaches(healthy, source=public(healthy))
    assert not reaches(healthy)


def test_the_most_specific_route_decides(healthy: Session) -> None:
    route = internet.route_to(healthy.simulation.world, healthy.known["subnet.private.a"], "10.20.0.9")
    assert route is not None
    assert route.kind == "local"


def test_a_group_without_egress_keeps_tasks_in(healthy: Session) -> None:
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": ANYWHERE}]}]
    group = healthy.known["group.task"]
    healthy.call("ec2.revoke_security_group_egress", GroupId=group, IpPermissions=everything)
    assert not reaches(healthy)
    https = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": ANYWHERE}]}]
    healthy.call("ec2.authorize_security_group_egress", GroupId=group, IpPermissions=https)
    assert reaches(healthy)


@pytest.mark.parametrize(("egress", "port"), [(True, 443), (False, 49152)])
def test_an_acl_can_stop_a_request_or_its_reply(healthy: Session, egress: bool, port: int) -> None:
    acls = healthy.call(
        "ec2.describe_network_acls", Filters=[{"Name": "vpc-id", "Values": [healthy.known["vpc"]]}]
    )
    healthy.call(
        "ec2.create_network_acl_entry",
        NetworkAclId=acls["NetworkAcls"][0]["NetworkAclId"],
        RuleNumber=50,
        Protocol="6",
        RuleAction="deny",
        Egress=egress,
        CidrBlock=ANYWHERE,
        PortRange={"From": port, "To": port},
    )
    assert not reaches(healthy)


def test_an_interface_endpoint_opens_a_closed_subnet(healthy: Session) -> None:
    close_the_way_out(healthy)
    let_tasks_into(healthy, "group.task")
    add_endpoint(healthy, "ecr.api")
    assert reaches(healthy, "ecr.api")
    assert not reaches(healthy, "ecr.dkr")


def test_an_endpoint_that_lets_nobody_in_breaks_even_callers_with_a_nat_gateway(healthy: Session) -> None:
    add_endpoint(healthy, "ecr.api")
    assert not reaches(healthy, "ecr.api")


def test_an_endpoint_without_private_dns_is_not_used(healthy: Session) -> None:
    add_endpoint(healthy, "ecr.api", PrivateDnsEnabled=False)
    assert reaches(healthy, "ecr.api")
    close_the_way_out(healthy)
    assert not reaches(healthy, "ecr.api")


def test_private_dns_needs_host_names_in_the_vpc(healthy: Session) -> None:
    let_tasks_into(healthy, "group.task")
    add_endpoint(healthy, "ecr.api")
    close_the_way_out(healthy)
    vpc = healthy.known["vpc"]
    healthy.call("ec2.modify_vpc_attribute", VpcId=vpc, EnableDnsHostnames={"Value": False})
    assert not reaches(healthy, "ecr.api")


def test_without_dns_no_name_is_found(healthy: Session) -> None:
    vpc = healthy.known["vpc"]
    healthy.call("ec2.modify_vpc_attribute", VpcId=vpc, EnableDnsSupport={"Value": False})
    path = aws_service.reach(healthy.simulation.world, private(healthy), "ecr.api")
    assert path.obstacle == "dns"


def test_a_gateway_endpoint_serves_the_route_tables_it_is_on(healthy: Session) -> None:
    close_the_way_out(healthy)
    healthy.actor.take([{"endpoints": {"gateway": ["s3"]}}])
    assert reaches(healthy, "s3")
    assert not reaches(healthy, "s3", public(healthy, public_address=False))


def test_an_interface_endpoint_for_s3_serves_too(healthy: Session) -> None:
    close_the_way_out(healthy)
    let_tasks_into(healthy, "group.task")
    add_endpoint(healthy, "s3")
    assert reaches(healthy, "s3")


def test_peers_need_both_groups(healthy: Session) -> None:
    world, known = healthy.simulation.world, healthy.known
    target = world.network.create_interface(known["subnet.private.b"], [known["group.task"]], "test", "test")
    balancer = Source(known["subnet.public.a"], (known["group.balancer"],))
    assert peer.reach(world, balancer, target, (known["group.task"],), 8080).is_free
    assert not peer.reach(world, balancer, target, (known["group.task"],), 9000).is_free
    stranger = Source(known["subnet.public.a"], (known["group.task"],))
    assert not peer.reach(world, stranger, target, (known["group.task"],), 8080).is_free


def test_rules_for_other_protocols_do_not_let_tcp_through(healthy: Session) -> None:
    group = healthy.known["group.task"]
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": ANYWHERE}]}]
    dns = [{"IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "IpRanges": [{"CidrIp": ANYWHERE}]}]
    healthy.call("ec2.revoke_security_group_egress", GroupId=group, IpPermissions=everything)
    healthy.call("ec2.authorize_security_group_egress", GroupId=group, IpPermissions=dns)
    assert not reaches(healthy)


def test_the_prefix_list_of_s3_opens_the_gateway_endpoint_and_nothing_else(healthy: Session) -> None:
    group = healthy.known["group.task"]
    healthy.actor.take([{"endpoints": {"gateway": ["s3"]}}])
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": ANYWHERE}]}]
    healthy.call("ec2.revoke_security_group_egress", GroupId=group, IpPermissions=everything)
    lists = healthy.call("ec2.describe_managed_prefix_lists")["PrefixLists"]
    s3 = next(item["PrefixListId"] for item in lists if item["PrefixListName"].endswith(".s3"))
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": s3}]}
    assert not reaches(healthy, "s3")
    healthy.call("ec2.authorize_security_group_egress", GroupId=group, IpPermissions=[rule])
    assert reaches(healthy, "s3")
    assert not reaches(healthy, "ecr.api")


def test_an_endpoint_without_an_interface_answers_nobody(healthy: Session) -> None:
    let_tasks_into(healthy, "group.task")
    add_endpoint(healthy, "ecr.api", SubnetIds=[])
    assert not reaches(healthy, "ecr.api")


def test_an_acl_entry_for_another_port_is_passed_over(healthy: Session) -> None:
    vpc = [{"Name": "vpc-id", "Values": [healthy.known["vpc"]]}]
    acl = healthy.call("ec2.describe_network_acls", Filters=vpc)["NetworkAcls"][0]["NetworkAclId"]
    entry = {"NetworkAclId": acl, "RuleAction": "deny", "Egress": True, "CidrBlock": ANYWHERE}
    range_ = {"From": 25, "To": 25}
    healthy.call("ec2.create_network_acl_entry", RuleNumber=40, Protocol="6", PortRange=range_, **entry)
    healthy.call(
        "ec2.create_network_acl_entry", RuleNumber=41, Protocol="17", PortRange={"From": 1, "To": 9}, **entry
    )
    assert reaches(healthy)
    healthy.call("ec2.delete_network_acl_entry", NetworkAclId=acl, RuleNumber=100, Egress=True)
    assert not reaches(healthy)
