"""A balancer's metrics of requests, and listeners and rules in the form in which AWS answers them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from labs.scenarios.catalogue import find
from labs.simulator.traffic import TRAFFIC

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_003_000)
NAMESPACE = "AWS/ApplicationELB"
Open = Callable[..., "Session"]


@pytest.fixture
def lab() -> Iterator[Open]:
    """`lab("108")` as its learner finds it."""
    from labs.server.session import Session

    opened: list[Session] = []

    def make(number: str, *, broken: bool = True) -> Session:
        opened.append(Session(find(number), account=str(next(ACCOUNTS)), speed=0, broken=broken))
        return opened[-1]

    yield make
    for session in opened:
        session.middleware.close()


def dimensions(session: Session, group: str = "") -> list[dict[str, str]]:
    found = [{"Name": "LoadBalancer", "Value": session.known["balancer"].partition("loadbalancer/")[2]}]
    if group:
        found.append({"Name": "TargetGroup", "Value": session.known[group].rpartition(":")[2]})
    return found


def total(session: Session, name: str, group: str = "", *, minutes: int = 30) -> float:
    now = session.simulation.clock.shown(session.simulation.now)
    found = session.call(
        "cloudwatch.get_metric_statistics",
        Namespace=NAMESPACE,
        MetricName=name,
        Dimensions=dimensions(session, group),
        StartTime=now - timedelta(minutes=minutes),
        EndTime=now,
        Period=60,
        Statistics=["Sum"],
    )
    return float(sum(point["Sum"] for point in found["Datapoints"]))


def test_three_counts_show_that_the_requests_of_130_go_to_the_old_group(lab: Open) -> None:
    session = lab("130")
    assert total(session, "RequestCount") > 1700
    assert total(session, "RequestCount", "target-group") == 0
    old = total(session, "RequestCount", "target-group.old")
    assert old == pytest.approx(total(session, "RequestCount"), abs=61)  # the minute may change in between


def test_the_past_stays_as_it_was_after_a_repair(lab: Open) -> None:
    session = lab("130")
    session.actor.take(session.scenario.repairs["weights-and-all-zones"])
    session.simulation.advance(600)
    new, old = (
        total(session, "RequestCount", "target-group"),
        total(session, "RequestCount", "target-group.old"),
    )
    assert 500 < new < 800
    assert old > 1000


def test_the_balancer_says_502_in_108_and_the_program_nothing(lab: Open) -> None:
    session = lab("108")
    assert total(session, "HTTPCode_ELB_502_Count") > 1700
    assert total(session, "HTTPCode_ELB_5XX_Count") > 1700
    assert total(session, "HTTPCode_Target_5XX_Count") == 0
    assert total(session, "HTTPCode_Target_2XX_Count") == 0
    assert total(session, "HTTPCode_ELB_502_Count", "target-group") == 0  # AWS has no such dimension


def test_one_502_in_a_hundred_is_counted_whatever_the_period(lab: Open) -> None:
    session = lab("108")
    session.actor.take(session.scenario.wrong["only-the-port"])
    session.simulation.advance(3600)
    named = {item["Name"]: item["Value"] for item in dimensions(session)}
    end = session.simulation.now

    def lost(period: float) -> float:
        counter, begin = TRAFFIC["HTTPCode_ELB_502_Count"], end - 3000
        return sum(
            counter(session.simulation, named, begin + period * number, begin + period * (number + 1))
            for number in range(int(3000 / period))
        )

    assert lost(10) == lost(60) == lost(3000)
    assert lost(3000) == pytest.approx(30, abs=1)


def test_errors_of_the_program_are_not_the_balancer_s(lab: Open) -> None:
    session = lab("110")
    assert total(session, "HTTPCode_Target_5XX_Count") > 1700
    assert total(session, "HTTPCode_ELB_5XX_Count") == 0


def test_what_a_rule_answers_is_no_error_of_the_balancer(lab: Open) -> None:
    session = lab("127", broken=False)
    fixed = {"StatusCode": "503", "ContentType": "text/plain"}
    listener = session.call("elbv2.describe_listeners", LoadBalancerArn=session.known["balancer"])
    session.call(
        "elbv2.modify_listener",
        ListenerArn=listener["Listeners"][0]["ListenerArn"],
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": fixed}],
    )
    session.simulation.advance(300)
    assert total(session, "HTTP_Fixed_Response_Count") == pytest.approx(300, abs=2)
    assert total(session, "HTTPCode_ELB_503_Count") == 0


def test_a_service_without_tasks_is_503_and_no_target_was_chosen(lab: Open) -> None:
    session = lab("130", broken=False)
    for name in ("web", "web-old"):
        session.call("ecs.update_service", cluster="prod", service=name, desiredCount=0)
    session.simulation.advance(600)
    requests = total(session, "RequestCount", minutes=5)
    assert requests == 0
    assert total(session, "HTTPCode_ELB_503_Count", minutes=5) >= 240


def test_only_metrics_with_data_are_listed(lab: Open) -> None:
    session = lab("108")
    listed = session.call("cloudwatch.list_metrics", Namespace=NAMESPACE)["Metrics"]
    names = {(item["MetricName"], len(item["Dimensions"])) for item in listed}
    assert {("RequestCount", 1), ("RequestCount", 2), ("HTTPCode_ELB_502_Count", 1)} <= names
    assert not {("HTTPCode_ELB_502_Count", 2), ("HTTPCode_Target_5XX_Count", 1)} & names


def test_a_simple_forward_action_is_answered_with_groups_and_weights_too(lab: Open) -> None:
    session = lab("130")
    listener, group = session.known["listener"], session.known["target-group"]
    rules = session.call("elbv2.describe_rules", ListenerArn=listener)["Rules"]
    default = next(rule for rule in rules if rule["IsDefault"])["Actions"][0]
    assert default["TargetGroupArn"] == group
    assert default["ForwardConfig"]["TargetGroups"] == [{"TargetGroupArn": group, "Weight": 1}]
    found = session.call("elbv2.describe_listeners", ListenerArns=[listener])["Listeners"][0]
    assert found["DefaultActions"][0]["ForwardConfig"] == default["ForwardConfig"]
    assert session.call("elbv2.describe_load_balancers")["LoadBalancers"][0]["Scheme"] == "internet-facing"
