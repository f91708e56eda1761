"""May this role do that? IAM's decision from identity policies, boundary, resource and endpoint policy.

A resource policy that names the account (`root`) hands the decision to the account's own policies; one that
names the role allows by itself, inside one account. A KMS key takes only what its policy hands over.

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
from labs.world.messages import EXPLICIT_DENY, NO_IDENTITY_POLICY, NO_POLICY_OF_THIS_KIND

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
        if self.place:
            return NO_POLICY_OF_THIS_KIND(place=self.place, action=action)
        return NO_IDENTITY_POLICY(action=action)


def decide(
    role: Role | None,
    action: str,
    resource: str = "*",
    *,
    resource_policy: Document | None = None,
    other_account: bool = False,
    of_key: bool = False,
    endpoint_policy: Document | None = None,
    context: Context | None = None,
) -> Decision:
    """Decide on one call of the role.

    `other_account` says that the resource belongs to another account, `of_key` that it is a KMS key.
    """
    if role is None:
        return Decision("implicitDeny")
    facts = {"aws:PrincipalArn": role.arn, "aws:SecureTransport": "true", **(context or {})}
    own = evaluate(role.policies, action, resource, facts)
    given = direct = "implicitDeny"
    if resource_policy:
        given = evaluate([resource_policy], action, resource, facts, role.arn)
        direct = evaluate([resource_policy], action, resource, facts, role.arn, by_account=False)
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
    if other_account or (of_key and direct != "allowed"):
        reasons = {"": own, "resource-based policy": given}
    else:
        reasons = {"": own if direct != "allowed" else "allowed"}
    reasons |= {"permissions boundary": limit, "VPC endpoint policy": passage}
    refusing = next((place for place, verdict in reasons.items() if verdict != "allowed"), None)
    return Decision("allowed") if refusing is None else Decision("implicitDeny", refusing)


def evaluate(
    documents: Iterable[Document],
    action: str,
    resource: str,
    context: Context,
    principal: str | None = None,
    by_account: bool = True,
) -> str:
    """One kind of policy.

    With `principal` (an ARN), statements must also name it, or (`by_account`) its account.
    """
    verdict = "implicitDeny"
    for document in documents:
        for statement in _list(document.get("Statement", [])):
            denies = statement.get("Effect") == "Deny"
            if not _applies(statement, action, resource, context, principal, by_account or denies):
                continue
            if denies:
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
    statement: Mapping[str, Any],
    action: str,
    resource: str,
    context: Context,
    principal: str | None,
    by_account: bool,
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
    named = principal is None or _names(statement.get("Principal"), principal, by_account)
    return acts and covers and named and _conditions_hold(statement.get("Condition") or {}, context)


def _names(entry: Any, principal: str, by_account: bool) -> bool:
    if entry == "*":
        return True
    account = principal.split(":")[4]
    wanted = {"*", principal} | ({account, f"arn:aws:iam::{account}:root"} if by_account else set())
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
