"""What happens to services by itself: health, replacement, rollouts, throttling, the circuit breaker."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labs.simulator.rules.circuit_breaker import threshold

if TYPE_CHECKING:
    from labs.server.session import Session


def service(session: Session) -> dict[str, Any]:
    found = session.call("ecs.describe_services", cluster="prod", services=["web"])["services"][0]
    return dict(found)


def events(session: Session) -> list[str]:
    return [event["message"] for event in service(session)["events"]]


def update(session: Session, **changes: Any) -> dict[str, Any]:
    answer = session.call("ecs.update_service", cluster="prod", service="web", **changes)["service"]
    return dict(answer)


def targets(session: Session) -> list[dict[str, Any]]:
    arn = session.known["target-group"]
    found = session.call("elbv2.describe_target_health", TargetGroupArn=arn)["TargetHealthDescriptions"]
    return list(found)


def deploy(session: Session, tag: str) -> None:
    session.actor.take([{"deploy": {"image": f"shop/web:{tag}"}}])


def modify_check(session: Session, **changes: Any) -> None:
    session.call("elbv2.modify_target_group", TargetGroupArn=session.known["target-group"], **changes)


def test_a_healthy_service_is_steady_and_costs_no_time(healthy: Session) -> None:
    found = service(healthy)
    assert (found["runningCount"], found["pendingCount"], found["desiredCount"]) == (2, 0, 2)
    assert found["deployments"][0]["rolloutState"] == "COMPLETED"
    assert found["events"][0]["message"] == "(service web) has reached a steady state."
    assert [target["TargetHealth"] for target in targets(healthy)] == [{"State": "healthy"}] * 2
    assert healthy.simulation.act() is None


def test_tasks_are_spread_over_the_zones(healthy: Session) -> None:
    zones = {target["Target"]["AvailabilityZone"] for target in targets(healthy)}
    assert zones == {"us-east-1a", "us-east-1b"}


def test_an_update_answers_with_the_new_deployment(healthy: Session) -> None:
    answer = update(healthy, forceNewDeployment=True)
    assert [item["status"] for item in answer["deployments"]] == ["PRIMARY", "ACTIVE"]
    assert answer["deployments"][0]["rolloutState"] == "IN_PROGRESS"


def test_a_rolling_update_keeps_the_minimum_and_the_maximum(healthy: Session) -> None:
    deploy(healthy, "v2.4.0")
    seen = set()
    for _ in range(60):
        healthy.simulation.advance(5)
        tasks = healthy.simulation.state.tasks_of(("prod", "web"))
        alive = [task for task in tasks if task.is_wanted]
        seen.add((sum(map(healthy.simulation.state.is_healthy, tasks)) >= 2, len(alive) <= 4))
    assert seen == {(True, True)}
    assert service(healthy)["deployments"][0]["rolloutState"] == "COMPLETED"
    assert len(service(healthy)["deployments"]) == 1


def test_a_maximum_of_one_hundred_percent_stops_before_it_starts(healthy: Session) -> None:
    update(healthy, deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 100})
    deploy(healthy, "v2.4.0")
    most = 0
    for _ in range(100):
        healthy.simulation.advance(5)
        alive = [task for task in healthy.simulation.state.tasks_of(("prod", "web")) if task.is_wanted]
        most = max(most, len(alive))
    assert most == 2
    assert service(healthy)["deployments"][0]["rolloutState"] == "COMPLETED"


def test_scaling_down_drains_and_stops_tasks(healthy: Session) -> None:
    update(healthy, desiredCount=1)
    states = sorted(target["TargetHealth"]["State"] for target in targets(healthy))
    assert states == ["draining", "healthy"]
    healthy.simulation.settle(600)
    assert len(targets(healthy)) == 1
    stopped = healthy.call("ecs.list_tasks", cluster="prod", desiredStatus="STOPPED")["taskArns"]
    task = healthy.call("ecs.describe_tasks", cluster="prod", tasks=stopped[:1])["tasks"][0]
    assert task["stopCode"] == "ServiceSchedulerInitiated"
    assert task["stoppedReason"].startswith("Scaling activity initiated by (deployment ecs-svc/")
    assert task["containers"][0]["exitCode"] == 0


def test_stopped_tasks_give_their_addresses_back(healthy: Session) -> None:
    def interfaces() -> int:
        return len(healthy.call("ec2.describe_network_interfaces")["NetworkInterfaces"])

    before = interfaces()
    update(healthy, desiredCount=0)
    healthy.simulation.settle(600)
    assert interfaces() == before - 2


def test_a_stopped_task_is_replaced(healthy: Session) -> None:
    arn = healthy.call("ecs.list_tasks", cluster="prod", serviceName="web")["taskArns"][0]
    answer = healthy.call("ecs.stop_task", cluster="prod", task=arn, reason="just a test")["task"]
    assert (answer["desiredStatus"], answer["stopCode"], answer["stoppedReason"]) == (
        "STOPPED",
        "UserInitiated",
        "just a test",
    )
    healthy.simulation.settle(600)
    now = healthy.call("ecs.list_tasks", cluster="prod", serviceName="web")["taskArns"]
    assert len(now) == 2
    assert arn not in now


def test_a_wrong_path_makes_targets_unhealthy_and_tasks_are_replaced(healthy: Session) -> None:
    from labs.simulator.application import Application

    healthy.simulation.applications = {"shop/web": Application(paths={"/health": 200}, boot=6)}
    modify_check(healthy, HealthCheckPath="/ready")
    healthy.simulation.advance(25)
    assert any(
        "is unhealthy in (target-group shop-web) due to (reason Health checks failed with these codes: [404])"
        in m
        for m in events(healthy)
    )
    stopped = healthy.call("ecs.list_tasks", cluster="prod", desiredStatus="STOPPED")["taskArns"]
    task = healthy.call("ecs.describe_tasks", cluster="prod", tasks=stopped[:1])["tasks"][0]
    assert task["stoppedReason"].startswith(
        "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing"
    )


def test_a_blocked_port_times_out(healthy: Session) -> None:
    group, balancer = healthy.known["group.task"], healthy.known["group.balancer"]
    rule = {
        "IpProtocol": "tcp",
        "FromPort": 8080,
        "ToPort": 8080,
        "UserIdGroupPairs": [{"GroupId": balancer}],
    }
    update(healthy, healthCheckGracePeriodSeconds=3600)
    healthy.call("ec2.revoke_security_group_ingress", GroupId=group, IpPermissions=[rule])
    healthy.simulation.advance(30)
    assert {target["TargetHealth"]["Reason"] for target in targets(healthy)} == {"Target.Timeout"}
    healthy.call("ec2.authorize_security_group_ingress", GroupId=group, IpPermissions=[rule])
    healthy.simulation.advance(30)
    assert {target["TargetHealth"]["State"] for target in targets(healthy)} == {"healthy"}


def test_a_port_nobody_listens_on_fails_the_check(healthy: Session) -> None:
    update(healthy, healthCheckGracePeriodSeconds=3600)
    rule = {"IpProtocol": "tcp", "FromPort": 9000, "ToPort": 9000, "IpRanges": [{"CidrIp": "10.20.0.0/16"}]}
    healthy.call(
        "ec2.authorize_security_group_ingress", GroupId=healthy.known["group.task"], IpPermissions=[rule]
    )
    modify_check(healthy, HealthCheckPort="9000")
    healthy.simulation.advance(30)
    assert {target["TargetHealth"]["Description"] for target in targets(healthy)} == {"Health checks failed"}
    assert {target["HealthCheckPort"] for target in targets(healthy)} == {"9000"}


def test_a_slow_answer_times_out(healthy: Session) -> None:
    from labs.simulator.application import Application

    update(healthy, healthCheckGracePeriodSeconds=3600)
    healthy.simulation.applications = {"shop/web": Application(latency=9.0)}
    modify_check(healthy, HealthCheckPath="/slow")
    healthy.simulation.advance(30)
    assert {target["TargetHealth"]["Reason"] for target in targets(healthy)} == {"Target.Timeout"}


def test_codes_of_a_matcher_may_be_ranges(healthy: Session) -> None:
    from labs.simulator.application import Application

    update(healthy, healthCheckGracePeriodSeconds=3600)
    healthy.simulation.applications = {"shop/web": Application(paths={"*": 302})}
    modify_check(healthy, Matcher={"HttpCode": "200,300-399"})
    healthy.simulation.advance(30)
    assert {target["TargetHealth"]["State"] for target in targets(healthy)} == {"healthy"}


def test_a_target_group_without_a_listener_is_unused(healthy: Session) -> None:
    listeners = healthy.call("elbv2.describe_listeners", LoadBalancerArn=healthy.known["balancer"])[
        "Listeners"
    ]
    healthy.call("elbv2.delete_listener", ListenerArn=listeners[0]["ListenerArn"])
    healthy.simulation.advance(20)
    assert {target["TargetHealth"]["Reason"] for target in targets(healthy)} == {"Target.NotInUse"}


def test_a_zone_the_balancer_has_not_enabled_is_unused(healthy: Session) -> None:
    call, known = healthy.call, healthy.known
    third = call(
        "ec2.create_subnet", VpcId=known["vpc"], CidrBlock="10.20.30.0/24", AvailabilityZone="us-east-1c"
    )
    subnet = third["Subnet"]["SubnetId"]
    call("ec2.associate_route_table", RouteTableId=known["routes.private"], SubnetId=subnet)
    network = {"subnets": [subnet], "securityGroups": [known["group.task"]]}
    update(healthy, networkConfiguration={"awsvpcConfiguration": network}, healthCheckGracePeriodSeconds=3600)
    healthy.simulation.advance(120)
    new = [item for item in targets(healthy) if item["Target"]["AvailabilityZone"] == "us-east-1c"]
    assert {item["TargetHealth"]["State"] for item in new} == {"unused"}
    assert "not enabled" in new[0]["TargetHealth"]["Description"]


def test_within_the_grace_period_nothing_is_replaced(healthy: Session) -> None:
    from labs.simulator.application import Application

    healthy.simulation.applications = {"shop/web:v2.4.0": Application(boot=60)}
    update(healthy, healthCheckGracePeriodSeconds=120)
    deploy(healthy, "v2.4.0")
    healthy.simulation.settle(1200)
    assert service(healthy)["deployments"][0]["rolloutState"] == "COMPLETED"
    assert not any("unhealthy" in text for text in events(healthy))


def test_without_grace_a_slow_boot_never_gets_through(healthy: Session) -> None:
    from labs.simulator.application import Application

    healthy.simulation.applications = {"shop/web:v2.4.0": Application(boot=60), "shop/web": Application()}
    deploy(healthy, "v2.4.0")
    healthy.simulation.settle(1200)
    assert service(healthy)["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    assert any("is unhealthy" in text for text in events(healthy))
    assert not any("unable to consistently start" in text for text in events(healthy)), (
        "they all reached RUNNING"
    )


def test_tasks_that_never_run_throttle_the_next_start(broken: Session) -> None:
    texts = events(broken)
    assert sum("unable to consistently start tasks successfully" in text for text in texts) == 1
    assert (
        sum("was unable to place a task. Reason: ResourceInitializationError" in text for text in texts) == 1
    )
    starts = [e["createdAt"] for e in service(broken)["events"] if "has started 2 tasks" in e["message"]]
    night, *gaps = [(a - b).total_seconds() for a, b in itertools.pairwise(starts)][::-1]
    assert night > 1200
    assert gaps == sorted(gaps)
    assert gaps[-1] > gaps[0] > 290


def test_a_new_deployment_is_not_throttled(broken: Session) -> None:
    broken.simulation.settle(1800)
    update(broken, forceNewDeployment=True)
    assert service(broken)["pendingCount"] == 2


def test_the_circuit_breaker_fails_and_rolls_back(healthy: Session) -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    update(healthy, deploymentConfiguration=breaker)
    before = service(healthy)["taskDefinition"]
    deploy(healthy, "v9")
    healthy.simulation.settle(3600)
    found = service(healthy)
    assert found["taskDefinition"] == before
    assert found["deployments"][0]["rolloutState"] == "COMPLETED"
    assert any("deployment failed: tasks failed to start." in text for text in events(healthy))
    assert any("rolling back to deployment ecs-svc/" in text for text in events(healthy))
    rollouts = healthy.call("ecs.list_service_deployments", cluster="prod", service="web")[
        "serviceDeployments"
    ]
    assert [item["status"] for item in rollouts] == ["ROLLBACK_SUCCESSFUL", "SUCCESSFUL"]


def test_a_circuit_breaker_without_rollback_only_stops_trying(healthy: Session) -> None:
    update(healthy, deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": False}})
    deploy(healthy, "v9")
    healthy.simulation.settle(3600)
    first, second = service(healthy)["deployments"]
    assert (first["rolloutState"], first["runningCount"]) == ("FAILED", 0)
    assert second["runningCount"] == 2


@pytest.mark.parametrize(
    ("desired", "breaker", "wanted"),
    [
        (1, {}, 3),
        (25, {}, 13),
        (1000, {}, 200),
        (4, {"thresholdConfiguration": {"type": "COUNT", "value": 7}}, 7),
        (1000, {"thresholdConfiguration": {"type": "UNBOUNDED_PERCENT", "value": 50}}, 500),
    ],
)
def test_the_threshold_of_the_circuit_breaker(desired: int, breaker: dict[str, Any], wanted: int) -> None:
    assert threshold(breaker, desired) == wanted


def test_a_deleted_service_stops_its_tasks(healthy: Session) -> None:
    healthy.call("ecs.delete_service", cluster="prod", service="web", force=True)
    healthy.simulation.settle(600)
    assert not healthy.simulation.state.tasks_of(("prod", "web"))


def test_the_image_that_is_pulled_is_the_one_of_that_moment(healthy: Session) -> None:
    digest = healthy.known["digest.shop/web:v2.4.0"]
    healthy.actor.take([{"tag": {"repository": "shop/web", "from": "v2.4.0", "to": "v2.4.1"}}])
    before = {task.digests["web"] for task in healthy.simulation.state.tasks_of(("prod", "web"))}
    update(healthy, forceNewDeployment=True)
    healthy.simulation.settle(600)
    after = {task.digests["web"] for task in healthy.simulation.state.tasks_of(("prod", "web"))}
    assert digest not in before
    assert after == {digest}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.floats(min_value=0.1, max_value=400), min_size=1, max_size=12))
def test_it_does_not_matter_in_how_many_pieces_time_passes(build: Any, pieces: list[float]) -> None:
    whole, parts = build(broken=True), build(broken=True)
    whole.simulation.advance(sum(pieces))
    for piece in pieces:
        parts.simulation.advance(piece)

    def told(session: Session) -> list[tuple[str, str]]:
        known = session.simulation.state.services[("prod", "web")]
        account = session.simulation.world.account
        return [(event.id, event.text.replace(account, "")) for event in known.events]

    assert told(whole) == told(parts)
