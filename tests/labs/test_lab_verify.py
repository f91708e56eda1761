"""Proving labs: each case apart, several labs at once, and proofs that do not hold are found."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest

from labs.checks import apart
from labs.checks.verify import verify, verify_all
from labs.scenarios.catalogue import find
from labs.scenarios.scenario import Scenario


@pytest.fixture
def scenario() -> Scenario:
    """Lab 101 with one wrong repair and one right one: a proof that takes little."""
    full = find("101")
    wrong = {"only-the-tag": full.wrong["only-the-tag"]}
    return replace(full, wrong=wrong, repairs={"nat-gateway": full.repairs["nat-gateway"]})


def results(scenario: Scenario, **options: Any) -> list[tuple[str, int | None, bool, str]]:
    cases = verify(scenario, **options)
    return [(case.name, case.seed, case.holds, case.problem) for case in cases]


def test_all_that_has_to_be_proved_is(scenario: Scenario) -> None:
    assert results(scenario, seeds=(1,)) == [
        ("healthy", None, True, ""),
        ("broken", None, True, ""),
        ("wrong: only-the-tag", None, True, ""),
        ("repair: nat-gateway", None, True, ""),
        ("healthy", 1, True, ""),
        ("broken", 1, True, ""),
        ("repair: nat-gateway", 1, True, ""),
    ]


def test_without_copies_of_the_process_the_proof_is_the_same(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = results(scenario, seeds=())
    monkeypatch.setattr(apart, "POSSIBLE", False)
    assert results(scenario, seeds=()) == copied


def test_a_wrong_repair_that_repairs_is_found(scenario: Scenario) -> None:
    odd = replace(scenario, wrong=scenario.repairs)
    assert ("wrong: nat-gateway", None, False, "") in results(odd, seeds=())


def test_a_repair_that_does_not_repair_is_found(scenario: Scenario) -> None:
    odd = replace(scenario, repairs=scenario.wrong)
    assert ("repair: only-the-tag", None, False, "") in results(odd, seeds=())


def test_a_repair_that_aws_refuses_says_why(scenario: Scenario) -> None:
    odd = replace(scenario, repairs={"odd": ({"ec2.delete_vpc": {"VpcId": "vpc-none"}},)})
    (_, _, holds, problem) = results(odd, seeds=())[-1]
    assert not holds
    assert "InvalidVpcID.NotFound" in problem


def test_several_labs_are_proved_at_once_and_told_in_order(scenario: Scenario) -> None:
    labs = [replace(scenario, number=number) for number in (901, 902, 903)]
    cases = list(verify_all(labs, seeds=(), at_once=2))
    assert [case.lab for case in cases] == [901] * 4 + [902] * 4 + [903] * 4
    assert all(case.holds for case in cases)


def test_work_apart_changes_nothing_here() -> None:
    here: list[int] = []

    def work() -> int:
        here.append(1)
        return os.getpid()

    assert apart.apart(work) != os.getpid()
    assert here == []


def test_work_that_fails_apart_says_how() -> None:
    def work() -> None:
        raise ValueError("the moon is away")

    with pytest.raises(RuntimeError, match="the moon is away"):
        apart.apart(work)


def test_work_that_dies_is_not_waited_for() -> None:
    with pytest.raises(RuntimeError, match="without an answer"):
        apart.apart(lambda: os.kill(os.getpid(), 9))
