"""What the containers of a task run, and how it ends."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from labs.simulator.application import Application
from labs.simulator.command import Choice, chosen

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(499_000_000_000)
PROGRAMS = {"bin/serve": {}, "bin/migrate": {"exits": 0, "boot": 8, "says": ["migrated"]}}


@pytest.fixture
def session(healthy: Session) -> Session:
    healthy.simulation.applications = {"shop/web": Application(programs=PROGRAMS, stops_with=143)}
    return healthy


def run(session: Session, *containers: dict[str, Any]) -> dict[str, Any]:
    """A task of these containers two minutes after its start began."""
    known = session.known
    image = f"{known['registry']}/shop/web:v2.4.1"
    log = {"awslogs-group": "/ecs/shop", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "trial"}
    plain = {"image": image, "logConfiguration": {"logDriver": "awslogs", "options": log}}
    session.call(
        "ecs.register_task_definition",
        family="trial",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        executionRoleArn=known["role.execution"],
        containerDefinitions=[{**plain, **container} for container in containers],
    )
    network = {"subnets": [known["subnet.private.a"]], "securityGroups": [known["group.task"]]}
    task = session.call(
        "ecs.run_task",
        cluster=known["cluster"],
        taskDefinition="trial",
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": network},
    )["tasks"][0]
    session.simulation.advance(120)
    found = session.call("ecs.describe_tasks", cluster=known["cluster"], tasks=[task["taskArn"]])["tasks"][0]
    return {**found, "by": {container["name"]: container for container in found["containers"]}}


def messages(session: Session) -> list[str]:
    found = session.call("logs.filter_log_events", logGroupName="/ecs/shop")["events"]
    found.sort(key=lambda event: event["timestamp"])
    return [event["message"] for event in found if "trial" in event["logStreamName"]]


@pytest.mark.parametrize(
    ("definition", "choice"),
    [
        ({}, Choice()),
        ({"command": ["bin/serve", "--port", "80"]}, Choice("bin/serve")),
        ({"command": ["/app/bin/serve"]}, Choice("bin/serve")),
        (
            {"entryPoint": ["sh", "-c"], "command": ["cd /app && exec ./bin/serve"]},
            Choice("bin/serve", "", True),
        ),
        ({"command": ["sh", "-c", "PORT=80 bin/serve"]}, Choice("bin/serve")),
        ({"command": ["sh", "-c", "bin/absent; bin/serve"]}, Choice("", "bin/absent", True)),
        ({"command": ["absent"]}, Choice("", "absent")),
        ({"command": ["sleep", "3600"]}, Choice("sleep")),
        ({"command": ["sh"]}, Choice("sleep")),
    ],
)
def test_the_command_chooses_the_program(definition: dict[str, Any], choice: Choice) -> None:
    found = chosen(definition, PROGRAMS)
    assert (found.name, found.missing) == (choice.name, choice.missing)
    assert found.in_shell == (choice.in_shell and bool(choice.missing))


def test_a_shell_that_does_not_find_the_file_ends_with_127(session: Session) -> None:
    task = run(session, {"name": "app", "command": ["sh", "-c", "exec bin/server"]})
    assert (task["stopCode"], task["by"]["app"]["exitCode"]) == ("EssentialContainerExited", 127)
    assert messages(session) == ["sh: 1: bin/server: not found"]


def test_without_a_shell_the_container_cannot_start_and_has_no_exit_code(session: Session) -> None:
    task = run(session, {"name": "app", "command": ["server"]})
    assert task["stopCode"] == "TaskFailedToStart"
    assert task["by"]["app"]["reason"].startswith("CannotStartContainerError")
    assert 'exec: "server": executable file not found in $PATH' in task["stoppedReason"]
    assert "exitCode" not in task["by"]["app"]


def test_an_essential_helper_that_finishes_takes_the_application_with_it(session: Session) -> None:
    task = run(session, {"name": "app"}, {"name": "migrate", "command": ["bin/migrate"]})
    assert task["stoppedReason"] == "Essential container in task exited"
    assert {name: item["exitCode"] for name, item in task["by"].items()} == {"app": 143, "migrate": 0}


def test_a_helper_that_is_not_essential_may_finish(session: Session) -> None:
    task = run(session, {"name": "app"}, {"name": "migrate", "command": ["bin/migrate"], "essential": False})
    assert task["lastStatus"] == "RUNNING"
    states = {name: item["lastStatus"] for name, item in task["by"].items()}
    assert states == {"app": "RUNNING", "migrate": "STOPPED"}


def test_a_container_waits_for_the_success_of_another(session: Session) -> None:
    waits = {"name": "app", "dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]}
    run(session, waits, {"name": "migrate", "command": ["bin/migrate"], "essential": False})
    assert messages(session) == ["migrated", "listening"]


def test_a_container_never_begins_after_a_failure_of_what_it_waits_for(session: Session) -> None:
    waits = {"name": "app", "dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]}
    run(session, waits, {"name": "migrate", "command": ["sh", "-c", "absent"], "essential": False})
    assert messages(session) == ["sh: 1: absent: not found"]


@pytest.fixture
def stops() -> Session:
    """Lab 107 as its learner finds it."""
    from labs.scenarios.catalogue import find
    from labs.server.session import Session

    return Session(find("107"), account=str(next(ACCOUNTS)), speed=0, broken=True)


def failed(session: Session) -> list[str]:
    from labs.checks.check import check

    return [
        item.check
        for item in check(session.simulation, session.scenario, session.known).outcomes
        if not item.passed
    ]


def test_an_unlisted_repair_of_107_bash_the_parameter_by_arn_and_complete(stops: Session) -> None:
    arn = f"arn:aws:ssm:us-east-1:{stops.known['account']}:parameter/shop/prod/db-host"
    web = {
        "entryPoint": ["bash", "-c"],
        "command": ["cd /app; ./bin/serve"],
        "secrets": [{"name": "DB_HOST", "valueFrom": arn}],
        "dependsOn": [{"containerName": "migrate", "condition": "COMPLETE"}],
    }
    stops.actor.take([{"revise": {"containers": {"web": web, "migrate": {"essential": False}}}}])
    assert failed(stops) == []


def test_a_program_that_only_sleeps_is_no_repair_of_107(stops: Session) -> None:
    environment = [{"name": "DB_HOST", "value": "db.shop.internal"}]
    web = {"command": ["sleep", "86400"], "environment": environment}
    stops.actor.take([{"revise": {"containers": {"web": web, "migrate": {"essential": False}}}}])
    assert "answers" in failed(stops)


def test_107_without_its_migration_is_not_released(stops: Session) -> None:
    found = stops.call("ecs.describe_task_definition", taskDefinition="shop-web:1")["taskDefinition"]
    web = {**found["containerDefinitions"][0], "secrets": []}
    web["environment"] = [{"name": "DB_HOST", "value": "db.shop.internal"}]
    kept = "family networkMode requiresCompatibilities cpu memory executionRoleArn taskRoleArn".split()
    definition = {name: found[name] for name in kept}
    stops.call("ecs.register_task_definition", **definition, containerDefinitions=[web])
    stops.call("ecs.update_service", cluster="prod", service="web", taskDefinition="shop-web")
    assert failed(stops) == ["finished"]
