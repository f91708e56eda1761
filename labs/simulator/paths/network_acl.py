"""Network ACLs: the first entry that matches decides, in each direction; replies need their own entry.

https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

import ipaddress

from labs.world.world import World

EPHEMERAL_PORT = 49152  # stands for the range that replies come back to


def lets_pass(world: World, subnet_id: str, port: int, peer: str, *, egress: bool) -> bool:
    for entry in world.network.acl_entries(subnet_id):
        if entry.egress != egress or entry.protocol not in ("-1", "6", "tcp"):
            continue
        low, high = entry.from_port, entry.to_port
        if entry.protocol != "-1" and low is not None and high is not None and not low <= port <= high:
            continue
        if ipaddress.ip_address(peer) in ipaddress.ip_network(entry.cidr, strict=False):
            return entry.allows
    return False


def lets_call_out(world: World, subnet_id: str, port: int, peer: str) -> bool:
    """A request from the subnet to `peer`, and its reply."""
    return lets_pass(world, subnet_id, port, peer, egress=True) and lets_pass(
        world, subnet_id, EPHEMERAL_PORT, peer, egress=False
    )


def lets_be_called(world: World, subnet_id: str, port: int, peer: str) -> bool:
    """A request from `peer` into the subnet, and its reply."""
    return lets_pass(world, subnet_id, port, peer, egress=False) and lets_pass(
        world, subnet_id, EPHEMERAL_PORT, peer, egress=True
    )
