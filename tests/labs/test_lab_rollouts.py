"""Rollouts as customers see them: time, capacity, requests cut off; and repairs that no lab file lists."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from labs.checks.check import check, right_answers
from labs.scenarios.catalogue import find

if TYPE_CHECKING:
    from labs.checks.check import Report
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_000_700)
Open = Callable[..., "Session"]


@pytest.fixture
def lab() -> Iterator[Open]:
    """`lab("146")` as its learner finds it."""
    from labs.server.session import Session

    opened: list[Session] = []

    def make(number: str, *, broken: bool = True) -> Session:
        opened.append(Session(find(number), account=str(next(ACCOUNTS)), speed=0, broken=broken))
        return opened[-1]

    yield make
    for session in opened:
        session.middleware.close()


def result(session: Session) -> Report:
    answers = right_answers(session.scenario, session.known)
    return check(session.simulation, session.scenario, session.known, answers)


def failing(session: Session) -> list[str]:
    report = result(session)
    return [item.check for item in (*report.outcomes, *report.guards) if not item.passed]


def observed(session: Session, name: str) -> str:
    report = result(session)
    return next(item.observed for item in (*report.outcomes, *report.guards) if item.check == name)


def delay(session: Session, seconds: int) -> None:
    session.call(
        "elbv2.modify_target_group_attributes",
        TargetGroupArn=session.known["target-group"],
        Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": str(seconds)}],
    )


def rolled(session: Session, minimum: int, maximum: int) -> Session:
    percents = {"minimumHealthyPercent": minimum, "maximumPercent": maximum}
    session.call(
        "ecs.update_service",
        cluster="prod",
        service="web",
        deploymentConfiguration=percents,
        forceNewDeployment=True,
    )
    session.simulation.advance(1800)
    return session


def errors(session: Session) -> float:
    """5xx answers of the balancer in the last half hour."""
    now = datetime.now(UTC)
    found = session.call(
        "cloudwatch.get_metric_statistics",
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_ELB_5XX_Count",
        Dimensions=[{"Name": "LoadBalancer", "Value": session.known["metric.balancer"]}],
        StartTime=now - timedelta(minutes=30),
        EndTime=now,
        Period=60,
        Statistics=["Sum"],
    )
    return float(sum(point["Sum"] for point in found["Datapoints"]))


def test_a_rollout_that_keeps_all_tasks_is_noticed_by_nobody(lab: Open) -> None:
    session = rolled(lab("146", broken=False), 100, 200)
    assert failing(session) == []
    assert errors(session) == 0


def test_stopping_all_first_is_an_outage_that_the_metrics_show(lab: Open) -> None:
    session = rolled(lab("146", broken=False), 0, 100)
    assert "nothing answered for" in observed(session, "rolled-out")
    assert errors(session) > 30


def test_a_delay_shorter_than_a_request_cuts_requests_off(lab: Open) -> None:
    session = lab("146", broken=False)
    delay(session, 3)  # a request takes four seconds
    rolled(session, 100, 200)
    assert observed(session, "rolled-out") == "4 tasks went with requests under way"
    assert errors(session) == 4


def test_a_rollout_is_judged_by_the_last_one_only(lab: Open) -> None:
    session = rolled(lab("146", broken=False), 0, 100)
    rolled(session, 100, 150)
    assert failing(session) == []


@pytest.mark.parametrize(("seconds", "maximum"), [(4, 125), (60, 175)])
def test_other_delays_and_percents_do_as_well_for_146(lab: Open, seconds: int, maximum: int) -> None:
    session = lab("146")
    delay(session, seconds)
    rolled(session, 100, maximum)
    assert failing(session) == []


def test_a_health_check_that_takes_errors_is_caught(lab: Open) -> None:
    session = lab("106")
    session.actor.take(session.scenario.repairs["a-path-that-both-know"])
    session.call(
        "elbv2.modify_target_group",
        TargetGroupArn=session.known["target-group"],
        Matcher={"HttpCode": "200-499"},
    )
    assert failing(session) == ["checked"]


def test_an_unlisted_repair_of_106_more_failures_before_a_target_is_unhealthy(lab: Open) -> None:
    session = lab("106")
    session.call(
        "elbv2.modify_target_group",
        TargetGroupArn=session.known["target-group"],
        HealthCheckPath="/",
        UnhealthyThresholdCount=10,
    )
    assert failing(session) == []


def test_the_new_path_makes_the_old_tasks_unhealthy(lab: Open) -> None:
    session = lab("106")
    session.actor.take(session.scenario.wrong["the-new-path-while-the-old-serve"])
    assert failing(session) == ["served"]


def test_an_unlisted_repair_of_136_in_two_batches(lab: Open) -> None:
    session = lab("136")
    session.actor.take(session.scenario.repairs["all-at-once-and-sooner-believed"][:1])
    delay(session, 3)
    session.actor.take([{"deploy": {"image": "shop/web:12-slim"}}])
    rolled(session, 100, 150)
    assert failing(session) == []


def test_a_rollout_under_way_is_not_judged_yet(lab: Open) -> None:
    session = lab("136")
    session.call("ecs.update_service", cluster="prod", service="web", forceNewDeployment=True)
    report = check(session.simulation, session.scenario, session.known, {}, patience=60)
    seen = {item.check: item.observed for item in report.outcomes}
    assert seen["rolled-out"] == "the last rollout is not complete"


def test_an_unlisted_repair_of_148_a_threshold_of_five_and_patience(lab: Open) -> None:
    session = lab("148")
    group: dict[str, Any] = {"TargetGroupArn": session.known["target-group"]}
    session.call(
        "elbv2.modify_target_group",
        **group,
        HealthCheckIntervalSeconds=30,
        HealthCheckTimeoutSeconds=20,
        UnhealthyThresholdCount=4,
    )
    breaker = {"enable": True, "rollback": True, "thresholdConfiguration": {"type": "COUNT", "value": 5}}
    session.call(
        "ecs.update_service",
        cluster="prod",
        service="web",
        taskDefinition="shop-web",
        deploymentConfiguration={"deploymentCircuitBreaker": breaker},
    )
    assert failing(session) == []


def test_a_booted_task_of_148_times_out_behind_the_grace_period(lab: Open) -> None:
    session = lab("148")
    session.actor.take(session.scenario.wrong["only-the-grace-period"])
    session.simulation.advance(120)
    health = session.call("elbv2.describe_target_health", TargetGroupArn=session.known["target-group"])
    reasons = {item["TargetHealth"].get("Reason") for item in health["TargetHealthDescriptions"]}
    assert "Target.Timeout" in reasons
