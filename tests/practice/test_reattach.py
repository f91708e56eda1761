"""Which item a history belongs to after the bank was rebuilt."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quiz.items.item import Item
from quiz.practice.reattach import Move, StoredItem, Wording, orphans, reattach
from tests.practice.practice_samples import choice, recall


def stored(item: Item) -> StoredItem:
    return StoredItem(item.id, item.question, item.kind, Wording.of(item))


ROLE = replace(choice(key="role"), answers=("The execution role pulls the image",))
ROUTE = replace(
    choice(key="route"), stem=ROLE.stem, answers=("A NAT gateway gives a private subnet a route",)
)


def test_nothing_moves_while_the_keys_are_the_same() -> None:
    assert reattach([stored(ROLE), stored(ROUTE)], [ROLE, ROUTE]) == []


def test_a_new_wording_under_the_same_key_keeps_its_history() -> None:
    assert reattach([stored(ROLE)], [replace(ROLE, stem="Something else entirely?", answers=("No",))]) == []


def test_a_new_key_with_the_same_wording_takes_the_history_along() -> None:
    renamed = replace(ROLE, key="execution-role")
    assert reattach([stored(ROLE)], [renamed]) == [Move(ROLE.id, renamed.id)]


def test_a_new_key_with_a_near_wording_takes_the_history_along() -> None:
    renamed = replace(ROLE, key="puller", answers=("It is the execution role that pulls the image",))
    assert reattach([stored(ROLE)], [ROUTE, renamed]) == [Move(ROLE.id, renamed.id)]


def test_the_same_stem_is_not_enough_where_the_answer_is_another() -> None:
    assert reattach([stored(ROLE)], [ROUTE]) == []


def test_keys_that_were_numbers_and_moved_by_one_are_followed() -> None:
    before = [replace(ROLE, key="mistake-1"), replace(ROUTE, key="mistake-2")]
    inserted = replace(choice(key="mistake-1"), answers=("A task needs no role to start",))
    after = [inserted, replace(ROLE, key="mistake-2"), replace(ROUTE, key="mistake-3")]
    moves = reattach([stored(item) for item in before], after)
    assert {(move.old, move.new) for move in moves} == {
        ("1/choice/mistake-1", "1/choice/mistake-2"),
        ("1/choice/mistake-2", "1/choice/mistake-3"),
    }


def test_histories_stay_within_their_question_and_kind() -> None:
    elsewhere = [replace(ROLE, question=2), replace(recall(), stem=ROLE.stem, answers=ROLE.answers)]
    assert reattach([stored(ROLE)], elsewhere) == []


def test_what_the_bank_no_longer_has_is_an_orphan() -> None:
    assert orphans([stored(ROLE), stored(ROUTE)], [], [ROUTE]) == [stored(ROLE)]


def test_an_item_whose_key_was_taken_over_by_another_is_an_orphan() -> None:
    renamed = replace(ROLE, key="route")
    known = [stored(ROLE), stored(ROUTE)]
    moves = reattach(known, [renamed])
    assert moves == [Move(ROLE.id, ROUTE.id)]
    assert orphans(known, moves, [renamed]) == [stored(ROUTE)]


KEYS = st.lists(st.sampled_from("abcdef"), unique=True)
WORDS = st.sampled_from(["pull the image", "pull the images", "read a secret", "send logs", "mount a volume"])


@given(st.data())
def test_no_two_histories_ever_move_to_one_item(data: st.DataObject) -> None:
    def items(keys: list[str]) -> list[Item]:
        return [replace(choice(key=key), stem="Which?", answers=(data.draw(WORDS),)) for key in keys]

    before, after = items(data.draw(KEYS)), items(data.draw(KEYS))
    known = [stored(item) for item in before]
    moves = reattach(known, after)
    lost = {orphan.key for orphan in orphans(known, moves, after)}
    moved = {move.old: move.new for move in moves}
    places = [moved.get(item.key, item.key) for item in known if item.key not in lost]
    assert len(set(places)) == len(places)
    assert set(places) <= {item.id for item in after}
