"""The links of a built site, read from its files without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

HERE: Final = "http://site.invalid"

LOADED: Final = {
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("link", "href"),
    ("use", "href"),
}
"""Elements that make the browser ask for something, and where they say for what."""


@dataclass(slots=True)
class Links(HTMLParser):
    """What one page links to, what it loads, and the anchors it offers."""

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif (tag, name) == ("a", "href") and value is not None:
                self.links.append(value)
            elif (tag, name) in LOADED and value and told.get("rel") not in {"canonical", "next", "prev"}:
                self.loaded.append(value)


def read_links(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def dead_links(site: Path) -> list[str]:
    """Page and link of every link to a page, file or anchor of the site that is not there."""
    pages = {path: read_links(path) for path in sorted(site.rglob("*.html"))}
    dead = []
    for path, page in pages.items():
        if path.name == "404.html":  # its links are those of the address where the site will be
            continue
        for link in [*page.links, *page.loaded]:
            address = urlsplit(urljoin(f"{HERE}/{path.relative_to(site).as_posix()}", link))
            if address.netloc != urlsplit(HERE).netloc:
                continue
            target = site / unquote(address.path).lstrip("/")
            if target.is_dir():
                target /= "index.html"
            anchors = pages[target].anchors if target in pages else set()
            missing = address.fragment and target in pages and unquote(address.fragment) not in anchors
            if missing or not target.is_file():
                dead.append(f"{path.relative_to(site)}: {link}")
    return dead


def loaded_elsewhere(site: Path) -> list[str]:
    """Page and address of everything that a page would load from another host."""
    return [
        f"{path.relative_to(site)}: {address}"
        for path in sorted(site.rglob("*.html"))
        for address in read_links(path).loaded
        if urlsplit(address).netloc
    ]
