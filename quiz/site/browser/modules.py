"""Which modules of ours import which, and what of that a page can fetch at once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

IMPORT: Final = re.compile(
    r'^import\s+(?:\* as (?P<all>\w+)|(?P<names>\{[^}]*\}))\s+from\s+"(?P<path>\.[^"]+)";\n', re.MULTILINE
)
PASSED_ON: Final = re.compile(r'^export\s+(?P<names>\{[^}]*\})\s+from\s+"(?P<path>\.[^"]+)";\n', re.MULTILINE)
ON_DEMAND: Final = re.compile(r'\bimport\("(?P<path>\.[^"]+)"\)')

_APP: Final = re.compile(r'\bdata-app="(?P<name>[\w.-]+)"')
_END: Final = re.compile(r"</body>", re.IGNORECASE)
_APPS: Final = "assets/app"


class CircularImportError(ValueError):
    """Modules import one another in a circle."""


def in_order(entry: Path, above: tuple[Path, ...] = (), *, on_demand: bool = True) -> Iterator[Path]:
    """What a module imports, what that imports, before the module itself; some of them more than once.

    With `on_demand`, also what it imports later.
    """
    path = entry.resolve()
    if path in above:
        raise CircularImportError(f"{path.name} imports itself, through {above[-1].name}")
    text = path.read_text(encoding="utf-8")
    for pattern in (IMPORT, PASSED_ON, ON_DEMAND) if on_demand else (IMPORT, PASSED_ON):
        for match in pattern.finditer(text):
            yield from in_order(path.parent / match["path"], (*above, path), on_demand=on_demand)
    yield path


def app_of(page: str) -> str | None:
    """The address, below the site, of the module that a page runs."""
    match = _APP.search(page)
    return f"{_APPS}/{match['name']}" if match else None


def name_modules(site: Path) -> None:
    """Name in each practice page all modules that it will need, and the bank's data.

    A browser then asks for all of them at once, instead of learning of them one import after the other. They
    stand at the page's end, so that its style comes before them and the form is there early.
    """
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        app = app_of(text)
        if not app:
            continue
        root = posixpath.relpath(".", page.parent.relative_to(site).as_posix())
        first = in_order(site / app, on_demand=False)
        modules = dict.fromkeys([*first, *in_order(site / app)])
        names = [path.relative_to(site.resolve()).as_posix() for path in modules]
        links = [f'<link rel="modulepreload" href="{root}/{name}">' for name in names]
        data = f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{root}/data/bank.json">'
        page.write_text(_END.sub("".join((data, *links)) + "</body>", text, count=1), encoding="utf-8")
