"""Choice among statements: the one that is right among common mistakes, and the mistake among key points.

Each question gives one of both at most: the stem would be the same again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from quiz.items.item import Item, Kind
from quiz.items.options import best_of
from quiz.items.setting import setting
from quiz.items.traits import telling_words
from quiz.items.wording import slug, statement
from quiz.source.markdown import plain
from quiz.source.question import Question

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")
# Advice among statements would be known for right by its form; what leans on the point before is unclear.
_VERBS = (
    "(add|allow|build|cap|change|check|choose|commit|compare|copy|correct|count|delete|deregister|describe"
    "|divide|enable|expand|fetch|find|follow|freeze|get|give|guarantee|inject|instrument|keep|leave|let|limit"
    "|list|look|make|mark|measure|move|name|never|open|pick|plan|put|raise|read|refer|register|remove|repair"
    "|repeat|retry|reuse|roll|run|save|scale|scan|send|separate|set|shed|shorten|sign|split|start|stop|suspect"
    "|tag|take|test|use|wait|watch)"
)
_ADVICE = re.compile(
    rf"((after|before|behind|for|if|in|on|outbound|to|when|where|with)\b[^,]*, |first )?{_VERBS}\b"
    rf"|(after|for|with) (\S+ ){{1,5}}{_VERBS} (a|an|its|the)\b|then\b|its?\b|or\b|before that\b|if it\b",
    re.IGNORECASE,
)
# What follows only adds to a statement or gives its reason: the statement is as true without.
_ADDITION = re.compile(r"(;|:|,? because|, since|, so|, as|, which|, for) ")
_SHORTEST = 5
"""Telling words that a statement keeps at least."""
# Key points are longer than mistakes, so a place by length that comes of itself is drawn less often.
_LONG, _SHORT = (0, 0, 1, 2, 3), (0, 1, 2, 3, 3, 3)
_SUPPORT = 0.3
"""The share of a statement's words from which a sentence of the short answer speaks of the same."""


def derive(question: Question) -> Iterator[Item]:
    points = [text for point in question.key_points if not _ADVICE.match(text := statement(point.text))]
    truths = [form for text in points for form in _forms(text)]
    corrections = {statement(mistake.wrong): mistake.right for mistake in question.mistakes}
    yield from _right_one(question, truths, corrections)
    yield from _wrong_one(question, truths, corrections)


def _right_one(question: Question, truths: Sequence[str], corrections: Mapping[str, str]) -> Iterator[Item]:
    stem = f"{setting(question.prompt)}\n\nWhich of these statements is **right**?"
    best = best_of(dict.fromkeys(truths, tuple(corrections)), stem, f"{question.number}/right", _LONG)
    if best:
        wrong = "\n".join(f"- {text}: {corrections[text]}" for text in best.distractors)
        because = _support(best.right, question.short_answer)
        yield Item(
            question=question.number,
            kind=Kind.CHOICE,
            key=f"right-{slug(best.right)}",
            stem=stem,
            answers=(best.right,),
            distractors=best.distractors,
            explanation="\n\n".join(
                part for part in (because, f"The others are common mistakes:\n\n{wrong}") if part
            ),
            section="Key points",
            difficulty=0.3,
        )


def _wrong_one(question: Question, truths: Sequence[str], corrections: Mapping[str, str]) -> Iterator[Item]:
    stem = f"{setting(question.prompt)}\n\nThree of these are true. Which one is a **common mistake**?"
    best = best_of(dict.fromkeys(corrections, truths), stem, f"{question.number}/wrong", _SHORT)
    if best:
        yield Item(
            question=question.number,
            kind=Kind.CHOICE,
            key=f"wrong-{slug(best.right)}",
            stem=stem,
            answers=(best.right,),
            distractors=best.distractors,
            explanation=f"“{best.right}” is wrong. {corrections[best.right]}",
            section="Common mistakes",
            difficulty=0.35,
        )


def _forms(truth: str) -> list[str]:
    """A key point whole, and without its additions: key points are longer than mistakes, which would show."""
    forms = [truth]
    for addition in _ADDITION.finditer(truth):
        short = truth[: addition.start()]
        if len(telling_words(short)) >= _SHORTEST and short.count("`") % 2 == 0:
            forms.append(short)
    return forms


def _support(truth: str, answer: str) -> str:
    """The sentence of the short answer that speaks of the same, where it says it in other words."""
    wanted = telling_words(truth)
    sentences = [" ".join(plain(part).split()) for part in _SENTENCE.split(answer) if part.strip()]
    if not sentences or not wanted:
        return ""
    best = max(sentences, key=lambda sentence: len(telling_words(sentence) & wanted))
    shared = len(telling_words(best) & wanted)
    return best if shared >= _SUPPORT * len(wanted) and statement(best) != truth else ""
