"""Values of `secrets` are fetched with the execution role, through the task's own interface, and kept.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
A task keeps what it read when it started; a value that changes later reaches new tasks only.
"""

from __future__ import annotations

import json

from labs.simulator.paths import aws_service
from labs.simulator.paths.path import Path
from labs.simulator.permissions import Decision, decide
from labs.simulator.starting.step import Attempt, Outcome
from labs.world import messages
from labs.world.secrets import Key, Secret, find_key, find_parameter, find_secret

RETRIES_TAKE = 240.0
READ_SECRET, READ_PARAMETER, DECRYPT = "secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"


class _RefusedError(Exception):
    """Why a value cannot be had. `seconds` is how long it is tried."""

    def __init__(self, reason: str, seconds: float = 10.0) -> None:
        self.outcome = Outcome(seconds, reason)


def take(attempt: Attempt) -> Outcome:
    task = attempt.task
    seconds = 0.0
    for container in task.definition.containers:
        values = task.secrets[container.name] = {}
        for name, wanted in container.secrets.items():
            seconds = 1.0
            try:
                values[name] = _secret(attempt, wanted) if _is_secret(wanted) else _parameter(attempt, wanted)
            except _RefusedError as refused:
                return refused.outcome
    return Outcome(seconds)


def _is_secret(wanted: str) -> bool:
    return wanted.startswith("arn:") and wanted.split(":")[2] == "secretsmanager"


def _secret(attempt: Attempt, wanted: str) -> str:
    """`arn:aws:secretsmanager:region:account:secret:name[:json-key:stage:version]`"""
    parts = wanted.split(":")
    arn = ":".join(parts[:7])
    key, stage, version = (*parts[7:], "", "", "")[:3]
    path = aws_service.reach(attempt.world, attempt.source, "secretsmanager", region=parts[3])
    if not path.is_free:
        raise _RefusedError(messages.SECRET_TIMEOUT(arn=arn), RETRIES_TAKE)
    found = find_secret(arn, stage, version)
    resource = found.arn if found else arn
    decision = _decide(attempt, READ_SECRET, resource, parts[4], path, found)
    if not decision.is_allowed:
        why = decision.because(READ_SECRET)
        raise _RefusedError(
            messages.SECRET_DENIED(
                arn=arn, user=attempt.session, action=READ_SECRET, resource=resource, why=why
            )
        )
    if found is None:
        raise _RefusedError(messages.SECRET_MISSING(arn=arn))
    if found.deleted:
        raise _RefusedError(messages.SECRET_DELETED(arn=arn))
    if found.value is None:
        label = f"VersionId: {version}" if version else f"staging label: {stage or 'AWSCURRENT'}"
        raise _RefusedError(messages.SECRET_VERSION_MISSING(arn=arn, version=label))
    if found.key:
        used = find_key(found.key, parts[4], parts[3])
        if used is None or not used.enabled or not _may_decrypt(attempt, used, "secretsmanager").is_allowed:
            raise _RefusedError(messages.SECRET_KEY_DENIED(arn=arn))
    return _chosen(found.value, key) if key else found.value


def _chosen(document: str, key: str) -> str:
    try:
        value = json.loads(document)
    except json.JSONDecodeError:
        raise _RefusedError(messages.SECRET_NOT_JSON(character=document[:1])) from None
    if not isinstance(value, dict) or key not in value:
        raise _RefusedError(messages.SECRET_WITHOUT_KEY(key=key))
    return value[key] if isinstance(value[key], str) else json.dumps(value[key])


def _parameter(attempt: Attempt, wanted: str) -> str:
    """A name in the task's own region, or an ARN."""
    world = attempt.world
    names, region, account = [wanted], world.region, world.account
    if wanted.startswith("arn:"):
        region, account = wanted.split(":")[3:5]
        plain = wanted.split(":", 5)[5].removeprefix("parameter/")
        names = [f"/{plain}", plain] if "/" in plain else [plain, f"/{plain}"]
    path = aws_service.reach(world, attempt.source, "ssm", region=region)
    if not path.is_free:
        raise _RefusedError(messages.PARAMETER_TIMEOUT(), RETRIES_TAKE)
    arn = f"arn:aws:ssm:{region}:{account}:parameter/{names[0].removeprefix('/')}"
    decision = _decide(attempt, READ_PARAMETER, arn, account, path)
    if not decision.is_allowed:
        raise _RefusedError(_parameter_denied(attempt, READ_PARAMETER, arn, decision))
    found = next((item for name in names if (item := find_parameter(name, account, region))), None)
    if found is None:
        raise _RefusedError(messages.PARAMETER_MISSING(name=wanted))
    if found.key:
        used = find_key(found.key, account, region)
        decision = _may_decrypt(attempt, used, "ssm") if used and used.enabled else Decision("implicitDeny")
        if not decision.is_allowed:
            raise _RefusedError(
                _parameter_denied(attempt, DECRYPT, used.arn if used else found.key, decision)
            )
    return found.value


def _parameter_denied(attempt: Attempt, action: str, resource: str, decision: Decision) -> str:
    why = decision.because(action)
    return messages.PARAMETER_DENIED(user=attempt.session, action=action, resource=resource, why=why)


def _decide(
    attempt: Attempt, action: str, resource: str, account: str, path: Path, secret: Secret | None = None
) -> Decision:
    world = attempt.world
    return decide(
        world.identity.role(attempt.task.definition.execution_role),
        action,
        resource,
        resource_policy=secret.policy if secret else None,
        other_account=account != world.account,
        endpoint_policy=path.endpoint.policy if path.endpoint else None,
        context=attempt.way(path),
    )


def _may_decrypt(attempt: Attempt, key: Key, service: str) -> Decision:
    region, account = key.arn.split(":")[3:5]
    return decide(
        attempt.world.identity.role(attempt.task.definition.execution_role),
        DECRYPT,
        key.arn,
        resource_policy=key.policy,
        other_account=account != attempt.world.account,
        of_key=True,
        context={
            "kms:ViaService": f"{service}.{region}.amazonaws.com",
            "kms:CallerAccount": attempt.world.account,
        },
    )
