"""What happens by itself, one rule a module. They act in this order until nothing changes."""

from __future__ import annotations

from labs.simulator.rules import (
    application_exit,
    circuit_breaker,
    container_health,
    dependencies,
    deployment_alarms,
    deployments,
    failures,
    host_counts,
    image_lifecycle,
    log_delivery,
    out_of_memory,
    rolling_update,
    steady_state,
    target_health,
    target_registration,
    task_start,
    task_stop,
    traffic,
    unhealthy_tasks,
)
from labs.simulator.simulation import Rule

RULES: tuple[Rule, ...] = (
    image_lifecycle.apply,
    deployments.apply,
    task_start.apply,
    application_exit.apply,
    out_of_memory.apply,
    dependencies.apply,
    container_health.apply,
    log_delivery.apply,
    target_registration.apply,
    target_health.apply,
    unhealthy_tasks.apply,
    task_stop.apply,
    failures.apply,
    host_counts.apply,
    traffic.apply,
    circuit_breaker.apply,
    deployment_alarms.apply,
    rolling_update.apply,
    steady_state.apply,
)
