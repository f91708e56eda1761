"""A load balancer's counts of requests, from what was noted of its traffic and the lab's load.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
A request counts in RequestCount if a target was chosen for it, so 503 and the answers of rules do not. What
the balancer answers itself has no target group; what targets answer has one. Health checks count nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from labs.simulator.simulation import Simulation
from labs.simulator.state import Flow

Counter = Callable[[Simulation, Mapping[str, str], float, float], float]
Choice = Callable[[Flow], bool]


def count(
    simulation: Simulation, dimensions: Mapping[str, str], begin: float, end: float, choice: Choice
) -> int:
    """Whole requests between two moments. Adjoining periods add up to the whole."""
    wanted = dimensions.get("TargetGroup", "")
    if set(dimensions) - {"LoadBalancer", "TargetGroup"}:
        return 0

    def chosen(flow: Flow) -> bool:
        return choice(flow) and (not wanted or flow.group.endswith(f":{wanted}"))

    return _until(simulation, dimensions, end, chosen) - _until(simulation, dimensions, begin, chosen)


def _until(simulation: Simulation, dimensions: Mapping[str, str], moment: float, choice: Choice) -> int:
    """Whole requests from the beginning to a moment."""
    balancer, total = dimensions.get("LoadBalancer", ""), 0.0
    for arn, steps in simulation.state.traffic.items():
        if not balancer or not arn.endswith(f":loadbalancer/{balancer}"):
            continue
        for index, (begun, flows) in enumerate(steps):
            ended = steps[index + 1][0] if index + 1 < len(steps) else math.inf
            seconds = max(min(ended, moment) - begun, 0.0)
            total += seconds * simulation.load * sum(flow.part for flow in flows if choice(flow))
    return math.floor(total + 1e-6)


def _counter(choice: Choice) -> Counter:
    return lambda simulation, dimensions, begin, end: count(simulation, dimensions, begin, end, choice)


def _by_balancer(*codes: int) -> Counter:
    """Answers of the balancer itself, which have no target group."""
    counter = _counter(lambda flow: flow.origin == "balancer" and flow.code in codes)
    return lambda simulation, dimensions, begin, end: (
        0 if "TargetGroup" in dimensions else counter(simulation, dimensions, begin, end)
    )


def _by_target(hundreds: int) -> Counter:
    return _counter(lambda flow: flow.origin == "target" and flow.code // 100 == hundreds)


def _by_rule(*hundreds: int) -> Counter:
    return _counter(lambda flow: flow.origin == "rule" and flow.code // 100 in hundreds)


TRAFFIC: dict[str, Counter] = {
    "RequestCount": _counter(lambda flow: bool(flow.group)),
    "HTTPCode_ELB_502_Count": _by_balancer(502),
    "HTTPCode_ELB_503_Count": _by_balancer(503),
    "HTTPCode_ELB_504_Count": _by_balancer(504),
    "HTTPCode_Target_2XX_Count": _by_target(2),
    "HTTPCode_Target_3XX_Count": _by_target(3),
    "HTTPCode_Target_4XX_Count": _by_target(4),
    "HTTPCode_Target_5XX_Count": _by_target(5),
    "HTTP_Fixed_Response_Count": _by_rule(2, 4, 5),
    "HTTP_Redirect_Count": _by_rule(3),
}
balancer_errors: Counter = _by_balancer(502, 503, 504)
