"""Reaching an AWS service: through an interface endpoint whose private DNS has taken over the name, through a
gateway endpoint on the route table (S3, DynamoDB), or over the Internet.

https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
"""

from __future__ import annotations

from labs.simulator.paths import internet, network_acl, peer, security_group
from labs.simulator.paths.path import Path, Source
from labs.world.network import Endpoint
from labs.world.world import World

# A public address for each service, only to be shown in messages and matched against routes and rules.
PUBLIC_ADDRESSES = {
    "ecr.api": "44.213.79.104",
    "ecr.dkr": "44.213.78.202",
    "logs": "3.236.94.153",
    "s3": "16.15.180.104",
    "secretsmanager": "44.219.99.12",
    "ssm": "52.46.141.158",
    "ssmmessages": "44.216.116.70",
}


def reach(world: World, source: Source, service: str, port: int = 443, region: str = "") -> Path:
    """Can the source call the service, named as in endpoints ("ecr.api", "s3")?

    `region` if it is not the source's own: endpoints serve their own region only.
    """
    vpc_id = world.network.subnet(source.subnet_id).vpc_id
    resolves, hostnames = world.network.resolves_names(vpc_id)
    if not resolves:
        return Path("dns")
    public = PUBLIC_ADDRESSES.get(service, "52.94.0.1")
    if region not in ("", world.region):
        return internet.reach(world, source, public, port)
    endpoints = [endpoint for endpoint in world.network.endpoints(vpc_id) if endpoint.service == service]
    for endpoint in endpoints:
        # Private DNS takes the name over for the whole VPC: an endpoint that lets nobody in breaks callers
        # even where a NAT gateway would have let them out.
        if endpoint.kind == "Interface" and endpoint.private_dns and hostnames:
            return _through_interface(world, source, endpoint, port)
    table = world.network.route_table(source.subnet_id)
    for endpoint in endpoints:
        if endpoint.kind == "Gateway" and table.id in endpoint.route_table_ids:
            return _through_gateway(world, source, endpoint, public, port)
    return internet.reach(world, source, public, port)


def _through_interface(world: World, source: Source, endpoint: Endpoint, port: int) -> Path:
    zone = world.network.subnet(source.subnet_id).zone
    # The resolver answers with the address in the caller's own zone where there is one.
    nearest = sorted(endpoint.interfaces, key=lambda i: world.network.subnet(i.subnet_id).zone != zone)
    if not nearest:
        return Path("timeout", endpoint=endpoint)
    path = peer.reach(world, source, nearest[0], endpoint.group_ids, port)
    return Path(path.obstacle, path.address, endpoint)


def _through_gateway(world: World, source: Source, endpoint: Endpoint, address: str, port: int) -> Path:
    free = security_group.lets_out(
        world, source.group_ids, port, address, managed=True
    ) and network_acl.lets_call_out(world, source.subnet_id, port, address)
    return Path("" if free else "timeout", address, endpoint)
