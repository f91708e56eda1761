"""The setting of an item: what a learner has to know of the question before a smaller thing is asked."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z])")
_ASKS = re.compile(
    r"""\?["”*_`)]*$|^(compare|define|describe|design|draw|explain|give|how|list|name|outline|show|sketch|tell|walk|what|why)\b""",
    re.IGNORECASE,
)


def setting(prompt: str) -> str:
    """The situation that the prompt describes; where it only asks, the prompt itself, as the subject."""
    sentences = _SENTENCE_END.split(prompt)
    situation = [sentence for sentence in sentences if not _ASKS.search(sentence)]
    return " ".join(situation) if situation else f"About: {prompt}"
