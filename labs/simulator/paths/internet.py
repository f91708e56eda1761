"""Reaching a public address: a route to an Internet gateway (with a public address) or to a NAT gateway.

https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
"""

from __future__ import annotations

import ipaddress

from labs.simulator.paths import network_acl, security_group
from labs.simulator.paths.path import Path, Source
from labs.world.network import Route
from labs.world.world import World


def reach(world: World, source: Source, address: str, port: int = 443) -> Path:
    """Can the source open a connection to the public address?"""
    free = (
        security_group.lets_out(world, source.group_ids, port, address)
        and network_acl.lets_call_out(world, source.subnet_id, port, address)
        and _is_routed(world, source, address, port)
    )
    return Path("" if free else "timeout", address)


def route_to(world: World, subnet_id: str, address: str) -> Route | None:
    """The most specific route of the subnet's table that covers the address."""
    wanted = ipaddress.ip_address(address)
    covering = [
        (ipaddress.ip_network(route.destination, strict=False).prefixlen, route)
        for route in world.network.route_table(subnet_id).routes
        if wanted in ipaddress.ip_network(route.destination, strict=False)
    ]
    return max(covering, key=lambda pair: pair[0])[1] if covering else None


def _is_routed(world: World, source: Source, address: str, port: int) -> bool:
    route = route_to(world, source.subnet_id, address)
    if route is None:
        return False
    if route.kind == "internet-gateway":
        vpc_id = world.network.subnet(source.subnet_id).vpc_id
        return source.public_address and world.network.gateway_is_attached(route.target, vpc_id)
    if route.kind == "nat-gateway":
        return _nat_works(world, source, route.target, address, port)
    return False


def _nat_works(world: World, source: Source, nat_id: str, address: str, port: int) -> bool:
    nat = world.network.nat_gateway(nat_id)
    if nat is None or not nat.works:
        return False
    subnet = world.network.subnet(nat.subnet_id)
    onward = route_to(world, nat.subnet_id, address)
    if onward is None or onward.kind != "internet-gateway":
        return False
    if not world.network.gateway_is_attached(onward.target, subnet.vpc_id):
        return False
    inside = source.address or first_host(world, source.subnet_id)
    return network_acl.lets_call_out(world, nat.subnet_id, port, address) and (
        nat.subnet_id == source.subnet_id or network_acl.lets_be_called(world, nat.subnet_id, port, inside)
    )


def first_host(world: World, subnet_id: str) -> str:
    """An address of the subnet, where the real one is not known yet."""
    return str(next(ipaddress.ip_network(world.network.subnet(subnet_id).cidr).hosts()))
