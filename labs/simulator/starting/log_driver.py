"""The awslogs driver makes a log stream for each container before any of them starts.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
"""

from __future__ import annotations

from labs.simulator.paths import aws_service
from labs.simulator.permissions import decide
from labs.simulator.starting.step import Attempt, Outcome
from labs.world.containers import Container
from labs.world.messages import LOG_GROUP_DENIED, LOG_GROUP_MISSING, LOGS_DENIED, LOGS_TIMEOUT

RETRIES_TAKE = 90.0


def take(attempt: Attempt) -> Outcome:
    for container in attempt.task.definition.containers:
        if container.log_driver == "awslogs":
            outcome = _open_stream(attempt, container)
            if outcome.failure:
                return outcome
    return Outcome(2)


def _open_stream(attempt: Attempt, container: Container) -> Outcome:
    world, options = attempt.world, container.log_options
    group = options.get("awslogs-group", "")
    region = options.get("awslogs-region", world.region)
    path = aws_service.reach(world, attempt.source, "logs", region=region)
    if not path.is_free:
        return Outcome(RETRIES_TAKE, LOGS_TIMEOUT())
    role = world.identity.role(attempt.task.definition.execution_role)
    policy = path.endpoint.policy if path.endpoint else None
    logs = world.logs_in(region)
    if logs is None:
        return Outcome(RETRIES_TAKE, LOGS_TIMEOUT())  # no such region, so its name does not resolve
    group_arn = f"arn:aws:logs:{region}:{world.account}:log-group:{group}"
    if options.get("awslogs-create-group") == "true" and not logs.has_group(group):
        action = "logs:CreateLogGroup"
        decision = decide(role, action, f"{group_arn}:*", endpoint_policy=policy)
        if not decision.is_allowed:
            why = decision.because(action)
            return Outcome(10, LOG_GROUP_DENIED(user=attempt.session, resource=group_arn, why=why))
        logs.create_group(group)
    stream_arn = f"{group_arn}:log-stream:{stream_name(attempt.task.id, container)}"
    decision = decide(role, "logs:CreateLogStream", stream_arn, endpoint_policy=policy)
    if not decision.is_allowed:
        why = decision.because("logs:CreateLogStream")
        return Outcome(10, LOGS_DENIED(user=attempt.session, resource=stream_arn, why=why))
    if not logs.has_group(group):
        return Outcome(10, LOG_GROUP_MISSING())
    logs.open_stream(group, stream_name(attempt.task.id, container))
    return Outcome(0)


def stream_name(task_id: str, container: Container) -> str:
    """`prefix/container/task`, as Fargate names log streams."""
    return f"{container.log_options.get('awslogs-stream-prefix', 'ecs')}/{container.name}/{task_id}"
