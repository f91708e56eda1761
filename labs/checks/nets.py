"""Does what watches over deployments still catch a bad one?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.checks.observation import Observation, Scene
from labs.simulator.alarms import judged
from labs.simulator.metrics import Point
from labs.simulator.rules.circuit_breaker import threshold
from labs.simulator.simulation import Simulation
from labs.world.alarms import Alarm
from labs.world.containers import ServiceSettings

# What the metrics would show, each minute, while no target of a release is well.
DISASTER = {
    "UnHealthyHostCount": 4.0,
    "HealthyHostCount": 0.0,
    "HTTPCode_Target_5XX_Count": 600.0,
    "HTTPCode_ELB_5XX_Count": 600.0,
    "TargetResponseTime": 30.0,
}


def safety_net(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Circuit breaker and an alarm are on with rollback, and the alarm goes off when all targets fail."""
    service, minutes = scene.service(wanted["service"]), float(wanted["minutes"])
    breaker = service.circuit_breaker
    lacking = []
    if not (breaker.get("enable") and breaker.get("rollback")):
        lacking.append("the circuit breaker is off")
    if not (service.alarms.get("enable") and service.alarms.get("rollback")):
        lacking.append("deployment alarms are off")
    elif not _catches(scene.simulation, service, minutes):
        lacking.append("no alarm goes off when all targets fail")
    return Observation(
        "safety-net", not lacking, "a bad release is caught and rolled back", ", ".join(lacking) or "it is"
    )


def breaker_on(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The circuit breaker and its rollback are on, and it still trips within `at_most` failures."""
    service, most = scene.service(wanted["service"]), int(wanted.get("at_most", 10))
    breaker = service.circuit_breaker
    on = bool(breaker.get("enable") and breaker.get("rollback"))
    failures = threshold(breaker, service.desired)
    observed = f"it trips at {failures} failures" if on else "it is off"
    return Observation(
        "breaker-on", on and failures <= most, f"circuit breaker on, for at most {most} failures", observed
    )


def _catches(simulation: Simulation, service: ServiceSettings, minutes: float) -> bool:
    names = service.alarms.get("alarmNames") or ()
    alarms = [alarm for name in names if (alarm := simulation.world.alarms.alarm(name)) is not None]
    return any(_goes_off(alarm, minutes) for alarm in alarms)


def _goes_off(alarm: Alarm, minutes: float) -> bool:
    level = DISASTER.get(alarm.metric)
    if level is None or alarm.period * alarm.periods > minutes * 60:
        return False
    total = level * alarm.period / 60
    disaster = Point(level, level, level, total, alarm.period / 60)
    return judged(alarm, alarm.period * alarm.periods, lambda *_: disaster).value == "ALARM"
