"""Operations that moto lacks or answers without behaviour, one module a service.

An operation is a function of a `Call`. The dict it returns has the shape of the API's output; moto turns it
into the caller's protocol.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from labs.simulator.simulation import Simulation
from labs.world import moto_access as _moto_first  # noqa: F401 - must come before any other import of moto

SIMULATIONS: dict[str, Simulation] = {}  # by account


@dataclass(frozen=True)
class Call:
    """One call under way: moto's response object, the simulation of the account, moto's own method if any."""

    response: Any
    simulation: Simulation
    original: Callable[[Any], Any] | None

    def parameter(self, name: str, default: Any = None) -> Any:
        value = self.response._get_param(name)
        return default if value is None else value

    def ask_moto(self) -> Any:
        """What moto itself answers."""
        return self.original(self.response) if self.original else None


Operation = Callable[[Call], Any]


def install_operations() -> None:
    from moto.cloudtrail.responses import CloudTrailResponse
    from moto.cloudwatch.responses import CloudWatchResponse
    from moto.ec2.responses import EC2Response
    from moto.ecr.responses import ECRResponse
    from moto.ecs.responses import EC2ContainerServiceResponse
    from moto.elbv2.responses import ELBV2Response
    from moto.iam.responses import IamResponse
    from moto.sts.responses import TokenResponse

    from labs.server.operations import (
        cloudtrail,
        cloudwatch,
        ec2,
        ecr,
        ecs,
        ecs_refusals,
        elbv2,
        execute_command,
        iam,
        service_deployments,
        sts,
    )
    from labs.world import route_state

    route_state.install()
    for response_class, operations in (
        (CloudTrailResponse, cloudtrail.OPERATIONS),
        (CloudWatchResponse, cloudwatch.OPERATIONS),
        (EC2Response, ec2.OPERATIONS),
        (ECRResponse, ecr.OPERATIONS),
        (EC2ContainerServiceResponse, ecs.OPERATIONS),
        (EC2ContainerServiceResponse, ecs_refusals.OPERATIONS),
        (EC2ContainerServiceResponse, execute_command.OPERATIONS),
        (EC2ContainerServiceResponse, service_deployments.OPERATIONS),
        (ELBV2Response, elbv2.OPERATIONS),
        (IamResponse, iam.OPERATIONS),
        (TokenResponse, sts.OPERATIONS),
    ):
        for name, operation in operations.items():
            _put(response_class, name, operation)


def _put(response_class: Any, name: str, operation: Operation) -> None:
    original = getattr(response_class, name, None)

    def method(self: Any) -> Any:
        from moto.core.responses import ActionResult

        if not self.automated_parameter_parsing:
            self.automated_parameter_parsing = True
            self.parse_parameters(self.normalized_request)
        simulation = SIMULATIONS.get(self.current_account)
        if simulation is None:
            return original(self) if original else None
        answer = operation(Call(self, simulation, original))
        return ActionResult(answer) if isinstance(answer, dict) else answer

    setattr(response_class, name, method)
