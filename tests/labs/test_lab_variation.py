"""The same lab another time: what a seed changes, and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from labs.errors import LabError
from labs.scenarios.catalogue import find
from labs.scenarios.scenario import Scenario
from labs.scenarios.variation import Variation, read_vary, varied
from labs.server.session import Session

FAULTS = {"first": (), "second": ()}


@pytest.fixture
def scenario() -> Scenario:
    return find("101")


def test_without_a_seed_the_lab_is_as_written(scenario: Scenario) -> None:
    assert varied(scenario, None) is scenario


def test_the_same_seed_gives_the_same_lab(scenario: Scenario) -> None:
    assert varied(scenario, 7) == varied(scenario, 7)
    assert len({varied(scenario, seed).brief for seed in range(20)}) > 5


def test_names_change_everywhere_alike(scenario: Scenario) -> None:
    other = varied(scenario, 1)
    assert other.variation is not None
    names = other.variation.names
    company, service, cluster = names["shop"], names["web"], names["prod"]
    assert other.title == f"The {company} does not open"
    assert f"`{service}` in cluster `{cluster}`" in other.brief
    assert other.options["image"].startswith(f"{company}/{service}:")
    assert set(other.applications) == {f"{company}/{service}"}
    assert company in other.guards[1]["no-wider-policy"]["role"]


def test_the_stack_is_made_with_the_new_names(scenario: Scenario) -> None:
    other = varied(scenario, 1)
    assert other.variation is not None
    names = other.variation.names
    session = Session(other, account="777000000001", speed=0, broken=False)
    groups = session.call("ec2.describe_security_groups")["SecurityGroups"]
    assert f"{names['shop']}-task" in {group["GroupName"] for group in groups}
    assert session.call("ecs.list_clusters")["clusterArns"][0].endswith(f"/{names['prod']}")
    assert session.known["digest.shop/web:v2.4.1"] == session.known[f"digest.{other.options['image']}"]
    session.middleware.close()


def test_a_word_within_a_word_and_a_reference_stay() -> None:
    named = Variation(1, {"shop": "bakery"}).named
    assert named("shopping in the Shop at /ecs/shop, SHOP_URL") == (
        "shopping in the Bakery at /ecs/bakery, BAKERY_URL"
    )
    assert named("${digest.shop/web:1} shop/web:1") == "${digest.shop/web:1} bakery/web:1"
    assert named({"a": ["shop", 1, None, True]}) == {"a": ["bakery", 1, None, True]}


def test_zones_trade_places() -> None:
    known = {"subnet.private.a": "subnet-1", "subnet.private.b": "subnet-2", "vpc": "vpc-1"}
    assert Variation(1, trade_zones=True).known(known) == {
        "subnet.private.a": "subnet-2",
        "subnet.private.b": "subnet-1",
        "vpc": "vpc-1",
    }


def test_what_a_lab_says_of_zones_trades_places_too(scenario: Scenario) -> None:
    seeds = [seed for seed in range(40) if (v := varied(scenario, seed).variation) and v.trade_zones]
    odd = scenario.__class__(**{**vars(scenario), "brief": "us-east-1a and shop-private-b, plan a"})
    assert "us-east-1b and" in varied(odd, seeds[0]).brief
    assert "-private-a, plan a" in varied(odd, seeds[0]).brief


def test_faults_are_left_out_but_never_all(scenario: Scenario) -> None:
    left_out = {varied(scenario, seed).variation.left_out for seed in range(40)}  # type: ignore[union-attr]
    assert left_out == {(), ("no-way-out",), ("tag-without-v",)}


def test_a_hint_about_a_fault_that_is_not_there_is_left_out_with_it(scenario: Scenario) -> None:
    for seed in range(20):
        other = varied(scenario, seed)
        assert other.variation is not None
        assert len(other.hints) == 3 - len(other.variation.left_out)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"optional": ["third"]}, "'third', which is no fault"),
        ({"optional": ["first", "second"]}, "may leave out all faults"),
        ({"names": {"shop": ["web"], "web": ["site"]}}, "names a word twice"),
    ],
)
def test_a_variation_that_cannot_be_is_an_error(entry: Mapping[str, Any], said: str) -> None:
    with pytest.raises(LabError, match=said):
        read_vary(entry, FAULTS)
