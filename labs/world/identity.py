"""Roles and their policies, read from moto; and the few AWS managed policies that labs need."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from labs.world.moto_access import backend

Document = dict[str, Any]

# What AmazonECSTaskExecutionRolePolicy allows:
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html
# moto can load all 1,600 managed policies, for nearly a second an account.
MANAGED_POLICIES: dict[str, list[str]] = {
    "service-role/AmazonECSTaskExecutionRolePolicy": [
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ],
    "CloudWatchLogsFullAccess": ["logs:*"],
    "AmazonEC2ContainerRegistryReadOnly": [
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetRepositoryPolicy",
        "ecr:DescribeRepositories",
        "ecr:ListImages",
        "ecr:DescribeImages",
        "ecr:BatchGetImage",
    ],
    "AdministratorAccess": ["*"],
}


@dataclass(frozen=True)
class Role:
    """A role: who may assume it, what it may do, and the boundary over that (None: none)."""

    arn: str
    name: str
    trust: Document
    policies: tuple[Document, ...]
    boundary: Document | None


class Identity:
    """IAM of one account."""

    def __init__(self, account: str) -> None:
        self._account = account

    @property
    def _iam(self) -> Any:
        return backend("iam", self._account, "aws")

    def role(self, arn: str) -> Role | None:
        for role in self._iam.roles.values():
            if role.arn == arn:
                return self._role(role)
        return None

    def add_managed_policies(self) -> None:
        from moto.iam.models import AWSManagedPolicy

        for path, actions in MANAGED_POLICIES.items():
            folder, _, name = path.rpartition("/")
            statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
            policy = AWSManagedPolicy(  # type: ignore[abstract]
                name,
                account_id=self._account,
                region="aws",
                default_version_id="v1",
                path=f"/{folder}/" if folder else "/",
                document=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
            )
            self._iam.managed_policies[policy.arn] = policy

    def _role(self, role: Any) -> Role:
        documents = [_document(text) for text in role.policies.values()]
        documents += [_default_version(policy) for policy in role.managed_policies.values()]
        boundary = self._iam.managed_policies.get(role.permissions_boundary_arn)
        return Role(
            arn=role.arn,
            name=role.name,
            trust=_document(role.assume_role_policy_document),
            policies=tuple(documents),
            boundary=_default_version(boundary) if boundary is not None else None,
        )


def _default_version(policy: Any) -> Document:
    return next(_document(version.document) for version in policy.versions if version.is_default)


def _document(value: str | Document) -> Document:
    loaded: Document = json.loads(value) if isinstance(value, str) else value
    return loaded
