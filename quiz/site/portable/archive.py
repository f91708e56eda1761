"""A built site as one zip: unpack it, open `index.html`, and all but the search works."""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from quiz.errors import UserError
from quiz.site.browser.data import FOLDER
from quiz.site.browser.modules import app_of
from quiz.site.portable.bundling import bundle

_HERE: Final = Path(__file__).parent
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_MODULE: Final = re.compile(
    r"<script(?=[^>]*\btype=[\"']?module\b)[^>]*\bsrc=[\"']?(?P<src>[^\"'\s>]+)[^>]*></script>"
)
_LINK: Final = re.compile(r"(?P<before>\b(?:href|src)=)(?P<quote>[\"'])(?P<target>[^\"']*)(?P=quote)")
# What a page from the disk may not load, or is refused by the browser with an error.
_SERVED_ONLY: Final = re.compile(
    r"<link rel=\"(?:modulepreload|preload|manifest)\"[^>]*>\n?"
    r"|<meta http-equiv=\"Content-Security-Policy\"[^>]*>"
    r"|<script[^>]*\bsrc=\"[^\"]*/(?:from-disk|try)\.js\"[^>]*></script>"
)
_HEAD: Final = re.compile(r"</head>", re.IGNORECASE)
# The theme's search wants a worker, which a page from the disk does not get.
_SEARCH: Final = re.compile(r' (?:data-md-component="search"|name="search")')
_STYLE: Final = ".md-search, [for=__search] { display: none !important; }\n"
_LEFT_OUT: Final = ("404.html", "sw.js", "sitemap.xml", "sitemap.xml.gz")
_READ_ME: Final = """\
Unpack this folder anywhere and open index.html in a browser. Nothing has to be installed or served.

The search needs the site on a web server; here, the list of all questions has a filter. What you practise is
kept by the browser for this folder: export your progress before you move or replace it.
"""


def write_zip(site: Path, target: Path) -> int:
    """Write the zip of a site with directory addresses; gives its size in bytes. Raises UserError."""
    beside = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _files(site):
                entry = zipfile.ZipInfo(posixpath.join(target.stem, name), _MOMENT)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
        beside.replace(target)
    except OSError as error:
        raise UserError(
            f"the zip cannot be written: {error.strerror or error}.", "Name another file with --zip.", target
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return target.stat().st_size


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    scripts: set[str] = set()
    data: dict[str, object] = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or name in _LEFT_OUT or name.startswith("search/"):
            continue
        if path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            app = app_of(text)
            scripts |= {app} if app else set()
            scripts |= {
                posixpath.normpath(posixpath.join(posixpath.dirname(name), src)) for src in _modules(text)
            }
            yield name, _local(text, name).encode()
        elif name.startswith(f"{FOLDER}/") and path.suffix == ".json":
            data[path.name] = json.loads(path.read_bytes())
        elif path.suffix != ".js" or "javascripts/" in name:
            yield name, path.read_bytes()
    for script in sorted(scripts):
        yield _bundled(script), bundle(site / script).encode()
    described = {name: value for name, value in data.items() if name == "bank.json"}
    yield "assets/local.js", _assigned(described) + (_HERE / "local.js").read_bytes()
    yield "assets/local-data.js", _assigned(data)
    yield "assets/local.css", _STYLE.encode()
    yield "README.txt", _READ_ME.encode()


def _modules(page: str) -> list[str]:
    return [match["src"] for match in _MODULE.finditer(_SERVED_ONLY.sub("", page))]


def _bundled(script: str) -> str:
    return f"{script.removesuffix('.js')}.local.js"


def _assigned(data: dict[str, object]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.ecsquizData = Object.assign(globalThis.ecsquizData ?? {{}}, {text});\n".encode()


def _local(page: str, name: str) -> str:
    """The page as it works from the disk: links to files, classic scripts, data as scripts, no search box."""
    root = posixpath.relpath(".", posixpath.dirname(name) or ".")
    text = _SERVED_ONLY.sub("", page)
    text = _MODULE.sub(lambda match: f'<script defer src="{_bundled(match["src"])}"></script>', text)
    text = _SEARCH.sub("", _LINK.sub(_to_file, text))
    app = app_of(page)
    scripts = ["assets/local-data.js", "assets/local.js", _bundled(app)] if app else ["assets/local.js"]
    added = [f'<script defer src="{root}/{script}"></script>' for script in scripts]
    added.append(f'<link rel="stylesheet" href="{root}/assets/local.css">')
    return _HEAD.sub("".join(added) + "</head>", text, count=1)


def _to_file(match: re.Match[str]) -> str:
    target = match["target"]
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith(("#", "/")):
        return match[0]
    last = parts.path.rsplit("/", 1)[-1]
    if last not in ("", ".", ".."):
        return match[0]
    folder = parts.path if parts.path.endswith("/") or not parts.path else f"{parts.path}/"
    address = parts._replace(path=f"{folder}index.html").geturl()
    return f"{match['before']}{match['quote']}{address}{match['quote']}"
