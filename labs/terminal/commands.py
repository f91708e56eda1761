"""Commands that come first on the learner's PATH: `aws`, and the plugin that ECS Exec needs.

An AWS CLI before 1.29 or 2.13 does not know AWS_ENDPOINT_URL and would talk to the real AWS. So `aws` here is
a small script that puts the lab's endpoint on every command of whichever AWS CLI comes next on PATH, and
lets it reach nothing else: any other address has to pass through a proxy, and the lab itself is named as that
proxy, which refuses.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from labs.server.folder import Address, RunFolder
from labs.terminal.environment import LOOPBACK, quoted

_AWS = """\
#!/bin/sh
# The AWS CLI, talking to lab {lab} and to nothing else. Written by `ecsquiz lab start`.
for word in "$@"; do
    case "$word" in
    --endpoint-url | --endpoint-url=* | --endpoint-u | --endpoint-ur)
        echo "aws: in a lab the endpoint is the lab's own; leave --endpoint-url out." >&2
        exit 2 ;;
    esac
done
case "$1 $2" in
"configure sso"* | "sso "* | "login "* | "sso-oidc "*)
    echo "aws: a lab has no sign-in; its keys are set already." >&2
    exit 2 ;;
esac
real=
rest="$PATH:"
while [ -n "$rest" ]; do
    place="${{rest%%:*}}"
    rest="${{rest#*:}}"
    if [ "$place" != {here} ] && [ -f "$place/aws" ] && [ -x "$place/aws" ]; then
        real="$place/aws"
        break
    fi
done
if [ -z "$real" ] && [ -x {beside} ]; then real={beside}; fi
if [ -z "$real" ]; then
    echo "aws: the AWS CLI is not installed. Install it: pip install 'ecsquiz[labs]'" >&2
    exit 127
fi
unset {removed}
export AWS_ENDPOINT_URL={endpoint} AWS_CONFIG_FILE={config} AWS_SHARED_CREDENTIALS_FILE={credentials}
export AWS_EC2_METADATA_DISABLED=true AWS_MAX_ATTEMPTS=2
export HTTP_PROXY={endpoint} HTTPS_PROXY={endpoint} ALL_PROXY={endpoint} NO_PROXY={loopback}
export http_proxy={endpoint} https_proxy={endpoint} all_proxy={endpoint} no_proxy={loopback}
[ $# -eq 0 ] || [ "$*" = --version ] || set -- --endpoint-url {endpoint} "$@"
exec "$real" "$@"
"""
_AWS_ON_WINDOWS = """\
@echo off
rem The AWS CLI, talking to lab {lab} and to nothing else. Written by ecsquiz lab start.
setlocal
set "AWS_ENDPOINT_URL={endpoint}"
set "HTTP_PROXY={endpoint}"
set "HTTPS_PROXY={endpoint}"
set "NO_PROXY={loopback}"
for /f "delims=" %%i in ('where aws') do (
  if /i not "%%~dpi"=="{here}\\" (
    call "%%i" --endpoint-url {endpoint} %*
    exit /b
  )
)
echo aws: the AWS CLI is not installed. Install it: pip install "ecsquiz[labs]" 1>&2
exit /b 127
"""
_REMOVED = (
    "AWS_PROFILE AWS_DEFAULT_PROFILE AWS_IGNORE_CONFIGURED_ENDPOINT_URLS AWS_CA_BUNDLE AWS_SESSION_TOKEN"
)
_PLUGIN = """\
#!/bin/sh
# Stands in for AWS's Session Manager plugin, for `aws ecs execute-command` in a lab.
exec {python} -m labs.terminal.session_plugin {folder} "$@"
"""
_PLUGIN_ON_WINDOWS = '@"{python}" -m labs.terminal.session_plugin "{folder}" %*\n'


def write_commands(folder: RunFolder, lab: str, address: Address) -> None:
    """Write them for the lab that answers at `address`. They are put in place whole."""
    folder.commands.mkdir(mode=0o700, exist_ok=True)
    fields = {
        "lab": lab,
        "endpoint": address.endpoint,
        "here": quoted(str(folder.commands)),
        "beside": quoted(str(Path(sys.executable).parent / "aws")),
        "config": quoted(str(folder.aws_config)),
        "credentials": quoted(str(folder.aws_credentials)),
        "folder": quoted(str(folder.path)),
        "removed": _REMOVED,
        "loopback": LOOPBACK,
        "python": quoted(sys.executable),
    }
    if os.name == "nt":
        plain = fields | {
            "here": str(folder.commands),
            "folder": str(folder.path),
            "python": sys.executable,
        }
        _write(folder.commands / "aws.cmd", _AWS_ON_WINDOWS.format(**plain))
        _write(folder.commands / "session-manager-plugin.cmd", _PLUGIN_ON_WINDOWS.format(**plain))
        return
    _write(folder.commands / "aws", _AWS.format(**fields))
    _write(folder.commands / "session-manager-plugin", _PLUGIN.format(**fields))


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.chmod(0o700)
    beside.replace(path)
