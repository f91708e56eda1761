"""Memory over time, containers killed for it, and the metric that shows it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labs.checks.check import check, right_answers
from labs.scenarios.catalogue import find
from labs.simulator.memory import Curve, curve

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_002_000)
Open = Callable[..., "Session"]
JAVA = {"base": 200, "per_minute": 10, "most": 900, "heap": "JAVA_OPTS", "beside": 50, "least": 300}


@pytest.fixture
def lab() -> Iterator[Open]:
    """`lab("103")` as its learner finds it."""
    from labs.server.session import Session

    opened: list[Session] = []

    def make(number: str, *, broken: bool = True) -> Session:
        opened.append(Session(find(number), account=str(next(ACCOUNTS)), speed=0, broken=broken))
        return opened[-1]

    yield make
    for session in opened:
        session.middleware.close()


def failing(session: Session) -> list[str]:
    answers = right_answers(session.scenario, session.known)
    report = check(session.simulation, session.scenario, session.known, answers)
    return [item.check for item in (*report.outcomes, *report.guards) if not item.passed]


def revised(session: Session, container: str = "web", **changes: Any) -> Session:
    session.actor.take([{"revise": {"containers": {container: changes}}}])
    session.simulation.advance(300)
    return session


def stopped(session: Session) -> list[dict[str, Any]]:
    arns = session.call("ecs.list_tasks", cluster="prod", desiredStatus="STOPPED")["taskArns"]
    tasks: list[dict[str, Any]] = session.call("ecs.describe_tasks", cluster="prod", tasks=arns)["tasks"]
    return tasks


# -- the curve


def test_a_program_takes_more_with_every_minute_up_to_its_ceiling() -> None:
    program = curve(JAVA, {})
    assert [program.at(seconds) for seconds in (0, 60, 600, 1e9)] == [200, 210, 300, 900]


@pytest.mark.parametrize(
    ("options", "ceiling"), [("-Xmx512m", 562), ("-Xms64m -Xmx1g", 900), ("-Xmx100M", 150), ("", 900)]
)
def test_a_heap_bounds_what_the_program_takes(options: str, ceiling: float) -> None:
    assert curve(JAVA, {"JAVA_OPTS": options}).ceiling == ceiling


@pytest.mark.parametrize(
    ("value", "ceiling"), [("64", 284), ("0", math.inf), ("many", math.inf), ("", math.inf)]
)
def test_a_variable_bounds_what_a_cache_takes(value: str, ceiling: float) -> None:
    memory = {"base": 220, "per_minute": 6, "bounded_by": "CACHE_MAX"}
    assert curve(memory, {"CACHE_MAX": value}).ceiling == ceiling


@given(
    base=st.floats(1, 1000),
    rate=st.floats(0.1, 100),
    room=st.floats(0, 5000),
    level=st.floats(1, 8000),
)
def test_a_level_is_reached_when_the_curve_is_there(
    base: float, rate: float, room: float, level: float
) -> None:
    program = Curve(base, rate, base + room)
    moment = program.reaches(level)
    if math.isinf(moment):
        assert program.ceiling < level
    else:
        assert program.at(moment) >= level or program.at(moment) == pytest.approx(level)
        assert moment == 0 or program.at(moment * 0.99) < level


# -- being killed


def test_a_container_at_its_hard_limit_is_killed_and_says_why(lab: Open) -> None:
    task = stopped(lab("103"))[0]
    assert task["stopCode"] == "EssentialContainerExited"
    (container,) = task["containers"]
    assert container["exitCode"] == 137
    assert container["reason"] == "OutOfMemoryError: Container killed due to memory usage"


def test_it_happens_at_the_same_age_every_time(lab: Open) -> None:
    ages = {
        round((task["executionStoppedAt"] - task["startedAt"]).total_seconds() / 60)
        for task in stopped(lab("103"))
        if task["containers"][0].get("exitCode") == 137
    }
    assert ages == {10}


def test_a_heap_that_is_full_ends_the_program_in_its_own_words(lab: Open) -> None:
    session = lab("103")
    session.actor.take(session.scenario.wrong["a-heap-too-small"])
    newest = stopped(session)[0]["containers"][0]
    assert newest["exitCode"] == 1
    assert "reason" not in newest
    events = session.call("logs.filter_log_events", logGroupName="/ecs/shop")["events"]
    assert any("java.lang.OutOfMemoryError" in event["message"] for event in events)


def test_without_a_limit_of_its_own_a_container_has_what_the_task_has(lab: Open) -> None:
    session = lab("137", broken=False)
    revised(session, image=f"{session.known['registry']}/shop/web:v1.8.0")
    session.simulation.advance(3 * 3600)
    killed = [task for task in stopped(session) if task["containers"][0].get("exitCode") == 137]
    lived = killed[-1]["executionStoppedAt"] - killed[-1]["startedAt"]
    # 220 and 40 MiB at the start, six more a minute, 1,024 in all
    assert lived == pytest.approx(timedelta(minutes=(1024 - 260) / 6), abs=timedelta(minutes=1))


def test_a_sidecar_that_leaks_is_killed_itself_when_it_is_the_largest(lab: Open) -> None:
    session = lab("137", broken=False)
    revised(session, "shipper", image=f"{session.known['registry']}/shop/shipper:v0.9.0")
    session.simulation.advance(24 * 3600)
    arns = session.call("ecs.list_tasks", cluster="prod", serviceName="web")["taskArns"]
    task = session.call("ecs.describe_tasks", cluster="prod", tasks=arns)["tasks"][0]
    found = {container["name"]: container for container in task["containers"]}
    assert found["shipper"]["exitCode"] == 137
    assert found["web"]["lastStatus"] == "RUNNING"
    assert failing(session) == ["lives"]


def test_a_hard_limit_for_the_sidecar_kills_only_the_sidecar(lab: Open) -> None:
    session = lab("137", broken=False)
    revised(session, "shipper", image=f"{session.known['registry']}/shop/shipper:v0.9.0", memory=128)
    session.simulation.advance(4 * 3600)
    arns = session.call("ecs.list_tasks", cluster="prod", serviceName="web")["taskArns"]
    task = session.call("ecs.describe_tasks", cluster="prod", tasks=arns)["tasks"][0]
    assert task["lastStatus"] == "RUNNING"
    assert [item.get("exitCode") for item in task["containers"]] == [None, 137]


def test_the_metric_draws_the_line_of_a_leak(lab: Open) -> None:
    session = lab("137", broken=False)
    revised(session, image=f"{session.known['registry']}/shop/web:v1.8.0")
    session.simulation.advance(3600)
    now = datetime.now(UTC)
    points = session.call(
        "cloudwatch.get_metric_statistics",
        Namespace="AWS/ECS",
        MetricName="MemoryUtilization",
        Dimensions=[{"Name": "ClusterName", "Value": "prod"}, {"Name": "ServiceName", "Value": "web"}],
        StartTime=now - timedelta(minutes=50),
        EndTime=now,
        Period=600,
        Statistics=["Average"],
    )["Datapoints"]
    values = [point["Average"] for point in points]
    assert {point["Unit"] for point in points} == {"Percent"}
    steps = [after - before for before, after in itertools.pairwise(values[1:-1])]
    assert steps == pytest.approx([60 / 1024 * 100] * len(steps), rel=0.05)


# -- repairs that no lab file lists


def test_an_unlisted_repair_of_103_a_smaller_heap_in_the_old_limit(lab: Open) -> None:
    session = revised(lab("103"), environment=[{"name": "JAVA_OPTS", "value": "-Xmx420m"}])
    assert failing(session) == []


def test_an_unlisted_repair_of_137_a_cache_with_a_bound_and_a_smaller_task(lab: Open) -> None:
    session = lab("137")
    session.actor.take(
        [
            {
                "revise": {
                    "memory": "512",
                    "containers": {
                        "web": {"environment": [{"name": "CACHE_MAX", "value": "128"}]},
                        "shipper": {"image": "${registry}/shop/shipper:v0.9.1"},
                    },
                }
            }
        ]
    )
    assert failing(session) == []
