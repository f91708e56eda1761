"""What a VPC is made of, read from moto: subnets, routes, gateways, endpoints, filters, interfaces."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from labs.world.moto_access import backend, ids_from


@dataclass(frozen=True)
class Subnet:
    id: str
    vpc_id: str
    cidr: str
    zone: str
    free_addresses: int


@dataclass(frozen=True)
class Route:
    """One route: a CIDR block, the kind of thing it leads to ("local": inside the VPC), and its id."""

    destination: str
    kind: str
    target: str


@dataclass(frozen=True)
class RouteTable:
    id: str
    routes: tuple[Route, ...]


@dataclass(frozen=True)
class NatGateway:
    id: str
    subnet_id: str
    works: bool  # available, and with a public address


@dataclass(frozen=True)
class FilterRule:
    """A rule of a security group. Ports are None for "all"; a peer is one of CIDR, group or prefix list."""

    protocol: str
    from_port: int | None
    to_port: int | None
    cidr: str | None = None
    group_id: str | None = None
    prefix_list: str | None = None


@dataclass(frozen=True)
class SecurityGroup:
    id: str
    ingress: tuple[FilterRule, ...]
    egress: tuple[FilterRule, ...]


@dataclass(frozen=True)
class AclEntry:
    """An entry of a network ACL. Ports are None for "all"."""

    number: int
    egress: bool
    protocol: str
    cidr: str
    from_port: int | None
    to_port: int | None
    allows: bool


@dataclass(frozen=True)
class Interface:
    id: str
    address: str
    subnet_id: str


@dataclass(frozen=True)
class Endpoint:
    """A VPC endpoint. `kind` is "Interface" or "Gateway"; `service` like "ecr.api"; `policy` its document."""

    id: str
    kind: str
    service: str
    private_dns: bool
    interfaces: tuple[Interface, ...]
    group_ids: tuple[str, ...]
    route_table_ids: tuple[str, ...]
    policy: dict[str, Any]


class Network:
    """The network of one account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    @cached_property
    def _ec2(self) -> Any:
        return backend("ec2", self._account, self._region)

    def subnet(self, subnet_id: str) -> Subnet:
        found = self._ec2.get_subnet(subnet_id)
        return Subnet(
            found.id,
            found.vpc_id,
            found.cidr_block,
            found.availability_zone,
            found.available_ip_address_count,
        )

    def resolves_names(self, vpc_id: str) -> tuple[bool, bool]:
        """The VPC's attributes enableDnsSupport and enableDnsHostnames."""
        vpc = self._ec2.get_vpc(vpc_id)
        return _true(vpc.enable_dns_support), _true(vpc.enable_dns_hostnames)

    def route_table(self, subnet_id: str) -> RouteTable:
        """The table that the subnet is associated with, or else the main one of its VPC."""
        vpc_id, chosen = self._ec2.get_subnet(subnet_id).vpc_id, None
        for table in self._ec2.route_tables.values():
            if subnet_id in table._associations.values():
                chosen = table
                break
            if table.vpc_id == vpc_id and table.main_association_id:
                chosen = table
        if chosen is None:
            return RouteTable("", ())
        routes = (route for route in chosen.routes if route.destination_cidr_block)
        return RouteTable(chosen.id, tuple(map(_route, routes)))

    def gateway_is_attached(self, gateway_id: str, vpc_id: str) -> bool:
        gateway = self._ec2.internet_gateways.get(gateway_id)
        return gateway is not None and gateway.vpc is not None and gateway.vpc.id == vpc_id

    def nat_gateway(self, nat_id: str) -> NatGateway | None:
        nat = self._ec2.nat_gateways.get(nat_id)
        if nat is None:
            return None
        return NatGateway(
            nat.id, nat.subnet_id, nat.state == "available" and nat.connectivity_type != "private"
        )

    def security_groups(self, group_ids: Sequence[str]) -> list[SecurityGroup]:
        """Those of the groups that still exist."""
        found = (self._ec2.get_security_group_from_id(group_id) for group_id in group_ids)
        return [
            SecurityGroup(
                group.id,
                tuple(map(_filter_rule, group.ingress_rules)),
                tuple(map(_filter_rule, group.egress_rules)),
            )
            for group in found
            if group is not None
        ]

    def default_group(self, subnet_id: str) -> str:
        vpc_id = self._ec2.get_subnet(subnet_id).vpc_id
        return str(self._ec2.get_default_security_group(vpc_id).id)

    def acl_entries(self, subnet_id: str) -> list[AclEntry]:
        """Entries of the subnet's network ACL in the order in which they are tried."""
        for acl in self._ec2.network_acls.values():
            if any(association.subnet_id == subnet_id for association in acl.associations):
                entries = (entry for entry in acl.network_acl_entries if entry.cidr_block)
                return sorted(map(_acl_entry, entries), key=lambda entry: entry.number)
        return []

    def endpoints(self, vpc_id: str) -> list[Endpoint]:
        found = self._ec2.vpc_end_points.values()
        return [self._endpoint(item) for item in found if item.vpc_id == vpc_id and item.state == "available"]

    def endpoint(self, endpoint_id: str) -> tuple[Endpoint, str] | None:
        """An endpoint and its VPC."""
        item = self._ec2.vpc_end_points.get(endpoint_id)
        return (self._endpoint(item), item.vpc_id) if item is not None else None

    def create_interface(
        self, subnet_id: str, group_ids: Sequence[str], description: str, identity: str
    ) -> Interface:
        """A network interface with the subnet's first free address. Its ids follow from `identity`."""
        subnet = self._ec2.get_subnet(subnet_id)
        address = self._free_address(subnet)
        ids_from(identity)
        made = self._ec2.create_network_interface(
            subnet, address, group_ids=list(group_ids) or None, description=description
        )
        made.status = "in-use"
        return Interface(made.id, address, subnet_id)

    def forget_deleted_endpoints(self) -> None:
        """moto describes them for ever."""
        known = self._ec2.vpc_end_points
        for endpoint_id in [item.id for item in known.values() if item.state == "deleted"]:
            del known[endpoint_id]

    def open_endpoint(self, endpoint_id: str) -> None:
        """Give the endpoint the policy that AWS gives to one without: all of it for everybody."""
        everything = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
        document = {"Version": "2012-10-17", "Statement": [everything]}
        self._ec2.vpc_end_points[endpoint_id].policy_document = json.dumps(document)

    def settle_endpoint(self, endpoint_id: str, private_dns: bool | None = None) -> None:
        """Give an interface endpoint an address in each of its subnets, and groups, as AWS does.

        moto draws addresses outside the subnet, and ignores changes of subnets, groups and private DNS.
        """
        item = self._ec2.vpc_end_points[endpoint_id]
        if item.vpc_endpoint_type != "Interface":
            return
        if private_dns is not None:
            item.private_dns_enabled = private_dns
        subnets = list(item.subnet_ids or ())
        if not item.security_group_ids and subnets:
            item.security_group_ids = [self.default_group(subnets[0])]
        groups = [self._ec2.get_security_group_from_id(group) for group in item.security_group_ids]
        known = {self._ec2.enis[eni].subnet.id: eni for eni in item.network_interface_ids}
        for subnet_id, interface_id in known.items():
            if subnet_id not in subnets:
                self.delete_interface(interface_id)
        kept = {subnet: known[subnet] for subnet in subnets if subnet in known}
        for subnet_id in subnets:
            if subnet_id not in kept:
                subnet = self._ec2.get_subnet(subnet_id)
                kept[subnet_id] = self._ec2.create_network_interface(subnet, self._free_address(subnet)).id
            interface = self._ec2.enis[kept[subnet_id]]
            subnet = interface.subnet
            if ipaddress.ip_address(interface.private_ip_address) not in ipaddress.ip_network(
                subnet.cidr_block
            ):
                interface.private_ip_address = self._free_address(subnet)
            interface.private_ip_addresses = [
                {"Primary": True, "PrivateIpAddress": interface.private_ip_address}
            ]
            interface._group_set = [group for group in groups if group is not None]
            interface.interface_type, interface.status = "vpc_endpoint", "in-use"
            interface.description = f"VPC Endpoint Interface {endpoint_id}"
        item.network_interface_ids = [kept[subnet] for subnet in subnets]

    def _free_address(self, subnet: Any) -> str:
        taken = {interface.private_ip_address for interface in self._ec2.enis.values()}
        # AWS keeps the first four addresses of a subnet.
        hosts = list(ipaddress.ip_network(subnet.cidr_block).hosts())[3:]
        return next(str(host) for host in hosts if str(host) not in taken)

    def delete_interface(self, interface_id: str) -> None:
        self._ec2.enis.pop(interface_id, None)

    def _endpoint(self, item: Any) -> Endpoint:
        prefix = f"com.amazonaws.{self._region}."
        interfaces = (self._ec2.enis[eni] for eni in item.network_interface_ids if eni in self._ec2.enis)
        return Endpoint(
            id=item.id,
            kind=item.vpc_endpoint_type or "Gateway",
            service=item.service_name.removeprefix(prefix),
            private_dns=_true(item.private_dns_enabled),
            interfaces=tuple(Interface(i.id, i.private_ip_address, i.subnet.id) for i in interfaces),
            group_ids=tuple(item.security_group_ids or ()),
            route_table_ids=tuple(item.route_table_ids or ()),
            policy=json.loads(item.policy_document),
        )


def _true(value: object) -> bool:
    return str(value).lower() == "true"


def _route(route: Any) -> Route:
    destination = route.destination_cidr_block
    if route.local:
        return Route(destination, "local", "local")
    kinds = {"nat_gateway": "nat-gateway", "gateway": "internet-gateway", "vpc_pcx": "peering"}
    for attribute, kind in kinds.items():
        target = getattr(route, attribute)
        if target is not None:
            return Route(destination, kind, target.id)
    return Route(destination, "other", "")


def _filter_rule(rule: Any) -> FilterRule:
    every = rule.ip_protocol == "-1"
    return FilterRule(
        protocol=rule.ip_protocol,
        from_port=None if every else rule.from_port,
        to_port=None if every else rule.to_port,
        cidr=(rule.ip_range or {}).get("CidrIp"),
        group_id=(rule.source_group or {}).get("GroupId"),
        prefix_list=rule.prefix_list_id,
    )


def _acl_entry(entry: Any) -> AclEntry:
    def port(value: Any) -> int | None:
        return None if value in (None, "") else int(value)

    return AclEntry(
        number=int(entry.rule_number),
        egress=_true(entry.egress),
        protocol=str(entry.protocol),
        cidr=entry.cidr_block,
        from_port=port(entry.port_range_from),
        to_port=port(entry.port_range_to),
        allows=entry.rule_action == "allow",
    )
