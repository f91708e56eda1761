"""Deployment alarms, their metric and history, and what ECS tells of a deployment afterwards."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from labs.checks.check import check, right_answers
from labs.scenarios.catalogue import find
from labs.simulator.alarms import judged
from labs.simulator.metrics import Point
from labs.world.alarms import Alarm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labs.checks.check import Report
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_000_400)


@pytest.fixture
def night() -> Iterator[Session]:
    """Lab 129 as its learner finds it."""
    from labs.server.session import Session

    session = Session(find("129"), account=str(next(ACCOUNTS)), speed=0)
    yield session
    session.middleware.close()


def result(session: Session) -> Report:
    answers = right_answers(session.scenario, session.known)
    return check(session.simulation, session.scenario, session.known, answers)


def repair(session: Session, name: str, *steps: int) -> None:
    session.actor.take([session.scenario.repairs[name][number] for number in steps])


def deployments(session: Session, *statuses: str) -> list[dict[str, Any]]:
    found = session.call("ecs.list_service_deployments", cluster="prod", service="web", status=list(statuses))
    arns = [item["serviceDeploymentArn"] for item in found["serviceDeployments"]]
    whole: list[dict[str, Any]] = session.call(
        "ecs.describe_service_deployments", serviceDeploymentArns=arns
    )["serviceDeployments"]
    return whole


PATIENT = "exact-secret-and-a-patient-alarm"
NIGHT = "ROLLBACK_SUCCESSFUL"


# -- an alarm by itself


def alarm(**changes: Any) -> Alarm:
    values = {
        "name": "a",
        "arn": "arn",
        "namespace": "n",
        "metric": "m",
        "dimensions": {},
        "statistic": "Maximum",
        "period": 60.0,
        "periods": 3,
        "needed": 2,
        "comparison": "GreaterThanThreshold",
        "threshold": 0.0,
        "missing": "missing",
    }
    return Alarm(**{**values, **changes})


def measured(*values: float | None) -> Any:
    """Periods of a minute, newest first, before minute 10."""

    def measure(begin: float, _end: float) -> Point | None:
        value = values[round((540 - begin) / 60)]
        return None if value is None else Point(value, value, value, value, 1)

    return measure


@pytest.mark.parametrize(
    ("values", "changes", "wanted"),
    [
        ((1, 0, 0), {}, "OK"),
        ((1, 0, 1), {}, "ALARM"),
        ((0, 0, 0), {"comparison": "LessThanOrEqualToThreshold", "needed": 3}, "ALARM"),
        ((None, None, None), {}, "INSUFFICIENT_DATA"),
        ((None, None, None), {"missing": "notBreaching"}, "OK"),
        ((None, None, 0), {"missing": "breaching"}, "ALARM"),
        ((None, 1, 1), {}, "ALARM"),
    ],
)
def test_an_alarm_goes_off_when_enough_of_its_periods_cross(
    values: tuple[float | None, ...], changes: dict[str, Any], wanted: str
) -> None:
    assert judged(alarm(**changes), 600, measured(*values)).value == wanted


def test_the_reason_says_how_many_points_crossed() -> None:
    reason = judged(alarm(), 600, measured(2, 0, 1)).reason
    assert reason.startswith("Threshold Crossed: 2 out of the last 3 datapoints [2.0, 1.0] was greater than")


# -- in a deployment


def test_the_night_tells_that_the_circuit_breaker_went_back(night: Session) -> None:
    (found,) = deployments(night, NIGHT)
    assert found["deploymentCircuitBreaker"] == {"status": "TRIGGERED", "failureCount": 4, "threshold": 3}
    assert found["alarms"]["status"] == "MONITORING_COMPLETE"
    assert found["alarms"]["triggeredAlarmNames"] == []
    assert "circuit breaker" in found["rollback"]["reason"]


def test_behind_the_secret_waits_the_alarm(night: Session) -> None:
    repair(night, PATIENT, 0, 2)
    night.simulation.advance(1800)
    newest = deployments(night, NIGHT)[0]
    assert newest["alarms"]["triggeredAlarmNames"] == ["web-unhealthy"]
    assert newest["deploymentCircuitBreaker"]["status"] == "MONITORING_COMPLETE"
    events = night.call("ecs.describe_services", cluster="prod", services=["web"])["services"][0]["events"]
    assert any("deployment failed: alarm detected." in event["message"] for event in events)


def test_a_rollback_is_no_service_deployment_of_its_own(night: Session) -> None:
    listed = night.call("ecs.list_service_deployments", cluster="prod", service="web")["serviceDeployments"]
    assert [item["status"] for item in listed] == [NIGHT, "SUCCESSFUL", "SUCCESSFUL"]


def test_two_revisions_show_what_a_deployment_would_have_changed(night: Session) -> None:
    (found,) = deployments(night, NIGHT)
    arns = [found["sourceServiceRevisions"][0]["arn"], found["targetServiceRevision"]["arn"]]
    revisions = night.call("ecs.describe_service_revisions", serviceRevisionArns=arns)["serviceRevisions"]
    images = [revision["containerImages"][0]["image"].rpartition(":")[2] for revision in revisions]
    assert images == ["v3", "v4"]
    assert found["rollback"]["serviceRevisionArn"] == arns[0]


def test_a_deployment_with_alarms_is_complete_only_after_its_bake_time(night: Session) -> None:
    repair(night, PATIENT, 0, 1, 2)
    night.simulation.advance(150)
    assert deployments(night)[0]["status"] == "IN_PROGRESS"
    assert result(night).passed
    assert deployments(night)[0]["status"] == "SUCCESSFUL"


def test_an_alarm_that_is_in_alarm_at_the_start_is_not_watched(night: Session) -> None:
    repair(night, PATIENT, 0)
    night.actor.take(
        [
            {
                "cloudwatch.put_metric_alarm": {
                    "AlarmName": "web-unhealthy",
                    "Namespace": "AWS/ApplicationELB",
                    "MetricName": "HealthyHostCount",
                    "Dimensions": [{"Name": "TargetGroup", "Value": "${metric.target-group}"}],
                    "Statistic": "Maximum",
                    "Period": 60,
                    "EvaluationPeriods": 1,
                    "Threshold": 0,
                    "ComparisonOperator": "GreaterThanThreshold",
                }
            }
        ]
    )
    repair(night, PATIENT, 2)
    night.simulation.advance(1800)
    assert deployments(night)[0]["status"] == "SUCCESSFUL"


def test_an_alarm_that_does_not_exist_watches_nothing(night: Session) -> None:
    repair(night, PATIENT, 0)
    night.call("cloudwatch.delete_alarms", AlarmNames=["web-unhealthy"])
    repair(night, PATIENT, 2)
    night.simulation.advance(1800)
    assert deployments(night)[0]["status"] == "SUCCESSFUL"
    assert [item.check for item in result(night).guards if not item.passed] == ["safety-net"]


def test_without_rollback_an_alarm_only_ends_the_deployment(night: Session) -> None:
    repair(night, PATIENT, 0)
    nets = {
        "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        "alarms": {"alarmNames": ["web-unhealthy"], "enable": True, "rollback": False},
    }
    night.call("ecs.update_service", cluster="prod", service="web", deploymentConfiguration=nets)
    repair(night, PATIENT, 2)
    night.simulation.advance(1800)
    assert deployments(night)[0]["status"] == "STOPPED"
    service = night.call("ecs.describe_services", cluster="prod", services=["web"])["services"][0]
    assert service["deployments"][0]["rolloutState"] == "FAILED"


# -- stopping one by hand


def test_a_deployment_can_be_stopped_and_goes_back(night: Session) -> None:
    before = night.call("ecs.describe_services", cluster="prod", services=["web"])["services"][0]
    repair(night, PATIENT, 0, 1, 2)
    arn = deployments(night)[0]["serviceDeploymentArn"]
    night.call("ecs.stop_service_deployment", serviceDeploymentArn=arn)
    night.simulation.advance(1800)
    after = night.call("ecs.describe_services", cluster="prod", services=["web"])["services"][0]
    assert after["taskDefinition"] == before["taskDefinition"]
    assert deployments(night)[0]["status"] == NIGHT


def test_a_deployment_that_is_over_cannot_be_stopped(night: Session) -> None:
    arn = deployments(night, NIGHT)[0]["serviceDeploymentArn"]
    with pytest.raises(ClientError, match="ConflictException"):
        night.call("ecs.stop_service_deployment", serviceDeploymentArn=arn)
    with pytest.raises(ClientError, match="ServiceDeploymentNotFoundException"):
        night.call("ecs.stop_service_deployment", serviceDeploymentArn=arn[:-4] + "0000")


def test_an_unknown_deployment_is_missing(night: Session) -> None:
    answer = night.call(
        "ecs.describe_service_deployments",
        serviceDeploymentArns=["arn:aws:ecs:us-east-1:1:service-deployment/a/b/c"],
    )
    assert answer["failures"][0]["reason"] == "MISSING"


# -- metrics and the history of an alarm


def test_metrics_show_the_targets_that_were_unhealthy(night: Session) -> None:
    repair(night, PATIENT, 0, 1, 2)
    night.simulation.advance(300)
    now = datetime.now(UTC)
    asked = {
        "Namespace": "AWS/ApplicationELB",
        "MetricName": "UnHealthyHostCount",
        "Dimensions": [{"Name": "TargetGroup", "Value": night.known["metric.target-group"]}],
    }
    window = {"StartTime": now - timedelta(minutes=6), "EndTime": now + timedelta(minutes=1)}
    statistics = night.call(
        "cloudwatch.get_metric_statistics", **asked, **window, Period=60, Statistics=["Maximum", "Average"]
    )
    highest = [point["Maximum"] for point in statistics["Datapoints"]]
    assert max(highest) == 4
    assert highest[-1] == 0
    query = {"Id": "u", "MetricStat": {"Metric": asked, "Period": 60, "Stat": "Maximum"}}
    data = night.call("cloudwatch.get_metric_data", MetricDataQueries=[query], **window)
    assert data["MetricDataResults"][0]["Values"] == highest[::-1]
    listed = night.call("cloudwatch.list_metrics", Namespace="AWS/ApplicationELB")["Metrics"]
    assert {metric["MetricName"] for metric in listed} >= {"HealthyHostCount", "UnHealthyHostCount"}


def test_the_history_of_an_alarm_tells_when_it_went_off_and_on(night: Session) -> None:
    repair(night, PATIENT, 0, 2)
    night.simulation.advance(1800)
    history = night.call("cloudwatch.describe_alarm_history", AlarmName="web-unhealthy")["AlarmHistoryItems"]
    assert [item["HistorySummary"] for item in history] == [
        "Alarm updated from ALARM to OK",
        "Alarm updated from OK to ALARM",
    ]
    (shown,) = night.call("cloudwatch.describe_alarms")["MetricAlarms"]
    assert shown["StateValue"] == "OK"
    assert abs(shown["StateUpdatedTimestamp"] - history[0]["Timestamp"]) < timedelta(seconds=1)


# -- lab 129


def test_a_repair_that_the_lab_does_not_list_two_of_three_minutes(night: Session) -> None:
    repair(night, PATIENT, 0)
    patient = dict(night.scenario.repairs[PATIENT][1]["cloudwatch.put_metric_alarm"])
    night.actor.take(
        [{"cloudwatch.put_metric_alarm": {**patient, "EvaluationPeriods": 4, "DatapointsToAlarm": 3}}]
    )
    repair(night, PATIENT, 2)
    night.simulation.advance(900)
    assert result(night).passed


def test_an_alarm_with_no_use_is_no_net(night: Session) -> None:
    patient = dict(night.scenario.repairs[PATIENT][1]["cloudwatch.put_metric_alarm"])
    night.actor.take([{"cloudwatch.put_metric_alarm": {**patient, "EvaluationPeriods": 60}}])
    assert "safety-net" in [item.check for item in result(night).guards if not item.passed]
