"""What CloudTrail remembers, and what a lifecycle policy takes."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from labs.checks.check import check, right_answers
from labs.scenarios.catalogue import find
from labs.simulator.lifecycle import DAY, StoredImage, expired

if TYPE_CHECKING:
    from collections.abc import Callable

    from labs.checks.check import Report
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_000_100)
BUILDS = [StoredImage(f"d{number}", (f"build-{number}",), number * DAY) for number in range(1, 6)]


def rule(priority: int, count: int, kind: str = "imageCountMoreThan", **selection: Any) -> dict[str, Any]:
    chosen = {"countType": kind, "countNumber": count, "tagStatus": "tagged", **selection}
    return {"rulePriority": priority, "selection": chosen, "action": {"type": "expire"}}


def taken(*rules: dict[str, Any], images: list[StoredImage] = BUILDS, day: int = 10) -> set[str]:
    return set(expired({"rules": list(rules)}, images, day * DAY))


def test_a_rule_by_count_keeps_the_newest() -> None:
    assert taken(rule(1, 2, tagPrefixList=["build-"])) == {"d1", "d2", "d3"}


def test_a_rule_by_age_takes_what_is_old_enough() -> None:
    by_age = rule(1, 7, "sinceImagePushed", countUnit="days", tagPatternList=["build-*"])
    assert taken(by_age) == {"d1", "d2", "d3"}


def test_an_image_that_an_earlier_rule_selects_is_safe_from_later_ones() -> None:
    live = [StoredImage("d1", ("build-1", "live"), DAY), *BUILDS[1:]]
    protects = rule(1, 1, tagPatternList=["live"])
    assert taken(protects, rule(2, 2, tagPrefixList=["build-"]), images=live) == {"d2", "d3"}


def test_the_order_of_rules_in_the_text_does_not_matter() -> None:
    live = [StoredImage("d1", ("build-1", "live"), DAY), *BUILDS[1:]]
    rules = (rule(2, 2, tagPrefixList=["build-"]), rule(1, 1, tagPatternList=["live"]))
    assert taken(*rules, images=live) == taken(*rules[::-1], images=live)


def test_untagged_images_have_a_rule_of_their_own() -> None:
    images = [*BUILDS, StoredImage("d6", (), DAY)]
    assert taken(rule(1, 1, "sinceImagePushed", tagStatus="untagged"), images=images) == {"d6"}


def test_a_rule_needs_all_of_its_prefixes() -> None:
    both = [StoredImage("d7", ("build-7", "green"), DAY)]
    wants = rule(1, 1, "sinceImagePushed", tagPrefixList=["build-", "green"])
    assert taken(wants, images=[*BUILDS, *both]) == {"d7"}


# -- in a lab


def put_policy(session: Session, *rules: dict[str, Any]) -> None:
    text = json.dumps({"rules": list(rules)})
    session.call("ecr.put_lifecycle_policy", repositoryName="shop/web", lifecyclePolicyText=text)


def tags(session: Session) -> list[str]:
    found = session.call("ecr.describe_images", repositoryName="shop/web")["imageDetails"]
    return [tag for image in found for tag in image["imageTags"]]


def events(session: Session, **attribute: str) -> list[dict[str, Any]]:
    asked = [{"AttributeKey": key, "AttributeValue": value} for key, value in attribute.items()]
    found: list[dict[str, Any]] = session.call("cloudtrail.lookup_events", LookupAttributes=asked)["Events"]
    return found


def test_images_go_at_night_and_not_at_once(healthy: Session) -> None:
    put_policy(healthy, rule(1, 1, tagPrefixList=["v"]))
    assert len(tags(healthy)) == 3
    healthy.simulation.advance(DAY)
    assert tags(healthy) == ["v2.4.1"]


def test_it_does_not_matter_in_how_many_pieces_the_night_passes(build: Callable[..., Session]) -> None:
    whole, pieces = build(), build()
    for session in (whole, pieces):
        put_policy(session, rule(1, 2, "sinceImagePushed", countUnit="days", tagPrefixList=["v"]))
    whole.simulation.advance(3 * DAY)
    for _ in range(36):
        pieces.simulation.advance(DAY / 12)
    moments = [[entry.moment for entry in session.simulation.trail.entries] for session in (whole, pieces)]
    assert moments[0] == moments[1]
    assert moments[0][-1] == 2 * DAY


def test_an_image_shows_the_age_that_it_has_in_the_lab(healthy: Session) -> None:
    healthy.simulation.advance(5 * 3600)
    pushed = healthy.call("ecr.describe_images", repositoryName="shop/web")["imageDetails"][0][
        "imagePushedAt"
    ]
    assert timedelta(hours=5) <= datetime.now(UTC) - pushed < timedelta(hours=6)


def test_a_preview_shows_what_would_go_and_takes_nothing(healthy: Session) -> None:
    text = json.dumps({"rules": [rule(7, 1, tagPrefixList=["v"])]})
    with pytest.raises(ClientError, match="LifecyclePolicyPreviewNotFoundException"):
        healthy.call("ecr.get_lifecycle_policy_preview", repositoryName="shop/web")
    healthy.call("ecr.start_lifecycle_policy_preview", repositoryName="shop/web", lifecyclePolicyText=text)
    preview = healthy.call("ecr.get_lifecycle_policy_preview", repositoryName="shop/web")
    assert preview["status"] == "COMPLETE"
    assert [item["imageTags"] for item in preview["previewResults"]] == [["v2.3.9"], ["v2.4.0"]]
    assert {item["appliedRulePriority"] for item in preview["previewResults"]} == {7}
    assert len(tags(healthy)) == 3


def test_a_preview_of_no_policy_is_refused(healthy: Session) -> None:
    with pytest.raises(ClientError, match="LifecyclePolicyNotFoundException"):
        healthy.call("ecr.start_lifecycle_policy_preview", repositoryName="shop/web")


def test_cloudtrail_names_what_ecr_took_and_nobody_as_its_user(healthy: Session) -> None:
    put_policy(healthy, rule(1, 2, tagPrefixList=["v"]))
    healthy.simulation.advance(DAY)
    event = events(healthy, EventName="PolicyExecutionEvent")[0]
    assert "Username" not in event
    assert event["ReadOnly"] == "true"
    details = json.loads(event["CloudTrailEvent"])["serviceEventDetails"]
    actions = details["lifecycleEventImageActions"]
    assert [action["lifecycleEventImage"]["tagList"] for action in actions] == [["v2.3.9"]]


def test_cloudtrail_knows_the_learners_own_changes(healthy: Session) -> None:
    name = healthy.call("sts.get_caller_identity")["Arn"].rpartition("/")[2]
    healthy.call("ecs.update_service", cluster="prod", service="web", desiredCount=3)
    newest = events(healthy, Username=name)[0]
    assert (newest["EventName"], newest["Resources"][0]["ResourceName"]) == ("UpdateService", "web")
    assert json.loads(newest["CloudTrailEvent"])["requestParameters"]["desiredCount"] == 3


def test_reads_and_refused_calls_leave_no_event(healthy: Session) -> None:
    before = len(healthy.simulation.trail.entries)
    healthy.call("ecs.describe_services", cluster="prod", services=["web"])
    with pytest.raises(ClientError):
        healthy.call("ecr.delete_lifecycle_policy", repositoryName="shop/web")
    assert len(healthy.simulation.trail.entries) == before


def test_a_secret_does_not_stand_in_cloudtrail(healthy: Session) -> None:
    healthy.call("secretsmanager.create_secret", Name="token", SecretString="hush-hush")
    record = events(healthy, EventName="CreateSecret")[0]["CloudTrailEvent"]
    assert "hush-hush" not in record


def test_events_come_newest_first_in_pages(healthy: Session) -> None:
    first = healthy.call("cloudtrail.lookup_events", MaxResults=2)
    second = healthy.call("cloudtrail.lookup_events", MaxResults=2, NextToken=first["NextToken"])
    ids = [event["EventId"] for event in first["Events"] + second["Events"]]
    assert ids == [entry.id for entry in reversed(healthy.simulation.trail.entries[-4:])]


def test_a_window_of_time_leaves_out_what_was_before_and_after(healthy: Session) -> None:
    healthy.simulation.advance(2 * 3600)
    healthy.call("ecs.update_service", cluster="prod", service="web", desiredCount=3)
    healthy.simulation.advance(2 * 3600)
    now = datetime.now(UTC)
    found = healthy.call(
        "cloudtrail.lookup_events", StartTime=now - timedelta(hours=3), EndTime=now - timedelta(hours=1)
    )
    assert [event["EventName"] for event in found["Events"]] == ["UpdateService"]


def test_one_lookup_attribute_is_all_that_aws_takes(healthy: Session) -> None:
    with pytest.raises(ClientError, match="InvalidLookupAttributesException"):
        events(healthy, EventName="UpdateService", Username="terraform")


def test_the_same_lab_has_the_same_history(build: Callable[..., Session]) -> None:
    first, second = build(broken=True), build(broken=True)
    pairs = [[(e.id, e.moment, e.name) for e in s.simulation.trail.entries] for s in (first, second)]
    assert pairs[0] == pairs[1]


# -- lab 141


@pytest.fixture
def overnight() -> Session:
    from labs.server.session import Session

    return Session(find("141"), account=str(next(ACCOUNTS)), speed=0)


def result(session: Session) -> Report:
    return check(
        session.simulation, session.scenario, session.known, right_answers(session.scenario, session.known)
    )


def test_the_new_tasks_fail_first_for_the_deny_and_then_for_the_image(overnight: Session) -> None:
    def last_reason() -> str:
        stopped = [task for task in overnight.simulation.state.tasks.values() if task.stopped]
        return stopped[-1].reason

    assert "explicit deny in a resource-based policy" in last_reason()
    step = next(iter(overnight.scenario.repairs["the-tag-moves-to-a-kept-build"]))
    overnight.actor.take([step])
    overnight.simulation.advance(3600)
    assert last_reason().endswith(": not found")


def test_a_repair_that_the_lab_does_not_list_a_digest_and_no_rule_for_its_tags(overnight: Session) -> None:
    repairs = overnight.scenario.repairs["the-tag-moves-to-a-kept-build"]
    overnight.actor.take(repairs[:2])
    digest = overnight.known["digest.shop/web:build-209"]
    image = f"{overnight.known['registry']}/shop/web@{digest}"
    overnight.actor.take(
        [
            {"tag": {"repository": "shop/web", "from": "build-209", "to": "prod"}},
            {"revise": {"containers": {"web": {"image": image}}}},
        ]
    )
    assert result(overnight).passed


def test_the_build_that_nobody_tested_is_no_repair(overnight: Session) -> None:
    repairs = overnight.scenario.repairs["the-tag-moves-to-a-kept-build"]
    overnight.actor.take(repairs[:2])
    overnight.actor.take([{"tag": {"repository": "shop/web", "from": "build-210", "to": "prod"}}, repairs[3]])
    assert [item.check for item in result(overnight).outcomes if not item.passed] == ["release"]


def test_the_journal_brings_the_same_history_back(tmp_path: Path) -> None:
    from labs.server.session import Session

    path = tmp_path / "journal"
    first = Session(find("141"), account="498000000002", speed=0)
    first.resume(path)
    first.actor.take(first.scenario.repairs["the-tag-moves-to-a-kept-build"])
    kept = [(entry.id, entry.name, entry.user) for entry in first.simulation.trail.entries]
    first.middleware.close()
    again = Session(find("141"), account="498000000002", speed=0)
    again.resume(path)
    assert [(entry.id, entry.name, entry.user) for entry in again.simulation.trail.entries] == kept
    again.middleware.close()
