from __future__ import annotations

from typing import Any

import pytest

from labs.simulator.permissions import decide, trusts
from labs.world.identity import Role

ARN = "arn:aws:iam::111122223333:role/shop"


def allow(action: str | list[str], resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Statement": [{"Effect": "Allow", "Action": action, "Resource": resource, **more}]}


def deny(action: str, **more: Any) -> dict[str, Any]:
    return {"Statement": [{"Effect": "Deny", "Action": action, "Resource": "*", **more}]}


def role(*policies: dict[str, Any], boundary: dict[str, Any] | None = None) -> Role:
    return Role(ARN, "shop", {}, policies, boundary)


def test_what_nobody_allows_is_denied() -> None:
    assert decide(role(), "ecr:BatchGetImage").verdict == "implicitDeny"
    assert decide(None, "ecr:BatchGetImage").verdict == "implicitDeny"


@pytest.mark.parametrize("pattern", ["ecr:BatchGetImage", "ecr:*", "*", "ECR:batch*", "ecr:Batch?etImage"])
def test_actions_match_with_wildcards_in_any_case(pattern: str) -> None:
    assert decide(role(allow(pattern)), "ecr:BatchGetImage").is_allowed


def test_a_deny_wins_over_any_allow() -> None:
    decision = decide(role(allow("*"), deny("ecr:*")), "ecr:BatchGetImage")
    assert decision.verdict == "explicitDeny"
    assert decision.because("ecr:BatchGetImage") == "with an explicit deny in an identity-based policy"


def test_resources_are_case_sensitive() -> None:
    policy = allow("ecr:*", "arn:aws:ecr:us-east-1:111122223333:repository/shop/*")
    assert decide(
        role(policy), "ecr:BatchGetImage", "arn:aws:ecr:us-east-1:111122223333:repository/shop/web"
    ).is_allowed
    assert not decide(
        role(policy), "ecr:BatchGetImage", "arn:aws:ecr:us-east-1:111122223333:repository/Shop/web"
    ).is_allowed


def test_a_boundary_limits_what_policies_allow() -> None:
    limited = role(allow("*"), boundary=allow("logs:*"))
    assert not decide(limited, "ecr:BatchGetImage").is_allowed
    assert decide(limited, "logs:CreateLogStream").is_allowed


def test_not_action_covers_everything_else() -> None:
    policy = {"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}
    assert decide(role(policy), "ecr:BatchGetImage").is_allowed
    assert not decide(role(policy), "iam:PassRole").is_allowed


def test_not_resource_spares_the_resource() -> None:
    policy = {"Statement": [{"Effect": "Allow", "Action": "*", "NotResource": "arn:secret"}]}
    assert decide(role(policy), "s3:GetObject", "arn:other").is_allowed
    assert not decide(role(policy), "s3:GetObject", "arn:secret").is_allowed


def test_within_an_account_a_resource_policy_suffices() -> None:
    policy = allow("ecr:*", Principal={"AWS": ARN})
    assert decide(role(), "ecr:BatchGetImage", resource_policy=policy).is_allowed


def test_across_accounts_both_sides_must_allow() -> None:
    given = allow("ecr:*", Principal={"AWS": "arn:aws:iam::111122223333:root"})
    assert not decide(role(), "ecr:BatchGetImage", resource_policy=given, other_account=True).is_allowed
    assert not decide(role(allow("ecr:*")), "ecr:BatchGetImage", other_account=True).is_allowed
    assert decide(
        role(allow("ecr:*")), "ecr:BatchGetImage", resource_policy=given, other_account=True
    ).is_allowed


def test_a_resource_policy_for_somebody_else_does_not_count() -> None:
    policy = allow("ecr:*", Principal={"AWS": "arn:aws:iam::999988887777:root"})
    assert not decide(role(), "ecr:BatchGetImage", resource_policy=policy).is_allowed


def test_an_endpoint_policy_can_stand_in_the_way() -> None:
    narrow = allow("s3:*", Principal="*")
    decision = decide(role(allow("*")), "ecr:BatchGetImage", endpoint_policy=narrow)
    assert decision.verdict == "implicitDeny"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"StringEquals": {"aws:SourceVpce": "vpce-1"}}, True),
        ({"StringEquals": {"aws:SourceVpce": ["vpce-2", "vpce-1"]}}, True),
        ({"StringEquals": {"aws:SourceVpce": "VPCE-1"}}, False),
        ({"StringEqualsIgnoreCase": {"aws:sourcevpce": "VPCE-1"}}, True),
        ({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}, False),
        ({"StringLike": {"aws:SourceVpce": "vpce-*"}}, True),
        ({"StringNotLike": {"aws:SourceVpce": "vpce-*"}}, False),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/shop"}}, True),
        ({"Bool": {"aws:SecureTransport": "true"}}, True),
        ({"Null": {"aws:SourceIp": "true"}}, True),
        ({"Null": {"aws:SourceVpce": "true"}}, False),
        ({"StringEquals": {"aws:SourceIp": "10.0.0.1"}}, False),
        ({"StringEqualsIfExists": {"aws:SourceIp": "10.0.0.1"}}, True),
        ({"StringNotEquals": {"aws:SourceIp": "10.0.0.1"}}, True),
        ({"NumericLessThan": {"aws:SourceVpce": "3"}}, False),
    ],
)
def test_conditions(condition: dict[str, Any], holds: bool) -> None:
    policy = allow("ecr:*", Condition=condition)
    context = {"aws:SourceVpce": "vpce-1"}
    assert decide(role(policy), "ecr:BatchGetImage", context=context).is_allowed == holds


def test_a_role_is_assumed_only_by_services_it_trusts() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": ["ec2.amazonaws.com"]},
        "Action": "sts:AssumeRole",
    }
    trusting = Role(ARN, "shop", {"Statement": [statement]}, (), None)
    assert trusts(trusting, "ec2.amazonaws.com")
    assert not trusts(trusting, "ecs-tasks.amazonaws.com")
