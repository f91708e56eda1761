"""Histories made by chance, for the tests of export, merge and repair."""

from __future__ import annotations

from hypothesis import strategies as st

from quiz.grading.grade import Rating
from quiz.items.item import Kind
from quiz.practice.combining import replayed, standing
from quiz.practice.history import BankHistory, Flag, ItemHistory, LearnerHistory, PastReview
from quiz.practice.schedule import microseconds
from quiz.practice.tuning import USUAL
from tests.practice.practice_samples import NOW

START = microseconds(NOW)
MOMENTS = st.integers(0, 60).map(lambda hour: START + hour * 3_600_000_000)
REVIEWS = st.builds(
    PastReview,
    at=MOMENTS,
    rating=st.sampled_from(Rating),
    suggested=st.none() | st.sampled_from(Rating),
    score=st.floats(0, 1),
    answer=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    seconds=st.floats(0, 600),
)


@st.composite
def item_histories(draw: st.DrawFn, question: int) -> ItemHistory:
    found = {review.at: review for review in draw(st.lists(REVIEWS, max_size=5))}
    reviews = tuple(found[at] for at in sorted(found))
    flags = draw(st.lists(st.builds(Flag, at=MOMENTS, note=st.sampled_from(["odd", "good"])), max_size=2))
    return ItemHistory(
        key=f"{question}/recall/answer",
        question=question,
        kind=Kind.RECALL,
        stem=f"What is thing {question}?",
        answer=f"It is {question}.",
        reviews=reviews,
        schedule=standing(replayed(reviews, USUAL)[-1]) if reviews else None,
        suspended=draw(st.none() | MOMENTS),
        flags=tuple(sorted(set(flags), key=lambda flag: (flag.at, flag.note))),
    )


@st.composite
def histories(draw: st.DrawFn) -> LearnerHistory:
    """What a learner did with up to four questions of a bank."""
    questions = draw(st.lists(st.integers(1, 4), unique=True))
    items = [draw(item_histories(question)) for question in questions]
    kept = tuple(item for item in items if item.reviews or item.flags or item.suspended is not None)
    banks = (BankHistory("small-bank", tuple(sorted(kept, key=lambda item: item.key))),) if kept else ()
    return LearnerHistory("me", {}, banks)
