"""A token for ECR, fetched with the execution role through the task's own network interface.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
"""

from __future__ import annotations

from labs.simulator.paths import aws_service
from labs.simulator.permissions import decide
from labs.simulator.starting.step import Attempt, Outcome
from labs.world.messages import LOGIN_DENIED, LOGIN_NO_NAME, LOGIN_TIMEOUT, NO_CREDENTIALS

RETRIES_TAKE = (
    285.0  # virtual seconds; a task behind a closed security group was seen to give up after 4 min 49 s
)
ACTION = "ecr:GetAuthorizationToken"


def take(attempt: Attempt) -> Outcome:
    images = [reference for _, reference in attempt.images() if reference.in_ecr]
    if not images:
        return Outcome(0)
    definition, region = attempt.task.definition, images[0].region
    if not definition.execution_role:
        return Outcome(10, NO_CREDENTIALS(image=images[0].text))
    path = aws_service.reach(attempt.world, attempt.source, "ecr.api")
    if path.obstacle == "dns":
        return Outcome(RETRIES_TAKE, LOGIN_NO_NAME(region=region))
    if not path.is_free:
        return Outcome(RETRIES_TAKE, LOGIN_TIMEOUT(region=region, address=path.address))
    decision = decide(
        attempt.world.identity.role(definition.execution_role),
        ACTION,
        endpoint_policy=path.endpoint.policy if path.endpoint else None,
        context=attempt.way(path),
    )
    if not decision.is_allowed:
        return Outcome(10, LOGIN_DENIED(user=attempt.session, why=decision.because(ACTION)))
    return Outcome(3)
