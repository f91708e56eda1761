"""Charts as inline SVG; each says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT = 560, 200
_LEFT, _BOTTOM, _TOP = 34, 34, 18


def histogram(counts: Sequence[int], line: float | None, label: str) -> str:
    """Sittings by equal parts of the points; `line` is a share, 0 to 1, such as the pass mark."""
    most = max(counts, default=0) or 1
    width = (_WIDTH - _LEFT) / len(counts)
    height = _HEIGHT - _BOTTOM - _TOP
    base = _HEIGHT - _BOTTOM
    parts = []
    for place, count in enumerate(counts):
        left, tall = _LEFT + place * width, height * count / most
        parts.append(
            f'<rect x="{left + 2:.1f}" y="{base - tall:.1f}" width="{width - 4:.1f}" height="{tall:.1f}" '
            'fill="var(--bar)"/>'
        )
        if count:
            parts.append(_text(left + width / 2, base - tall - 4, str(count), "middle"))
        parts.append(_text(left, base + 16, f"{100 * place // len(counts)}", "middle"))
    parts.append(_text(_WIDTH - 2, base + 16, "100", "end"))
    parts.append(_text(_WIDTH / 2, _HEIGHT - 2, "percent of the points", "middle"))
    parts.append(f'<path d="M{_LEFT} {base}H{_WIDTH}" stroke="currentColor"/>')
    if line is not None:
        at = _LEFT + line * (_WIDTH - _LEFT)
        parts.append(
            f'<path d="M{at:.1f} 4V{base}" stroke="var(--bad)" stroke-width="2" stroke-dasharray="5 4"/>'
        )
        parts.append(_text(at + 5, 12, "pass", "start"))
    return _svg(_WIDTH, _HEIGHT, parts, label)


def bar(share: float, label: str) -> str:
    """One share, 0 to 1, as a bar."""
    width = 160
    parts = [
        f'<rect width="{width}" height="12" fill="var(--soft)"/>',
        f'<rect width="{width * min(1.0, max(0.0, share)):.1f}" height="12" fill="var(--bar)"/>',
    ]
    return _svg(width, 12, parts, label)


def scatter(points: Sequence[tuple[float, float, str]], label: str) -> str:
    """Items by facility (across, 0 to 1) and discrimination (upwards, -1 to 1), each with its name."""
    width, height, margin = 560, 300, 40
    across, tall = width - margin - 10, height - margin - 10

    def place(x: float, y: float) -> tuple[float, float]:
        return margin + across * x, 10 + tall * (1 - (y + 1) / 2)

    zero = place(0, 0)[1]
    parts = [
        f'<path d="M{margin} 10V{10 + tall}M{margin} {zero:.1f}H{margin + across}" '
        'stroke="currentColor" fill="none"/>'
    ]
    shares, values = (0.0, 0.25, 0.5, 0.75, 1.0), (-1.0, -0.5, 0.0, 0.5, 1.0)
    parts += [_text(place(share, 0)[0], 10 + tall + 16, f"{share:g}", "middle") for share in shares]
    parts += [_text(margin - 6, place(0, value)[1] + 4, f"{value:g}", "end") for value in values]
    parts.append(_text(margin + across / 2, height - 4, "facility: how many knew it", "middle"))
    for facility, discrimination, name in points:
        x, y = place(facility, discrimination)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="var(--bar)" fill-opacity=".7">'
            f"<title>{escape(name)}</title></circle>"
        )
    return _svg(width, height, parts, label)


def _svg(width: float, height: float, parts: Sequence[str], label: str) -> str:
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
