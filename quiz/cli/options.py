"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

BankOption = Annotated[
    Path | None,
    typer.Option(
        "--bank",
        envvar="ECSQUIZ_BANK",
        help="A folder of questions or a compiled bank. Default: the bank that comes with ecsquiz.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
LearnerOption = Annotated[
    str, typer.Option("--learner", envvar="ECSQUIZ_LEARNER", help="Whose progress it is.")
]
