"""EC2: endpoints with addresses inside their subnets, whose private DNS can be switched.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
"""

from __future__ import annotations

import json
from typing import Any

from labs.server.operations import Call, Operation
from labs.world import messages
from labs.world.network import Endpoint


def create_vpc_endpoint(call: Call) -> Any:
    from moto.ec2.exceptions import InvalidParameterValueError

    network, vpc_id = call.simulation.world.network, call.parameter("VpcId")
    service = str(call.parameter("ServiceName"))
    wants_name = str(call.parameter("PrivateDnsEnabled", True)).lower() == "true"
    if call.parameter("VpcEndpointType") == "Interface" and wants_name:
        _check_private_dns(call, vpc_id, service)
    policy = call.parameter("PolicyDocument")
    if policy and not _is_json(policy):
        raise InvalidParameterValueError(policy)
    before = {endpoint.id for endpoint in network.endpoints(vpc_id)}
    answer = call.ask_moto()
    for endpoint in network.endpoints(vpc_id):
        if endpoint.id not in before:
            network.settle_endpoint(endpoint.id)
    return answer


def modify_vpc_endpoint(call: Call) -> Any:
    network, endpoint_id = call.simulation.world.network, call.parameter("VpcEndpointId")
    wanted = call.parameter("PrivateDnsEnabled")
    switch = None if wanted is None else str(wanted).lower() == "true"
    found = network.endpoint(endpoint_id)
    if switch and found is not None and not found[0].private_dns:
        _check_private_dns(call, found[1], found[0].service)
    answer = call.ask_moto()
    if str(call.parameter("ResetPolicy", False)).lower() == "true":
        network.open_endpoint(endpoint_id)
    network.settle_endpoint(endpoint_id, switch)
    return answer


def delete_vpc_endpoints(call: Call) -> Any:
    answer = call.ask_moto()
    call.simulation.world.network.forget_deleted_endpoints()
    return answer


def _check_private_dns(call: Call, vpc_id: str, service: str) -> None:
    from moto.ec2.exceptions import EC2ClientError

    network = call.simulation.world.network
    if not all(network.resolves_names(vpc_id)):
        raise EC2ClientError("InvalidParameter", messages.PRIVATE_DNS_NEEDS_ATTRIBUTES(vpc=vpc_id))
    short = service.rpartition(f"{call.simulation.world.region}.")[2]
    if any(_holds_name(endpoint, short) for endpoint in network.endpoints(vpc_id)):
        raise EC2ClientError("InvalidParameter", messages.PRIVATE_DNS_CONFLICT(vpc=vpc_id, service=short))


def _holds_name(endpoint: Endpoint, service: str) -> bool:
    return endpoint.kind == "Interface" and endpoint.private_dns and endpoint.service == service


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


OPERATIONS: dict[str, Operation] = {
    "create_vpc_endpoint": create_vpc_endpoint,
    "modify_vpc_endpoint": modify_vpc_endpoint,
    "delete_vpc_endpoints": delete_vpc_endpoints,
}
