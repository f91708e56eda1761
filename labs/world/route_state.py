"""A route whose target is gone stays in its table and says so; moto calls every route active.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
"""

from __future__ import annotations

from typing import Any

from labs.world import moto_access as _moto_first  # noqa: F401 - must come before any other import of moto


def state(route: Any) -> str:
    """ "blackhole" if the NAT gateway has been deleted or the Internet gateway is attached to no VPC."""
    nat, gateway = route.nat_gateway, route.gateway
    deleted = nat is not None and nat.state != "available"
    detached = gateway is not None and getattr(gateway, "vpc", gateway) is None
    return "blackhole" if deleted or detached else "active"


def install() -> None:
    from moto.ec2.models.route_tables import Route

    Route.state = property(state)  # type: ignore[method-assign,assignment]
