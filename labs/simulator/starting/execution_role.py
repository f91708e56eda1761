"""ECS assumes the execution role of the task, if it has one.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
"""

from __future__ import annotations

from labs.simulator.permissions import trusts
from labs.simulator.starting.step import Attempt, Outcome
from labs.world.messages import ROLE_NOT_ASSUMED


def take(attempt: Attempt) -> Outcome:
    for arn in (attempt.task.definition.execution_role, attempt.task.definition.task_role):
        if not arn:
            continue
        role = attempt.world.identity.role(arn)
        if role is None or not trusts(role, "ecs-tasks.amazonaws.com"):
            return Outcome(5, ROLE_NOT_ASSUMED(role=arn))
    return Outcome(2)
