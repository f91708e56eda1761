"""Secrets of Secrets Manager and parameters of Systems Manager, in any account and region, and KMS keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from labs.world.moto_access import backend, has_region


@dataclass(frozen=True)
class Secret:
    """A secret with the value of the version that was asked for (None: there is no such version)."""

    arn: str
    key: str  # id, ARN or alias of its KMS key; empty: the key that AWS manages
    value: str | None
    deleted: bool
    policy: dict[str, Any] | None


@dataclass(frozen=True)
class Parameter:
    arn: str
    key: str  # of a SecureString; empty otherwise
    value: str


@dataclass(frozen=True)
class Key:
    arn: str
    enabled: bool
    policy: dict[str, Any]


def find_secret(arn: str, stage: str = "", version: str = "") -> Secret | None:
    """By its full ARN, or by an ARN without the six characters at the end."""
    region, account, name = arn.split(":")[3], arn.split(":")[4], arn.split(":")[6]
    if not has_region(region):
        return None
    for secret in dict.values(backend("secretsmanager", account, region).secrets):
        if secret.arn == arn or secret.name == name:
            return Secret(
                arn=secret.arn,
                key=_own_key(secret.kms_key_id, "alias/aws/secretsmanager"),
                value=_version(secret, stage, version),
                deleted=secret.deleted_date is not None,
                policy=json.loads(secret.policy) if secret.policy else None,
            )
    return None


def find_parameter(name: str, account: str, region: str) -> Parameter | None:
    """By its name. Names with and without a leading slash are different, except in an ARN."""
    if not has_region(region):
        return None
    known = backend("ssm", account, region)._parameters
    versions = dict.get(known, name) or []
    if not versions:
        return None
    found = versions[-1]
    arn = f"arn:aws:ssm:{region}:{account}:parameter/{name.removeprefix('/')}"
    key = _own_key(found.keyid, "alias/aws/ssm") if found.parameter_type == "SecureString" else ""
    return Parameter(arn, key, str(found.decrypt(found.value)))


def find_key(name: str, account: str, region: str) -> Key | None:
    """By id, ARN, alias or alias's ARN."""
    if name.startswith("arn:"):
        region, account = name.split(":")[3:5]
        name = name.split(":", 5)[5].removeprefix("key/")
    for key in backend("kms", account, region).keys.values() if has_region(region) else ():
        if name == key.id or name in key.aliases:
            return Key(key.arn, bool(key.enabled) and key.key_state == "Enabled", json.loads(key.policy))
    return None


def _own_key(name: str | None, managed: str) -> str:
    return "" if not name or name.endswith(managed) else name


def _version(secret: Any, stage: str, version: str) -> str | None:
    for identity, item in secret.versions.items():
        stages = item.get("version_stages") or []
        wanted = identity == version if version else (stage or "AWSCURRENT") in stages
        if wanted and (not stage or stage in stages):
            return str(item.get("secret_string") or "")
    return None
