from __future__ import annotations

import string

import pytest

from labs.world import messages
from labs.world.messages import Message, catalogue


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_each_message_names_the_aws_page_it_was_checked_against(name: str) -> None:
    message = catalogue()[name]
    assert message.checked.startswith("https://docs.aws.amazon.com/")
    assert message.how in ("documented", "opening", "quoted", "unconfirmed")
    assert not message.text.endswith(" ")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_each_message_can_be_filled(name: str) -> None:
    message = catalogue()[name]
    fields = {field: f"<{field}>" for _, field, _, _ in string.Formatter().parse(message.text) if field}
    text = message(**fields)
    assert all(value in text for value in fields.values())


def test_stop_codes_are_those_of_the_api() -> None:
    import botocore.session

    shape = botocore.session.get_session().get_service_model("ecs").shape_for("TaskStopCode")
    ours = {messages.FAILED_TO_START, messages.CONTAINER_EXITED, messages.BY_USER, messages.BY_SCHEDULER}
    assert ours <= set(shape.enum)


def test_health_reasons_are_those_of_the_api() -> None:
    import botocore.session

    shape = botocore.session.get_session().get_service_model("elbv2").shape_for("TargetHealthReasonEnum")
    ours = {value.code for value in vars(messages).values() if isinstance(value, messages.HealthReason)}
    assert ours <= set(shape.enum)


def test_hardly_any_wording_is_unconfirmed() -> None:
    ours = [name for name, message in catalogue().items() if message.how == "unconfirmed"]
    assert ours == [
        "NO_ADDRESS",
        "SECRET_WITHOUT_KEY",
        "PARAMETER_MISSING",
        "ROLLOUT_ALARMED",
        "ROLLOUT_ALARMED_ROLLBACK",
        "DEPLOYMENT_STOPPED",
        "ROLLOUT_STOPPED",
        "NO_SUCH_DEPLOYMENT",
        "STOP_TOO_LATE",
        "PRIVATE_DNS_NEEDS_ATTRIBUTES",
        "PRIVATE_DNS_CONFLICT",
        "NO_SUCH_TARGET_GROUP",
        "EXEC_NO_CONTAINER",
        "PREVIEW_MISSING",
        "ONE_ATTRIBUTE",
    ]
    assert isinstance(messages.NO_ADDRESS, Message)
