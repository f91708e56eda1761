"""Draws that a seed and a name decide, whatever else is in the pool and in whatever order."""

from __future__ import annotations

from hashlib import blake2b


class Ranks(dict[str, int]):
    """A number of 64 bits for each name."""

    def __init__(self, seed: object) -> None:
        self._seed = seed

    def __missing__(self, name: str) -> int:
        digest = blake2b(f"{self._seed}/{name}".encode(), digest_size=8).digest()
        self[name] = int.from_bytes(digest, "big")
        return self[name]
