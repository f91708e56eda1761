"""Whatever command the bank asks for: each equal way to write it is right, and each single fault is found."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.bank.locate import open_bank
from quiz.grading.commands.comparing import grade_command
from quiz.grading.commands.values import same
from quiz.items.item import Item, Kind

Option = tuple[str, ...]
"""The name with its values."""


@pytest.fixture(scope="module")
def asked() -> list[Item]:
    with open_bank(None) as bank:
        return bank.items(kind=Kind.COMMAND)


def parts(model: str) -> tuple[list[str], list[Option]]:
    """The words up to the first option, and the options, each with its dashes."""
    words = shlex.split(model.replace("\\\n", " "))
    first = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
    options: list[list[str]] = []
    for word in words[first:]:
        if word.startswith("--"):
            options.append([word])
        else:
            options[-1].append(word)
    return words[:first], [tuple(option) for option in options]


def written(head: list[str], options: list[Option]) -> str:
    return shlex.join([*head, *(word for option in options for word in option)])


def models(asked: list[Item]) -> Iterator[tuple[Item, list[str], list[Option]]]:
    for item in asked:
        for model in item.answers:
            if "$" not in model:
                yield item, *parts(model)


def test_options_in_reverse_are_right(asked: list[Item]) -> None:
    for item, head, options in models(asked):
        assert grade_command(written(head, options[::-1]), item.answers).score == 1, item.id


def test_an_equals_sign_is_as_good_as_a_space(asked: list[Item]) -> None:
    for item, head, options in models(asked):
        joined: list[Option] = [
            (f"{option[0]}={option[1]}",) if len(option) == 2 else option for option in options
        ]
        assert grade_command(written(head, joined), item.answers).score == 1, item.id


def test_where_and_how_the_answer_is_shown_does_not_matter(asked: list[Item]) -> None:
    shown = [("--region", "eu-west-1"), ("--output", "text"), ("--profile", "x"), ("--no-cli-pager",)]
    for item, head, options in models(asked):
        typed = written(head, [*shown[:2], *options, *shown[2:]])
        assert grade_command(f"AWS_PAGER= {typed} | less", item.answers).score == 1, item.id


def test_options_of_every_command_may_stand_before_service_and_operation(asked: list[Item]) -> None:
    for item, head, options in models(asked):
        for place in (1, 2):
            shown = [*head[:place], "--region", "eu-west-1", "--no-cli-pager", *head[place:]]
            assert grade_command(written(shown, options), item.answers).score == 1, item.id


def test_an_option_less_is_found(asked: list[Item]) -> None:
    for item, head, options in models(asked):
        own = {option[0] for model in item.answers for option in parts(model)[1]}
        for left_out in options:
            typed = written(head, [option for option in options if option != left_out])
            if any(set(parts(model)[1]) == set(parts(typed)[1]) for model in item.answers):
                continue  # the author accepts it without
            found = grade_command(typed, item.answers)
            assert found.score < 1, (item.id, left_out)
            # With several models the nearest one counts, which may lack another option.
            missing = {left_out[0]} if len(item.answers) == 1 else own
            assert any(f"{name} " in f"{said} " for said in found.differences for name in missing), item.id


def test_an_option_more_is_found(asked: list[Item]) -> None:
    for item, head, options in models(asked):
        found = grade_command(written(head, [*options, ("--qqqq", "zzzz")]), item.answers)
        assert found.score < 1
        assert any("--qqqq" in said for said in found.differences), item.id


def test_another_value_is_found(asked: list[Item]) -> None:
    for item, head, options in models(asked):
        for place, (name, *values) in enumerate(options):
            if not values:
                continue
            changed: list[Option] = [*options]
            changed[place] = (name, *values[:-1], values[-1] + "x")
            found = grade_command(written(head, changed), item.answers)
            assert found.score < 1, (item.id, name)
            names = {name} if len(item.answers) == 1 else {one[0] for one in options}
            assert any(one in said for said in found.differences for one in names), (item.id, found)


def test_another_operation_and_another_service_are_found(asked: list[Item]) -> None:
    for item, head, options in models(asked):
        for other in ([*head[:2], "create-bucket", *head[3:]], ["aws", "zzz", *head[2:]]):
            found = grade_command(written(other, options), item.answers)
            assert found.score == 0, item.id
            assert len(found.differences) == 1, item.id


def test_every_other_command_of_the_bank_is_wrong(asked: list[Item]) -> None:
    for item, mine, _ in models(asked):
        for other, head, options in models(asked):
            # Another operation is found wrong by a test of its own.
            if other.stem == item.stem or head[:3] != mine[:3]:
                continue
            if grade_command(written(head, options), item.answers).score == 1:
                assert set(other.answers) & set(item.answers), (item.id, other.id)


NAMES = st.from_regex(r"[a-z][a-zA-Z0-9]{0,7}", fullmatch=True)
WORDS = st.one_of(
    st.from_regex(r"[a-z][a-z0-9:/_-]{0,9}[a-z0-9]", fullmatch=True).filter(lambda text: "//" not in text),
    st.integers(0, 10**9).map(str),
    st.booleans().map(lambda flag: str(flag).lower()),
)
STRUCTURES = st.recursive(
    st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=3)),
    lambda inner: st.dictionaries(NAMES, inner, min_size=1, max_size=3),
    max_leaves=6,
).filter(lambda value: isinstance(value, dict))


def shorthand(value: object, top: bool = True) -> str:
    if isinstance(value, dict):
        inner = ",".join(f"{key}={shorthand(member, top=False)}" for key, member in value.items())
        return inner if top else f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{','.join(map(str, value))}]"
    return str(value)


def changed(value: object) -> object:
    """The same with another last word."""
    if isinstance(value, dict):
        *kept, (key, last) = value.items()
        return {**dict(kept), key: changed(last)}
    if isinstance(value, list):
        return [*value[:-1], changed(value[-1])]
    return f"{value}x"


@given(STRUCTURES)
def test_json_and_shorthand_are_one_value(value: object) -> None:
    assert same([json.dumps(value)], [shorthand(value)])
    assert same([shorthand(value)], [json.dumps(value, indent=2)])


@given(STRUCTURES)
def test_one_other_word_in_a_structure_is_another_value(value: object) -> None:
    assert not same([json.dumps(changed(value))], [shorthand(value)])
    assert not same([shorthand(changed(value))], [json.dumps(value)])


@given(st.lists(WORDS, min_size=1, max_size=5, unique=True), st.data())
def test_a_list_says_the_same_in_any_order_and_form(values: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(values))
    assert same(shuffled, values)
    assert same([json.dumps(shuffled)], values)
    assert not same(shuffled[:-1], values)


@pytest.mark.parametrize(
    ("typed", "model", "option"),
    [("imageTag=1.40", "imageTag=1.4", "--image-ids"), ("1.40", "1.4", "--platform-version")],
)
def test_a_name_that_looks_like_a_number_is_compared_letter_by_letter(
    typed: str, model: str, option: str
) -> None:
    assert same([model], [model], option)
    assert not same([typed], [model], option)


def test_a_number_is_compared_by_its_value() -> None:
    assert same(["60.0"], ["60"], "--threshold")
    assert same(["TargetValue=60.50"], ["TargetValue=60.5"])
    assert not same(["060"], ["60"], "--account")


ACCOUNT = "arn:aws:ecs:eu-west-1:111122223333"
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,9}[a-z0-9]", fullmatch=True)


@given(IDS, IDS, st.sampled_from(["cluster/{}", "service/prod/{}", "task/prod/{}"]))
def test_a_name_and_the_arn_that_ends_with_it_are_one(name: str, other: str, kind: str) -> None:
    assume(name != other)
    arn = f"{ACCOUNT}:{kind.format(name)}"
    assert same([name], [arn])
    assert same([arn], [name])
    assert not same([other], [arn])
    assert not same([arn], [other])
