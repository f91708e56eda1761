"""`ecsquiz import`: somebody else's Q&A document to question files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.options import JsonOption


def register(app: typer.Typer) -> None:
    app.command("import", epilog="Example: ecsquiz import notes.md --into my-questions --dry-run")(import_)


def import_(
    document: Annotated[
        Path, typer.Argument(metavar="FILE", help="A Markdown or text file with questions and answers.")
    ],
    into: Annotated[
        Path, typer.Option("--into", metavar="DIR", help="The folder for the questions; made if missing.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing, only report.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that differ from the document.")
    ] = False,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="SLUG", help="The level of questions that have none the bank knows."),
    ] = None,
    start_at: Annotated[
        int | None,
        typer.Option("--start-at", min=1, max=999_999, help="Number the questions anew."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Turn one big Q&A document into question files, one file a question.

    Text that was damaged by a wrong code page is repaired. Questions may be headings (## Q1: ... or
    ### 12. ...?), <details> blocks, **Q: ...** and **A: ...** pairs, or Q: and A: cards. The report names
    every line that is in no file. Files that somebody has edited are kept.
    """
    from quiz.source.importing.importer import Options, import_document
    from quiz.source.importing.report import as_text

    report = import_document(document, into, Options(dry_run, overwrite, level, start_at))
    if as_json:
        import json

        typer.echo(json.dumps(report.as_dict(), indent=2))
        return
    for line in as_text(report):
        typer.echo(line)
