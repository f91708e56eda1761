"""What is asked next."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice import schedule
from quiz.practice.queue import APART, Place, Queue, Turn, new_items
from tests.practice.practice_samples import MINUTE, NOW, choice, recall

LEARNING = schedule.review(None, Rating.GOOD, NOW)


def drained(queue: Queue) -> list[Item]:
    items: list[Item] = []
    while True:
        turn, queue = queue.take(NOW)
        if turn is None:
            return items
        items.append(turn.item)


def test_what_is_due_comes_before_what_is_new() -> None:
    queue = Queue(due=(Turn(recall(1), LEARNING),), new=(Turn(recall(2)),))
    assert [item.question for item in drained(queue)] == [1, 2]


def test_the_order_of_what_is_due_is_kept() -> None:
    queue = Queue(due=tuple(Turn(recall(number), LEARNING) for number in (5, 3, 4)))
    assert [item.question for item in drained(queue)] == [5, 3, 4]


def test_siblings_are_kept_apart_while_there_are_others() -> None:
    items = [choice(1, "a"), choice(1, "b"), recall(2), recall(3), recall(4)]
    asked = [item.question for item in drained(Queue(due=tuple(Turn(item, LEARNING) for item in items)))]
    assert asked == [1, 2, 3, 4, 1]
    assert APART == 3


def test_siblings_follow_each_other_where_nothing_else_is_left() -> None:
    items = [choice(1, "a"), choice(1, "b")]
    assert drained(Queue(new=tuple(map(Turn, items)))) == items


def test_an_answered_item_returns_first_when_its_time_has_come() -> None:
    queue = Queue(new=(Turn(recall(2)),)).comes_back(Turn(recall(1), LEARNING))
    early, _ = queue.take(NOW)
    late, rest = queue.take(NOW + 10 * MINUTE)
    assert early is not None
    assert early.item.question == 2
    assert late is not None
    assert late.item.question == 1
    assert rest.returning == ()


def test_what_is_put_back_is_next() -> None:
    queue = Queue(due=(Turn(recall(1), LEARNING),), new=(Turn(recall(2)),), recent=(3,))
    turn, _ = queue.put_back(Turn(recall(3), LEARNING)).take(NOW)
    assert turn is not None
    assert turn.item.question == 3
    _, rest = queue.take(NOW)
    turn, _ = rest.put_back(Turn(recall(4))).take(NOW)
    assert turn is not None
    assert turn.item.question == 4


ITEMS = [
    item for number in range(1, 9) for item in (recall(number), choice(number, "a"), choice(number, "b"))
]
PLACES = {number: Place(level=number // 5, topic=f"topic-{number % 3}") for number in range(1, 9)}


def first(count: int, seed: str = "1", started: frozenset[str] = frozenset()) -> list[Item]:
    return list(islice(new_items(ITEMS, started, PLACES, seed), count))


def test_every_question_is_met_before_any_second_item_of_one() -> None:
    assert {item.question for item in first(8)} == set(range(1, 9))


def test_the_first_level_comes_first() -> None:
    assert {item.question for item in first(4)} == {1, 2, 3, 4}


def test_the_topic_that_was_not_used_for_longest_is_next() -> None:
    for seed in "abc":
        topics = [PLACES[item.question].topic for item in first(3, seed)]
        assert len(set(topics)) == 3


def test_kinds_alternate_and_recall_begins() -> None:
    assert [item.kind for item in first(4)] == [Kind.RECALL, Kind.CHOICE, Kind.RECALL, Kind.CHOICE]


def test_a_question_of_which_something_was_met_waits_for_the_others() -> None:
    assert first(8, started=frozenset({recall(1).id}))[-1].question != 1
    assert 1 not in {item.question for item in first(7, started=frozenset({recall(1).id}))}


def test_chance_is_decided_by_the_seed() -> None:
    assert first(24, "1") == first(24, "1")
    assert len({tuple(item.id for item in first(24, str(seed))) for seed in range(5)}) > 1


@given(st.sets(st.sampled_from([item.id for item in ITEMS])), st.text(max_size=3))
def test_new_is_everything_that_was_not_started_once(started: set[str], seed: str) -> None:
    ids = [item.id for item in new_items(ITEMS, started, PLACES, seed)]
    assert sorted(ids) == sorted({item.id for item in ITEMS} - started)
