"""What an answer may be instead of an answer: nothing, the question again, a list of words, a dump."""

from __future__ import annotations

from quiz.grading.lexicon import NON_ANSWER_WORDS, UNKNOWING_WORDS
from quiz.grading.prepared import Prepared
from quiz.grading.reading import Reading, Said
from quiz.grading.text import words

ECHO = 0.05
BARELY_MORE = 0.10
MOSTLY_ECHO = 0.15
LIST = 0.45
REFERENCE_LIST = 0.70
_LIST_LENGTH = 7
_GLUE_SHARE = 0.05
_TERM_SHARE = 0.80
_STRAY_WORDS = 27
_DUMP_PRECISION = 0.40
_PROSE_LENGTH = 6
_FEW_MATCHED, _SOME_MATCHED = 0.10, 1 / 3
_NOTHING = 0.10


def no_answer(answer: str) -> bool:
    """Whether the learner says nothing, or only that they do not know."""
    said = words(answer)
    return not said or (
        all(word in NON_ANSWER_WORDS for word in said) and any(word in UNKNOWING_WORDS for word in said)
    )


def echo_limit(prepared: Prepared, reading: Reading) -> float:
    """The most that an answer can score which says little but the words of the question.

    A rubric without key points only has a reference, which may be made of the question's own words, so there
    only an answer that has most of them and nothing else is an echo.
    """
    used = reading.matched.keys() | reading.unmatched
    new = used - prepared.question
    if not prepared.points:
        return BARELY_MORE if not new and len(used) >= 0.5 * len(prepared.question) else 1.0
    if not new:
        return ECHO
    if new.isdisjoint(reading.matched):
        return BARELY_MORE
    if len(new) == 1 and len(used) - 1 >= 0.7 * len(used):
        return MOSTLY_ECHO
    return 1.0


def list_limit(prepared: Prepared) -> float:
    """The most that a bare list can score. Short references are often lists themselves."""
    return LIST if prepared.points else REFERENCE_LIST


def prose(prepared: Prepared, reading: Reading) -> list[Said]:
    """The sentences that say something, rather than string terms together.

    Prose has words that hold it together; "and" and prepositions do not count, lists have them too. In fewer
    than seven words only a string of must-mention terms is taken for a list.
    """
    alone = len(reading.sentences) == 1
    return [said for said in reading.sentences if not _lists(prepared, said, alone)]


def _lists(prepared: Prepared, said: Said, alone: bool) -> bool:
    if said.glue >= _GLUE_SHARE * said.words:
        return False
    if said.words >= _LIST_LENGTH:
        return True
    used = said.whole.stems.keys()
    listed = used & prepared.term_stems
    if len(listed) < _TERM_SHARE * len(used):
        return False
    named = sum(any(set(form) <= used for form in forms) for forms in prepared.terms)
    return named > 1 or (named == 1 and not alone)


def dump_factor(reading: Reading) -> float:
    """Below 1 for a long answer most of whose words have nothing to do with the question.

    It counts stray words, so that adding something right never makes it worse.
    """
    stray, hits = len(reading.unmatched), len(reading.matched)
    precision = hits / (stray + hits) if stray else 1.0
    if stray < _STRAY_WORDS or precision >= _DUMP_PRECISION:
        return 1.0
    return 0.55 + 0.45 * precision / _DUMP_PRECISION


def cannot_tell(prepared: Prepared, reading: Reading, score: float) -> bool:
    """Whether the answer says something in words that the rubric, or even the bank, does not use.

    Some words in common do not count against that where they earn nothing: the rest may be the answer.
    """
    used = reading.matched.keys() | reading.unmatched
    if not used:
        return False
    if not any(root in prepared.vocabulary.frequencies or root in prepared.weights for root in used):
        return True
    hits = len(reading.matched.keys() - prepared.question)
    words = sum(said.words for said in reading.sentences)
    glue = sum(said.glue for said in reading.sentences)
    prose = words >= _PROSE_LENGTH and glue >= _GLUE_SHARE * words
    return (
        prose
        and bool(used - prepared.question)
        and hits <= (_FEW_MATCHED if score >= _NOTHING else _SOME_MATCHED) * len(used)
    )
