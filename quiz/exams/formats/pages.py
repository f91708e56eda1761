"""The sizes of paper that printed formats know, by the names that typst gives them."""

from __future__ import annotations

from typing import Final

A4: Final = "a4"
LETTER: Final = "us-letter"
