"""Labs in this process, each in an account of its own, without sockets and without waiting."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("moto", reason="moto is not installed: pip install 'ecsquiz[labs]'")

if TYPE_CHECKING:
    from labs.server.session import Session

ACCOUNTS = itertools.count(400_000_000_000)
Build = Callable[..., "Session"]


@pytest.fixture
def build() -> Build:
    """Builds lab 101: `build()` healthy, `build(broken=True)` as its learner finds it."""
    from labs.scenarios.catalogue import find
    from labs.server.session import Session

    def make(*, broken: bool = False, account: str = "") -> Session:
        return Session(find("101"), account=account or str(next(ACCOUNTS)), speed=0, broken=broken)

    return make


@pytest.fixture
def healthy(build: Build) -> Session:
    return build()


@pytest.fixture
def broken(build: Build) -> Session:
    return build(broken=True)


@pytest.fixture
def labs_folder(tmp_path: Path) -> Path:
    return tmp_path / "labs"
