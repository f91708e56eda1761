"""Requests through the load balancer, container health checks, and repairs that no lab file lists."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from labs.checks.check import check, right_answers
from labs.scenarios.catalogue import find
from labs.simulator.requests import Share, counted, shares

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_001_000)
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


def failing(session: Session) -> list[str]:
    answers = right_answers(session.scenario, session.known)
    report = check(session.simulation, session.scenario, session.known, answers)
    return [item.check for item in (*report.outcomes, *report.guards) if not item.passed]


def codes(session: Session, path: str = "/") -> dict[int, int]:
    return counted(shares(session.simulation, "shop", path), 1000)


def forward(session: Session, *weights: tuple[str, int]) -> list[dict[str, Any]]:
    groups = [{"TargetGroupArn": session.known[name], "Weight": weight} for name, weight in weights]
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}]


def test_every_code_gets_its_part_of_the_requests() -> None:
    found = [Share(0.5, 200, "a"), Share(0.495, 200, "b"), Share(0.005, 502, "b")]
    assert counted(found, 1000) == {200: 995, 502: 5}
    assert counted(found, 1) == {200: 1}
    assert sum(counted(found, 7).values()) == 7
    assert counted([], 5) == {}


def test_tasks_share_the_requests_equally(lab: Open) -> None:
    session = lab("130", broken=False)
    found = shares(session.simulation, "shop", "/")
    assert [share.part for share in found] == [0.25] * 4
    assert len({share.task for share in found}) == 4


def test_weights_divide_between_target_groups(lab: Open) -> None:
    session = lab("130", broken=False)
    both = forward(session, ("target-group", 30), ("target-group.old", 10))
    session.call("elbv2.modify_rule", RuleArn=session.known["rule"], Actions=both)
    old = {task.id for task in session.simulation.state.tasks_of(("prod", "web-old"))}
    part = sum(share.part for share in shares(session.simulation, "shop", "/") if share.task in old)
    assert part == pytest.approx(0.25)


def test_the_rule_with_the_smaller_priority_decides(lab: Open) -> None:
    session = lab("130", broken=False)
    fixed = {
        "Type": "fixed-response",
        "FixedResponseConfig": {"StatusCode": "410", "ContentType": "text/plain"},
    }
    session.call(
        "elbv2.create_rule",
        ListenerArn=session.known["listener"],
        Priority=5,
        Conditions=[{"Field": "path-pattern", "Values": ["/gone/*"]}],
        Actions=[fixed],
    )
    assert codes(session, "/gone/for-ever") == {410: 1000}
    assert codes(session, "/here") == {200: 1000}


def test_a_rule_for_another_host_is_not_for_these_requests(lab: Open) -> None:
    session = lab("130", broken=False)
    session.call(
        "elbv2.create_rule",
        ListenerArn=session.known["listener"],
        Priority=5,
        Conditions=[{"Field": "host-header", "Values": ["admin.shop.example"]}],
        Actions=forward(session, ("target-group.old", 1)),
    )
    running = {task.id for task in session.simulation.state.tasks_of(("prod", "web"))}
    assert {share.task for share in shares(session.simulation, "shop", "/")} == running


def test_a_group_without_targets_answers_503(lab: Open) -> None:
    session = lab("130")
    session.call("ecs.update_service", cluster="prod", service="web-old", desiredCount=0)
    session.simulation.advance(600)
    assert codes(session) == {503: 1000}


def test_a_refused_connection_is_502_and_a_blocked_one_504(lab: Open) -> None:
    session = lab("108")
    assert codes(session) == {502: 1000}
    group = session.known["group.task"]
    peer = {"UserIdGroupPairs": [{"GroupId": session.known["group.balancer"]}]}
    permission = {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, **peer}
    session.call("ec2.revoke_security_group_ingress", GroupId=group, IpPermissions=[permission])
    assert codes(session) == {504: 1000}


def test_a_program_that_hangs_up_first_loses_one_in_a_hundred(lab: Open) -> None:
    session = lab("108")
    session.actor.take(session.scenario.wrong["only-the-port"])
    session.simulation.advance(600)
    assert codes(session) == {200: 990, 502: 10}


@pytest.mark.parametrize(("idle", "kept"), [("60", "61"), ("30", "31"), ("4", "5")])
def test_any_keep_alive_above_the_idle_timeout_repairs_108(lab: Open, idle: str, kept: str) -> None:
    session = lab("108")
    session.call(
        "elbv2.modify_load_balancer_attributes",
        LoadBalancerArn=session.known["balancer"],
        Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": idle}],
    )
    environment = [{"name": "PORT", "value": "8080"}, {"name": "KEEP_ALIVE", "value": kept}]
    session.actor.take(
        [
            session.scenario.repairs["the-program-moves"][0],
            {"revise": {"containers": {"web": {"environment": environment}}}},
        ]
    )
    assert failing(session) == []


def test_an_unlisted_repair_of_130_a_rule_before_the_rule(lab: Open) -> None:
    session = lab("130")
    session.actor.take(session.scenario.repairs["weights-and-all-zones"][:2])
    session.call(
        "elbv2.create_rule",
        ListenerArn=session.known["listener"],
        Priority=1,
        Conditions=[{"Field": "path-pattern", "Values": ["*"]}],
        Actions=forward(session, ("target-group", 1)),
    )
    assert failing(session) == []


def test_two_tasks_of_130_are_unused_and_say_why(lab: Open) -> None:
    session = lab("130")
    health = session.call("elbv2.describe_target_health", TargetGroupArn=session.known["target-group"])
    unused = [
        item for item in health["TargetHealthDescriptions"] if item["TargetHealth"]["State"] == "unused"
    ]
    assert {item["Target"]["AvailabilityZone"] for item in unused} == {"us-east-1c"}
    assert {item["TargetHealth"]["Reason"] for item in unused} == {"Target.NotInUse"}


# -- container health checks


def health(session: Session) -> tuple[str, str]:
    """Health of the newest running task and of its first container."""
    arns = session.call("ecs.list_tasks", cluster="prod", serviceName="web")["taskArns"]
    task = session.call("ecs.describe_tasks", cluster="prod", tasks=arns[:1])["tasks"][0]
    return task["healthStatus"], task["containers"][0]["healthStatus"]


def revised(session: Session, **changes: Any) -> Session:
    session.actor.take([{"revise": {"containers": {"web": changes}}}])
    session.simulation.advance(90)
    return session


def test_in_127_the_container_is_healthy_and_its_target_is_not(lab: Open) -> None:
    session = revised(lab("127"), environment=[{"name": "BIND", "value": "127.0.0.1"}])
    assert health(session) == ("HEALTHY", "HEALTHY")
    found = session.call("elbv2.describe_target_health", TargetGroupArn=session.known["target-group"])
    assert {item["TargetHealth"]["State"] for item in found["TargetHealthDescriptions"]} == {"unhealthy"}


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"], "HEALTHY"),
        (["CMD", "wget", "-q", "http://127.0.0.1:8080/healthz"], "HEALTHY"),
        (["CMD-SHELL", "nc -z localhost 8080"], "HEALTHY"),
        (["CMD-SHELL", "pgrep shop"], "HEALTHY"),
        (["CMD-SHELL", "curl -f http://localhost:8080/live || exit 1"], "UNHEALTHY"),
        (["CMD-SHELL", "curl -f http://localhost:9999/ || exit 1"], "UNHEALTHY"),
        (["CMD-SHELL", "exit 1"], "UNHEALTHY"),
        (["NONE"], "UNKNOWN"),
    ],
)
def test_what_a_container_health_check_finds(lab: Open, command: list[str], wanted: str) -> None:
    session = lab("127", broken=False)
    revised(session, healthCheck={"command": command, "interval": 10, "retries": 2, "timeout": 3})
    assert health(session) == (wanted, wanted)


def test_a_task_with_an_unhealthy_container_is_replaced_after_the_grace_period(lab: Open) -> None:
    session = lab("127", broken=False)
    failing_check = {"command": ["CMD-SHELL", "exit 1"], "interval": 10, "retries": 2}
    revised(session, healthCheck=failing_check)
    session.simulation.advance(600)
    stopped = session.call("ecs.list_tasks", cluster="prod", desiredStatus="STOPPED")["taskArns"]
    tasks = session.call("ecs.describe_tasks", cluster="prod", tasks=stopped)["tasks"]
    found = {task["stoppedReason"] for task in tasks}
    assert "Task failed container health checks" in found


def test_a_start_period_forgives_the_failures_of_a_start(lab: Open) -> None:
    session = lab("127", broken=False)
    slow = {"command": ["CMD-SHELL", "exit 1"], "interval": 10, "retries": 1, "startPeriod": 120}
    revised(session, healthCheck=slow)
    assert health(session) == ("UNKNOWN", "UNKNOWN")
    session.simulation.advance(120)
    assert health(session) == ("UNHEALTHY", "UNHEALTHY")


def test_a_task_is_healthy_only_when_both_checks_pass(lab: Open) -> None:
    session = lab("127", broken=False)
    slow = {"command": ["CMD-SHELL", "curl -f http://localhost:8080/"], "interval": 60}
    session.actor.take([{"revise": {"containers": {"web": {"healthCheck": slow}}}}])
    session.simulation.advance(70)
    new = [task for task in session.simulation.state.tasks_of(("prod", "web")) if task.serves]
    waiting = [task for task in new if task.health_status == "UNKNOWN"]
    assert waiting
    assert not any(map(session.simulation.state.is_healthy, waiting))


def test_an_unlisted_repair_of_127_any_address_of_the_task(lab: Open) -> None:
    session = lab("127")
    session.actor.take(session.scenario.repairs["bound-to-all-and-the-right-question"][:1])
    revised(session, environment=[{"name": "BIND", "value": "::"}])
    assert failing(session) == []
