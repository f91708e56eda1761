"""May this role do that? IAM's decision from identity policies, boundary, resource and endpoint policy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
Conditions: string, ARN, bool and null operators on the few keys that a task's call carries; any other
operator or absent key does not match, as in IAM.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from labs.world.identity import Document, Role
from labs.world.messages import EXPLICIT_DENY, NO_IDENTITY_POLICY

Context = Mapping[str, str]


@dataclass(frozen=True)
class Decision:
    """`verdict`: "allowed", "implicitDeny" or "explicitDeny". `place` names the kind of denying policy."""

    verdict: str
    place: str = ""

    @property
    def is_allowed(self) -> bool:
        return self.verdict == "allowed"

    def because(self, action: str) -> str:
        """The end of an AccessDenied message."""
        if self.verdict == "explicitDeny":
            return EXPLICIT_DENY(place=self.place)
        return NO_IDENTITY_POLICY(action=action)


def decide(
    role: Role | None,
    action: str,
    resource: str = "*",
    *,
    resource_policy: Document | None = None,
    other_account: bool = False,
    endpoint_policy: Document | None = None,
    context: Context | None = None,
) -> Decision:
    """Decide on one call of the role. `other_account` says that the resource belongs to another account."""
    if role is None:
        return Decision("implicitDeny")
    facts = {"aws:PrincipalArn": role.arn, "aws:SecureTransport": "true", **(context or {})}
    own = evaluate(role.policies, action, resource, facts)
    given = (
        evaluate([resource_policy], action, resource, facts, role.arn) if resource_policy else "implicitDeny"
    )
    limit = evaluate([role.boundary], action, resource, facts) if role.boundary else "allowed"
    passage = evaluate([endpoint_policy], action, resource, facts, role.arn) if endpoint_policy else "allowed"
    places = {
        "an identity-based policy": own,
        "a resource-based policy": given,
        "a permissions boundary": limit,
        "a VPC endpoint policy": passage,
    }
    for place, verdict in places.items():
        if verdict == "explicitDeny":
            return Decision("explicitDeny", place)
    needed = own == "allowed" and given == "allowed" if other_account else "allowed" in (own, given)
    return Decision("allowed" if needed and limit == passage == "allowed" else "implicitDeny")


def evaluate(
    documents: Iterable[Document], action: str, resource: str, context: Context, principal: str | None = None
) -> str:
    """One kind of policy. With `principal` (an ARN), statements must also name it."""
    verdict = "implicitDeny"
    for document in documents:
        for statement in _list(document.get("Statement", [])):
            if not _applies(statement, action, resource, context, principal):
                continue
            if statement.get("Effect") == "Deny":
                return "explicitDeny"
            verdict = "allowed"
    return verdict


def trusts(role: Role, service: str) -> bool:
    """May the service ("ecs-tasks.amazonaws.com") assume the role?"""
    return any(
        statement.get("Effect") == "Allow"
        and service in _list(_mapping(statement.get("Principal")).get("Service", []))
        and any(_matches(pattern.lower(), "sts:assumerole") for pattern in _list(statement.get("Action", [])))
        for statement in _list(role.trust.get("Statement", []))
    )


def _applies(
    statement: Mapping[str, Any], action: str, resource: str, context: Context, principal: str | None
) -> bool:
    if "Action" in statement:
        acts = any(_matches(pattern.lower(), action.lower()) for pattern in _list(statement["Action"]))
    else:
        acts = not any(
            _matches(pattern.lower(), action.lower()) for pattern in _list(statement.get("NotAction", []))
        )
    if "NotResource" in statement:
        covers = not any(_matches(pattern, resource) for pattern in _list(statement["NotResource"]))
    else:
        covers = any(_matches(pattern, resource) for pattern in _list(statement.get("Resource", "*")))
    named = principal is None or _names(statement.get("Principal"), principal)
    return acts and covers and named and _conditions_hold(statement.get("Condition") or {}, context)


def _names(entry: Any, principal: str) -> bool:
    if entry == "*":
        return True
    account = principal.split(":")[4]
    wanted = {"*", principal, account, f"arn:aws:iam::{account}:root"}
    return any(name in wanted for name in _list(_mapping(entry).get("AWS", [])))


def _conditions_hold(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    known = {key.lower(): value for key, value in context.items()}
    for operator, tests in conditions.items():
        name = operator.removesuffix("IfExists")
        for key, expected in tests.items():
            actual = known.get(key.lower())
            if name == "Null":
                if (actual is None) != (str(expected).lower() == "true"):
                    return False
            elif actual is None:
                if name == operator and not name.startswith(("StringNot", "ArnNot")):
                    return False
            elif not _compares(name, actual, [str(value) for value in _list(expected)]):
                return False
    return True


def _compares(operator: str, actual: str, expected: list[str]) -> bool:
    if operator == "StringEquals":
        return actual in expected
    if operator in ("StringEqualsIgnoreCase", "Bool"):
        return actual.lower() in [value.lower() for value in expected]
    if operator in ("StringLike", "ArnLike", "ArnEquals"):
        return any(_matches(pattern, actual) for pattern in expected)
    if operator == "StringNotEquals":
        return actual not in expected
    if operator in ("StringNotLike", "ArnNotLike", "ArnNotEquals"):
        return not any(_matches(pattern, actual) for pattern in expected)
    return False


def _matches(pattern: str, value: str) -> bool:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value) is not None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
