"""`ecsquiz site`: the bank as a website."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.options import BankOption, JsonOption

site_app = typer.Typer(no_args_is_help=True, help="Build the bank's website, or look at it here.")


class BuilderName(StrEnum):
    """What renders the pages."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


BuilderOption = Annotated[BuilderName, typer.Option("--builder", help="What renders the pages.")]

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        help="A folder with a mkdocs.yml and docs of your own; pages are written into its docs.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    app.add_typer(site_app, name="site")


@site_app.command(epilog="Example: ecsquiz site build --out public --builder zensical")
def build(
    out: Annotated[
        Path, typer.Option("--out", help="The folder to write; an earlier site there is replaced.")
    ] = Path("site"),
    url: Annotated[
        str, typer.Option("--url", help="Where the site will be, such as https://you.github.io/ecsquiz/.")
    ] = "",
    zip_file: Annotated[
        Path | None,
        typer.Option("--zip", help="Also write a zip that opens from the disk, without a server."),
    ] = None,
    builder: BuilderOption = BuilderName.MKDOCS,
    bank: BankOption = None,
    project_folder: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the website: a page a question, lists by level and topic, a glossary and a search."""
    from quiz.bank.locate import open_bank
    from quiz.cli.progress_bar import progress_bar
    from quiz.cli.supplements import supplements
    from quiz.errors import UserError
    from quiz.site import builders
    from quiz.site.generate import generate
    from quiz.site.project import open_project

    if url and not url.startswith(("https://", "http://")):
        raise UserError(
            f"`--url {url}` is no address.", "Write it whole, such as https://you.github.io/ecsquiz/."
        )
    project = open_project(bank, project_folder)
    with open_bank(bank) as opened, progress_bar("Writing pages") as advance:
        generated = generate(opened, project.docs, advance, supplements(opened))
        name = opened.spec.title if bank else ""
    typer.echo(
        f"{generated.pages} pages, {generated.written} of them new or changed. Rendering ...", err=True
    )
    builders.build(builders.Builder(builder.value), project, out, url, name)
    if zip_file:
        from quiz.site.portable.archive import write_zip

        size = write_zip(out, zip_file)
    if as_json:
        found = {"out": str(out.resolve()), "pages": generated.pages, "written": generated.written}
        if zip_file:
            found["zip"] = str(zip_file.resolve())
        typer.echo(json.dumps(found))
        return
    typer.echo(f"The site is in {out.resolve()}")
    if zip_file:
        typer.echo(f"The zip is {zip_file.resolve()} ({size / 1e6:.1f} MB): unpack it and open index.html.")


@site_app.command(epilog="Example: ecsquiz site serve --port 8001")
def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on this machine.")] = 8000,
    builder: BuilderOption = BuilderName.MKDOCS,
    bank: BankOption = None,
    project_folder: ProjectOption = None,
) -> None:
    """Show the website on this machine, and keep it up to date while you edit questions. Ctrl-C ends."""
    from quiz.bank.locate import open_bank
    from quiz.cli.supplements import supplements
    from quiz.site import builders
    from quiz.site.project import open_project
    from quiz.site.watching import keep_fresh

    project = open_project(bank, project_folder)
    keep_fresh(bank, project, supplements, once=True)
    with open_bank(bank) as opened:
        name = opened.spec.title if bank else ""
    server = builders.serve(builders.Builder(builder.value), project, port, name)
    try:
        keep_fresh(bank, project, supplements, running=lambda: server.poll() is None)
    except KeyboardInterrupt:
        server.terminate()
    raise typer.Exit(server.wait())
