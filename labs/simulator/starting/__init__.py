"""The steps by which a Fargate task starts, in the order in which it takes them.

The order (secrets, registry login, log driver, manifest, layers) is the one in which people meet the errors
when they add endpoints to a closed VPC one by one; AWS does not document it.
"""

from __future__ import annotations

from labs.simulator.starting import (
    executable,
    execution_role,
    image_layers,
    image_manifest,
    log_driver,
    network_interface,
    registry_login,
    secrets,
)
from labs.simulator.starting.step import Step

STEPS: tuple[Step, ...] = (
    network_interface.take,
    execution_role.take,
    secrets.take,
    registry_login.take,
    log_driver.take,
    image_manifest.take,
    image_layers.take,
    executable.take,
)
