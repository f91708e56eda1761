"""Truncated characters are completed by what they can only have been."""

from __future__ import annotations

import pytest

from quiz.source.encoding import repair
from quiz.source.lost_bytes import EMOJI, EMOJI_WITH_SELECTOR, LOST_1252, LOST_1254, SIGNS, candidates


def damage(text: str, page: str = "cp1254") -> str:
    return "".join(bytes([byte]).decode(page, errors="ignore") for byte in text.encode())


@pytest.mark.parametrize("char", EMOJI + EMOJI_WITH_SELECTOR + SIGNS)
def test_every_character_of_the_tables_loses_a_byte_and_is_among_its_own_candidates(char: str) -> None:
    left = [byte for byte in char.encode() if byte not in LOST_1254]
    assert len(left) < len(char.encode())
    assert char in candidates(left, len(char.encode()), LOST_1254)


def test_a_byte_whose_place_is_known_is_put_back_there() -> None:
    assert candidates([0xE2, None, 0x8C], 3, LOST_1252) == "❌"


@pytest.mark.parametrize(
    "text",
    [
        "❌ no",
        "⚠️ careful, ⚙️ works, 1️⃣ first, ▶️ go",
        "a ← b ←→ c",
        "he said “yes” and “no”, “perhaps”.",
        "“one\nparagraph”",
        "non‐breaking re‐use",
        "sagt „Hallo“ laut",
        "👨‍💻 and 👩‍🔬",
        "10⁴ and x⁹ and (a)⁸ and 10⁴⁵",
        "⏰ at noon, ⏳ wait, ⏱️ timed, ⏸️ paused",
        "❓ why ❤️ it ➤ go ➡️ on ⭐ star",
        "❯ prompt ⏮️ back",
        "☐ open ☑ done",
        "➋ two ✅",
        "┌──┐\n│  │\n└──┘",
        "├──┐\n│  ├──┐",
        "┏━━┓\n┃  ┃\n┗━━┛",
        "╔══╗\n║  ║\n╚══╝",
        "╔══╦══╗\n╠══╬══╣\n╚══╩══╝",
        "━━━━━━\n\n══════",
        "│ ❌ │ no │",
    ],
)
def test_the_text_around_a_gap_tells_what_stood_there(text: str) -> None:
    context = "\n\nIt’s ✅.\n"
    assert repair(damage(text + context)).text == text + context


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("📝", "🍓🎓🏓🐓📁📍📎📏📐📝📞"),
        ("☁️", "☁☎☝"),
        ("● point", "◁◍◎●◐❗➗"),
        ("Şile", "ŁōŏŐŝŞ"),
        ("▐ bar", "▁▍▎▏▐➖❖"),
        ("∞", "⎈∏∝∞"),
        ("a ” b", "‐”"),
        ("➔ or ❔", "━┏┐┝❔➔"),
        ("➊ one", "⊝⊞➊"),
        ("╝ or ❕", "═╎╏╝╞❕➕"),
    ],
)
def test_where_several_fit_the_text_is_left_and_all_are_named(text: str, candidates: str) -> None:
    damaged = damage(text)
    result = repair(damage("It’s aşı.\n\n") + damaged)
    assert [set(doubt.candidates) for doubt in result.doubts][:1] == [set(candidates)]
    assert result.doubts[0].text in result.text


def test_windows_1252_keeps_two_bytes_more_so_less_is_open() -> None:
    text = "it’s Ž 🧠 ⅝"
    assert repair(damage(text, "cp1252")).text == text


def test_a_circled_three_is_possible_where_a_circled_two_is() -> None:
    result = repair(damage("it’s ➋ ➌"))
    assert "❌➌" in [doubt.candidates for doubt in result.doubts]
