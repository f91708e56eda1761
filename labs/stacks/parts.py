"""What stacks are made of: how they call, and the names under which labs know their parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Call = Callable[..., dict[str, Any]]  # call("ec2.create_vpc", CidrBlock=...) gives the response
References = dict[str, str]

ZONES = ("a", "b")
REGION = "us-east-1"
