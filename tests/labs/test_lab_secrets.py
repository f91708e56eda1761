"""Secrets and parameters: what a task may name, what it gets, and what ECS says when it gets nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from labs.simulator.application import Application

if TYPE_CHECKING:
    from labs.server.session import Session

ROLE = "shop-execution"
READ = ("secretsmanager:GetSecretValue", "ssm:GetParameters")


def allow(session: Session, *actions: str, resource: str = "*") -> None:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    session.call("iam.put_role_policy", RoleName=ROLE, PolicyName="read", PolicyDocument=document)


def start(session: Session, value_from: str) -> dict[str, Any]:
    """Run a task whose DB_PASSWORD comes from there; the task, or with its environment if it runs."""
    known, session.simulation.applications = session.known, {"shop/web": Application(boot=1)}
    log = {"awslogs-group": "/ecs/shop", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "trial"}
    container = {
        "name": "app",
        "image": f"{known['registry']}/shop/web:v2.4.1",
        "environment": [{"name": "URL", "value": "${DB_PASSWORD}@db"}],
        "secrets": [{"name": "DB_PASSWORD", "valueFrom": value_from}],
        "logConfiguration": {"logDriver": "awslogs", "options": log},
    }
    definition = session.call(
        "ecs.register_task_definition",
        family="trial",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        executionRoleArn=known["role.execution"],
        containerDefinitions=[container],
    )
    network = {"subnets": [known["subnet.private.a"]], "securityGroups": [known["group.task"]]}
    arn = session.call(
        "ecs.run_task",
        cluster=known["cluster"],
        taskDefinition=definition["taskDefinition"]["taskDefinitionArn"],
        networkConfiguration={"awsvpcConfiguration": network},
    )["tasks"][0]["taskArn"]
    session.simulation.settle(1800)
    task = dict(session.call("ecs.describe_tasks", cluster=known["cluster"], tasks=[arn])["tasks"][0])
    inside = session.simulation.state.tasks[arn.rsplit("/", 1)[-1]]
    task["seen"] = inside.environment(inside.definition.containers[0])
    return task


def make_secret(session: Session, value: str = '{"user": "shop", "password": "s3"}', **more: Any) -> str:
    made = session.call("secretsmanager.create_secret", Name="shop/database", SecretString=value, **more)
    return str(made["ARN"])


def test_a_secret_arrives_in_the_container(healthy: Session) -> None:
    allow(healthy, *READ)
    arn = make_secret(healthy)
    assert start(healthy, arn)["seen"]["DB_PASSWORD"] == '{"user": "shop", "password": "s3"}'
    assert start(healthy, f"{arn}:password::")["seen"]["DB_PASSWORD"] == "s3"
    assert start(healthy, f"{arn}:password:AWSCURRENT:")["seen"]["DB_PASSWORD"] == "s3"
    assert start(healthy, arn[:-7])["seen"]["DB_PASSWORD"].startswith("{")


def test_nothing_is_put_in_the_place_of_a_variable(healthy: Session) -> None:
    allow(healthy, *READ)
    assert start(healthy, make_secret(healthy))["seen"]["URL"] == "${DB_PASSWORD}@db"


def test_a_task_keeps_the_value_it_started_with(healthy: Session) -> None:
    allow(healthy, *READ)
    arn = make_secret(healthy, "first")
    early = start(healthy, arn)
    healthy.call("secretsmanager.put_secret_value", SecretId=arn, SecretString="second")
    assert early["seen"]["DB_PASSWORD"] == "first"
    assert start(healthy, arn)["seen"]["DB_PASSWORD"] == "second"
    assert start(healthy, f"{arn}::AWSPREVIOUS:")["seen"]["DB_PASSWORD"] == "first"


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (":passwrod::", "did not contain json key passwrod"),
        ("::AWSPENDING:", "can't find the specified secret value for staging label: AWSPENDING"),
        ("x", "ResourceNotFoundException: Secrets Manager can't find the specified secret."),
    ],
)
def test_a_reference_must_fit_the_secret(healthy: Session, end: str, words: str) -> None:
    allow(healthy, *READ)
    task = start(healthy, make_secret(healthy) + end)
    assert task["stopCode"] == "TaskFailedToStart"
    assert words in task["stoppedReason"]


def test_a_secret_made_again_has_another_arn(healthy: Session) -> None:
    allow(healthy, *READ)
    old = make_secret(healthy)
    healthy.call("secretsmanager.delete_secret", SecretId=old, ForceDeleteWithoutRecovery=True)
    new = make_secret(healthy)
    assert old[:-6] == new[:-6]
    assert "can't find the specified secret" in start(healthy, old)["stoppedReason"]
    assert start(healthy, new)["lastStatus"] == "RUNNING"


def test_a_secret_on_its_way_out_cannot_be_read(healthy: Session) -> None:
    allow(healthy, *READ)
    arn = make_secret(healthy)
    healthy.call("secretsmanager.delete_secret", SecretId=arn)
    assert "marked for deletion" in start(healthy, arn)["stoppedReason"]
    healthy.call("secretsmanager.restore_secret", SecretId=arn)
    assert start(healthy, arn)["lastStatus"] == "RUNNING"


def test_the_execution_role_needs_permission_for_the_secret(healthy: Session) -> None:
    arn = make_secret(healthy)
    reason = start(healthy, arn)["stoppedReason"]
    assert f"assumed-role/{ROLE}/" in reason
    assert "because no identity-based policy allows the secretsmanager:GetSecretValue action" in reason
    allow(healthy, *READ, resource=f"{arn[:-6]}??????")
    assert start(healthy, arn)["lastStatus"] == "RUNNING"


def test_a_policy_of_the_secret_allows_by_itself_if_it_names_the_role(healthy: Session) -> None:
    arn = make_secret(healthy)
    for principal, outcome in (
        (f"arn:aws:iam::{healthy.known['account']}:root", "STOPPED"),
        (healthy.known["role.execution"], "RUNNING"),
    ):
        statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": READ[0], "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        healthy.call("secretsmanager.put_resource_policy", SecretId=arn, ResourcePolicy=document)
        assert start(healthy, arn)["lastStatus"] == outcome


def test_a_key_of_ones_own_needs_kms_decrypt(healthy: Session) -> None:
    allow(healthy, *READ)
    key = healthy.call("kms.create_key")["KeyMetadata"]["Arn"]
    arn = make_secret(healthy, KmsKeyId=key)
    assert start(healthy, arn)["stoppedReason"].endswith(
        "AccessDeniedException: Access to KMS is not allowed"
    )
    allow(healthy, *READ, "kms:Decrypt")
    assert start(healthy, arn)["lastStatus"] == "RUNNING"
    healthy.call("kms.disable_key", KeyId=key.rpartition("/")[2])
    assert "Access to KMS is not allowed" in start(healthy, arn)["stoppedReason"]


def test_a_key_policy_that_does_not_know_the_account_shuts_its_policies_out(healthy: Session) -> None:
    allow(healthy, *READ, "kms:Decrypt")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    key = healthy.call("kms.create_key", Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]
    arn = make_secret(healthy, KmsKeyId=key["Arn"])
    assert "Access to KMS is not allowed" in start(healthy, arn)["stoppedReason"]


def test_a_parameter_is_named_in_its_own_region_and_by_arn_in_another(healthy: Session) -> None:
    from labs.world.moto_access import backend

    allow(healthy, *READ)
    healthy.call("ssm.put_parameter", Name="/shop/host", Value="db.shop", Type="SecureString")
    account = healthy.known["account"]
    far = backend("ssm", account, "eu-west-1")
    far.put_parameter("/shop/far", "", "db.far", "String", "", None, False, [], "text", None, None)
    assert start(healthy, "/shop/host")["seen"]["DB_PASSWORD"] == "db.shop"
    assert start(healthy, f"arn:aws:ssm:us-east-1:{account}:parameter/shop/host")["lastStatus"] == "RUNNING"
    assert start(healthy, "/shop/far")["stoppedReason"].endswith("invalid parameters: /shop/far")
    task = start(healthy, f"arn:aws:ssm:eu-west-1:{account}:parameter/shop/far")
    assert task["seen"]["DB_PASSWORD"] == "db.far"


def test_a_parameter_needs_the_plural_action_and_its_key(healthy: Session) -> None:
    key = healthy.call("kms.create_key")["KeyMetadata"]["Arn"]
    healthy.call("ssm.put_parameter", Name="/shop/host", Value="db", Type="SecureString", KeyId=key)
    allow(healthy, "ssm:GetParameter")
    assert "not authorized to perform: ssm:GetParameters" in start(healthy, "/shop/host")["stoppedReason"]
    allow(healthy, "ssm:GetParameters")
    reason = start(healthy, "/shop/host")["stoppedReason"]
    assert f"not authorized to perform: kms:Decrypt on resource: {key}" in reason
    allow(healthy, "ssm:GetParameters", "kms:Decrypt")
    assert start(healthy, "/shop/host")["lastStatus"] == "RUNNING"


def test_a_way_to_the_service_is_needed(broken: Session) -> None:
    allow(broken, *READ)
    reason = start(broken, make_secret(broken))["stoppedReason"]
    assert "There is a connection issue between the task and AWS Secrets Manager" in reason
    assert "unable to retrieve secrets from ssm" in start(broken, "/shop/host")["stoppedReason"]


def test_an_endpoint_without_private_dns_is_no_way(broken: Session) -> None:
    allow(broken, *READ)
    arn, known = make_secret(broken), broken.known
    broken.actor.take([{"allow": {"group": "${group.task}", "from": "${group.task}", "port": 443}}])
    broken.actor.take(
        [{"endpoints": {"interface": ["ecr.api", "ecr.dkr", "logs"], "group": "${group.task}"}}]
    )
    broken.actor.take([{"endpoints": {"gateway": ["s3"]}}])
    made = broken.call(
        "ec2.create_vpc_endpoint",
        VpcEndpointType="Interface",
        VpcId=known["vpc"],
        ServiceName="com.amazonaws.us-east-1.secretsmanager",
        SubnetIds=[known["subnet.private.a"]],
        SecurityGroupIds=[known["group.task"]],
        PrivateDnsEnabled=False,
    )["VpcEndpoint"]["VpcEndpointId"]
    assert "connection issue" in start(broken, arn)["stoppedReason"]
    broken.call("ec2.modify_vpc_endpoint", VpcEndpointId=made, PrivateDnsEnabled=True)
    assert start(broken, arn)["lastStatus"] == "RUNNING"


def test_the_policy_simulator_says_what_a_boundary_does(healthy: Session) -> None:
    document = json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
    )
    arn = healthy.call("iam.create_policy", PolicyName="bounds", PolicyDocument=document)["Policy"]["Arn"]
    healthy.call("iam.put_role_permissions_boundary", RoleName=ROLE, PermissionsBoundary=arn)
    results = healthy.call(
        "iam.simulate_principal_policy",
        PolicySourceArn=healthy.known["role.execution"],
        ActionNames=["ecr:BatchGetImage", "logs:CreateLogStream"],
    )["EvaluationResults"]
    decisions = [
        (item["EvalDecision"], item["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"])
        for item in results
    ]
    assert decisions == [("implicitDeny", False), ("allowed", True)]


def test_a_large_image_takes_its_time_and_less_of_it_through_an_endpoint(healthy: Session) -> None:
    from labs.world.manifest import manifest

    known, call = healthy.known, healthy.call
    call("ecr.put_image", repositoryName="shop/web", imageTag="fat", imageManifest=manifest("fat", 3800))
    healthy.actor.take([{"deploy": {"image": "shop/web:fat"}}])
    healthy.simulation.settle(1800)
    healthy.actor.take([{"endpoints": {"gateway": ["s3"]}}])
    call("ecs.update_service", cluster=known["cluster"], service=known["service"], forceNewDeployment=True)
    healthy.simulation.settle(1800)
    tasks = [task for task in healthy.simulation.state.tasks.values() if "fat" in str(task.definition)]
    pulls = [round(t.pull_stopped - t.pull_started) for t in tasks if t.pull_stopped and t.pull_started]
    assert pulls[0] == pytest.approx(200, abs=10)
    assert pulls[-1] == pytest.approx(67, abs=10)
