"""ECS Exec: who gets a session, and what a shell in a container can find out."""

from __future__ import annotations

import itertools
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from labs.errors import LabError
from labs.run import Run
from labs.scenarios.catalogue import find
from labs.server import process
from labs.simulator.exec_session import said
from labs.terminal.environment import environment
from labs.terminal.shell import prepare
from tests.labs.test_lab_process import version_two

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_002_500)
Open = Callable[..., "Session"]
CHANNELS = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "ssmmessages:*", "Resource": "*"}],
    }
)
POLICY = {"RoleName": "shop-task", "PolicyName": "exec", "PolicyDocument": CHANNELS}


@pytest.fixture
def lab() -> Iterator[Open]:
    """`lab("137")` healthy, its tasks with ECS Exec and all that it needs."""
    from labs.server.session import Session

    opened: list[Session] = []

    def make(number: str, *, enabled: bool = True, allowed: bool = True, broken: bool = False) -> Session:
        session = Session(find(number), account=str(next(ACCOUNTS)), speed=0, broken=broken)
        opened.append(session)
        if allowed:
            session.call("iam.put_role_policy", **POLICY)
        if enabled:
            session.call(
                "ecs.update_service",
                cluster="prod",
                service="web",
                enableExecuteCommand=True,
                forceNewDeployment=True,
            )
        session.simulation.advance(600)
        return session

    yield make
    for session in opened:
        session.middleware.close()


def opened(session: Session, command: str = "/bin/sh", container: str = "web", zone: str = "") -> str:
    """The id of a session in a running task."""
    tasks = [task for task in session.simulation.state.tasks_of(("prod", "web")) if task.serves]
    subnets = session.simulation.world.network
    chosen = next(task for task in tasks if subnets.subnet(task.subnet_id).zone.endswith(zone))
    answer = session.call(
        "ecs.execute_command",
        cluster="prod",
        task=chosen.id,
        container=container,
        command=command,
        interactive=True,
    )
    return str(answer["session"]["sessionId"])


def typed(session: Session, line: str, **place: str) -> str:
    return said(session.simulation, opened(session, **place), line).output


# -- who gets a session


def test_a_task_that_was_started_without_exec_has_none(lab: Open) -> None:
    session = lab("137", enabled=False)
    session.call("ecs.update_service", cluster="prod", service="web", enableExecuteCommand=True)
    with pytest.raises(ClientError, match="execute command was not enabled when the task was run"):
        opened(session)


def test_without_the_task_roles_permission_the_target_is_not_connected(lab: Open) -> None:
    with pytest.raises(ClientError, match="TargetNotConnectedException"):
        opened(lab("137", allowed=False))


def test_without_a_way_to_the_service_the_target_is_not_connected(lab: Open) -> None:
    session = lab("119")
    with pytest.raises(ClientError, match="TargetNotConnectedException"):
        opened(session)
    session.actor.take([{"endpoints": {"interface": ["ssmmessages"], "group": "${group.endpoints}"}}])
    assert opened(session)


def test_a_task_shows_whether_its_agent_runs(lab: Open) -> None:
    session = lab("137")
    arns = session.call("ecs.list_tasks", cluster="prod", serviceName="web")["taskArns"]
    task = session.call("ecs.describe_tasks", cluster="prod", tasks=arns)["tasks"][0]
    (agent,) = task["containers"][0]["managedAgents"]
    assert (agent["name"], agent["lastStatus"]) == ("ExecuteCommandAgent", "RUNNING")


def test_of_several_containers_one_has_to_be_named(lab: Open) -> None:
    session = lab("137")
    with pytest.raises(ClientError, match="container name"):
        opened(session, container="none")
    assert opened(session, container="shipper")


def test_a_session_ends_with_its_container(lab: Open) -> None:
    session = lab("137")
    identity = opened(session)
    session.call("ecs.update_service", cluster="prod", service="web", desiredCount=0)
    session.simulation.advance(300)
    assert said(session.simulation, identity, "env").ended
    with pytest.raises(LabError, match="no such session"):
        said(session.simulation, "ecs-execute-command-none", None)


# -- what it finds out


def test_a_shell_goes_on_until_exit_and_a_command_ends_by_itself(lab: Open) -> None:
    session = lab("137")
    shell = opened(session)
    assert not said(session.simulation, shell, None).ended
    assert not said(session.simulation, shell, "echo $CACHE_MAX").ended
    assert said(session.simulation, shell, "exit").ended
    once = said(session.simulation, opened(session, command="printenv CACHE_MAX"), None)
    assert (once.output, once.ended) == ("0\n", True)
    script = said(session.simulation, opened(session, command='sh -c "echo a; echo b"'), None)
    assert (script.output, script.ended) == ("a\nb\n", True)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("echo $CACHE_MAX", "0\n"),
        ("cat /etc/resolv.conf", "nameserver 169.254.169.253"),
        ("cat /no/such", "cat: /no/such: No such file or directory"),
        ("curl -s -o /dev/null -w '%{http_code}' http://localhost:8080/health", "200\n"),
        ("curl http://localhost:9999/", "Connection refused"),
        ("curl http://no.shop.local/", "Could not resolve host: no.shop.local"),
        ("nc -zv 127.0.0.1 8080", "open"),
        ("ss -ltn", "0.0.0.0:8080"),
        ("frobnicate", "sh: frobnicate: not found"),
        ("echo 'half", "syntax error"),
        ("", ""),
    ],
)
def test_what_a_line_prints(lab: Open, line: str, wanted: str) -> None:
    assert wanted in typed(lab("137"), line)


def test_the_memory_of_a_leak_can_be_read_in_the_container(lab: Open) -> None:
    session = lab("137", broken=True)
    identity = opened(session)

    def resident() -> int:
        output = said(session.simulation, identity, "cat /proc/1/status").output
        return next(int(line.split()[1]) for line in output.splitlines() if line.startswith("VmRSS"))

    before = resident()
    session.simulation.advance(600)
    assert resident() - before == pytest.approx(60 * 1024, abs=2)


def test_a_neighbour_is_asked_by_name_as_the_program_would(lab: Open) -> None:
    session = lab("135")
    assert typed(session, "curl -i http://orders.shop.local:8080/") == "HTTP/1.1 200\n\n"
    assert "10.20.1" in typed(session, "nslookup orders.shop.local")
    assert "Connection timed out" in typed(session, "curl http://orders.shop.local/")


def test_a_database_in_one_zone_is_out_of_reach_from_the_other(lab: Open) -> None:
    session = lab("110", broken=True)
    host = session.known["database.new"]
    assert "open" in typed(session, f"nc -zv {host} 5432", zone="a")
    assert "Operation timed out" in typed(session, f"nc -zv {host} 5432", zone="b")
    assert "NXDOMAIN" in typed(session, "nslookup $DB_HOST")


def test_loopback_answers_where_the_own_address_does_not(lab: Open) -> None:
    session = lab("127")
    session.actor.take(
        [{"revise": {"containers": {"web": {"environment": [{"name": "BIND", "value": "127.0.0.1"}]}}}}]
    )
    session.simulation.advance(90)
    tasks = session.simulation.state.tasks_of(("prod", "web"))
    bound = next(
        t for t in tasks if t.serves and "127.0.0.1" in t.environment(t.definition.containers[0]).values()
    )
    assert bound.interface is not None
    answer = session.call(
        "ecs.execute_command", cluster="prod", task=bound.id, command="/bin/sh", interactive=True
    )
    identity = answer["session"]["sessionId"]
    probe = "curl -s -o /dev/null -w '%{http_code}' "
    assert said(session.simulation, identity, f"{probe} http://127.0.0.1:8080/").output == "200\n"
    address = bound.interface.address
    assert (
        "Connection refused" in said(session.simulation, identity, f"{probe} http://{address}:8080/").output
    )


# -- with the real AWS CLI and the plugin's stand-in


@pytest.fixture
def shop(labs_folder: Path) -> Iterator[Run]:
    """Lab 137 on a real server, its tasks with ECS Exec."""
    run = Run(labs_folder)
    run.start("137")
    yield run
    run.stop()


@pytest.mark.parametrize("version", [1, 2])
def test_execute_command_of_the_real_aws_cli_opens_a_shell(shop: Run, version: int) -> None:
    place = str(Path(sys.executable).parent) if version == 1 else version_two()
    if place is None or not (Path(place) / "aws").exists():
        pytest.skip(f"AWS CLI {version} is not installed")
    outside = {"HOME": str(shop.folder.path), "PATH": f"{place}{os.pathsep}/usr/bin{os.pathsep}/bin"}
    wanted = environment(shop.scenario().name, shop.address(), shop.folder, outside)

    def typed(command: str) -> str:
        shell = prepare(wanted, "bash", 137, shop.folder.path, outside, command)
        done = subprocess.run(
            shell.command, env=dict(shell.variables), capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert typed("aws --version").startswith(f"aws-cli/{version}.")
    typed(
        "aws iam put-role-policy --role-name shop-task --policy-name exec "
        f"--policy-document {shlex.quote(CHANNELS)}"
    )
    typed(
        "aws ecs update-service --cluster prod --service web --enable-execute-command --force-new-deployment"
    )
    process.ask(shop.address(), "wait", seconds=300)
    tasks = typed("aws ecs list-tasks --cluster prod --service-name web --query taskArns --output text")
    said_back = typed(
        f"printf 'echo cache $CACHE_MAX\\nexit\\n' | aws ecs execute-command --cluster prod "
        f"--task {tasks.split()[0]} --container web --command /bin/sh --interactive"
    )
    assert "Starting session with SessionId: ecs-execute-command-" in said_back
    assert "cache 0" in said_back
