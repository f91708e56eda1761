"""Once a day ECR takes the images that the lifecycle policy of their repository expires.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html: "within 24 hours". Here it
happens at midnight, a whole number of days after the lab was built, and leaves a PolicyExecutionEvent in
CloudTrail: https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
"""

from __future__ import annotations

from labs.simulator.lifecycle import DAY, days_that_matter, expired
from labs.simulator.simulation import Simulation
from labs.world.registry import Stored


def apply(simulation: Simulation) -> float | None:
    state = simulation.state
    repositories = simulation.world.registry.stored(simulation.world.account, simulation.world.region)
    for repository in repositories:
        for image in repository.images:
            state.pushed.setdefault((repository.name, image.digest), simulation.now)
    while state.midnight <= simulation.now:
        for repository in repositories:
            _expire(simulation, repository, state.midnight)
        state.midnight += DAY
    return min((due for item in repositories if (due := _next(simulation, item)) is not None), default=None)


def _expire(simulation: Simulation, repository: Stored, moment: float) -> None:
    images = simulation.stored_images(repository)
    gone = expired(repository.policy, images, moment)
    if not gone:
        return
    simulation.world.registry.expire(repository, gone)
    for digest in gone:
        simulation.state.pushed.pop((repository.name, digest), None)
    details = {
        "repositoryName": repository.name,
        "lifecycleEventImageActions": [
            {
                "lifecycleEventImage": {
                    "digest": image.digest,
                    "tagStatus": "Tagged" if image.tags else "Untagged",
                    "tagList": list(image.tags),
                },
                "rulePriority": gone[image.digest],
            }
            for image in images
            if image.digest in gone
        ],
    }
    simulation.trail.note_execution(moment, repository.arn, details)
    simulation.note_change()


def _next(simulation: Simulation, repository: Stored) -> float | None:
    """The midnight at which the policy next takes an image; None if it takes none that is there now."""
    images, first = simulation.stored_images(repository), simulation.state.midnight
    ages = days_that_matter(repository.policy)
    ripe = {image.pushed + days * DAY for image in images for days in ages}
    nights = {first} | {first + DAY * -((first - moment) // DAY) for moment in ripe if moment > first}
    return next((night for night in sorted(nights) if expired(repository.policy, images, night)), None)
