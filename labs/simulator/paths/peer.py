"""Reaching another interface in the same VPC: both sides' security groups, and the ACLs between subnets.

https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html
"""

from __future__ import annotations

from labs.simulator.paths import network_acl, security_group
from labs.simulator.paths.internet import first_host
from labs.simulator.paths.path import Path, Source
from labs.world.network import Interface
from labs.world.world import World


def reach(world: World, source: Source, target: Interface, target_groups: tuple[str, ...], port: int) -> Path:
    """Can the source open a connection to the interface? Peering between VPCs is not modelled.

    Asked again and again by health checks and requests, and only a write can change the answer.
    """
    key = (source, target.address, target.subnet_id, target_groups, port)
    if key not in world.known_paths:
        world.known_paths[key] = _reach(world, source, target, target_groups, port)
    found: Path = world.known_paths[key]
    return found


def _reach(
    world: World, source: Source, target: Interface, target_groups: tuple[str, ...], port: int
) -> Path:
    address = source.address or first_host(world, source.subnet_id)
    one_vpc = world.network.subnet(source.subnet_id).vpc_id == world.network.subnet(target.subnet_id).vpc_id
    free = (
        one_vpc
        and security_group.lets_out(world, source.group_ids, port, target.address, target_groups)
        and security_group.lets_in(world, target_groups, port, address, source.group_ids)
        and _acls_let_pass(world, source.subnet_id, address, target, port)
    )
    return Path("" if free else "timeout", target.address)


def _acls_let_pass(world: World, subnet_id: str, address: str, target: Interface, port: int) -> bool:
    if subnet_id == target.subnet_id:
        return True  # ACLs stand at the border of a subnet
    return network_acl.lets_call_out(world, subnet_id, port, target.address) and network_acl.lets_be_called(
        world, target.subnet_id, port, address
    )
