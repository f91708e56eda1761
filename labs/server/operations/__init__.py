"""Operations that moto lacks or answers without behaviour, one module a service.

An operation is a function `(response, simulation, original) -> dict`: moto's response object with the parsed
parameters, the simulation of the caller's account, and moto's own method (None if it has none). The returned
dict has the shape of the API's output; moto turns it into the caller's protocol.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from labs.simulator.simulation import Simulation
from labs.world import moto_access as _moto_first  # noqa: F401 - must come before any other import of moto

SIMULATIONS: dict[str, Simulation] = {}  # by account

Operation = Callable[[Any, Simulation, Any], Any]


def install_operations() -> None:
    from moto.ecs.responses import EC2ContainerServiceResponse
    from moto.elbv2.responses import ELBV2Response
    from moto.iam.responses import IamResponse

    from labs.server.operations import ecs, elbv2, iam

    for response_class, operations in (
        (EC2ContainerServiceResponse, ecs.OPERATIONS),
        (ELBV2Response, elbv2.OPERATIONS),
        (IamResponse, iam.OPERATIONS),
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
        answer = operation(self, simulation, original)
        return ActionResult(answer) if isinstance(answer, dict) else answer

    setattr(response_class, name, method)
