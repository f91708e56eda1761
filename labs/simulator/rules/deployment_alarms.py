"""With deployment alarms on, one that goes off while a deployment runs fails it, and may roll it back.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
They are watched from the first running task on, and for a bake time after the last old task has gone. One
that is in ALARM already when the deployment starts is not watched during it.
How long the bake time is AWS derives from the alarms without saying how; here it is the longest time in which
one of them can go off.
"""

from __future__ import annotations

from labs.simulator.alarms import state_at
from labs.simulator.rules.deployment_failure import fail
from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment
from labs.world.alarms import Alarm
from labs.world.containers import ServiceSettings
from labs.world.messages import DEPLOYMENT_ALARMED, ROLLOUT_ALARMED, ROLLOUT_ALARMED_ROLLBACK

LOOK_EVERY = 60.0


def apply(simulation: Simulation) -> float | None:
    _note_alarms(simulation)
    due = []
    for service in simulation.world.containers.services():
        known = simulation.state.services.get((service.cluster, service.name))
        primary = known.primary if known else None
        if primary is None or primary.rollout != "IN_PROGRESS" or not service.alarms.get("enable"):
            continue
        if primary.watched is None:
            primary.watched = tuple(
                alarm.name for alarm in _named(simulation, service) if not _is_on(simulation, alarm)
            )
        if primary.watched:
            _watch(simulation, service, primary)
            due.append((simulation.now // LOOK_EVERY + 1) * LOOK_EVERY)
    return min(due, default=None)


def _note_alarms(simulation: Simulation) -> None:
    """Remember since when each alarm is as it is; a change begins its history anew."""
    state = simulation.state
    for alarm in simulation.world.alarms.all():
        if state.alarms_seen.get(alarm.name) != alarm:
            state.alarms_seen[alarm.name], state.alarms_since[alarm.name] = alarm, simulation.now


def bake_time(simulation: Simulation, service: ServiceSettings, deployment: Deployment) -> float:
    """For how many seconds after its last step the deployment is still watched."""
    watched = [alarm for alarm in _named(simulation, service) if alarm.name in (deployment.watched or ())]
    return max((alarm.period * (alarm.periods + 1) for alarm in watched), default=0.0)


def _watch(simulation: Simulation, service: ServiceSettings, primary: Deployment) -> None:
    tasks = simulation.state.tasks_of((service.cluster, service.name))
    if not any(task.deployment == primary.id and task.serves for task in tasks):
        return
    off = [
        alarm.name
        for alarm in _named(simulation, service)
        if alarm.name in (primary.watched or ()) and _is_on(simulation, alarm)
    ]
    if off:
        primary.alarmed = tuple(off)
        fail(
            simulation,
            service,
            primary,
            event=DEPLOYMENT_ALARMED,
            reason=ROLLOUT_ALARMED(),
            back=ROLLOUT_ALARMED_ROLLBACK if service.alarms.get("rollback") else None,
        )


def _named(simulation: Simulation, service: ServiceSettings) -> list[Alarm]:
    names = service.alarms.get("alarmNames") or ()
    return [alarm for name in names if (alarm := simulation.world.alarms.alarm(name)) is not None]


def _is_on(simulation: Simulation, alarm: Alarm) -> bool:
    return state_at(simulation, alarm, simulation.now).value == "ALARM"
