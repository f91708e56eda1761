"""J004: an IAM policy is well formed: version, statements, effects, and actions of services that exist.

The grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from quiz.source.lint import iam_actions, json_fences
from quiz.source.lint.source import Source
from quiz.source.question import Finding

NEEDS = "botocore"
CODES: Final[Mapping[str, str]] = {"J004": "An IAM policy is well formed, and its services exist."}

_ELEMENTS: Final = frozenset(
    "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split()
)


def check(source: Source) -> Iterator[Finding]:
    for path, line, document in json_fences.objects(source):
        if "Statement" in document:
            for problem in policy_problems(document):
                yield Finding(path, line, "J004", problem)


def policy_problems(policy: Mapping[str, Any]) -> Iterator[str]:
    """What IAM would refuse, or would take for another policy than is meant."""
    if policy.get("Version") != "2012-10-17":
        yield 'the policy needs "Version": "2012-10-17": without it, policy variables are plain text'
    statements = policy["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        if not isinstance(statement, dict):
            yield "a statement must be an object"
            continue
        yield from _statement_problems(statement)


def _statement_problems(statement: Mapping[str, Any]) -> Iterator[str]:
    for name in statement.keys() - _ELEMENTS:
        yield f"a statement has no element `{name}`"
    if statement.get("Effect") not in ("Allow", "Deny"):
        yield "the Effect of a statement is Allow or Deny"
    if not statement.keys() & {"Action", "NotAction"}:
        yield "a statement needs an Action"
    # A trust policy names principals instead of resources; a resource policy may name both.
    if not statement.keys() & {"Resource", "NotResource", "Principal", "NotPrincipal"}:
        yield "a statement needs a Resource"
    actions = statement.get("Action", statement.get("NotAction", ()))
    for action in [actions] if isinstance(actions, str) else actions:
        prefix, colon, name = str(action).partition(":")
        if action != "*" and not (colon and name and iam_actions.is_service(prefix)):
            yield f"`{action}` is an action of no service"
