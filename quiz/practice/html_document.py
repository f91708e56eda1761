"""One HTML file that needs nothing else: readable in the dark, on a phone and by a screen reader."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light dark; --bar: #3f7d58; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; } th + th { text-align: right; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.bar { width: 40%; } td.bar span { display: block; height: .8rem; background: var(--bar); }
"""


def document(title: str, body: str) -> str:
    """`body` is HTML, `title` is plain text."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
