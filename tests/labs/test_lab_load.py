"""What the lab's customers ask of each task, and what that does to its processor and its answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from labs.scenarios.catalogue import find
from labs.simulator.application import Application
from labs.simulator.load import requests_to, stretched, utilization
from labs.simulator.requests import counted, shares

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_003_000)
Open = Callable[..., "Session"]


@pytest.fixture
def half() -> Iterator[Open]:
    """Lab 106, healthy or at half its strength, with `cpu` and `latency` of its program."""
    from labs.server.session import Session

    opened: list[Session] = []

    def make(*, broken: bool = False, **program: Any) -> Session:
        session = Session(find("106"), account=str(next(ACCOUNTS)), speed=0, broken=broken)
        if program:
            plain = Application(paths={"*": 200}, **program)
            session.simulation.applications = {"shop/web": plain, "shop/web:v2": plain}
            session.simulation.world_changed()
        opened.append(session)
        return session

    yield make
    for session in opened:
        session.middleware.close()


def metric(session: Session, name: str, minutes: int = 5) -> list[float]:
    now = datetime.now(UTC)
    points = session.call(
        "cloudwatch.get_metric_statistics",
        Namespace="AWS/ECS",
        MetricName=name,
        Dimensions=[{"Name": "ClusterName", "Value": "prod"}, {"Name": "ServiceName", "Value": "web"}],
        StartTime=now - timedelta(minutes=minutes),
        EndTime=now,
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    return [point["Maximum"] for point in points]


def test_tasks_share_the_load(half: Open) -> None:
    session = half()
    tasks = session.simulation.state.tasks_of(("prod", "web"))
    assert [requests_to(session.simulation, task) for task in tasks] == [10.0] * 4


def test_half_of_the_tasks_have_twice_the_work(half: Open) -> None:
    whole, broken = half(), half(broken=True)
    for session in (whole, broken):
        session.simulation.advance(600)
    # 40 requests a second of 6 ms each, and 5 ms besides, on a quarter of a vCPU
    assert max(metric(whole, "CPUUtilization")) == pytest.approx((5 + 10 * 6) / 250 * 100)
    assert max(metric(broken, "CPUUtilization", minutes=60)) == pytest.approx((5 + 20 * 6) / 250 * 100)


def test_a_task_that_no_customer_reaches_is_idle(half: Open) -> None:
    session = half(broken=True)
    young = [t for t in session.simulation.state.tasks_of(("prod", "web")) if not t.booted]
    assert [requests_to(session.simulation, task) for task in young] == [0.0] * len(young)


@pytest.mark.parametrize(("per_request", "factor"), [(0, 1), (12.5, 2), (20, 5), (100, 100)])
def test_answers_slow_down_with_the_processor(half: Open, per_request: float, factor: float) -> None:
    session = half(cpu={"idle": 0, "per_request": per_request}, latency=0.1)
    task = session.simulation.state.tasks_of(("prod", "web"))[0]
    container = task.definition.containers[0]
    assert stretched(session.simulation, task, container, 0.1) == pytest.approx(0.1 * factor)


def test_a_processor_asked_for_too_much_shows_one_hundred_percent_and_times_out(half: Open) -> None:
    session = half(cpu={"idle": 0, "per_request": 100}, latency=1)
    task = session.simulation.state.tasks_of(("prod", "web"))[0]
    assert utilization(session.simulation, task) == pytest.approx(4)
    assert counted(shares(session.simulation, "shop", "/"), 10) == {504: 10}
    session.simulation.advance(30)
    assert max(metric(session, "CPUUtilization")) == 100


def test_more_cpu_is_more_room(half: Open) -> None:
    session = half()
    session.actor.take([{"revise": {"cpu": "1024", "memory": "2048"}}])
    session.simulation.advance(600)
    tasks = [t for t in session.simulation.state.tasks_of(("prod", "web")) if t.definition.cpu == "1024"]
    assert tasks
    assert utilization(session.simulation, tasks[0]) == pytest.approx((5 + 10 * 6) / 1000)
