"""Commands are derived where the words above them say in full what they do, and nowhere else."""

from __future__ import annotations

import pytest

from quiz.items import command
from quiz.items.item import Item, Kind
from quiz.source.question import AuthoredItem, Question, Section

STOP = "aws ecs stop-task --cluster prod --task 0a1b2c3d"


def question(text: str, *items: AuthoredItem) -> Question:
    return Question(7, "basics", (), "How?", "So.", sections=(Section("By hand", text),), items=items)


def derived(lead: str, *rows: str, fence: str = "bash") -> list[Item]:
    script = "\n".join(rows)
    return list(command.derive(question(f"{lead}\n\n```{fence}\n{script}\n```\n")))


def test_a_lead_that_tells_what_to_do_becomes_a_stem_with_what_nobody_can_guess() -> None:
    (item,) = derived("It hangs. Stop the task by hand:", STOP)
    assert item.stem == "Stop the task by hand.\n\nUse: cluster `prod`, task `0a1b2c3d`."
    assert item.answers == (STOP,)
    assert item.key == "ecs-stop-task-stop-task-hand"
    assert (item.question, item.kind, item.section) == (7, Kind.COMMAND, "By hand")


def test_a_comment_in_the_fence_is_a_lead() -> None:
    items = derived(
        "Two ways:",
        "# Stop the task by hand",
        STOP,
        "",
        "# Which tasks of the service have stopped?",
        "aws ecs list-tasks --service-name web --desired-status STOPPED",
    )
    assert [item.stem.partition("\n")[0] for item in items] == [
        "Stop the task by hand.",
        "Which tasks of the service have stopped?",
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "The task hangs:",  # says nothing of what to do
        "Stop it by hand:",  # leans on the sentence before
        "Stop the task that hangs as shown above:",
        "Then stop the same task on the other host:",
        "Stop now:",
        "Stop the task by hand.",  # not about the fence
        "Free the host of old load:",  # names another thing than the operation
        "Do with `stop-task` what stops the task:",
        "",
    ],
)
def test_a_lead_that_says_too_little_or_too_much_gives_no_item(lead: str) -> None:
    assert derived(lead, STOP) == []


@pytest.mark.parametrize(
    "rows",
    [
        (STOP, STOP),
        (f"{STOP} | jq .task",),
        ("aws ecs stop-task --cluster prod --task $(aws ecs list-tasks --cluster prod)",),
        ("aws ecs stop-task --cluster prod --task 'open",),
        ("aws ecs stop-task --cli-input-json file://task.json",),
        ("aws ecs stop-task --cluster prod ...",),
        ("docker stop task",),
        ("aws ecs stop-task --a 1 --b 2 --c 3 --d 4 --e 5 --f 6",),
    ],
)
def test_what_is_more_or_less_than_one_whole_command_gives_no_item(rows: tuple[str, ...]) -> None:
    assert derived("Stop the task by hand:", *rows) == []


def test_other_languages_give_no_item() -> None:
    assert derived("Stop the task by hand:", STOP, fence="text") == []


def test_how_the_answer_is_shown_is_not_asked_for() -> None:
    (item,) = derived("Stop the task by hand:", f"{STOP} --query 'task.taskArn' --output text --no-cli-pager")
    assert item.answers == (STOP,)


def test_a_variable_is_given_by_its_name_and_stays_in_the_command() -> None:
    (item,) = derived("Stop the task by hand:", 'aws ecs stop-task --cluster prod --task "$TASK_ARN"')
    assert "task `$TASK_ARN`" in item.stem
    assert item.answers == ('aws ecs stop-task --cluster prod --task "$TASK_ARN"',)


def test_a_word_of_the_api_is_given_only_where_the_lead_does_not_mean_it() -> None:
    listing = "aws ecs list-tasks --cluster prod --desired-status STOPPED"
    (meant,) = derived("List the tasks that stopped:", listing)
    (given,) = derived("List the tasks of yesterday:", listing)
    assert meant.stem.endswith("Use: cluster `prod`.")
    assert given.stem.endswith("Use: cluster `prod`, desired status `STOPPED`.")


def test_a_flag_must_follow_from_the_lead() -> None:
    forced = "aws ecs delete-service --cluster prod --service web --force"
    assert derived("Delete the service with its tasks:", forced) == []
    assert len(derived("Delete the service by force:", forced)) == 1


def test_structures_are_given_by_their_ends() -> None:
    (item,) = derived(
        "Show the routes of the subnet:",
        "aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=subnet-1",
    )
    assert item.stem.endswith("Use: `subnet-1`.")
    (item,) = derived(
        "Run the task in private subnets:",
        "aws ecs run-task --task-definition job "
        "--network-configuration 'awsvpcConfiguration={subnets=[subnet-1,subnet-2],assignPublicIp=DISABLED}'",
    )
    assert "subnets `subnet-1` and `subnet-2`, assign public ip `DISABLED`" in item.stem


def test_json_is_not_asked_for() -> None:
    assert derived("Stop the task by hand:", """aws ecs stop-task --x '{"a": ["b"]}'""") == []


def test_what_the_author_asks_is_not_asked_again() -> None:
    written = AuthoredItem("command", "stop", "Stop task 7.", ("aws ecs stop-task --task 7",))
    text = f"Stop the task by hand:\n\n```bash\n{STOP}\n```\n"
    assert list(command.derive(question(text, written))) == []


def test_each_operation_is_asked_once_a_question() -> None:
    text = (
        f"Stop the task by hand:\n\n```bash\n{STOP}\n```\n\nStop the task for good:\n\n```bash\n{STOP}\n```\n"
    )
    assert [item.key for item in command.derive(question(text))] == ["ecs-stop-task-stop-task-hand"]


def test_the_rest_of_the_lead_and_what_is_said_of_an_option_explain() -> None:
    text = (
        f"Stop the task by hand (its service replaces it); it gets SIGTERM:\n\n```bash\n{STOP}\n```\n\n"
        "The answer of `stop-task` comes before the end."
    )
    (item,) = command.derive(question(text))
    assert item.explanation == "Its service replaces it. It gets SIGTERM."


def test_a_question_gives_three_at_most() -> None:
    named = ("task", "service", "cluster", "daemon")
    text = "\n".join(
        f"Show the {name} with all parts by hand:\n\n```bash\naws ecs describe-{name}s --{name} x\n```\n"
        for name in named
    )
    assert [item.key.split("-")[2] for item in command.derive(question(text))] == [
        "tasks",
        "services",
        "clusters",
    ]


def test_where_the_text_explains_nothing_the_options_are_named() -> None:
    (item,) = derived("Stop the task by hand:", STOP)
    assert item.explanation == "`ecs stop-task` takes `--cluster` and `--task`."


def test_more_options_are_harder() -> None:
    (short,) = derived("Stop the task by hand:", "aws ecs stop-task --task 7")
    (long,) = derived("Stop the task by hand:", STOP)
    assert short.difficulty < long.difficulty
