"""The layers of an image in ECR are downloaded from S3, so the task must reach S3 as well.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-setting-up-s3-gateway
"""

from __future__ import annotations

from labs.simulator.paths import aws_service
from labs.simulator.permissions import evaluate
from labs.simulator.starting.step import Attempt, Outcome
from labs.world.messages import LAYERS_DENIED, LAYERS_TIMEOUT
from labs.world.registry import Reference

RETRIES_TAKE = 180.0
DOWNLOAD_TAKES = 15.0  # seconds at least
# Bytes a second; AWS promises no figures. What counts is that the way through a NAT gateway is slower.
THROUGH_NAT, THROUGH_ENDPOINT = 20e6, 60e6


def take(attempt: Attempt) -> Outcome:
    seconds = 0.0
    for container, reference in attempt.images():
        if not reference.in_ecr:
            continue
        digest = attempt.task.digests.get(container.name, "")
        outcome = _download(attempt, reference, digest)
        if outcome.failure:
            return outcome
        seconds += outcome.seconds
    return Outcome(max(seconds, DOWNLOAD_TAKES))


def _download(attempt: Attempt, reference: Reference, digest: str) -> Outcome:
    path = aws_service.reach(attempt.world, attempt.source, "s3")
    if not path.is_free:
        return Outcome(RETRIES_TAKE, LAYERS_TIMEOUT(image=reference.text, address=path.address))
    if path.endpoint:
        # The download is signed by ECR, so only the endpoint's own policy can stand in its way.
        bucket = f"arn:aws:s3:::prod-{reference.region}-starport-layer-bucket/layer"
        verdict = evaluate(
            [path.endpoint.policy], "s3:GetObject", bucket, {}, f"arn:aws:iam::{reference.account}:x"
        )
        if verdict != "allowed":
            return Outcome(
                20, LAYERS_DENIED(host=reference.host, repository=reference.repository, digest=digest)
            )
    image = attempt.world.registry.image(reference.at(digest))
    return Outcome((image.size if image else 0) / (THROUGH_ENDPOINT if path.endpoint else THROUGH_NAT))
