"""Security groups: a connection passes if any rule of any group allows it. Replies always pass.

https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from labs.world.network import FilterRule
from labs.world.world import World


def lets_out(
    world: World,
    group_ids: Sequence[str],
    port: int,
    to: str,
    to_groups: Sequence[str] = (),
    managed: bool = False,
) -> bool:
    """May a connection to `to` leave? `managed`: the address is in an AWS prefix list (S3, DynamoDB)."""
    groups = world.network.security_groups(group_ids)
    return any(_matches(rule, port, to, to_groups, managed) for group in groups for rule in group.egress)


def lets_in(
    world: World, group_ids: Sequence[str], port: int, source: str, source_groups: Sequence[str]
) -> bool:
    """May a connection from `source` enter?"""
    groups = world.network.security_groups(group_ids)
    return any(
        _matches(rule, port, source, source_groups, False) for group in groups for rule in group.ingress
    )


def _matches(rule: FilterRule, port: int, peer: str, peer_groups: Sequence[str], managed: bool) -> bool:
    if rule.protocol not in ("-1", "tcp", "6"):
        return False
    if rule.from_port is not None and rule.to_port is not None and not rule.from_port <= port <= rule.to_port:
        return False
    if rule.cidr:
        return ipaddress.ip_address(peer) in ipaddress.ip_network(rule.cidr, strict=False)
    if rule.group_id:
        return rule.group_id in peer_groups
    return bool(rule.prefix_list) and managed
