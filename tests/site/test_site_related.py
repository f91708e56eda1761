"""Which questions are named as related, and the order in which a topic is learnt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.store import Bank
from quiz.site.generate import pages
from quiz.site.related import COUNT, Order, related, terms_by_question, words_of
from quiz.site.terms import Glossary
from quiz.source.question import FollowUp, KeyPoint, Question, Term

TERMS = [
    Term("task role"),
    Term("execution role"),
    Term("image"),
    Term("subnet"),
    Term("route"),
    Term("task"),
]


def question(
    number: int, *points: str, topics: tuple[str, ...] = ("t",), asks: tuple[int, ...] = (), level: str = "l"
) -> Question:
    return Question(
        number=number,
        level=level,
        topics=topics,
        prompt=f"Question {number}?",
        short_answer="",
        key_points=tuple(KeyPoint(text, ()) for text in points),
        follow_ups=tuple(FollowUp("And then?", number=other) for other in asks),
    )


def ranking(*questions: Question) -> list[int]:
    """The numbers related to the first question."""
    terms = terms_by_question(questions, Glossary(TERMS))
    return [other.number for other in related(questions, terms)[questions[0].number]]


def test_more_terms_in_common_rank_higher() -> None:
    assert ranking(
        question(1, "the image", "the route", "the subnet"),
        question(2, "the image", "the task role"),
        question(3, "the image", "the route", "the subnet"),
        question(4, "the image", "the route", "the task role"),
    ) == [3, 4, 2]


def test_a_rare_term_weighs_more_than_one_that_everybody_uses() -> None:
    everybody = [question(number, "the task", "the execution role") for number in range(4, 20)]
    found = ranking(
        question(1, "the task", "the subnet"),
        question(2, "the task", "the image"),
        question(3, "the subnet", "the image"),
        *everybody,
    )
    assert found[0] == 3


def test_of_two_with_the_same_terms_the_one_of_the_same_topics_ranks_higher() -> None:
    assert ranking(
        question(1, "the image", topics=("a", "b")),
        question(2, "the image", topics=("c",)),
        question(3, "the image", topics=("a", "b")),
    ) == [3, 2]


def test_a_question_that_leads_here_ranks_higher_than_its_equal() -> None:
    assert ranking(
        question(1, "the image"), question(2, "the image"), question(3, "the image", asks=(1,))
    ) == [3, 2]


def test_follow_ups_are_left_out_since_the_page_names_them() -> None:
    assert ranking(
        question(1, "the image", asks=(2,)), question(2, "the image"), question(3, "the image")
    ) == [3]


def test_nothing_in_common_is_not_related() -> None:
    assert ranking(question(1, "the image"), question(2, "the subnet")) == []


def test_key_terms_count_in_a_bank_without_a_glossary() -> None:
    def about(number: int, term: str) -> Question:
        return Question(number, "l", (), f"{number}?", "", key_points=(KeyPoint(term, (term,)),))

    asked = [about(1, "cheese"), about(2, "Cheese"), about(3, "wine")]
    found = related(asked, terms_by_question(asked, Glossary([])))
    assert [other.number for other in found[1]] == [2]


def test_a_page_names_its_related_questions(bank: Bank) -> None:
    written = dict(pages(bank))
    assert "## Related questions\n\n- [What does a task role do" in written["questions/2.md"]
    assert "## Related questions" not in written["questions/1.md"]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["image", "route", "subnet", "task role"]), max_size=4),
            st.lists(st.integers(1, 8), max_size=2),
        ),
        max_size=8,
    )
)
def test_related_are_others_of_the_bank_each_once(drawn: list[tuple[list[str], list[int]]]) -> None:
    asked = [question(i, *points, asks=tuple(asks)) for i, (points, asks) in enumerate(drawn, start=1)]
    for number, others in related(asked, terms_by_question(asked, Glossary(TERMS))).items():
        numbers = [other.number for other in others]
        assert len(numbers) == len(set(numbers)) <= COUNT
        assert number not in numbers


def order(*questions: Question, hard: tuple[int, ...] = (), topic: str = "t") -> list[int]:
    difficulty = {question.number: 0.9 if question.number in hard else 0.1 for question in questions}
    return [question.number for question in Order(["l", "m"], difficulty).of(topic, questions)]


def test_a_question_comes_before_those_it_leads_to() -> None:
    assert order(question(1), question(2, asks=(1,)), question(3, asks=(2,))) == [3, 2, 1]


def test_the_easier_comes_first_where_nothing_leads() -> None:
    assert order(question(1), question(2), question(3), hard=(1,)) == [2, 3, 1]


def test_what_is_about_the_topic_comes_before_what_touches_it() -> None:
    assert order(question(1, topics=("u", "t")), question(2), hard=(2,)) == [2, 1]


def test_an_earlier_level_comes_first_whatever_leads_to_it() -> None:
    assert order(question(1, level="m", asks=(2,)), question(2)) == [2, 1]


def test_a_circle_of_follow_ups_begins_with_the_easiest() -> None:
    assert order(question(1, asks=(2,)), question(2, asks=(3,)), question(3, asks=(1,)), hard=(1, 3)) == [
        2,
        3,
        1,
    ]


def test_questions_of_other_topics_are_left_out() -> None:
    assert order(question(1, topics=("u",)), question(2)) == [2]


def test_the_words_to_know_are_those_that_tell_a_topic_from_others() -> None:
    asked = [
        question(1, "the task and the subnet", "the subnet"),
        question(2, "the task and the route", "the subnet"),
        question(3, "the task and the image"),
        question(4, "the task"),
    ]
    terms = terms_by_question(asked, Glossary(TERMS))
    assert words_of([1, 2], terms, [term.name for term in TERMS])[0] == "subnet"
