"""Labs about the start of a task: repairs that their files do not list, and what stays forbidden."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from labs.checks.check import check, right_answers
from labs.scenarios.catalogue import find

if TYPE_CHECKING:
    from labs.checks.check import Report
    from labs.server.session import Session

ACCOUNTS = itertools.count(330_000_000_000)


@pytest.fixture
def lab() -> Iterator[Any]:
    """`lab(105)` gives that lab, broken."""
    from labs.server.session import Session

    made: list[Session] = []

    def make(number: int) -> Session:
        made.append(Session(find(str(number)), account=str(next(ACCOUNTS)), speed=0))
        return made[-1]

    yield make
    for session in made:
        session.middleware.close()


def result(session: Session) -> Report:
    answers = right_answers(session.scenario, session.known)
    return check(session.simulation, session.scenario, session.known, answers)


def failing(session: Session) -> list[str]:
    report = result(session)
    return [item.check for item in (*report.outcomes, *report.guards) if not item.passed]


def allow(session: Session, actions: list[str], *resources: str) -> None:
    statement = {"Effect": "Allow", "Action": actions, "Resource": list(resources)}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    session.call("iam.put_role_policy", RoleName="shop-execution", PolicyName="new", PolicyDocument=document)


def test_105_an_arn_without_its_six_characters_does_as_well(lab: Any) -> None:
    session = lab(105)
    account = session.known["account"]
    arn = f"arn:aws:secretsmanager:us-east-1:{account}:secret:shop/database"
    allow(session, ["secretsmanager:GetSecretValue"], f"{arn}-*")
    secrets = [{"name": "DB_PASSWORD", "valueFrom": f"{arn}:password::"}]
    session.actor.take(
        [
            {"endpoints": {"interface": ["secretsmanager"], "group": "${group.endpoints}"}},
            {"revise": {"containers": {"web": {"secrets": secrets}}}},
        ]
    )
    assert failing(session) == []


def test_105_a_way_to_the_internet_is_refused(lab: Any) -> None:
    session = lab(105)
    known, call = session.known, session.call
    address = call("ec2.allocate_address", Domain="vpc")["AllocationId"]
    nat = call("ec2.create_nat_gateway", SubnetId=known["subnet.public.a"], AllocationId=address)
    call(
        "ec2.create_route",
        RouteTableId=known["routes.private"],
        DestinationCidrBlock="0.0.0.0/0",
        NatGatewayId=nat["NatGateway"]["NatGatewayId"],
    )
    allow(session, ["secretsmanager:GetSecretValue"], known["secret.new"])
    secrets = [{"name": "DB_PASSWORD", "valueFrom": f"{known['secret.new']}:password::"}]
    session.actor.take([{"revise": {"containers": {"web": {"secrets": secrets}}}}])
    assert failing(session) == ["closed"]


def test_119_the_tidied_policy_with_a_star_behind_the_group(lab: Any) -> None:
    session = lab(119)
    group = f"arn:aws:logs:us-east-1:{session.known['account']}:log-group:/ecs/shop"
    allow(session, ["logs:CreateLogStream", "logs:PutLogEvents"], f"{group}:*")
    session.call("logs.create_log_group", logGroupName="/ecs/shop")
    session.call("logs.put_retention_policy", logGroupName="/ecs/shop", retentionInDays=30)
    options = {"logConfiguration": {"options": {"awslogs-region": "us-east-1"}}}
    session.actor.take([{"revise": {"containers": {"audit": options}}}])
    assert failing(session) == []


def test_119_streams_without_events_are_no_logs(lab: Any) -> None:
    session = lab(119)
    group = f"arn:aws:logs:us-east-1:{session.known['account']}:log-group:/ecs/shop"
    session.call("iam.delete_role_policy", RoleName="shop-execution", PolicyName="ticket-4471")
    allow(session, ["ecr:*", "logs:CreateLogStream"], "*", f"{group}:*")
    session.call("logs.create_log_group", logGroupName="/ecs/shop")
    session.call("logs.put_retention_policy", logGroupName="/ecs/shop", retentionInDays=30)
    options = {"logConfiguration": {"options": {"awslogs-region": "us-east-1"}}}
    session.actor.take([{"revise": {"containers": {"audit": options}}}])
    assert "logs-arrive" in failing(session)
