"""How the lab stands, at a glance: what an owner would see on a wall."""

from __future__ import annotations

from typing import Any

from labs.simulator.requests import counted, shares
from labs.simulator.simulation import Simulation


def status(simulation: Simulation) -> dict[str, Any]:
    """Services with their counts and rollout, what the load balancer answers, seconds lived through."""
    simulation.act()
    services = []
    for service in simulation.world.containers.services():
        key = (service.cluster, service.name)
        known = simulation.state.services.get(key)
        tasks = simulation.state.tasks_of(key)
        services.append(
            {
                "cluster": service.cluster,
                "service": service.name,
                "desired": service.desired,
                "running": sum(task.serves for task in tasks),
                "pending": sum(task.is_wanted and not task.serves for task in tasks),
                "healthy": sum(map(simulation.state.is_healthy, tasks)),
                "rollout": known.primary.rollout if known and known.primary else "",
                "event": known.events[0].text if known and known.events else "",
            }
        )
    balancers = [
        {"balancer": name, "answer": max(counted(shares(simulation, name, "/"), 1000), default=503)}
        for name in simulation.world.balancing.names()
    ]
    return {"virtual_seconds": round(simulation.now), "services": services, "balancers": balancers}
