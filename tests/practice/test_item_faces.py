"""How each kind of item is asked, judged, hinted at and resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice.examiner import Examiner
from quiz.practice.kinds import FACES, choice, cloze, matching, ordering, recall
from quiz.practice.kinds.ratings import PARTLY, rating_of_share
from quiz.practice.outcome import Outcome


@pytest.fixture
def examiner(bank: Bank) -> Examiner:
    return Examiner(bank)


def gap(sentence: str, *answers: str) -> Item:
    return Item(1, Kind.CLOZE, "gap", sentence, answers)


WHO = gap("Which role?\n\nThe _____ is used by ECS itself to pull the image.", "execution role")
SEVEN = tuple("abcdefg")


def steps(count: int = 4) -> Item:
    return Item(1, Kind.ORDERING, "steps", "Put them in order.", SEVEN[:count])


def pairs(count: int = 4, *extra: str) -> Item:
    rights = tuple(f"right {number}" for number in range(count))
    lefts = tuple(f"left {number}" for number in range(count))
    return Item(1, Kind.MATCHING, "pairs", "Match.", rights, distractors=extra, prompts=lefts)


def fill(item: Item, typed: str, examiner: Examiner) -> Outcome:
    assert cloze.complaint(item, typed, ()) == ""
    return cloze.judge(item, typed, (), examiner)


@pytest.mark.parametrize(
    "typed",
    [
        "execution role",
        "Execution Role",
        "the execution role",
        "execution-role",
        "`executionRole`",
        "execution roles",
        "task execution role",  # another form in the glossary
        "execution role is used",  # with the words that follow the gap
    ],
)
def test_a_gap_takes_every_form_of_its_term(typed: str, examiner: Examiner) -> None:
    outcome = fill(WHO, typed, examiner)
    assert (outcome.score, outcome.suggested, outcome.remarks) == (1.0, Rating.GOOD, ())


@pytest.mark.parametrize("typed", ["exection role", "execuiton role", "executionn role"])
def test_a_slip_of_the_keyboard_is_forgiven_and_named(typed: str, examiner: Examiner) -> None:
    outcome = fill(WHO, typed, examiner)
    assert (outcome.score, outcome.suggested) == (1.0, Rating.GOOD)
    assert outcome.remarks == ("It is spelt execution role.",)


def test_another_term_is_wrong_however_near_and_is_explained(examiner: Examiner) -> None:
    outcome = fill(WHO, "task role", examiner)
    assert (outcome.score, outcome.suggested) == (0.0, Rating.AGAIN)
    assert outcome.remarks == ("task role is something else: The role that the code in the containers uses.",)


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("137", "139"),
        ("5.5", "55"),
        ("30 seconds", "31 seconds"),
        ("healthyThreshold", "unhealthyThreshold"),
        ("stopped reason", "stopped reasoning engine"),
        ("routes", "image"),
        ("tag", "tga"),  # too short for a slip
        ("inbound rule", "outbound rule"),
        ("execution role", "role"),
    ],
)
def test_what_is_no_slip_is_wrong(right: str, typed: str, examiner: Examiner) -> None:
    assert fill(gap("There it is _____ for all.", right), typed, examiner).score == 0


def test_a_slip_that_makes_a_word_of_the_glossary_is_none(examiner: Examiner) -> None:
    assert fill(gap("A subnet has a _____ table.", "router"), "route", examiner).score == 0


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        (("1,000",), "1000"),
        (("12", "twelve"), "Twelve"),
        (("300",), "300 seconds"),
        (("load balancer",), "loadbalancer"),
    ],
)
def test_a_gap_is_not_strict_about_writing(right: Sequence[str], typed: str, examiner: Examiner) -> None:
    assert fill(gap("It takes _____ seconds.", *right), typed, examiner).score == 1


def test_marks_alone_are_no_words() -> None:
    assert cloze.complaint(WHO, "...", ()) == "Type the words that belong in the gap."


def test_a_gap_is_resolved_by_its_whole_sentence() -> None:
    (text,) = cloze.solution(WHO, ()).texts
    assert text == "The **execution role** is used by ECS itself to pull the image."


def test_hints_to_a_gap_say_how_long_it_is_and_what_it_means(examiner: Examiner) -> None:
    first, second = cloze.hints(WHO, (), examiner)
    assert first == "It has 2 words of 9 and 4 characters."
    assert second == "It means: The role that ECS itself uses to start a task."
    assert len(cloze.hints(gap("_____ it is.", "xyzzy"), (), examiner)) == 1


@given(typed=st.text(max_size=300))
def test_nothing_that_is_typed_breaks_a_face(typed: str) -> None:
    class Nothing:
        """A bank that knows no terms."""

        def term(self, text: str) -> None:  # noqa: ARG002
            return None

        def is_term_word(self, word: str) -> bool:  # noqa: ARG002
            return False

    for item in (WHO, steps(), pairs(), Item(1, Kind.CHOICE, "c", "?", ("a",), ("b", "c"))):
        face = FACES[item.kind]
        options = face.options(item, Random(1))
        if typed and not face.complaint(item, typed, options):
            assert 0 <= face.judge(item, typed, options, Nothing()).score <= 1  # type: ignore[arg-type]


@given(count=st.integers(2, 7), seed=st.integers())
def test_steps_are_never_shown_in_the_right_order(count: int, seed: int) -> None:
    item = steps(count)
    options = ordering.options(item, Random(seed))
    assert sorted(options) == sorted(item.answers)
    assert options != item.answers


def test_steps_of_the_same_words_may_be_exchanged(examiner: Examiner) -> None:
    item = Item(1, Kind.ORDERING, "twice", "Order.", ("wait", "act", "wait"))
    options = ("wait", "wait", "act")
    assert ordering.judge(item, "2 3 1", options, examiner).score == 1
    assert ordering.solution(item, options).marks == ("1.", "3.", "2.")


def order(typed: str, examiner: Examiner) -> Outcome:
    """Of the four steps a, b, c and d, shown as d, c, b and a."""
    options = ("d", "c", "b", "a")
    assert ordering.complaint(steps(), typed, options) == ""
    return ordering.judge(steps(), typed, options, examiner)


@pytest.mark.parametrize("typed", ["4 3 2 1", "4321", "4,3, 2,1", "4 > 3 > 2 > 1", "4. 3. 2. 1."])
def test_an_order_may_be_written_in_several_ways(typed: str, examiner: Examiner) -> None:
    outcome = order(typed, examiner)
    assert (outcome.score, outcome.suggested, outcome.answer) == (1.0, Rating.GOOD, "a\nb\nc\nd")


@pytest.mark.parametrize(
    ("typed", "score", "rating", "astray"),
    [
        ("4 3 1 2", 0.67, Rating.HARD, "1"),  # two neighbours exchanged
        ("3 2 1 4", 0.0, Rating.AGAIN, "4"),  # the first step last
        ("1 2 3 4", 0.0, Rating.AGAIN, "1, 2, 3"),
    ],
)
def test_an_order_is_scored_by_pairs_and_what_is_out_of_place_is_named(
    typed: str, score: float, rating: Rating, astray: str, examiner: Examiner
) -> None:
    outcome = order(typed, examiner)
    assert (round(outcome.score, 2), outcome.suggested) == (score, rating)
    (remark,) = outcome.remarks
    assert len(re.findall(r"\d", remark)) == len(astray.split(", "))


@pytest.mark.parametrize("typed", ["1 2 3", "1 2 3 3", "1 2 3 5", "a b c d", "12345", "1 2 3 4 1", "9" * 500])
def test_an_order_needs_each_number_once(typed: str) -> None:
    complaint = ordering.complaint(steps(), typed, ("d", "c", "b", "a"))
    assert complaint == "Type each number from 1 to 4 once, in the right order, such as 3 1 2."


def test_the_right_order_is_shown_with_the_numbers_that_were_shown() -> None:
    shown = ordering.solution(steps(), ("d", "c", "b", "a"))
    assert shown.marks == ("4.", "3.", "2.", "1.")
    assert shown.texts == ("a", "b", "c", "d")


def test_hints_to_an_order_are_its_ends(examiner: Examiner) -> None:
    assert ordering.hints(steps(), ("d", "c", "b", "a"), examiner) == ("It begins with 4.", "It ends with 1.")
    assert ordering.hints(steps(3), ("c", "b", "a"), examiner) == ("It begins with 3.",)


def match(typed: str, examiner: Examiner) -> Outcome:
    """Of four pairs, the right sides shown as b, c, d, a, then one that fits nothing."""
    item, options = pairs(4, "stray"), ("right 3", "right 0", "right 1", "right 2", "stray")
    assert matching.complaint(item, typed, options) == ""
    return matching.judge(item, typed, options, examiner)


@pytest.mark.parametrize(
    "typed", ["1b 2c 3d 4a", "b c d a", "bcda", "4a,3d,2c,1b", "1-b 2=c 3: d 4. a", "1B2C3D4A"]
)
def test_pairs_may_be_written_in_several_ways(typed: str, examiner: Examiner) -> None:
    outcome = match(typed, examiner)
    assert (outcome.score, outcome.suggested, outcome.remarks) == (1.0, Rating.GOOD, ())
    assert outcome.answer.splitlines()[0] == "left 0: right 0"


def test_the_wrong_pairs_are_named_and_the_right_ones_count(examiner: Examiner) -> None:
    outcome = match("1b 2c 3e 4d", examiner)
    assert (outcome.score, outcome.suggested) == (0.5, Rating.AGAIN)
    assert outcome.remarks == ("Not together: 3e, 4d.",)
    assert match("1b 2c 3d 4e", examiner).suggested is Rating.HARD


@pytest.mark.parametrize(
    "typed", ["1b", "b c d", "1b 2c 3d 9a", "1b 2c 3d 4z", "1b 1c 3d 4a", "what?", "1b 2c 3d 4a x"]
)
def test_a_matching_needs_a_letter_for_each_number(typed: str) -> None:
    assert matching.complaint(pairs(4), typed, pairs(4).answers).startswith(
        "Type a letter from a to d for each"
    )


def test_a_letter_may_not_be_given_twice() -> None:
    said = matching.complaint(pairs(4), "b b c d", pairs(4).answers)
    assert said == "Each letter belongs to one number; you gave b twice."


def test_left_sides_have_numbers_and_right_sides_letters() -> None:
    left, right = matching.listings(pairs(3), pairs(3).answers)
    assert (left.marks, right.marks) == (("1.", "2.", "3."), ("a.", "b.", "c."))


def test_hints_to_a_matching_give_pairs_until_two_are_left(examiner: Examiner) -> None:
    assert matching.hints(pairs(4), pairs(4).answers, examiner) == ("1a is right.", "2b is right.")
    assert matching.hints(pairs(2), pairs(2).answers, examiner) == ()


def test_hints_to_a_choice_strike_wrong_options_until_two_are_left(examiner: Examiner) -> None:
    item = Item(1, Kind.CHOICE, "c", "Which?", ("right",), ("x", "y", "z"))
    options = choice.options(item, Random(4))
    struck = [int(re.sub(r"\D", "", hint)) for hint in choice.hints(item, options, examiner)]
    assert len(set(struck)) == 2
    assert "right" not in {options[number - 1] for number in struck}


def test_hints_to_a_free_answer_lead_from_the_number_of_points_to_meanings(
    bank: Bank, examiner: Examiner
) -> None:
    (item,) = bank.items(kind=Kind.RECALL, question=1)
    count, names, *meanings = recall.hints(item, (), examiner)
    assert count == "A good answer makes 3 points."
    assert names == "It speaks of: t... r..., e... r..., i...."
    assert meanings[0] == "t... r... is: The role that the code in the containers uses."


def test_without_key_points_a_hint_is_how_the_answer_begins(examiner: Examiner) -> None:
    item = Item(1, Kind.RECALL, "own", "Who pulls?", ("The execution role pulls the image.",))
    assert recall.hints(item, (), examiner) == ("The model answer begins: The execution role pulls ...",)


@given(st.floats(0, 1))
def test_parts_are_good_only_together_and_hard_from_a_documented_share_on(share: float) -> None:
    expected = Rating.GOOD if share == 1 else Rating.HARD if share >= PARTLY else Rating.AGAIN
    assert rating_of_share(share) is expected
