"""AWS CLI commands are graded by what they say: in any order, in any form, and what is wrong is named."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.grading.commands.comparing import grade_command
from quiz.grading.commands.parsing import LONGEST, UnreadableError, parse, slip

UPDATE = "aws ecs update-service --cluster prod --service web --force-new-deployment"
CIRCUIT = "deploymentCircuitBreaker={enable=true,rollback=true},maximumPercent=200"


def differences(typed: str, *models: str) -> tuple[str, ...]:
    return grade_command(typed, models or (UPDATE,)).differences


@pytest.mark.parametrize(
    "order", list(permutations(["--cluster prod", "--service web", "--force-new-deployment"])), ids=str
)
def test_the_order_of_options_does_not_matter(order: tuple[str, ...]) -> None:
    assert grade_command(f"aws ecs update-service {' '.join(order)}", [UPDATE]).score == 1


@pytest.mark.parametrize(
    "typed",
    [
        "$ aws ecs update-service --cluster=prod --service=web --force-new-deployment",
        "aws ecs update-service --cluster 'prod' --service \"web\" --force-new-deployment  # now",
        "AWS_PROFILE=x aws ecs update-service \\\n --cluster prod \\\n --service web --force-new-deployment",
        "aws --region eu-west-1 ecs update-service --cluster prod --service web --force-new-deployment",
        f"{UPDATE} --output text --query service.status --no-cli-pager",
        f"{UPDATE} | jq .service",
        f"{UPDATE} \\",
        f'{UPDATE}\n# that is all: it\'s the "same"',
        UPDATE.replace("web", '"web" --profile $(whoami)'),
        UPDATE.replace("prod", "arn:aws:ecs:eu-west-1:111122223333:cluster/prod"),
    ],
)
def test_equivalent_forms_are_accepted(typed: str) -> None:
    assert grade_command(typed, [UPDATE]) == grade_command(UPDATE, [UPDATE])
    assert grade_command(typed, [UPDATE]).score == 1


@pytest.mark.parametrize(
    ("typed", "model"),
    [
        ('{"maximumPercent":200,"deploymentCircuitBreaker":{"rollback":true,"enable":true}}', CIRCUIT),
        ("maximumPercent=200,deploymentCircuitBreaker={rollback=true,enable=true}", CIRCUIT),
        ('{"subnets":["b","a"]}', "subnets=[a,b]"),
        ('[{"Name":"vpc-id","Values":["v"]}]', "Name=vpc-id,Values=v"),
        ("Name=vpc-id,Values=b,a", "Name=vpc-id,Values=[a,b]"),
        ("b a", "a b"),
        ("2.0", "2"),
        ("True", "true"),
    ],
)
def test_values_are_compared_by_what_they_say(typed: str, model: str) -> None:
    def command(value: str) -> str:
        quoted = value if " " in value else f"'{value}'"
        return f"aws ecs update-service --thing {quoted}"

    assert differences(command(typed), command(model)) == ()
    assert differences(command(typed + "x"), command(model)) != ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ecs update-service", "A command begins with aws."),
        ("aws ecs", "After aws come the service and the operation, such as aws ecs list-tasks."),
        ("aws ecs update-service --cluster 'prod", "The quote ' at character 34 is not closed."),
        (UPDATE.replace("aws ecs", "aws ec2"), "The service is ecs, not ec2."),
        (
            UPDATE.replace("update-service", "update-services"),
            "update-services: did you mean update-service?",
        ),
        (UPDATE.replace("--service web ", ""), "--service web is missing."),
        (UPDATE.replace("web", "api"), "--service should be web, not api."),
        (UPDATE.replace("--service ", "--serivce "), "The option is --service, not --serivce."),
        (
            UPDATE.replace("--service ", "--serv "),
            "Write --service in full: --serv fails as soon as another option begins so.",
        ),
        (UPDATE + " --desired-count 2", "--desired-count 2 is too much."),
    ],
)
def test_the_one_thing_that_is_wrong_is_named(typed: str, said: str) -> None:
    assert differences(typed) == (said,)


def test_the_opposite_of_a_flag_is_no_slip() -> None:
    typed = UPDATE.replace("--force-new-deployment", "--no-force-new-deployment")
    assert len(differences(typed)) == 2


def test_the_score_is_the_share_of_what_is_right_and_nothing_for_another_operation() -> None:
    assert grade_command(UPDATE.replace("web", "api"), [UPDATE]).score == 0.75
    assert grade_command(UPDATE.replace("web", "api").replace("prod", "test"), [UPDATE]).score == 0.5
    assert grade_command("aws ecs delete-service --cluster prod --service web", [UPDATE]).score == 0


def test_the_nearest_of_several_right_commands_counts() -> None:
    models = ("aws ecr list-images --repository-name web", "aws ecr describe-images --repository-name web")
    assert differences("aws ecr describe-images --repository-name api", *models) == (
        "--repository-name should be web, not api.",
    )


def test_what_only_the_shell_knows_may_be_anything() -> None:
    model = 'aws ecs stop-task --cluster prod --task "$TASK"'
    assert differences("aws ecs stop-task --cluster prod --task 0123", model) == ()
    assert differences("aws ecs stop-task --cluster prod --task ''", model) != ()


def test_words_after_a_flag_are_arguments() -> None:
    model = "aws logs tail /ecs/web --since 10m --follow"
    assert differences("aws logs tail --follow /ecs/web --since 10m", model) == ()
    assert differences("aws logs tail --since 10m --follow", model) == (
        "After the operation comes /ecs/web.",
    )
    assert differences("aws logs tail /ecs/api --since 10m --follow", model) == (
        "After the operation comes /ecs/web, not /ecs/api.",
    )


KNOWN = (
    "ecs list-tasks",
    "ecs describe-tasks",
    "ecs describe-services",
    "ecr list-images",
    "ssm get-parameter",
)
TASKS = "aws ecs describe-tasks --cluster prod --tasks 7"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (TASKS.replace("tasks -", "task -"), "describe-task: did you mean describe-tasks?"),
        (TASKS.replace("describe", "descirbe"), "descirbe-tasks: did you mean describe-tasks?"),
        (TASKS.replace("aws ecs", "aws esc"), "esc: did you mean ecs?"),
    ],
)
def test_a_slip_in_a_name_is_told_from_another_name_and_costs_half_a_part(typed: str, said: str) -> None:
    found = grade_command(typed, [TASKS], KNOWN)
    assert found.differences == (said,)
    assert found.score == pytest.approx(5 / 6, abs=1e-3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("aws ecs list-tasks", "The operation is describe-tasks, not list-tasks."),
        (
            "aws ecs describe-servics",
            "describe-servics: did you mean describe-services? "
            "The operation is describe-tasks, not describe-services.",
        ),
        ("aws ecs run-everything", "The operation is describe-tasks, not run-everything."),
        ("aws ecr describe-tasks", "The service is ecs, not ecr."),
        ("aws esc describe-task", "This should begin with aws ecs describe-tasks."),
    ],
)
def test_another_operation_is_worth_nothing_however_near(typed: str, said: str) -> None:
    assert grade_command(typed, [TASKS], KNOWN).differences == (said,)
    assert grade_command(typed, [TASKS], KNOWN).score == 0


@pytest.mark.parametrize(
    ("typed", "model"),
    [
        ("aws ecr get-lifecycle-policy", "aws ecr put-lifecycle-policy"),
        ("aws ecs deregister-task-definition", "aws ecs register-task-definition"),
        ("aws ecs untag-resource", "aws ecs tag-resource"),
        ("aws ssm get-parameter --name x", "aws ssm get-parameters --name x"),
    ],
)
def test_operations_a_letter_or_two_apart_are_no_slips(typed: str, model: str) -> None:
    assert grade_command(typed, [model], KNOWN).score == 0


def test_a_misspelt_option_with_a_wrong_value_is_two_faults() -> None:
    assert differences(UPDATE.replace("--service web", "--serivce api")) == (
        "The option is --service, not --serivce.",
        "--service should be web, not api.",
    )


@pytest.mark.parametrize(
    ("typed", "model"),
    [
        ("--command b a", "--command a b"),
        ('--overrides \'{"command": ["b", "a"]}\'', '--overrides \'{"command": ["a", "b"]}\''),
        ("--placement-strategy type=binpack type=spread", "--placement-strategy type=spread type=binpack"),
    ],
)
def test_where_the_order_of_a_list_means_something_it_counts(typed: str, model: str) -> None:
    assert differences(f"aws ecs x {model}", f"aws ecs x {model}") == ()
    assert differences(f"aws ecs x {typed}", f"aws ecs x {model}") != ()


def test_how_the_answer_is_shown_counts_where_it_is_asked_for() -> None:
    model = "aws ecs list-tasks --query 'taskArns[]' --output text"
    assert differences("aws ecs list-tasks --output text --query 'taskArns[ ]'", model) == ()
    assert differences("aws ecs list-tasks --output json", model) == (
        "--query taskArns[] is missing.",
        "--output should be text, not json.",
    )


def test_what_holds_anyway_may_be_said() -> None:
    model = "aws ecs list-tasks --cluster prod"
    assert differences(f"{model} --desired-status RUNNING", model) == ()
    assert differences(f"{model} --desired-status STOPPED", model) == (
        "--desired-status STOPPED is too much.",
    )


@pytest.mark.parametrize(
    ("typed", "model", "right"),
    [
        ("arn:aws:ecs:eu-west-1:1:task-definition/web:7", "web:7", True),
        ("arn:aws:ecs:eu-west-1:1:task-definition/web:7", "7", False),
        ("arn:aws:sns:eu-west-1:1:oncall", "oncall", True),
        ("arn:aws:logs:eu-west-1:1:log-group:/ecs/web", "/ecs/web", True),
        ("012345678901", "12345678901", False),
        ("file://./task.json", "file://task.json", True),
        ("file://other.json", "file://task.json", False),
        ("arn:aws:ecs:eu-west-1:1:task/$CLUSTER/7", "arn:aws:ecs:eu-west-1:1:task/$NAME/7", True),
        ("arn:aws:ecs:eu-west-1:1:task/prod/7", "arn:aws:ecs:eu-west-1:1:task/$NAME/7", True),
        ("arn:aws:ecs:eu-west-1:1:task/prod/8", "arn:aws:ecs:eu-west-1:1:task/$NAME/7", False),
        ("subnets=[a,b", "subnets=[a,b]", False),
        ("{a=b}}", "{a=b}", False),
    ],
)
def test_values_that_look_alike(typed: str, model: str, *, right: bool) -> None:
    given, wanted = (
        f'aws ecs x --value "{value}"' if "$" in value else f"aws ecs x --value '{value}'"
        for value in (typed, model)
    )
    assert (differences(given, wanted) == ()) is right


def test_broken_json_is_told_with_its_place() -> None:
    model = """aws ecs run-task --overrides '{"cpu": "256"}'"""
    assert differences(model.replace('"256"', '"256'), model) == (
        "--overrides: Its JSON cannot be read from character 9 on.",
    )


def test_of_an_option_given_twice_the_last_counts_as_for_the_cli() -> None:
    assert differences(f"{UPDATE} --service api") == ("--service should be web, not api.",)
    assert differences(UPDATE.replace("--service", "--service api --service")) == ()


def test_a_second_command_is_not_read() -> None:
    assert differences(f"{UPDATE}; aws ecs list-tasks") == (
        "There is more than one command; only the first was read.",
    )


def test_a_command_inside_a_command_only_gives_a_value() -> None:
    model = 'aws ecs describe-tasks --cluster prod --tasks "$TASK"'
    inner = "aws ecs list-tasks --cluster prod --query 'taskArns[0]' --output text"
    assert differences(f"aws ecs describe-tasks --cluster prod --tasks $({inner})", model) == ()
    assert differences(f'aws ecs describe-tasks --cluster prod --tasks "`{inner}`"', model) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("aws ecs x --y 'a", "The quote ' at character 15 is not closed."),
        ('  aws ecs x --y "a', 'The quote " at character 17 is not closed.'),
        ("$ aws ecs x --y `a", "The quote ` at character 17 is not closed."),
        ("aws ecs x --y $(a", "The bracket $( at character 15 is not closed."),
    ],
)
def test_what_a_shell_could_not_read_is_named_with_its_place(typed: str, said: str) -> None:
    assert slip(typed) == said
    assert grade_command(typed, [UPDATE]).differences == (said,)


NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
COMMANDS = st.builds(
    lambda operation, options: (operation, options),
    NAMES,
    st.dictionaries(NAMES.filter(lambda name: not name.startswith("no-")), NAMES, min_size=1, max_size=4),
)


def written(operation: str, options: dict[str, str]) -> str:
    return " ".join(["aws ecs", operation, *(f"--{name} {value}" for name, value in options.items())])


@given(COMMANDS, st.data())
def test_every_single_change_is_found(command: tuple[str, dict[str, str]], data: st.DataObject) -> None:
    operation, options = command
    model = written(operation, options)
    assert grade_command(model, [model]).score == 1
    chosen = data.draw(st.sampled_from(sorted(options)))
    changed = {
        "value": written(operation, {**options, chosen: options[chosen] + "x"}),
        "option": written(operation, {name: value for name, value in options.items() if name != chosen}),
        "operation": written(operation + "x", options),
    }
    for typed in changed.values():
        found = grade_command(typed, [model])
        assert found.score < 1
        assert len(found.differences) == 1


@given(st.text(max_size=400))
def test_any_text_gets_a_grade(text: str) -> None:
    found = grade_command(text, [UPDATE])
    assert 0 <= found.score <= 1


@given(st.lists(st.sampled_from([*"{}[]=,'\"\\ \n$`|<>-a1", "aws ecs x ", " --o "]), max_size=60))
def test_marks_in_any_order_get_a_grade(parts: list[str]) -> None:
    typed = "aws ecs update-service --cluster " + "".join(parts)
    assert 0 <= grade_command(typed, [UPDATE]).score <= 1


def test_a_huge_command_is_no_command() -> None:
    with pytest.raises(UnreadableError, match="too long"):
        parse("aws ecs x --y " + "[" * LONGEST)


@pytest.mark.parametrize(
    "mark", ["$(", "`", "(", "[", "{", "a={", "a=[", '"', "\\", "a,", "<", "<<a\n", "$", "a=b,"]
)
@pytest.mark.parametrize("before", ["", "aws ecs x --y ", "aws ecs x --y '", 'aws ecs x --y "'])
@pytest.mark.parametrize("after", ["", "'", '"'])
def test_any_mark_a_thousand_times_does_no_harm(mark: str, before: str, after: str) -> None:
    typed = before + mark * 1000 + after
    model = 'aws ecs x --y \'{"a": ["$A $B"]}\''
    assert 0 <= grade_command(typed, [model, UPDATE]).score < 1


def test_deep_nesting_does_no_harm() -> None:
    deep = "a=" + "{b=" * 500 + "c" + "}" * 500
    assert (
        grade_command(f"aws ecs update-service --x {deep}", [f"aws ecs update-service --x {deep}"]).score == 1
    )
    nested = json.dumps([[[[["x"]]]]])
    assert grade_command(f"aws ecs x --y '{nested}'", [f"aws ecs x --y '{nested}'"]).score == 1
