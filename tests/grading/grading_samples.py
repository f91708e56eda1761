"""A small bank about no AWS at all, the bank of the checkout, and ways to spoil a right answer."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

from quiz.grading.grade import Grade, Rubric
from quiz.grading.grader import Grader
from quiz.grading.vocabulary import Vocabulary
from quiz.source.folder import question_files, read_spec
from quiz.source.markdown import bold_terms
from quiz.source.question import CommonMistake, KeyPoint, Question, Term
from quiz.source.reader import read_question

CONTENT = Path(__file__).parents[2] / "content"


def _question(
    number: int, prompt: str, short_answer: str, points: list[str], mistakes: list[tuple[str, str]]
) -> Question:
    return Question(
        number,
        "basics",
        ("computing",),
        prompt,
        short_answer,
        key_points=tuple(
            KeyPoint(text.removesuffix(" (x2)"), bold_terms(text), 2 if text.endswith("(x2)") else 1)
            for text in points
        ),
        mistakes=tuple(CommonMistake(*mistake) for mistake in mistakes),
    )


TRANSPORT = _question(
    1,
    "What is the difference between TCP and UDP?",
    "TCP sets up a connection and delivers a stream of bytes in order, retransmitting segments that get "
    "lost. "
    "UDP sends single datagrams without a handshake, so some may be lost or arrive out of order. "
    "TCP slows down when the network is congested. UDP leaves rate and repair to the application, which "
    "suits calls and games.",
    [
        "**TCP** sets up a connection with a **handshake** and delivers bytes in order. (x2)",
        "**TCP** retransmits lost segments.",
        "**UDP** sends single **datagrams** that may be lost or arrive out of order. (x2)",
        "**TCP** slows down under **congestion**.",
        "**UDP** suits calls and games, where the application repairs what it needs.",
    ],
    [
        (
            "UDP retransmits a datagram that is lost.",
            "UDP never repeats anything; the application has to.",
        ),
        ("TCP keeps the boundaries of messages.", "TCP is a stream of bytes; it knows no messages."),
    ],
)
HISTORY = _question(
    2,
    "When do you merge a branch, and when do you rebase it?",
    "A merge joins two histories with a merge commit and leaves every commit as it was. "
    "A rebase replays your commits on a new base, so they get new hashes and the history stays linear. "
    "Rebase only what nobody else has pulled, since rewriting shared commits breaks the clones of others.",
    [
        "A **merge** joins two histories with a merge commit and keeps existing commits. (x2)",
        "A **rebase** replays commits on a new base and gives them new **hashes**. (x2)",
        "A **rebase** makes the history **linear**.",
        "Never rewrite commits that others have **pulled**.",
    ],
    [
        (
            "A merge rewrites the commits of the branch.",
            "A merge adds one commit and leaves the others alone.",
        )
    ],
)
INDEX = _question(
    3,
    "What does a database index do, and what does it cost?",
    "An index is a sorted structure, usually a B-tree, that lets the database find rows without scanning the "
    "whole table. It costs disk space, and every insert or update has to maintain it. "
    "It helps little where a condition matches most rows, because then a scan is cheaper.",
    [
        "An index is a sorted structure such as a **B-tree** that finds rows without a table **scan**. (x2)",
        "Each **insert** or update has to maintain the index.",
        "An index takes **disk space**.",
        "An index helps only a **selective** condition, which matches few rows.",
    ],
    [("An index makes every query faster.", "Writes get slower, and an unselective query may ignore it.")],
)
NAMES = _question(
    4,
    "Clients still reach the old server after you changed a DNS record. Why, and what do you do?",
    "Resolvers cache the old record until its TTL has expired. Lower the TTL a day before a planned change, "
    "and keep the old server running until caches have run out. "
    "Query the authoritative name server directly to see whether the change itself is right.",
    [
        "Resolvers **cache** the record until its **TTL** expires. (x2)",
        "Lower the **TTL** before a planned change.",
        "Keep the **old server** running until the caches have run out.",
        "Ask the **authoritative** name server to check the change itself.",
    ],
    [
        (
            "Lowering the TTL after the change speeds it up.",
            "Caches keep the old TTL; lower it well before the change.",
        )
    ],
)
BACKUP = _question(
    5,
    "What is the 3-2-1 rule of backups?",
    "Keep three copies of your data on two different kinds of media, one of them off site. "
    "A copy on the same disk is lost with the disk, and a mirror repeats every deletion at once. "
    "Restore from a backup now and then, because one that was never tried cannot be trusted.",
    [
        "Keep **three copies** of the data on two kinds of **media**. (x2)",
        "One copy is **off site**, so that a fire does not take it too. (x2)",
        "A **mirror** is no backup, because it repeats deletions.",
        "Test backups with a **restore**.",
    ],
    [("A RAID mirror is a backup.", "A mirror repeats every deletion at once, so it is none.")],
)
MEMORY = _question(
    6,
    "How does a generational garbage collector work?",
    "It divides the heap by age, because most objects die young. "
    "A minor collection copies the survivors of the young generation and frees the rest at once; objects "
    "that survive several of them are promoted to the old generation. "
    "A full collection of the old generation is rarer and pauses the program for longer.",
    [
        "Most objects die **young**, so the heap is divided by **age**. (x2)",
        "A **minor collection** copies the survivors of the young generation. (x2)",
        "Objects that survive several collections are **promoted** to the old generation.",
        "A **full collection** is rarer and has longer **pauses**.",
    ],
    [("Each object is freed as soon as its last reference goes.", "That is reference counting.")],
)
SAMPLES = (TRANSPORT, HISTORY, INDEX, NAMES, BACKUP, MEMORY)
GLOSSARY = (
    Term("TCP", "A reliable transport.", ("transmission control protocol",), ("UDP",)),
    Term("UDP", "A datagram transport.", ("user datagram protocol",), ("TCP",)),
    Term("TTL", "How long a record may be cached.", ("time to live",)),
    Term("off site", "In another place.", ("elsewhere", "another location")),
    Term("full collection", "A collection of the whole heap.", ("major collection", "full gc")),
)


@cache
def sample_grader() -> Grader:
    return Grader(Vocabulary.of_questions(SAMPLES, GLOSSARY))


@cache
def content() -> tuple[Question, ...]:
    """Every question of the checkout."""
    read = [
        read_question((CONTENT / path).read_text(encoding="utf-8"), path) for path in question_files(CONTENT)
    ]
    return tuple(reading.question for reading in read if reading.question is not None)


@cache
def content_grader() -> Grader:
    return Grader(Vocabulary.of_questions(content(), read_spec(CONTENT).glossary))


def graded(question: Question, answer: str) -> Grade:
    """The grade of an answer to a question of the samples or of the checkout."""
    grader = sample_grader() if question in SAMPLES else content_grader()
    return grader.grade(Rubric.of(question), answer)


EVERY_QUESTION = (*SAMPLES, *(question for question in content() if question.key_points))

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|can|could|must|should|will|may|does|do|has to|have to|needs to)\b"
)
_NEGATOR = re.compile(r"\b(?:not|no|never|nothing|none|cannot|without)\b", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s+", text.strip()) if sentence]


def denied(text: str) -> str:
    """Every sentence with its first auxiliary denied, or with "It is not true that" before it."""
    turned = []
    for sentence in sentences(text):
        changed, count = _AUXILIARY.subn(r"\1 not", sentence, count=1)
        plain = count and not _NEGATOR.search(sentence)
        turned.append(changed if plain else f"It is not true that {sentence[0].lower()}{sentence[1:]}")
    return " ".join(turned)


def misspelt(text: str, random: Random, every: int = 8) -> str:
    """One word of four letters or more in every eight with a slip of the keyboard."""
    found = text.split()
    for begin in range(0, len(found), every):
        places = [
            place
            for place in range(begin, min(begin + every, len(found)))
            if len(re.sub(r"\W", "", found[place])) >= 4
        ]
        if places:
            place = random.choice(places)
            match = re.match(r"^(\W*)(.*?)(\W*)$", found[place], re.DOTALL)
            assert match is not None
            found[place] = match.group(1) + _slip(match.group(2), random) + match.group(3)
    return " ".join(found)


def _slip(word: str, random: Random) -> str:
    place = random.randrange(len(word) - 1)
    letter = random.choice("abcdefghijklmnopqrstuvwxyz")
    before, after = word[:place], word[place + 1 :]
    return random.choice(
        [
            before + after[0] + word[place] + after[1:],
            before + after,
            before + letter + word[place:],
            before + letter + after,
        ]
    )


def exchanged(text: str, one: str, other: str) -> str:
    """The text with two names exchanged, plurals too."""
    pattern = re.compile(rf"\b({re.escape(one)}|{re.escape(other)})(s?)\b", re.IGNORECASE)
    return pattern.sub(
        lambda found: (other if found.group(1).lower() == one.lower() else one) + found.group(2), text
    )
