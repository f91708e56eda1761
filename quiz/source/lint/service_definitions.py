"""J003: a service definition is accepted by the API, in a JSON fence and in an AWS CLI command.

The rules beyond the model are those of CreateService and UpdateService:
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quiz.source.lint import json_fences, service_model
from quiz.source.lint.source import Source
from quiz.source.question import Finding

NEEDS = "botocore"
CODES: Final[Mapping[str, str]] = {"J003": "A service definition is one that ECS accepts."}

_FARGATE: Final = frozenset(("FARGATE", "FARGATE_SPOT"))


def check(source: Source) -> Iterator[Finding]:
    for path, line, document in json_fences.objects(source):
        if operation := _operation(document):
            problems = list(service_model.problems("ecs", operation, document))
            for problem in problems or service_problems(document, new=operation == "CreateService"):
                yield Finding(path, line, "J003", problem)


def _operation(document: Mapping[str, Any]) -> str:
    """The operation that a document is the input of; empty for any other document."""
    if "containerDefinitions" in document or "taskDefinition" not in document:
        return ""
    if "serviceName" in document and "serviceArn" not in document:
        return "CreateService"
    return "UpdateService" if "service" in document else ""


def service_problems(definition: Mapping[str, Any], *, new: bool) -> Iterator[str]:
    """What CreateService (`new`) or UpdateService would refuse, beyond the shape."""
    strategy = definition.get("capacityProviderStrategy", ())
    yield from strategy_problems(strategy)
    if strategy and "launchType" in definition:
        yield "launchType and capacityProviderStrategy exclude each other"
    providers = {entry.get("capacityProvider") for entry in strategy}
    on_fargate = definition.get("launchType") == "FARGATE" or bool(providers & _FARGATE)
    if new and on_fargate and "networkConfiguration" not in definition:
        yield "a service on Fargate needs a networkConfiguration"
    if definition.get("schedulingStrategy") == "DAEMON":
        if on_fargate:
            yield "Fargate runs no DAEMON services"
        if "desiredCount" in definition:
            yield "a DAEMON service has no desiredCount"
    elif new and "desiredCount" not in definition:
        yield "a REPLICA service needs a desiredCount"
    for balancer in definition.get("loadBalancers", ()):
        missing = {"targetGroupArn", "containerName", "containerPort"} - balancer.keys()
        if missing and "loadBalancerName" not in balancer:
            yield f"a load balancer lacks {', '.join(sorted(missing))}"
    deployment = definition.get("deploymentConfiguration", {})
    if deployment.get("minimumHealthyPercent", 0) >= 100 >= deployment.get("maximumPercent", 200):
        yield "with minimumHealthyPercent 100 and maximumPercent 100 no rolling deployment can move"


def strategy_problems(strategy: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What no capacity provider strategy may be."""
    providers = {entry.get("capacityProvider") for entry in strategy}
    if providers & _FARGATE and providers - _FARGATE:
        yield "one strategy cannot mix FARGATE or FARGATE_SPOT with other capacity providers"
    if sum(1 for entry in strategy if entry.get("base")) > 1:
        yield "only one capacity provider of a strategy may have a base"
    if len(strategy) > 1 and not any(entry.get("weight") for entry in strategy):
        yield "one capacity provider of the strategy needs a weight above 0"
