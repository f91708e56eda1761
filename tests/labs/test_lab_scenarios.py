"""The labs themselves: each proves itself, and accepts repairs that its file does not list."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from labs.checks.check import check, right_answers
from labs.checks.verify import verify
from labs.commands import commands
from labs.errors import LabError
from labs.scenarios.catalogue import find, folders, names, scenarios
from labs.scenarios.scenario import read_scenario
from labs.scenarios.steps import seconds

if TYPE_CHECKING:
    from labs.checks.check import Report
    from labs.server.session import Session

ALL = [folder.name for folder in folders()]


def result(session: Session) -> Report:
    answers = right_answers(session.scenario, session.known)
    return check(session.simulation, session.scenario, session.known, answers)


@pytest.mark.parametrize("name", ALL)
def test_a_lab_proves_itself(name: str) -> None:
    cases = list(verify(find(name)))
    failed = [case for case in cases if not case.holds]
    assert [(case.seed, case.name, case.problem) for case in failed] == []
    assert cases[0].name == "healthy"
    assert cases[1].name == "broken"


@pytest.mark.parametrize("name", ALL)
def test_a_lab_is_rich_enough(name: str) -> None:
    scenario = find(name)
    assert len(scenario.repairs) >= 2
    assert len(scenario.wrong) >= 3
    assert len(scenario.hints) == 3
    assert all(any("because" in entry for entry in guard.values()) for guard in scenario.guards)
    path = next(folder for folder in folders() if folder.name == scenario.name) / "lab.yaml"
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("name", ALL)
def test_commands_in_hints_and_repairs_exist(name: str) -> None:
    import botocore.session
    from botocore import xform_name

    scenario, session = find(name), botocore.session.get_session()
    texts = list(scenario.hints)
    known = {"cluster": "c", "service": "s", "family": "f", "region": "us-east-1"}
    texts += [line for steps in scenario.repairs.values() for line in commands(steps, known)]
    found = [
        match
        for text in texts
        for match in re.findall(r"\baws ([a-z0-9-]+) ([a-z-]+)", " ".join(text.split()))
    ]
    assert found
    for service, operation in found:
        model = session.get_service_model(service)
        dashed = {xform_name(item, "-") for item in model.operation_names}
        assert operation in dashed


def test_a_repair_that_the_lab_does_not_list_pinning_the_digest(broken: Session) -> None:
    broken.actor.take(broken.scenario.repairs["nat-gateway"][:3])
    digest = broken.known["digest.shop/web:v2.4.1"]
    found = broken.call("ecs.describe_task_definition", taskDefinition="shop-web")["taskDefinition"]
    kept = "family networkMode requiresCompatibilities cpu memory executionRoleArn containerDefinitions"
    definition = {name: found[name] for name in kept.split()}
    definition["containerDefinitions"][0]["image"] = f"{broken.known['registry']}/shop/web@{digest}"
    broken.call("ecs.register_task_definition", **definition)
    broken.call("ecs.update_service", cluster="prod", service="web", taskDefinition="shop-web")
    assert result(broken).passed


def test_another_unlisted_repair_a_nat_gateway_in_the_other_zone_and_the_old_revision(
    broken: Session,
) -> None:
    call, known = broken.call, broken.known
    address = call("ec2.allocate_address", Domain="vpc")["AllocationId"]
    nat = call("ec2.create_nat_gateway", SubnetId=known["subnet.public.b"], AllocationId=address)[
        "NatGateway"
    ]
    call(
        "ec2.create_route",
        RouteTableId=known["routes.private"],
        DestinationCidrBlock="0.0.0.0/0",
        NatGatewayId=nat["NatGatewayId"],
    )
    call("ecs.update_service", cluster="prod", service="web", taskDefinition="shop-web:1", desiredCount=3)
    report = result(broken)
    assert report.passed
    assert report.outcomes[0].observed == "3 of 3 tasks healthy"


def test_an_s3_interface_endpoint_does_as_well_as_the_gateway(broken: Session) -> None:
    steps = [
        step for step in broken.scenario.repairs["endpoints-and-missing-tag"] if "gateway" not in str(step)
    ]
    broken.actor.take(steps)
    broken.actor.take([{"endpoints": {"interface": ["s3"], "group": "${group.task}"}}])
    assert result(broken).passed


def test_moving_the_tag_to_another_image_is_no_repair(broken: Session) -> None:
    broken.actor.take(broken.scenario.repairs["nat-gateway"][:3])
    broken.actor.take([{"tag": {"repository": "shop/web", "from": "v2.4.0", "to": "2.4.1"}}])
    report = result(broken)
    assert [item.check for item in report.outcomes if not item.passed] == ["release"]


def test_one_task_is_not_enough(broken: Session) -> None:
    broken.actor.take(broken.scenario.repairs["nat-gateway"])
    broken.call("ecs.update_service", cluster="prod", service="web", desiredCount=1)
    assert [item.check for item in result(broken).outcomes if not item.passed] == ["stable"]


def test_a_guard_says_why_it_is_there(broken: Session) -> None:
    broken.actor.take(broken.scenario.wrong["public-addresses"])
    guard = result(broken).guards[0]
    assert not guard.passed
    assert guard.because == "The brief asks for tasks without public addresses."


def test_a_check_does_not_give_the_faults_away(broken: Session) -> None:
    text = json.dumps(result(broken).as_dict())
    assert "v2.4.1" not in text
    assert "ResourceInitializationError" not in text


def test_a_deleted_service_is_said_to_be_gone(broken: Session) -> None:
    broken.simulation.world.containers._ecs.services.clear()
    with pytest.raises(LabError, match="The service 'web' is gone"):
        result(broken)


def test_labs_are_found_by_number_name_or_both() -> None:
    assert {
        find(wanted).number
        for wanted in ("101", "cannot-pull-container", "101-cannot-pull-container", "Q101")
    } == {101}
    assert "cannot-pull-container" in names()


def test_an_unknown_lab_is_answered_with_close_names() -> None:
    with pytest.raises(LabError) as caught:
        find("canot-pull-container")
    assert "Did you mean cannot-pull-container" in caught.value.remedy
    with pytest.raises(LabError, match="There is no lab '999'"):
        find("999")


def test_a_lab_file_with_a_hole_is_an_error_that_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "900-half"
    folder.mkdir()
    (folder / "lab.yaml").write_text("title: Half\n")
    with pytest.raises(LabError, match=r"900-half.lab.yaml: the entry 'level' is missing"):
        read_scenario(folder)
    (folder / "lab.yaml").write_text("title: [")
    with pytest.raises(LabError, match="not a lab"):
        scenarios(tmp_path)


@pytest.mark.parametrize(("text", "wanted"), [("90", 90), ("90s", 90), ("5m", 300), ("1.5h", 5400)])
def test_times(text: str, wanted: float) -> None:
    assert seconds(text) == wanted


def test_what_is_no_time_is_an_error() -> None:
    with pytest.raises(LabError, match="'soon' is not a time"):
        seconds("soon")


def test_a_step_may_not_refer_to_what_nobody_made(healthy: Session) -> None:
    with pytest.raises(LabError, match=r"\$\{moon\}"):
        healthy.actor.take([{"ec2.delete_vpc": {"VpcId": "${moon}"}}])


def test_an_unknown_check_is_an_error_that_names_the_known_ones(healthy: Session) -> None:
    from dataclasses import replace

    odd = replace(healthy.scenario, outcome=({"sings": {}},))
    with pytest.raises(LabError, match="There is no check 'sings'"):
        check(healthy.simulation, odd, healthy.known)
