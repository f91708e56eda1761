"""Commands that see a disk of their own: a small one, or one that can only be read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

# In a namespace of its own nobody else sees the mount, and it ends with the command. What is on the disk
# before comes from a folder beside it, and what is on it at the end is copied to another.
_SMALL = """\
mount -t tmpfs -o size="$1" none "$2" && cp -r "$2.before/." "$2" || exit 99
shift; disk=$1; shift
"$@"; code=$?
cp -r "$disk/." "$disk.after" && exit $code
"""
_READ_ONLY = """\
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 99
shift
exec "$@"
"""


def _can_mount() -> bool:
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    )
    return tried.returncode == 0


needs_mounts = pytest.mark.skipif(not _can_mount(), reason="nobody may mount a disk here")


def with_small_disk(
    disk: Path, kilobytes: int, arguments: list[str], typed: str, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `ecsquiz` while `disk`, an empty folder, is a disk of that size.

    It begins with what is in the folder `disk`.before, and ends as what is in `disk`.after.
    """
    for folder in (disk, disk.with_name(f"{disk.name}.before"), disk.with_name(f"{disk.name}.after")):
        folder.mkdir(exist_ok=True)
    return _run([_SMALL, "sh", f"{kilobytes}k", str(disk)], arguments, typed, env)


def with_read_only(
    folder: Path, arguments: list[str], typed: str, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `ecsquiz` while nobody can write to `folder`, not even root."""
    return _run([_READ_ONLY, "sh", str(folder)], arguments, typed, env)


def _run(
    shell: list[str], arguments: list[str], typed: str, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", *shell, sys.executable, "-m", "quiz", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        check=False,
    )
    assert done.returncode != 99, done.stderr
    return done
