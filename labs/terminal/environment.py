"""The environment in which AWS tools talk to the lab and to nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.errors import LabError
from labs.server.folder import Address, RunFolder
from labs.stacks.parts import REGION

# Variables of the user's real set-up that would outrank or redirect the lab's.
REMOVED = (
    "AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_ROLE_ARN AWS_ROLE_SESSION_NAME "
    "AWS_WEB_IDENTITY_TOKEN_FILE AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI "
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT AWS_CA_BUNDLE"
).split()
LOOPBACK = "127.0.0.1,localhost"
SHELLS = ("sh", "bash", "zsh", "fish", "powershell")


@dataclass(frozen=True)
class Environment:
    """Variables to set, those to remove, and the folder of commands that comes first on PATH."""

    values: Mapping[str, str]
    removed: tuple[str, ...]
    commands: str

    def applied(self, current: Mapping[str, str], separator: str) -> dict[str, str]:
        """The variables of a process that lives in this environment."""
        kept = {name: value for name, value in current.items() if name not in self.removed}
        return {**kept, **self.values, "PATH": f"{self.commands}{separator}{current.get('PATH', '')}"}


def environment(lab: str, address: Address, folder: RunFolder, current: Mapping[str, str]) -> Environment:
    """What to change in `current` so that tools use the lab."""
    values = {
        "AWS_ENDPOINT_URL": address.endpoint,
        "AWS_ACCESS_KEY_ID": "AKIALABLABLABLABLAB0",
        "AWS_SECRET_ACCESS_KEY": "lab",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": str(folder.aws_config),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder.aws_credentials),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        "AWS_PAGER": "",
        "ECSQUIZ_LAB": lab,
        "ECSQUIZ_LABS": str(folder.path.parent),
    }
    if any(name.lower() in ("http_proxy", "all_proxy") for name in current):
        values["NO_PROXY"] = values["no_proxy"] = ",".join(filter(None, (current.get("NO_PROXY"), LOOPBACK)))
    redirects = (name for name in current if name.startswith("AWS_ENDPOINT_URL_"))
    removed = [name for name in (*REMOVED, *redirects) if name in current]
    return Environment(values, tuple(removed), str(folder.commands))


def lines(wanted: Environment, shell: str) -> list[str]:
    """Commands of a shell (one of `SHELLS`) that bring the environment about."""
    if shell in ("sh", "bash", "zsh"):
        return [
            *(f"unset {name}" for name in wanted.removed),
            *(f"export {name}={quoted(value)}" for name, value in wanted.values.items()),
            f'export PATH={quoted(wanted.commands)}":$PATH"',
        ]
    if shell == "fish":
        return [
            *(f"set -e {name};" for name in wanted.removed),
            *(f"set -gx {name} {_fish(value)};" for name, value in wanted.values.items()),
            f"set -gx PATH {_fish(wanted.commands)} $PATH;",
        ]
    if shell == "powershell":
        return [
            *(f"Remove-Item Env:{name} -ErrorAction SilentlyContinue" for name in wanted.removed),
            *(f"$Env:{name} = {_powershell(value)}" for name, value in wanted.values.items()),
            f"$Env:PATH = {_powershell(wanted.commands)} + [IO.Path]::PathSeparator + $Env:PATH",
        ]
    raise LabError(f"'{shell}' is not a known shell.", f"Known are {', '.join(SHELLS)}.")


def quoted(value: str) -> str:
    """One word of a POSIX shell."""
    return "'" + value.replace("'", "'\\''") + "'"


def _fish(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _powershell(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
