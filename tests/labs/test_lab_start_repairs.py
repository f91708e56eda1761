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


def test_116_one_role_named_in_a_statement_of_its_own(lab: Any) -> None:
    session = lab(116)
    known, call = session.known, session.call
    found = call("ecr@registry.get_repository_policy", repositoryName="shop/web")
    policy = json.loads(found["policyText"])
    pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    shop = {"AWS": f"arn:aws:iam::{known['account']}:root"}
    here = {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{known['account']}:role/shop-*"}}
    policy["Statement"].append({"Effect": "Allow", "Principal": shop, "Action": pull, "Condition": here})
    text = json.dumps(policy)
    call("ecr@registry.set_repository_policy", repositoryName="shop/web", policyText=text)
    actions = ["ecr:GetAuthorizationToken", *pull, "logs:CreateLogStream", "logs:PutLogEvents"]
    document = json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    )
    call(
        "iam.create_policy_version",
        PolicyArn=known["boundary"],
        PolicyDocument=document,
        SetAsDefault=True,
    )
    roles = {"executionRoleArn": known["role.execution"], "taskRoleArn": known["role.task"]}
    session.actor.take([{"revise": roles}])
    assert failing(session) == []


def test_116_the_reason_names_one_policy_after_another(lab: Any) -> None:
    session = lab(116)
    tasks = session.simulation.state.tasks.values()
    assert "assumed-role/shop-task/" in [task.reason for task in tasks if task.counted][-1]
    session.actor.take([{"revise": session.scenario.repairs["extend-the-boundary"][2]["revise"]}])
    session.simulation.advance(300)
    assert "because no resource-based policy allows" in [task.reason for task in tasks if task.counted][-1]
    session.actor.take([session.scenario.repairs["extend-the-boundary"][0]])
    session.simulation.advance(600)
    assert "because no permissions boundary allows" in [task.reason for task in tasks if task.counted][-1]


def test_145_a_stage_in_the_reference_and_a_key_for_one_service(lab: Any) -> None:
    session = lab(145)
    known = session.known
    far = f"arn:aws:ssm:eu-central-1:{known['account']}:parameter/shop/api-token"
    through = {"StringEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}}
    statements = [
        {"Effect": "Allow", "Action": "secretsmanager:Get*", "Resource": known["secret"]},
        {"Effect": "Allow", "Action": "ssm:GetParameter*", "Resource": far},
        {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": through},
    ]
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    session.call("iam.put_role_policy", RoleName="shop-execution", PolicyName="x", PolicyDocument=document)
    container = {
        "environment": session.scenario.options["container"]["environment"],
        "secrets": [
            {"name": "DB_PASSWORD", "valueFrom": f"{known['secret']}:password:AWSCURRENT:"},
            {"name": "API_TOKEN", "valueFrom": far},
        ],
    }
    session.actor.take([{"revise": {"containers": {"web": container}}}])
    assert failing(session) == []


def test_145_the_program_that_got_a_dollar_sign_says_so(lab: Any) -> None:
    session = lab(145)
    session.actor.take(session.scenario.repairs["role-and-references"][:1])
    container = {
        "secrets": session.actor.filled(session.scenario.options["container"]["secrets"]),
    }
    session.actor.take([{"revise": {"containers": {"web": container}}}])
    assert failing(session) == ["environment", "answers"]
    events = session.call("logs.filter_log_events", logGroupName="/ecs/shop")["events"]
    text = "error: DB_URL: 'postgres://shop@${DB_HOST}:5432/shop' does not work"
    assert text in [event["message"] for event in events]


def test_145_a_secret_as_text_is_refused(lab: Any) -> None:
    session = lab(145)
    session.actor.take(session.scenario.repairs["role-and-references"])
    token = {"name": "API_TOKEN", "value": "tok-5521-blue"}
    right = session.scenario.options["container"]
    container = {"environment": [*right["environment"], token], "secrets": right["secrets"][:1]}
    session.actor.take([{"revise": {"containers": {"web": session.actor.filled(container)}}}])
    assert failing(session) == ["no-plain-secret"]


def test_113_stopping_tasks_by_hand_brings_no_new_image(lab: Any) -> None:
    session = lab(113)
    for name in ("web", "jobs"):
        tasks = session.call("ecs.list_tasks", cluster="prod", serviceName=name)["taskArns"]
        for arn in tasks:
            session.call("ecs.stop_task", cluster="prod", task=arn)
        session.simulation.advance(600)
    assert failing(session) == ["environment", "release"]


def test_113_a_service_that_opts_out_of_version_consistency(lab: Any) -> None:
    session = lab(113)
    session.call("ecs.update_service", cluster="prod", service="web", taskDefinition="shop-web:3")
    change = {"containers": {"jobs": {"versionConsistency": "disabled"}}, "service": "jobs"}
    session.actor.take([{"revise": change}])
    assert failing(session) == []


def test_113_the_digest_of_a_deployment_is_found_without_its_tag(lab: Any) -> None:
    session = lab(113)
    jobs = next(t for t in session.simulation.state.tasks.values() if t.service == "jobs" and t.serves)
    old = jobs.digests["jobs"]
    session.call("ecs.update_service", cluster="prod", service="jobs", desiredCount=3)
    session.simulation.settle(600)
    running = [t for t in session.simulation.state.tasks.values() if t.service == "jobs" and t.serves]
    assert [task.digests["jobs"] for task in running] == [old] * 3
    session.call("ecr.batch_delete_image", repositoryName="shop/jobs", imageIds=[{"imageDigest": old}])
    session.call("ecs.update_service", cluster="prod", service="jobs", desiredCount=4)
    session.simulation.advance(120)
    reasons = [task.reason for task in session.simulation.state.tasks.values() if task.counted]
    assert reasons[-1].endswith(f"shop/jobs:latest@{old}: not found")
