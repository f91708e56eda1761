"""Text that went through a wrong code page is put right, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.source.encoding import Doubt, read_text, repair

PAGES = ("cp1252", "cp1254", "latin-1")

PROSE = """\
### 🧠 Overview
A task’s “execution role” pulls the image — before the code runs – and costs ≥ €1 × 2 …
| ✅ yes | ❌ no | ⚠️ perhaps | ⚙️ 1️⃣ ← → ↔ • ↑ |
┌─────┐
│ ECS │
└──┬──┘
"""


def damage(text: str, page: str) -> str:
    """What a program shows that reads UTF-8 in a code page and drops the bytes it has no character for."""
    return "".join(bytes([byte]).decode(page, errors="ignore") for byte in text.encode())


@pytest.mark.parametrize("page", PAGES)
def test_prose_with_emoji_quotes_and_boxes_comes_back_whole(page: str) -> None:
    assert damage(PROSE, page) != PROSE
    assert repair(damage(PROSE, page)).text == PROSE


@pytest.mark.parametrize(
    ("page", "name"), [("cp1252", "Windows-1252"), ("cp1254", "Windows-1254"), ("latin-1", "Latin-1")]
)
def test_the_code_page_is_named(page: str, name: str) -> None:
    assert repair(damage(PROSE, page)).code_pages == (name,)


def test_bytes_that_were_kept_as_control_characters_are_used() -> None:
    kept = "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in "a ❌ and a “b”".encode()
    )
    assert repair(kept).text == "a ❌ and a “b”"
    assert not any(fix.lost for fix in repair(kept).repairs)


def test_bytes_that_became_replacement_characters_are_completed() -> None:
    replaced = "".join(bytes([byte]).decode("cp1254", errors="replace") for byte in "✅ or ❌, “so”".encode())
    assert "\ufffd" in replaced
    assert repair(replaced).text == "✅ or ❌, “so”"


def test_text_that_was_damaged_twice_is_repaired_twice() -> None:
    assert repair(damage(damage("the task’s café", "cp1252"), "cp1252")).text == "the task’s café"


def test_parts_damaged_in_different_code_pages_are_all_repaired() -> None:
    mixed = (
        damage("🧠 one’s\n", "cp1254") + damage("🧠 two’s\n", "cp1252") + damage("🧠 three’s\n", "latin-1")
    )
    result = repair(mixed)
    assert result.text == "🧠 one’s\n🧠 two’s\n🧠 three’s\n"
    assert set(result.code_pages) == {"Windows-1254", "Windows-1252", "Latin-1"}


def test_sound_parts_of_a_damaged_document_are_left_alone() -> None:
    sound = "Işık said “naïve café’s” ✅ — ULUDAĞ’da, « déjà » vu…\n"
    assert repair(sound + damage("it’s “damaged” ❌", "cp1254")).text == sound + "it’s “damaged” ❌"


@pytest.mark.parametrize(
    "text",
    [
        "café, naïve, Ünïcödé, Işık, ğ, Ş, ÇĞİÖŞÜ, château",
        "MENÜ’ler, the CAFÉ’s “CAFÉ”—closed, ULUDAĞ’da",
        "« café » et « déjà »",
        "the letters “Ä”, “Ã”, “â” and “É”",
        "a 3×½ inch screw, size “10×”, 25 °C, £5, €7, ½, ACMÉ™",
        "NIÑ… and AMANHÃ”",
        "✅ ❌ ⚠️ ⚙️ 1️⃣ 👨‍💻 ┌──┐ ← “right”",
        "Привет, мир, ελληνικά, 中文, שלום",
    ],
)
def test_clean_text_stays_as_it_is(text: str) -> None:
    result = repair(text)
    assert result.text == text
    assert (result.repairs, result.doubts, result.code_pages) == ((), (), ())


def test_a_byte_order_mark_and_windows_line_ends_stay(tmp_path: Path) -> None:
    content = "\ufeffone\r\ntwo “three”\r\n".encode()
    (tmp_path / "clean.md").write_bytes(content)
    assert repair(read_text(tmp_path / "clean.md")).text.encode() == content


def test_each_repair_names_its_line_and_whether_bytes_were_lost() -> None:
    result = repair("first\nâœ… yes\n\nâŒ no")
    assert [(fix.line, fix.before, fix.after, fix.lost) for fix in result.repairs] == [
        (2, "âœ…", "✅", False),
        (4, "âŒ", "❌", True),
    ]


def test_what_cannot_be_told_stays_and_is_reported_with_what_it_may_have_been() -> None:
    result = repair("â€™\n\nğŸ¯ aim")
    assert result.text == "’\n\nğŸ¯ aim"
    assert result.doubts == (Doubt(3, "ğŸ¯", "🍯🎯🏯🐯"),)


def test_a_letter_that_is_all_that_is_left_is_reported_in_a_damaged_document() -> None:
    assert repair("Ã©tÃ© en Ãle").doubts == (Doubt(1, "Ã", "ÁÍÎÏÐÝÞ"),)


def test_a_letter_alone_is_no_doubt_in_a_clean_document() -> None:
    assert repair("SÃO PAULO, Åland, château").doubts == ()


def test_damage_that_may_be_text_is_reported_where_only_parts_are_damaged() -> None:
    result = repair("sound: é ‰\nAMANHÃ”\nitâ€™s")
    assert result.text == "sound: é ‰\nAMANHÃ”\nit’s"
    assert Doubt(2, "Ã”", "Ô") in result.doubts


def test_a_replacement_character_without_a_trace_is_reported() -> None:
    result = repair("lost: \ufffd")
    assert result.text == "lost: \ufffd"
    assert result.doubts == (Doubt(1, "\ufffd"),)


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"one\ncaf\xe9\n")
    with pytest.raises(UserError, match=r"latin\.txt:2: this is not UTF-8.*iconv -f WINDOWS-1252"):
        read_text(path)


def test_a_utf16_file_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_bytes("wide".encode("utf-16"))
    with pytest.raises(UserError, match="iconv -f UTF-16"):
        read_text(path)


def test_a_missing_file_and_a_folder_are_user_errors(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        read_text(tmp_path / "nowhere.md")
    with pytest.raises(UserError, match="cannot be read"):
        read_text(tmp_path)


# Properties

WORDS = [
    *("the task", "ECS", "`awsvpc`", "**role**", "| cell |", "- item", "# no heading", "12,5 %", "CPU = 256"),
    *("café", "naïve", "Ünïcödé", "Işık", "değişim", "mañana", "Straße", "œuvre", "crème brûlée", "fjærland"),
]
SIGNS = [
    *("✅", "❌", "⚠️", "⚙️", "🧠", "💡", "🧩", "📋", "🔒", "🚀", "⭐", "❓", "⏱️", "⏳", "❤️", "➡️", "👨‍💻"),
    *("→", "←", "↔", "⇒", "•", "×", "≥", "≤", "≠", "°C", "€5", "£5", "©", "®", "™", "½", "…", "—", "–"),
    *("1️⃣ step", "it’s", "“quoted text”", "‘single’", "┌──┐", "└──┘", "│ x │", "╔══╗", "╚══╝", "┏━━┓", "┗━━┛"),
]
GLUE = st.sampled_from([" ", "\n", "\n\n", "  ", ", ", ". "])


def texts(words: list[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(st.sampled_from(words), GLUE)
    return st.lists(pairs, max_size=30).map(lambda found: "".join(word + glue for word, glue in found))


@given(texts(WORDS + SIGNS), st.sampled_from(PAGES))
def test_repair_undoes_damage(text: str, page: str) -> None:
    assert repair(damage(text, page)).text == text


@given(texts([*WORDS, *SIGNS, "CAFÉ’", "MENÜ”", "« là »", "Şile’de", "É…", "SÃO", "à", "Ö–", "“Ä”", "中文"]))
def test_repair_leaves_clean_text_alone(text: str) -> None:
    result = repair(text)
    assert result.text == text
    assert not result.repairs
    assert not result.doubts


@given(texts(WORDS + SIGNS), texts(WORDS + SIGNS), st.sampled_from(PAGES))
def test_repair_of_a_half_damaged_text_touches_only_the_damaged_half(one: str, two: str, page: str) -> None:
    assert repair(one + "\n\n" + damage(two, page)).text == one + "\n\n" + two


ODD = "aZ3 \n“”’€™—…\xa0ÂÃÄâãéïğðŸŒœžŽ\x81\x9d\ufffd¸¯°»§†‹›"


@given(st.text(alphabet=ODD, max_size=40))
def test_a_second_repair_changes_nothing(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(st.text(alphabet=ODD, max_size=40))
def test_lines_keep_their_numbers(text: str) -> None:
    assert repair(text).text.count("\n") == text.count("\n")
