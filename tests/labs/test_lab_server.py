"""The endpoint without a socket: journal and replay, errors that tools understand, and who may come in."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.exceptions
import pytest

from labs.errors import LabError
from labs.server.control import CONTROL, TOKEN_HEADER
from labs.server.gate import Gate, Handler
from labs.server.journal import Journal, Tick, Write, read_journal
from labs.server.request import Environ, blank_environ, error_answer, read_request

if TYPE_CHECKING:
    from labs.server.session import Session


pytestmark = pytest.mark.filterwarnings("ignore:.*does not match an error shape:UserWarning")


def wsgi(application: Any, environ: Environ) -> tuple[str, dict[str, str], bytes]:
    got: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        got.update(status=status, headers=dict(headers))

    body = b"".join(application(environ, start_response))
    return got["status"], got["headers"], body


def snapshot(session: Session) -> str:
    """All that a learner could look up, without times."""
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ec2.describe_nat_gateways", {}),
        ("ec2.describe_route_tables", {}),
        ("ec2.describe_network_interfaces", {}),
        ("ec2.describe_vpc_endpoints", {}),
        ("ec2.describe_addresses", {}),
        ("ec2.describe_security_groups", {}),
        ("iam.list_roles", {}),
        ("ecr.describe_images", {"repositoryName": "shop/web"}),
        ("ecs.describe_services", {"cluster": "prod", "services": ["web"]}),
        ("ecs.list_tasks", {"cluster": "prod"}),
        ("ecs.list_tasks", {"cluster": "prod", "desiredStatus": "STOPPED"}),
        ("ecs.list_task_definitions", {}),
        ("elbv2.describe_target_health", {"TargetGroupArn": session.known["target-group"]}),
    ]
    answers = [session.call(name, **parameters) for name, parameters in calls]
    for answer in answers:
        del answer["ResponseMetadata"]
    return json.dumps(_without_times(answers), sort_keys=True)


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        timed = ("CreateTime", "CreationTimestamp", "CreateDate", "imagePushedAt", "AttachTime")
        return {
            key: _without_times(item)
            for key, item in value.items()
            if key not in timed and not hasattr(item, "tzinfo")
        }
    return [_without_times(item) for item in value] if isinstance(value, list) else value


def work(session: Session) -> None:
    """A learner's hour: looking, waiting, repairing in two steps."""
    session.simulation.advance(333)
    session.middleware.note_time()
    session.call("ecs.describe_services", cluster="prod", services=["web"])
    session.actor.take(session.scenario.repairs["nat-gateway"][:2])
    session.call("sts.get_caller_identity")
    session.actor.take([{"wait": 77}])
    session.actor.take(session.scenario.repairs["nat-gateway"][2:])
    session.actor.take([{"wait": 200}])


def test_a_restart_brings_back_the_same_world_ids_and_events_included(build: Any, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    first = build(broken=True, account="410000000001")
    first.resume(journal)
    work(first)
    before = snapshot(first)
    first.middleware.close()
    second = build(broken=True, account="410000000001")
    assert snapshot(second) != before
    second.resume(journal)
    assert snapshot(second) == before
    assert second.simulation.now == first.simulation.now


def test_work_goes_on_after_a_restart_and_survives_the_next_one(build: Any, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    for number in range(3):
        session = build(broken=True, account="410000000002")
        session.resume(journal)
        session.call("ec2.create_vpc", CidrBlock=f"10.{number}.0.0/16")
        blocks = {vpc["CidrBlock"] for vpc in session.call("ec2.describe_vpcs")["Vpcs"]}
        assert {f"10.{n}.0.0/16" for n in range(number + 1)} <= blocks
        session.middleware.close()


def test_a_write_is_in_the_journal_before_it_is_carried_out(healthy: Session, tmp_path: Path) -> None:
    healthy.resume(tmp_path / "journal.jsonl")
    healthy.call("ec2.create_vpc", CidrBlock="10.9.0.0/16")
    healthy.call("ec2.describe_vpcs")
    (entry,) = read_journal(tmp_path / "journal.jsonl")
    assert isinstance(entry, Write)
    assert b"CreateVpc" in entry.body


def test_a_line_that_a_crash_cut_off_is_dropped_for_good(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.tick(1.0)
    journal.write(2.0, {"PATH_INFO": "/", "REQUEST_METHOD": "POST"}, b"body")
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"at": 3.0, "head')
    assert [entry.moment for entry in read_journal(path)] == [1.0, 2.0]
    assert path.read_bytes() == whole
    assert isinstance(next(iter(read_journal(path))), Tick)


def test_without_a_journal_there_is_nothing_to_repeat(tmp_path: Path) -> None:
    assert list(read_journal(tmp_path / "none.jsonl")) == []


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("deploy.stop_deployment", {"deploymentId": "d-1"}),
        ("autoscaling.start_instance_refresh", {"AutoScalingGroupName": "x"}),
        ("ec2.start_network_insights_analysis", {"NetworkInsightsPathId": "x", "ClientToken": "x"}),
        ("efs.update_file_system", {"FileSystemId": "fs-1"}),
        ("compute-optimizer.get_enrollment_status", {}),
        ("cloudwatch.get_metric_widget_image", {"MetricWidget": "{}"}),
        ("cloudtrail.list_public_keys", {}),
    ],
)
def test_what_the_lab_cannot_do_is_a_clear_client_error(
    healthy: Session, name: str, parameters: dict[str, Any]
) -> None:
    service = "codedeploy" if name.startswith("deploy.") else name.partition(".")[0]
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        healthy.call(f"{service}.{name.partition('.')[2]}", **parameters)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert "is not part of this lab environment" in caught.value.response["Error"]["Message"]


def test_a_defect_of_moto_is_a_client_error_too(healthy: Session) -> None:
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        healthy.call("ecr.put_image", repositoryName="none", imageTag="x", imageManifest="{}")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_errors_of_aws_stay_as_they_are(healthy: Session) -> None:
    for name, parameters, code in (
        ("ecs.list_tasks", {"cluster": "none"}, "ClusterNotFoundException"),
        ("ecs.list_tasks", {"cluster": "prod", "serviceName": "none"}, "ServiceNotFoundException"),
        ("ecs.stop_task", {"cluster": "prod", "task": "none"}, "InvalidParameterException"),
        ("ecs.run_task", {"cluster": "prod", "taskDefinition": "shop-web"}, "InvalidParameterException"),
        ("elbv2.describe_target_health", {"TargetGroupArn": "arn:none"}, "TargetGroupNotFound"),
        (
            "iam.simulate_principal_policy",
            {"PolicySourceArn": "arn:aws:iam::123456789012:role/no", "ActionNames": ["s3:*"]},
            "NoSuchEntity",
        ),
    ):
        with pytest.raises(botocore.exceptions.ClientError) as caught:
            healthy.call(name, **parameters)
        assert caught.value.response["Error"]["Code"] == code


def test_a_service_cannot_be_created_twice(healthy: Session) -> None:
    with pytest.raises(botocore.exceptions.ClientError, match="not idempotent"):
        healthy.call("ecs.create_service", cluster="prod", serviceName="web", taskDefinition="shop-web")


def test_a_created_service_keeps_all_its_settings(healthy: Session) -> None:
    known = healthy.known
    network = {"subnets": [known["subnet.private.a"]]}
    made = healthy.call(
        "ecs.create_service",
        cluster="prod",
        serviceName="second",
        taskDefinition="shop-web",
        desiredCount=1,
        launchType="FARGATE",
        healthCheckGracePeriodSeconds=7,
        deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 150},
        networkConfiguration={"awsvpcConfiguration": network},
    )["service"]
    assert made["healthCheckGracePeriodSeconds"] == 7
    assert made["deploymentConfiguration"]["maximumPercent"] == 150
    assert made["networkConfiguration"]["awsvpcConfiguration"]["securityGroups"]
    assert made["pendingCount"] == 1


def test_unknown_tasks_are_failures_of_the_answer(healthy: Session) -> None:
    failures = healthy.call("ecs.describe_tasks", cluster="prod", tasks=["0" * 32])["failures"]
    assert failures[0]["reason"] == "MISSING"


def test_the_policy_simulator_decides_as_tasks_are_decided(healthy: Session) -> None:
    answer = healthy.call(
        "iam.simulate_principal_policy",
        PolicySourceArn=healthy.known["role.execution"],
        ActionNames=["ecr:BatchGetImage", "s3:GetObject"],
    )
    decisions = {item["EvalActionName"]: item["EvalDecision"] for item in answer["EvaluationResults"]}
    assert decisions == {"ecr:BatchGetImage": "allowed", "s3:GetObject": "implicitDeny"}
    document = json.dumps({"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]})
    answer = healthy.call(
        "iam.simulate_custom_policy", PolicyInputList=[document], ActionNames=["s3:GetObject"]
    )
    assert answer["EvaluationResults"][0]["EvalDecision"] == "explicitDeny"


def test_time_passes_with_the_wall_once_the_lab_is_live(build: Any, tmp_path: Path) -> None:
    session = build(broken=True)
    clock = session.simulation.clock
    wall = [clock.wall()]
    clock.wall, clock.speed = lambda: wall[0], 60.0
    session.resume(tmp_path / "journal.jsonl")
    session.go_live()
    begun = session.simulation.now
    wall[0] += 3
    session.call("ecs.list_clusters")
    assert session.simulation.now == begun + 180
    assert [entry.moment for entry in read_journal(tmp_path / "journal.jsonl")] == [begun + 180]


# -- requests and errors in each protocol


def environ_of(body: bytes = b"", **headers: str) -> Environ:
    return blank_environ(body) | {"REQUEST_METHOD": "POST", "PATH_INFO": "/", **headers}


def signed(service: str) -> str:
    return f"AWS4-HMAC-SHA256 Credential=AKIA/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host"


@pytest.mark.parametrize(
    ("environ", "service", "action", "protocol", "is_write"),
    [
        (
            environ_of(
                HTTP_X_AMZ_TARGET="AmazonEC2ContainerServiceV20141113.UpdateService",
                HTTP_AUTHORIZATION=signed("ecs"),
            ),
            "ecs",
            "UpdateService",
            "json",
            True,
        ),
        (
            environ_of(b"Action=DescribeVpcs&Version=1", HTTP_AUTHORIZATION=signed("ec2")),
            "ec2",
            "DescribeVpcs",
            "ec2",
            False,
        ),
        (
            environ_of(b"Version=1&Action=CreateRole", HTTP_AUTHORIZATION=signed("iam")),
            "iam",
            "CreateRole",
            "query",
            True,
        ),
        (
            environ_of(HTTP_SMITHY_PROTOCOL="rpc-v2-cbor", PATH_INFO="/service/X/operation/PutMetricData"),
            "",
            "PutMetricData",
            "cbor",
            True,
        ),
        (environ_of(REQUEST_METHOD="GET", HTTP_AUTHORIZATION=signed("s3")), "s3", "Get", "rest", False),
        (environ_of(REQUEST_METHOD="PUT", HTTP_AUTHORIZATION=signed("s3")), "s3", "Put", "rest", True),
        (
            environ_of(b"Action=AssumeRole", HTTP_AUTHORIZATION=signed("sts")),
            "sts",
            "AssumeRole",
            "query",
            False,
        ),
        (
            environ_of(HTTP_X_AMZ_TARGET="X.GetAuthorizationToken"),
            "x",
            "GetAuthorizationToken",
            "json",
            False,
        ),
    ],
)
def test_requests_are_read(
    environ: Environ, service: str, action: str, protocol: str, is_write: bool
) -> None:
    request = read_request(environ)
    assert (request.service, request.action, request.protocol, request.is_write) == (
        service,
        action,
        protocol,
        is_write,
    )
    assert environ["wsgi.input"].read() == request.body


@pytest.mark.parametrize("protocol", ["json", "query", "ec2", "cbor", "rest"])
@pytest.mark.parametrize("service", ["s3", "any"])
def test_errors_are_written_in_the_callers_protocol(protocol: str, service: str) -> None:
    from labs.server.request import Request

    headers, body = error_answer(
        Request(service, "DoIt", protocol, b""), "LabNotSupported", "not <here> & now"
    )
    assert b"LabNotSupported" in body
    assert dict(headers)["Content-Type"]
    if body.startswith(b"<"):
        assert b"not &lt;here&gt; &amp; now" in body


# -- the gate


@pytest.fixture
def gate(healthy: Session) -> Gate:
    def refuse(_: Any) -> dict[str, Any]:
        raise LabError("No.", "Do something else.")

    def fail(_: Any) -> dict[str, Any]:
        raise ZeroDivisionError

    handlers: dict[str, Handler] = {"echo": dict, "refuse": refuse, "fail": fail}
    return Gate(healthy.middleware, "secret", handlers)


def knock(gate: Gate, path: str, body: bytes = b"", **headers: str) -> tuple[str, Any]:
    environ = blank_environ(body) | {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "HTTP_HOST": "127.0.0.1:8000",
        **headers,
    }
    environ["wsgi.input"] = io.BytesIO(body)
    status, _, answer = wsgi(gate, environ)
    return status[:3], json.loads(answer) if answer.startswith(b"{") else answer


TOKEN = {f"HTTP_{TOKEN_HEADER.upper().replace('-', '_')}": "secret"}


def test_the_control_path_needs_the_token(gate: Gate) -> None:
    assert knock(gate, CONTROL + "echo", b'{"a": 1}')[0] == "403"
    wrong = dict.fromkeys(TOKEN, "guess")
    assert knock(gate, CONTROL + "echo", b'{"a": 1}', **wrong)[0] == "403"
    assert knock(gate, CONTROL + "echo", b'{"a": 1}', **TOKEN) == ("200", {"a": 1})


def test_the_control_path_knows_its_commands(gate: Gate) -> None:
    assert knock(gate, CONTROL + "dance", b"", **TOKEN)[0] == "404"
    assert knock(gate, CONTROL + "echo", b"", **TOKEN, REQUEST_METHOD="GET")[0] == "404"


def test_a_control_command_answers_errors_as_json(gate: Gate) -> None:
    assert knock(gate, CONTROL + "refuse", b"", **TOKEN) == (
        "400",
        {"error": "No.", "remedy": "Do something else."},
    )
    assert knock(gate, CONTROL + "fail", b"", **TOKEN)[0] == "500"
    assert knock(gate, CONTROL + "echo", b"not json", **TOKEN)[0] == "500"


@pytest.mark.parametrize(
    "path", ["/moto-api/reset", "/moto-api/data.json", "/latest/meta-data/", "/favicon.ico"]
)
def test_motos_own_paths_are_closed(gate: Gate, path: str) -> None:
    assert knock(gate, path)[0] == "403"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "motoapi.amazonaws.com", ""])
def test_only_the_loopback_name_is_answered(gate: Gate, host: str) -> None:
    assert knock(gate, "/", HTTP_HOST=host)[0] == "403"


def test_browsers_are_turned_away(gate: Gate) -> None:
    assert knock(gate, "/", HTTP_ORIGIN="https://evil.example")[0] == "403"
    assert knock(gate, "/", HTTP_SEC_FETCH_SITE="same-origin")[0] == "403"


def test_a_giant_request_is_refused(gate: Gate) -> None:
    assert knock(gate, "/", CONTENT_LENGTH=str(10**9))[0] == "413"


def test_aws_calls_pass_the_gate_without_cors(gate: Gate) -> None:
    body = b"Action=DescribeVpcs&Version=2016-11-15"
    environ = environ_of(
        body,
        HTTP_HOST="127.0.0.1:8000",
        HTTP_AUTHORIZATION=signed("ec2"),
        CONTENT_TYPE="application/x-www-form-urlencoded",
    )
    status, headers, answer = wsgi(gate, environ)
    assert status.startswith("200")
    assert b"10.20.0.0/16" in answer
    assert not [name for name in headers if name.lower().startswith("access-control")]
