"""The built files: valid HTML, no dead link or anchor, nothing from another host."""

from __future__ import annotations

from pathlib import Path

from tests.site.checking import html_faults
from tests.site.links import dead_links, loaded_elsewhere


def test_the_html_of_every_page_is_valid(built_site: Path, tmp_path: Path) -> None:
    assert html_faults(built_site, tmp_path / "report.json") == []


def test_a_fault_in_the_html_is_found_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html>\n<html lang=en><title>T</title>\n<p><div></div></p>"
    )
    faults = html_faults(tmp_path, tmp_path / "report.json")
    assert any(fault.startswith("index.html:3: ") for fault in faults)


def test_no_link_of_a_page_is_dead_and_no_anchor_is_missing(built_site: Path) -> None:
    assert dead_links(built_site) == []


def test_no_page_loads_anything_from_another_host(built_site: Path) -> None:
    assert loaded_elsewhere(built_site) == []


def test_a_dead_link_a_missing_anchor_and_a_missing_script_are_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    page = '<h1 id="top">A</h1><a href="../b/">b</a><a href="#top">up</a><a href="#bottom">down</a>'
    (tmp_path / "a" / "index.html").write_text(page + '<script src="../gone.js"></script>')
    assert dead_links(tmp_path) == [
        f"{Path('a/index.html')}: {link}" for link in ("../b/", "#bottom", "../gone.js")
    ]


def test_a_font_from_another_host_is_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<link rel="stylesheet" href="https://fonts.example/a.css">')
    assert loaded_elsewhere(tmp_path) == ["index.html: https://fonts.example/a.css"]
