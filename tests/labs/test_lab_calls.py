"""What programs call: databases, other tasks, buckets; from each zone, and through whose doors."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pytest

from labs.checks.check import check, right_answers
from labs.scenarios.catalogue import find
from labs.simulator.application import resolved
from labs.simulator.dependencies import troubles

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(498_000_001_500)
Open = Callable[..., "Session"]


@pytest.fixture
def lab() -> Iterator[Open]:
    """`lab("110")` as its learner finds it."""
    from labs.server.session import Session

    opened: list[Session] = []

    def make(number: str, *, broken: bool = True) -> Session:
        opened.append(Session(find(number), account=str(next(ACCOUNTS)), speed=0, broken=broken))
        return opened[-1]

    yield make
    for session in opened:
        session.middleware.close()


def failing(session: Session) -> list[str]:
    answers = right_answers(session.scenario, session.known)
    report = check(session.simulation, session.scenario, session.known, answers)
    return [item.check for item in (*report.outcomes, *report.guards) if not item.passed]


def complaints(session: Session, service: str = "web") -> dict[str, set[str]]:
    """What the programs of running tasks complain of, by zone."""
    found: dict[str, set[str]] = {}
    for task in session.simulation.state.tasks_of(("prod", service)):
        if task.serves and task.booted:
            zone = session.simulation.world.network.subnet(task.subnet_id).zone
            said = troubles(session.simulation, task, task.definition.containers[0])
            found.setdefault(zone, set()).update(said)
    return found


def logged(session: Session) -> list[str]:
    events = session.call("logs.filter_log_events", logGroupName="/ecs/shop")["events"]
    return [event["message"] for event in sorted(events, key=lambda event: event["timestamp"])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("$HOST:5432", "db:5432"), ("http://$HOST/a", "http://db/a"), ("$NONE:1", ":1"), ("plain", "plain")],
)
def test_variables_are_put_into_what_a_program_calls(text: str, wanted: str) -> None:
    assert resolved(text, {"HOST": "db"}) == wanted


def test_a_healthy_lab_has_nothing_to_complain_of(lab: Open) -> None:
    for number in ("110", "114", "135", "142"):
        session = lab(number, broken=False)
        assert set().union(*complaints(session).values()) == set()


def test_the_name_of_a_deleted_database_leads_nowhere(lab: Open) -> None:
    session = lab("110")
    said = set().union(*complaints(session).values())
    assert len(said) == 1
    assert "could not resolve host" in next(iter(said))
    assert any("could not resolve host" in line for line in logged(session))


def test_behind_the_name_one_zone_gets_no_answer(lab: Open) -> None:
    session = lab("110")
    session.actor.take(session.scenario.wrong["only-the-name"])
    session.simulation.advance(600)
    found = complaints(session)
    assert found["us-east-1a"] == set()
    assert "timed out" in next(iter(found["us-east-1b"]))


def test_a_program_says_when_it_works_again(lab: Open) -> None:
    session = lab("135")
    session.actor.take(session.scenario.repairs["orders-moves-to-80"])
    session.simulation.advance(600)
    assert "recovered: all calls answered" in logged(session)


def test_pages_that_need_the_database_answer_500_and_the_health_check_does_not(lab: Open) -> None:
    session = lab("110")
    status = session.call("elbv2.describe_target_health", TargetGroupArn=session.known["target-group"])
    states = {item["TargetHealth"]["State"] for item in status["TargetHealthDescriptions"]}
    assert states == {"healthy"}
    assert "answers" in failing(session)


def test_a_refused_connection_is_a_port_and_a_timeout_a_door(lab: Open) -> None:
    session = lab("135", broken=False)
    permission = {"IpProtocol": "tcp", "FromPort": 9000, "ToPort": 9000}
    peer = {"UserIdGroupPairs": [{"GroupId": session.known["group.task"]}]}
    url = [{"name": "ORDERS_URL", "value": "http://orders.shop.local:9000"}]
    session.actor.take([{"revise": {"containers": {"web": {"environment": url}}}}])
    session.simulation.advance(300)
    assert all("timed out" in text for said in complaints(session).values() for text in said)
    session.call(
        "ec2.authorize_security_group_ingress",
        GroupId=session.known["group.orders"],
        IpPermissions=[permission | peer],
    )
    assert all("connection refused" in text for said in complaints(session).values() for text in said)


def test_names_of_cloud_map_are_the_running_tasks(lab: Open) -> None:
    session = lab("135", broken=False)

    def addresses() -> set[str]:
        found = session.call(
            "servicediscovery.discover_instances", NamespaceName="shop.local", ServiceName="orders"
        )["Instances"]
        return {item["Attributes"]["AWS_INSTANCE_IPV4"] for item in found}

    before = addresses()
    assert len(before) == 2
    session.call("ecs.update_service", cluster="prod", service="orders", desiredCount=0)
    session.simulation.advance(120)
    assert addresses() == set()
    said = set().union(*complaints(session).values())
    assert said == {'could not resolve host "orders.shop.local": Name or service not known'}


def test_a_name_needs_the_resolver_of_the_vpc(lab: Open) -> None:
    session = lab("142", broken=False)
    session.call("ec2.modify_vpc_attribute", VpcId=session.known["vpc"], EnableDnsSupport={"Value": False})
    assert all("could not resolve" in text for said in complaints(session).values() for text in said)


def test_what_a_program_says_arrives_when_there_is_a_way_for_it(lab: Open) -> None:
    session = lab("142")
    assert not any("timed out" in line for line in logged(session))
    session.actor.take(session.scenario.wrong["only-out"])
    session.simulation.advance(60)
    assert any("timed out" in line for line in logged(session))


def test_an_endpoint_policy_denies_in_other_words_than_a_missing_way(lab: Open) -> None:
    session = lab("114")
    assert all("connect timeout" in text for text in complaints(session)["us-east-1b"])
    session.actor.take(session.scenario.wrong["endpoint-without-its-policy"])
    (said,) = complaints(session)["us-east-1b"]
    assert said.endswith("because no VPC endpoint policy allows the s3:GetObject action")
    assert complaints(session)["us-east-1a"] == set()


def test_a_bucket_needs_the_right_of_the_task_role(lab: Open) -> None:
    session = lab("114", broken=False)
    session.call("iam.delete_role_policy", RoleName="shop-task", PolicyName="pictures")
    said = set().union(*complaints(session).values())
    assert all("no identity-based policy allows the s3:GetObject action" in text for text in said)
    assert said


def test_resetting_the_policy_of_an_endpoint_opens_it_for_foreign_buckets(lab: Open) -> None:
    session = lab("114")
    session.actor.take(session.scenario.wrong["endpoint-for-everybody"])
    assert failing(session) == ["endpoint-closed"]


def test_an_unlisted_repair_of_114_by_the_other_nat_gateway(lab: Open) -> None:
    session = lab("114")
    session.call(
        "ec2.replace_route",
        RouteTableId=session.known["routes.private-b"],
        DestinationCidrBlock="0.0.0.0/0",
        NatGatewayId=session.known["nat"],
    )
    assert failing(session) == []


def test_an_unlisted_repair_of_110_the_old_acl_again(lab: Open) -> None:
    session = lab("110")
    acls = session.call("ec2.describe_network_acls")["NetworkAcls"]
    default = next(acl["NetworkAclId"] for acl in acls if acl["IsDefault"])
    entries = {
        entry["SubnetId"]: entry["NetworkAclAssociationId"] for acl in acls for entry in acl["Associations"]
    }
    session.call(
        "ec2.replace_network_acl_association",
        AssociationId=entries[session.known["subnet.data.a"]],
        NetworkAclId=default,
    )
    session.actor.take(session.scenario.wrong["only-the-name"])
    assert failing(session) == []


def test_an_unlisted_repair_of_135_a_second_group_for_orders(lab: Open) -> None:
    session = lab("135")
    session.actor.take(session.scenario.repairs["port-group-and-acl"][::2])
    group = session.call(
        "ec2.create_security_group", GroupName="more", Description="more", VpcId=session.known["vpc"]
    )["GroupId"]
    session.actor.take([{"allow": {"group": group, "port": 8080, "from": "${group.task}"}}])
    network = {
        "subnets": [session.known["subnet.private.a"], session.known["subnet.private.b"]],
        "securityGroups": [session.known["group.orders"], group],
    }
    session.call(
        "ecs.update_service",
        cluster="prod",
        service="orders",
        networkConfiguration={"awsvpcConfiguration": network},
    )
    assert failing(session) == []


def test_an_address_in_the_place_of_the_name_breaks_the_brief(lab: Open) -> None:
    session = lab("135")
    orders = session.simulation.state.tasks_of(("prod", "orders"))[0]
    assert orders.interface is not None
    url = [{"name": "ORDERS_URL", "value": f"http://{orders.interface.address}:8080"}]
    session.actor.take(session.scenario.repairs["port-group-and-acl"][1:])
    session.actor.take([{"revise": {"containers": {"web": {"environment": url}}}}])
    assert failing(session) == ["by-name"]


def test_an_unlisted_repair_of_142_to_the_balancers_network(lab: Open) -> None:
    session = lab("142")
    session.actor.take(
        [
            {
                "ec2.authorize_security_group_egress": {
                    "GroupId": "${group.task}",
                    "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
                }
            }
        ]
    )
    session.actor.take(session.scenario.repairs["by-groups-and-443"][1:])
    assert failing(session) == []


REPAIRS = [
    (number, repair) for number in ("110", "114", "135", "142") for repair in sorted(find(number).repairs)
]


@pytest.mark.parametrize(("number", "repair"), REPAIRS)
def test_a_repair_outlives_the_next_deployment(lab: Open, number: str, repair: str) -> None:
    session = lab(number)
    session.actor.take(session.scenario.repairs[repair])
    session.call("ecs.update_service", cluster="prod", service="web", forceNewDeployment=True)
    session.actor.take([{"wait": "20m"}])
    assert failing(session) == []


def let_through(session: Session, *statements: Mapping[str, object]) -> None:
    """Put the endpoint of lab 114 on the table of zone b, with a policy of these statements."""
    common: dict[str, object] = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
    document = {"Version": "2012-10-17", "Statement": [{**common, **statement} for statement in statements]}
    session.call(
        "ec2.modify_vpc_endpoint",
        VpcEndpointId=session.known["endpoint.s3"],
        AddRouteTableIds=[session.known["routes.private-b"]],
        PolicyDocument=json.dumps(document),
    )


LAYERS = {"Resource": "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"}


def test_an_unlisted_repair_of_114_for_all_buckets_of_the_account(lab: Open) -> None:
    session = lab("114")
    ours = {"StringEquals": {"aws:ResourceAccount": session.known["account"]}}
    let_through(session, {"Resource": "*", "Condition": ours}, LAYERS)
    assert failing(session) == []


def test_an_endpoint_that_forgets_the_layers_of_ecr_leaves_tasks_that_cannot_be_replaced(lab: Open) -> None:
    session = lab("114")
    let_through(session, {"Resource": "arn:aws:s3:::shop-media/*"})
    assert failing(session) == ["replaceable"]


def test_a_second_endpoint_may_not_let_foreign_buckets_through_either(lab: Open) -> None:
    session = lab("114")
    session.call("ec2.delete_vpc_endpoints", VpcEndpointIds=[session.known["endpoint.s3"]])
    session.call(
        "ec2.create_vpc_endpoint",
        VpcEndpointType="Gateway",
        VpcId=session.known["vpc"],
        ServiceName="com.amazonaws.us-east-1.s3",
        RouteTableIds=[session.known["routes.private-b"]],
    )
    assert failing(session) == ["endpoint-closed"]


def test_a_route_to_a_nat_gateway_that_is_gone_is_a_black_hole(lab: Open) -> None:
    session = lab("114")
    tables = session.call("ec2.describe_route_tables", RouteTableIds=[session.known["routes.private-b"]])
    routes = [route for route in tables["RouteTables"][0]["Routes"] if "DestinationCidrBlock" in route]
    states = {route["DestinationCidrBlock"]: route["State"] for route in routes}
    assert states == {"10.20.0.0/16": "active", "0.0.0.0/0": "blackhole"}


def test_a_route_to_an_internet_gateway_of_no_vpc_is_a_black_hole_too(lab: Open) -> None:
    session = lab("142")
    call, known = session.call, session.known
    call("ec2.detach_internet_gateway", InternetGatewayId=known["internet-gateway"], VpcId=known["vpc"])
    routes = call("ec2.describe_route_tables", RouteTableIds=[known["routes.public"]])["RouteTables"][0]
    assert {route["State"] for route in routes["Routes"] if "GatewayId" in route} >= {"blackhole"}
