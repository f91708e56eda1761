"""A real server on a real port, with boto3, the real AWS CLI, and a kill -9 in between."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from labs.errors import LabError
from labs.run import Run
from labs.server import process, serve
from labs.server.folder import Address
from labs.terminal.environment import environment
from labs.terminal.shell import prepare

pytestmark = [pytest.mark.lab, pytest.mark.xdist_group("lab-server")]

AWS = Path(sys.executable).parent / "aws"


@pytest.fixture
def run(labs_folder: Path) -> Iterator[Run]:
    """A run with its server, ended after the test."""
    made = Run(labs_folder)
    made.start("101")
    yield made
    if made.folder.progress() is not None:
        made.stop()


def variables(run: Run) -> dict[str, str]:
    wanted = environment(run.scenario().name, run.address(), run.folder, os.environ)
    kept = {name: value for name, value in os.environ.items() if name not in wanted.removed}
    return {**kept, **wanted.values}


def client(run: Run, service: str) -> Any:
    import boto3

    settings = {"aws_access_key_id": "AKIALABLABLABLABLAB0", "aws_secret_access_key": "lab"}
    return boto3.client(service, endpoint_url=run.address().endpoint, region_name="us-east-1", **settings)


def aws(run: Run, *words: str) -> subprocess.CompletedProcess[str]:
    if not AWS.exists():
        pytest.skip("the AWS CLI is not installed beside Python: pip install 'ecsquiz[labs]'")
    command = [str(AWS), *words]
    return subprocess.run(
        command, env=variables(run), capture_output=True, text=True, check=False, timeout=60
    )


def told(run: Run, *words: str) -> Any:
    """The answer of a command of the AWS CLI that has to succeed."""
    done = aws(run, *words, "--output", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def kill(run: Run) -> None:
    address = run.address()
    os.kill(address.pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while process.is_alive(address) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_repair_with_boto3_over_http(run: Run) -> None:
    assert not run.check()["passed"]
    ec2, ecs = client(run, "ec2"), client(run, "ecs")
    known = process.ask(run.address(), "known")
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=known["subnet.public.a"], AllocationId=address)["NatGateway"]
    ec2.create_route(
        RouteTableId=known["routes.private"],
        DestinationCidrBlock="0.0.0.0/0",
        NatGatewayId=nat["NatGatewayId"],
    )
    assert not run.check()["passed"]
    ecs.update_service(cluster="prod", service="web", taskDefinition="shop-web:1")
    report = run.check()
    assert report["passed"]
    assert run.status()["services"][0]["healthy"] == 2
    assert run.records.by_lab()["101-cannot-pull-container"].passes == 1
    scenario, _ = run.solution()
    assert scenario.number == 101


def test_a_repair_with_the_real_aws_cli(run: Run) -> None:
    stopped = told(run, "ecs", "list-tasks", "--cluster", "prod", "--desired-status", "STOPPED")["taskArns"]
    task = told(run, "ecs", "describe-tasks", "--cluster", "prod", "--tasks", stopped[0])["tasks"][0]
    assert task["stopCode"] == "TaskFailedToStart"
    assert task["stoppedReason"].startswith("ResourceInitializationError")
    assert task["stoppedAt"].endswith("+00:00")

    def one(*words: str) -> str:
        return aws(run, *words, "--output", "text").stdout.strip()

    group = one(
        "ec2",
        "describe-security-groups",
        "--filters",
        "Name=group-name,Values=shop-task",
        "--query",
        "SecurityGroups[0].GroupId",
    )
    vpc = one("ec2", "describe-vpcs", "--filters", "Name=tag:Name,Values=shop", "--query", "Vpcs[0].VpcId")
    subnets = one(
        "ec2",
        "describe-subnets",
        "--filters",
        "Name=tag:Name,Values=shop-private-*",
        "--query",
        "Subnets[].SubnetId",
    ).split()
    table = one(
        "ec2",
        "describe-route-tables",
        "--filters",
        "Name=tag:Name,Values=shop-private",
        "--query",
        "RouteTables[0].RouteTableId",
    )
    assert (
        aws(
            run,
            "ec2",
            "authorize-security-group-ingress",
            "--group-id",
            group,
            "--protocol",
            "tcp",
            "--port",
            "443",
            "--source-group",
            group,
        ).returncode
        == 0
    )
    for service in ("ecr.api", "ecr.dkr", "logs"):
        name = f"com.amazonaws.us-east-1.{service}"
        made = aws(
            run,
            "ec2",
            "create-vpc-endpoint",
            "--vpc-id",
            vpc,
            "--vpc-endpoint-type",
            "Interface",
            "--service-name",
            name,
            "--subnet-ids",
            *subnets,
            "--security-group-ids",
            group,
            "--private-dns-enabled",
        )
        assert made.returncode == 0, made.stderr
    made = aws(
        run,
        "ec2",
        "create-vpc-endpoint",
        "--vpc-id",
        vpc,
        "--service-name",
        "com.amazonaws.us-east-1.s3",
        "--route-table-ids",
        table,
    )
    assert made.returncode == 0, made.stderr
    assert not run.check()["passed"]
    manifest = one(
        "ecr",
        "batch-get-image",
        "--repository-name",
        "shop/web",
        "--image-ids",
        "imageTag=v2.4.1",
        "--query",
        "images[0].imageManifest",
    )
    assert (
        aws(
            run,
            "ecr",
            "put-image",
            "--repository-name",
            "shop/web",
            "--image-tag",
            "2.4.1",
            "--image-manifest",
            manifest,
        ).returncode
        == 0
    )
    assert run.check()["passed"]
    assert (
        aws(run, "ecs", "wait", "services-stable", "--cluster", "prod", "--services", "web").returncode == 0
    )


def test_an_unsupported_operation_of_the_cli_fails_at_once(run: Run) -> None:
    done = aws(run, "deploy", "stop-deployment", "--deployment-id", "d-123456789")
    assert done.returncode != 0
    assert "(LabNotSupported)" in done.stderr
    assert "reached max retries" not in done.stderr


def test_after_kill_9_the_lab_is_where_it_was(run: Run) -> None:
    ec2, ecs = client(run, "ec2"), client(run, "ecs")
    vpc = ec2.create_vpc(CidrBlock="10.77.0.0/16")["Vpc"]["VpcId"]
    run.wait(600)
    before = ecs.describe_services(cluster="prod", services=["web"])["services"][0]
    kill(run)
    with pytest.raises(LabError, match="has ended"):
        run.status()
    started = run.start("101")
    assert started.resumed
    again = client(run, "ec2").describe_vpcs(VpcIds=[vpc])["Vpcs"]
    assert again[0]["CidrBlock"] == "10.77.0.0/16"
    after = client(run, "ecs").describe_services(cluster="prod", services=["web"])["services"][0]
    ids = [event["id"] for event in before["events"]]
    assert [event["id"] for event in after["events"]][-len(ids) :] == ids
    assert after["deployments"][0]["id"] == before["deployments"][0]["id"]


def test_the_control_path_of_a_running_server_needs_its_token(run: Run) -> None:
    address = run.address()
    for path, headers in (
        ("/_lab/check", {}),
        ("/_lab/stop", {"X-Lab-Token": "guess"}),
        ("/moto-api/reset", {}),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=10)
        connection.request("POST", path, b"{}", headers)
        assert connection.getresponse().status == 403
        connection.close()
    assert process.is_alive(address)


def test_the_server_listens_on_the_loopback_interface_only(run: Run) -> None:
    found = Path("/proc/net/tcp")
    if not found.exists():
        pytest.skip("this system does not list its sockets in /proc/net/tcp")
    wanted = f":{run.address().port:04X}"
    listening = [line.split()[1] for line in found.read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert [place for place in listening if place.endswith(wanted)] == [f"0100007F{wanted}"]


def test_the_token_is_for_the_owner_only(run: Run) -> None:
    assert (run.folder.path / "server.json").stat().st_mode & 0o077 == 0


def test_one_lab_at_a_time(run: Run) -> None:
    with pytest.raises(LabError, match="Lab 101-cannot-pull-container is already running"):
        run.start("101")


def test_a_port_that_is_taken_is_said_to_be(labs_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(LabError, match=f"Port {port} is taken") as caught:
            Run(labs_folder).start("101", port)
    assert "--port" in caught.value.remedy
    Run(labs_folder).start("101")
    assert Run(labs_folder).stop() == "101-cannot-pull-container"


def test_a_stopped_lab_is_gone(run: Run) -> None:
    address = run.address()
    run.stop()
    assert not process.is_alive(address)
    assert not run.folder.path.exists()
    with pytest.raises(LabError, match="No lab is running"):
        run.status()


def test_a_lab_with_another_name_does_not_take_over(run: Run) -> None:
    kill(run)
    progress = run.folder.progress()
    assert progress is not None
    run.folder.save_progress(type(progress)("999-other", progress.started))
    with pytest.raises(LabError, match="Lab 999-other is not finished"):
        run.start("101")


def test_a_start_that_was_interrupted_can_be_gone_on_with(
    labs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> Address:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(process, "spawn", interrupt)
        with pytest.raises(KeyboardInterrupt):
            Run(labs_folder).start("101")
    run = Run(labs_folder)
    assert run.start("101").resumed
    assert run.stop() == "101-cannot-pull-container"


def test_a_server_that_dies_at_once_says_where_its_log_is(
    labs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(LabError, match=r"ended at once, see .*server\.log"):
        Run(labs_folder).start("101")
    assert Run(labs_folder).folder.progress() is None


def test_a_server_that_hangs_is_given_up(
    labs_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\nexec sleep 60\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    monkeypatch.setattr(process, "LONGEST_START", 0.2)
    with pytest.raises(LabError, match="did not start"):
        Run(labs_folder).start("101")


def repaired(run: Run) -> None:
    """As if a check had passed."""
    progress = run.folder.progress()
    assert progress is not None
    run.folder.save_progress(replace(progress, passed=progress.started + 60))


def test_a_repaired_lab_makes_way_for_the_next_in_the_same_server(run: Run) -> None:
    first = run.address()
    client(run, "ec2").create_vpc(CidrBlock="10.77.0.0/16")
    repaired(run)
    started = run.start("101", seed=5)
    assert started.address == first
    assert not started.resumed
    assert started.scenario.variation is not None
    names = started.scenario.variation.names
    assert run.status()["services"][0]["cluster"] == names["prod"]
    assert "10.77.0.0/16" not in {vpc["CidrBlock"] for vpc in client(run, "ec2").describe_vpcs()["Vpcs"]}
    assert run.records.by_lab()["101-cannot-pull-container"].best == 60


def test_the_lab_that_took_over_survives_a_kill_with_its_ids(run: Run) -> None:
    repaired(run)
    run.start("101", seed=5)
    made = client(run, "ec2").create_vpc(CidrBlock="10.88.0.0/16")["Vpc"]["VpcId"]
    before = process.ask(run.address(), "known")
    kill(run)
    run.resume()
    assert process.ask(run.address(), "known") == before
    found = client(run, "ec2").describe_vpcs(VpcIds=[made])["Vpcs"]
    assert found[0]["CidrBlock"] == "10.88.0.0/16"


def test_a_server_left_with_the_lab_before_is_ended(run: Run) -> None:
    address = run.address()
    progress = run.folder.progress()
    assert progress is not None
    run.folder.save_progress(replace(progress, lab="102-other"))
    with pytest.raises(LabError, match="The server of lab 102-other has ended"):
        run.status()
    assert not process.is_alive(address)


def test_a_server_comes_back_where_open_terminals_look_for_it(run: Run) -> None:
    port = run.address().port
    kill(run)
    assert run.resume().address.port == port


def test_a_reset_takes_back_what_was_done_and_keeps_what_was_learned(run: Run) -> None:
    client(run, "ec2").create_vpc(CidrBlock="10.99.0.0/16")
    run.hint()
    before = run.folder.progress()
    run.reset()
    blocks = {vpc["CidrBlock"] for vpc in client(run, "ec2").describe_vpcs()["Vpcs"]}
    assert "10.99.0.0/16" not in blocks
    assert run.folder.progress() == before


def test_customers_and_logs_can_be_looked_at_without_aws_tools(run: Run) -> None:
    answer = run.curl("/health", 3)
    assert (answer["balancer"], answer["answers"]) == ("shop", {"503": 3})
    assert run.curl(answer["url"], 1)["url"] == answer["url"]
    with pytest.raises(LabError, match="The lab has no load balancer at"):
        run.curl("http://example.com/", 1)
    found = run.logs("/ecs/shop", 5)
    assert found["groups"] == ["/ecs/shop"]
    assert found["lines"][-1]["line"] == "shop: listening on 8080"
    with pytest.raises(LabError, match="no log group '/ecs/moon'"):
        run.logs("/ecs/moon", 5)


def test_a_kill_at_any_write_loses_at_most_that_write(run: Run) -> None:
    for number in range(3):
        client(run, "ec2").create_vpc(CidrBlock=f"10.{100 + number}.0.0/16")
        kill(run)
        run.resume()
        blocks = {vpc["CidrBlock"] for vpc in client(run, "ec2").describe_vpcs()["Vpcs"]}
        assert {f"10.{100 + done}.0.0/16" for done in range(number + 1)} <= blocks


# -- AWS CLI 2 as of Debian, which does not know AWS_ENDPOINT_URL


def version_two() -> str | None:
    """The folder of an AWS CLI 2. None where there is none; fails where ECSQUIZ_REQUIRE_TOOLS is set."""
    for folder in ("/usr/bin", "/usr/local/bin"):
        if (Path(folder) / "aws").exists():
            told = subprocess.run([f"{folder}/aws", "--version"], capture_output=True, text=True, check=False)
            if told.stdout.startswith("aws-cli/2."):
                return folder
    if os.environ.get("ECSQUIZ_REQUIRE_TOOLS"):
        pytest.fail("AWS CLI 2 is not installed: apt-get install awscli")
    return None


def test_cli_two_works_in_the_labs_shell(run: Run) -> None:
    folder = version_two()
    if folder is None:
        pytest.skip("AWS CLI 2 is not installed")
    outside = {"HOME": str(run.folder.path), "PATH": f"{folder}:/usr/bin:/bin"}
    wanted = environment(run.scenario().name, run.address(), run.folder, outside)

    def typed(command: str) -> subprocess.CompletedProcess[str]:
        shell = prepare(wanted, "bash", 101, run.folder.path, outside, command)
        return subprocess.run(
            shell.command, env=dict(shell.variables), capture_output=True, text=True, check=False, timeout=60
        )

    assert typed("aws --version").stdout.startswith("aws-cli/2.")
    assert "cluster/prod" in typed("aws ecs list-clusters").stdout
    assert "shop: listening on 8080" in typed("aws logs tail /ecs/shop --since 1d").stdout
    process.ask(run.address(), "wait", seconds=60)
    count = (
        "aws ecs update-service --cluster prod --service web --desired-count 0 --query service.desiredCount"
    )
    assert typed(count).stdout == "0\n"
    stable = typed("aws ecs wait services-stable --cluster prod --services web")
    assert stable.returncode == 0, stable.stderr


def test_the_lab_is_a_proxy_that_leads_nowhere(run: Run) -> None:
    for request in (
        "CONNECT ecs.us-east-1.amazonaws.com:443 HTTP/1.1\r\nHost: ecs.us-east-1.amazonaws.com:443\r\n\r\n",
        "GET http://ecs.us-east-1.amazonaws.com/ HTTP/1.1\r\nHost: ecs.us-east-1.amazonaws.com\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", run.address().port), timeout=10) as connection:
            connection.sendall(request.encode())
            assert b" 403 " in connection.recv(4096).partition(b"\r\n")[0]


def test_of_two_that_start_at_once_one_is_refused(labs_folder: Path) -> None:
    first, second = Run(labs_folder), Run(labs_folder)
    with first._alone(), pytest.raises(LabError, match="being started in another terminal"):
        second.start("101")
    assert second.folder.progress() is None


def test_a_forgotten_server_ends() -> None:
    class Forgotten:
        idle = serve.LONGEST_IDLE + 1

    server = make_server("127.0.0.1", 0, lambda *_: [])
    serve._end_when_idle(server, Forgotten())  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
