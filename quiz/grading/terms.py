"""The glossary as the grader uses it: other names of a term, and terms that are taken for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from quiz.source.question import Term

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """A glossary in stems. Terms are named by the stems of their names."""

    aliases: Mapping[str, tuple[tuple[Stems, Stems], ...]] = field(default_factory=dict)
    """First stem of another name to that name and the term that it stands for, longest first."""
    forms: Mapping[Stems, tuple[Stems, ...]] = field(default_factory=dict)
    """Term to all its forms."""
    names: Mapping[Stems, str] = field(default_factory=dict)
    """Term to its name as it is written."""
    confusable: Mapping[Stems, frozenset[Stems]] = field(default_factory=dict)
    """Term to the terms that it is often confused with, both ways."""

    @classmethod
    def build(cls, terms: Iterable[Term], stems_of: Callable[[str], Stems]) -> Terms:
        """The terms of a glossary; `stems_of` gives the content stems of a phrase."""
        known: dict[str, Stems] = {}

        def stems(name: str) -> Stems:
            if name not in known:
                known[name] = stems_of(name)
            return known[name]

        entries = [(term, stems(term.name)) for term in terms]
        bare = cls(_aliases(entries, stems))

        def canonical(name: str) -> Stems:
            return tuple(root for root, _ in bare.canonical(list(stems(name))))

        names: dict[Stems, str] = {}
        forms: dict[Stems, tuple[Stems, ...]] = {}
        confusable: dict[Stems, set[Stems]] = {}
        for term, _ in entries:
            one = canonical(term.name)
            names[one] = term.name
            whole = [one, *(canonical(alias) for alias in term.aliases if _keeps(alias, stems(alias)))]
            forms[one] = tuple(dict.fromkeys(whole))
            for near_miss in term.near_misses:
                other = canonical(near_miss)
                if one and other and one != other:
                    confusable.setdefault(one, set()).add(other)
                    confusable.setdefault(other, set()).add(one)
        frozen = {one: frozenset(others) for one, others in confusable.items()}
        return cls(bare.aliases, forms, names, frozen)

    def canonical(self, roots: list[str]) -> list[tuple[str, int]]:
        """The stems with every other name of a term replaced by the term's own, longest match first.

        Each comes with the index of the stem of `roots` that it stands at.
        """
        aliases = self.aliases
        if aliases.keys().isdisjoint(roots):
            return [(root, index) for index, root in enumerate(roots)]
        found: list[tuple[str, int]] = []
        beyond = 0
        for index, root in enumerate(roots):
            if index < beyond:
                continue
            for name, term in aliases.get(root, ()):
                if roots[index : index + len(name)] == list(name):
                    found.extend((part, index) for part in term)
                    beyond = index + len(name)
                    break
            else:
                found.append((root, index))
        return found


def _keeps(name: str, stems: Stems) -> bool:
    """Whether enough of a name is left without its function words: "out of memory" is not any "memory"."""
    return len(stems) > 1 or len(name.split()) == 1


def _aliases(
    entries: list[tuple[Term, Stems]], stems: Callable[[str], Stems]
) -> dict[str, tuple[tuple[Stems, Stems], ...]]:
    """Other names that stand for exactly one term. What a term is called itself is nobody's other name."""
    names = dict.fromkeys(name for _, name in entries)
    meant: dict[Stems, set[Stems]] = {}
    for term, name in entries:
        for alias in term.aliases:
            if _keeps(alias, stems(alias)):
                meant.setdefault(stems(alias), set()).add(name)
    found: dict[str, list[tuple[Stems, Stems]]] = {}
    for alias_stems, targets in meant.items():
        target = next(iter(targets))
        if alias_stems and target and alias_stems not in names and len(targets) == 1:
            found.setdefault(alias_stems[0], []).append((alias_stems, target))
    # A term's own name must win over a shorter other name that it begins with.
    for name in names:
        if name and name[0] in found:
            found[name[0]].append((name, name))
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in found.items()}
