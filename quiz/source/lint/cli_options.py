"""Options of every AWS CLI command. They change how an answer is fetched or shown, and not what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

GLOBAL: Final = frozenset(
    """--ca-bundle --cli-auto-prompt --cli-binary-format --cli-connect-timeout --cli-read-timeout --color
    --debug --endpoint-url --max-items --no-cli-auto-prompt --no-cli-pager --no-color --no-paginate
    --no-sign-request --no-verify-ssl --output --page-size --profile --query --region --starting-token
    --version""".split()
)
FLAGS: Final = frozenset(option for option in GLOBAL if option.startswith("--no-")) | {
    "--cli-auto-prompt",
    "--debug",
    "--version",
}
"""Those that take no value."""


def without_global(words: Sequence[str]) -> list[str]:
    """The words of a command without these options and their values."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        if words[at].partition("=")[0] not in GLOBAL:
            kept.append(words[at])
        elif "=" not in words[at] and words[at] not in FLAGS:
            at += 1
        at += 1
    return kept
