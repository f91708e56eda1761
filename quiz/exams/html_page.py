"""One HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def html_page(title: str, body: Iterable[str], style: str, language: str = "en") -> str:
    """`body` is HTML, `title` plain text, `style` CSS."""
    content = "\n".join(part for part in body if part)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{content}\n</main>\n"
        "</body>\n</html>\n"
    )
