"""Brings moto in faster than it comes by itself, and reaches its backends. All else comes after this."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import botocore.loaders

REGION = "us-east-1"
REGIONS = {
    "aws": ["us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-central-1"],
    "aws-us-gov": ["us-gov-west-1"],
    "aws-cn": ["cn-north-1"],
}

os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # 1,300 images an account, a third of a second
os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")


class _RegionList:
    """Stands in for boto3.Session where moto only wants region names, which costs boto3 half a second."""

    def get_available_partitions(self) -> list[str]:
        return list(REGIONS)

    def get_available_regions(self, _service: str, partition_name: str = "aws", **_: Any) -> list[str]:
        return REGIONS.get(partition_name, [])


# Reads the service models of botocore once, for moto and for boto3 clients.
SERVICE_MODELS = botocore.loaders.create_loader()


def _import_moto() -> None:
    import moto.core.utils
    import moto.utilities.utils

    files: Any = moto.utilities.utils
    core: Any = moto.core.utils

    session, load = boto3.Session, files.load_resource

    def load_of_our_region(path: str) -> Any:
        # moto reads which instance types each region of the world offers; labs have one region.
        return load(path) if "instance_type_offerings" not in path or REGION in path else []

    boto3.Session, files.load_resource = _RegionList, load_of_our_region
    try:
        import moto.ec2.models
    finally:
        boto3.Session, files.load_resource = session, load
    core.create_loader = lambda: SERVICE_MODELS
    from moto.core.base_backend import AccountSpecificBackend

    AccountSpecificBackend.get_session = classmethod(lambda _cls: _RegionList())  # type: ignore[method-assign,assignment]


_import_moto()

import moto.backends  # noqa: E402
from moto.core.base_backend import BackendDict  # noqa: E402
from moto.moto_api._internal import mock_random  # noqa: E402


def backend(service: str, account: str, region: str = REGION) -> Any:
    """moto's own object for a service in an account and region ("aws" for global services)."""
    return moto.backends.get_backend(service)[account][region]  # type: ignore[call-overload]


def has_region(name: str) -> bool:
    """Whether labs know the region."""
    return any(name in names for names in REGIONS.values())


def ids_from(text: str) -> None:
    """Make the ids that moto draws next depend on `text` alone, so that a replay draws the same ones."""
    mock_random.seed(text)


@contextmanager
def ids_aside(text: str) -> Iterator[None]:
    """Ids drawn within depend on `text` alone, and the ids drawn afterwards do not depend on them."""
    state = mock_random.getstate()
    ids_from(text)
    try:
        yield
    finally:
        mock_random.setstate(state)


def forget_account(account: str) -> None:
    """Drop all that moto holds for an account."""
    loaded: Any = BackendDict
    for service in loaded._instances:
        service.pop(account, None)
