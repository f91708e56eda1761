"""Code in questions is checked: every class of error is found where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quiz.source.lint.rules import check_folder

PULL = "repairs/002-pull.md"
FENCE = """```bash
aws ecs describe-tasks --cluster demo --tasks 0123 --query "tasks[].stoppedReason"
```"""

TASK = """{
  "family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
  "cpu": "256", "memory": "512", "executionRoleArn": "arn:aws:iam::111122223333:role/web",
  "containerDefinitions": [
    {"name": "web", "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1", "essential": true}
  ]
}
"""


def findings(folder: Path, code: str, language: str = "bash") -> list[str]:
    """The findings when `code` stands in a fence of question 2, all on that fence's lines."""
    path = folder / PULL
    text = path.read_text()
    assert FENCE in text
    path.write_text(text.replace(FENCE, f"```{language}\n{code}\n```"))
    found = check_folder(folder).findings
    first = text[: text.index(FENCE)].count("\n") + 1
    assert all(f.path == PULL and first <= f.line <= first + code.count("\n") + 2 for f in found)
    return [f"{finding.code} {finding.message}" for finding in found]


@pytest.mark.parametrize(
    "command",
    [
        "aws ecs list-tasks --cluster a --service-name b --desired-status STOPPED",
        "aws logs tail /ecs/web --since 5m --follow",
        "aws ecs wait services-stable --cluster a --services b",
        "aws ecs update-service --service a --disable-execute-command --no-cli-pager",
        "aws ecr get-login-password | docker login --username AWS --password-stdin example.com",
        "aws ecs register-task-definition --cli-input-json file://task.json",
        "aws ecs create-service --service-name a ...",
        'aws ecs describe-services --services a --query "services[0].events[:3].[createdAt,message]"',
        "aws ecs update-service --service a --deployment-configuration maximumPercent=200",
        "aws s3 cp a s3://b/c",
        "aws ecs execute-command --task a --interactive --command /bin/sh",
        "aws cloudwatch put-metric-data --namespace a --metric-name b --value 1",
        "aws ecr describe-images --repository-name web "
        "--query 'sort_by(imageDetails,&imagePushedAt)[-1].imageTags[0]'",
        "aws ecs describe-tasks --tasks $(aws ecs list-tasks --query 'taskArns[]' --output text)",
    ],
)
def test_a_right_command_has_no_findings(bank_folder: Path, command: str) -> None:
    assert findings(bank_folder, command) == []


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("aws esc list-tasks", "C001 `aws esc list-tasks`: argument command: Invalid choice"),
        ("aws ecs list-task", "C001 `aws ecs list-task`: argument operation: Invalid choice"),
        ("aws ecs list-tasks --clusters a", "C001 `aws ecs list-tasks`: Unknown options: --clusters, a"),
        ("aws ecs describe-tasks --cluster a", "required: --tasks"),
        ("aws ecs list-tasks --launch-type LAMBDA", "launchType must be one of EC2, FARGATE"),
        ("aws ecs list-tasks --query 'tasks[]'", "--query names `tasks`, which the output does not have"),
        (
            "aws ecs describe-services --services a --query 'services[].[events[0].text,x]'",
            "--query names `text`",
        ),
        ("aws ecs list-tasks --query 'taskArns['", "--query is no valid path"),
        ("aws logs tail /ecs/web --task-id 1", "`--task-id` is no option of it"),
        ("aws ecs update-service --service a --desired-count many", "invalid literal"),
        (
            "aws ecs update-service --service a --network-configuration awsvpcConfiguration={a}",
            "Error parsing parameter",
        ),
        ("aws ecs update-service --service a --enable-execute-command false", "Unknown options: false"),
    ],
)
def test_a_wrong_command_is_told(bank_folder: Path, command: str, message: str) -> None:
    assert message in findings(bank_folder, command)[0]


def test_one_command_does_not_disturb_the_next(bank_folder: Path) -> None:
    first = "aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames Value=true"
    assert findings(bank_folder, f"{first}\naws ec2 describe-subnets\naws ecs list-tasks") == []


def test_commands_in_yaml_and_inline_code_are_checked_too(bank_folder: Path) -> None:
    (found,) = findings(bank_folder, "steps:\n  - run: aws ecs list-task\n", "yaml")
    assert found.startswith("C001 `aws ecs list-task`")
    path = bank_folder / PULL
    path.write_text(path.read_text().replace("aws ecs list-task", "true") + "\nUse `aws ecs list-taks`.\n")
    assert [finding.code for finding in check_folder(bank_folder).findings if finding.code == "C001"] == [
        "C001"
    ]


def test_inline_code_may_leave_required_options_out(bank_folder: Path) -> None:
    assert findings(bank_folder, "aws ecs list-tasks") == []
    path = bank_folder / PULL
    path.write_text(path.read_text().replace("Read `stoppedReason`", "Run `aws ecs describe-tasks`"))
    assert check_folder(bank_folder).findings == ()


def test_a_sound_task_definition_has_no_findings(bank_folder: Path) -> None:
    assert findings(bank_folder, TASK, "json") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"family"', "family", "J001 not strict JSON"),
        ('"cpu": "256"', '"cpu": "256", "cpu": "256"', "J001 the key `cpu` stands twice"),
        ('"essential": true', '"essential": "yes"', "J002 Invalid type for parameter"),
        ('"family": "web", ', "", 'J002 Missing required parameter in input: "family"'),
        ('"memory": "512"', '"memory": "4096"', "J002 Fargate has no size with cpu 256 and memory 4096"),
        ('"memory": "512"', '"memory": "lots"', "J002 Fargate has no size"),
        (
            '"networkMode": "awsvpc",',
            '"networkMode": "bridge",',
            "J002 a Fargate task needs networkMode awsvpc",
        ),
        (
            ', "executionRoleArn": "arn:aws:iam::111122223333:role/web"',
            "",
            "J002 executionRoleArn is missing",
        ),
        ('"essential": true', '"essential": false', "J002 no container is essential"),
        ('"requiresCompatibilities": ["FARGATE"], ', "", "J002 "),
        (
            "[\n    {",
            '[\n    {"name": "web", "image": "a"},\n    {',
            "J002 two containers have the same name",
        ),
    ],
)
def test_a_wrong_task_definition_is_told(bank_folder: Path, old: str, new: str, message: str) -> None:
    assert old in TASK
    task = TASK.replace(old, new)
    if message == "J002 ":
        task, message = task.replace('"memory": "512", ', ""), "J002 container web has no memory"
    assert message in findings(bank_folder, task, "json")[0]


@pytest.mark.parametrize(
    "secret",
    [
        '"secrets": [{"name": "A", "valueFrom": "b"}]',
        '"repositoryCredentials": {"credentialsParameter": "a"}',
    ],
)
def test_secrets_need_an_execution_role_on_every_launch_type(bank_folder: Path, secret: str) -> None:
    task = (
        f'{{"family": "a", "containerDefinitions": [{{"name": "a", "image": "b", "memory": 64, {secret}}}]}}'
    )
    (found,) = findings(bank_folder, task, "json")
    assert "executionRoleArn is missing" in found


def test_fargate_sizes_may_be_written_with_units(bank_folder: Path) -> None:
    task = TASK.replace('"cpu": "256", "memory": "512"', '"cpu": ".5 vCPU", "memory": "1 GB"')
    assert findings(bank_folder, task, "json") == []


def test_a_fragment_may_be_incomplete(bank_folder: Path) -> None:
    assert findings(bank_folder, '"cpu": 256, ...', "json fragment") == []


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("yaml", "a: [1"),
        ("hcl", 'resource "a" {'),
        ("bash", "if true; then"),
        ("dockerfile", "FORM python:3.13"),
    ],
)
def test_code_that_does_not_parse_is_told(bank_folder: Path, language: str, code: str) -> None:
    assert findings(bank_folder, code, language)[0].startswith(f"X001 this {language} does not parse")


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("yaml", "Value: !Sub '${A}'\nList: !GetAtt [A, B]\nMap: !X {a: b}\n---\non: push"),
        ("hcl", 'resource "aws_ecs_cluster" "a" {\n  name = "a"\n}'),
        ("dockerfile", "# build\nFROM python:3.13 \\\n  AS build\nCOPY . ."),
    ],
)
def test_code_that_parses_has_no_findings(bank_folder: Path, language: str, code: str) -> None:
    assert findings(bank_folder, code, language) == []


def test_an_iam_action_must_exist(bank_folder: Path) -> None:
    path = bank_folder / PULL
    path.write_text(
        path.read_text().replace("`stoppedReason`", "`ecs:RunTask`, `ecr:Batch*`, `iam:PassRole`")
    )
    assert check_folder(bank_folder).findings == ()
    path.write_text(path.read_text().replace("ecs:RunTask", "ecs:StartTasks"))
    (found,) = check_folder(bank_folder).findings
    assert (found.code, found.message) == ("I001", "there is no IAM action `ecs:StartTasks`")


def test_two_questions_must_not_ask_the_same(bank_folder: Path) -> None:
    path = bank_folder / PULL
    path.write_text(
        path.read_text().replace(
            "A task stops with CannotPullContainerError. Where do you look first?",
            "What does an execution role not do that a task role does?",
        )
    )
    (found,) = check_folder(bank_folder).findings
    assert (found.path, found.code) == (PULL, "D001")


def test_sources_are_of_known_hosts(bank_folder: Path) -> None:
    path = bank_folder / PULL
    path.write_text(path.read_text().replace("https://docs.aws.amazon.com/", "http://docs.aws.amazon.com/"))
    assert [finding.code for finding in check_folder(bank_folder).findings] == ["R001"]


def test_a_review_date_is_not_in_the_future(bank_folder: Path) -> None:
    assert check_folder(bank_folder, today=date(2026, 11, 22)).findings == ()
    found = check_folder(bank_folder, today=date(2026, 11, 21)).findings
    assert [finding.code for finding in found] == ["R002", "R002"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("Check the route", "Chekc the route", "W001"),
     ("Check the route", "Check the the route", "W002"), ("Check the route", "Check `teh teh`", "")],
)  # fmt: skip
def test_spelling_is_checked_in_prose_and_not_in_code(
    bank_folder: Path, old: str, new: str, code: str
) -> None:
    path = bank_folder / PULL
    path.write_text(path.read_text().replace(old, new, 1))
    assert [finding.code for finding in check_folder(bank_folder).findings] == ([code] if code else [])


def test_bold_terms_are_in_the_glossary_and_forms_are_unique(bank_folder: Path) -> None:
    glossary = bank_folder / "glossary.yml"
    glossary.write_text(glossary.read_text().replace("- term: tag", "- term: label") + "  aliases: [Image]\n")
    found = check_folder(bank_folder).findings
    assert [(finding.path, finding.code) for finding in found] == [("glossary.yml", "G002"), (PULL, "G001")]


def test_rules_without_their_package_say_so(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.source.lint.rules._installed", lambda package: package != "awscli")
    path = bank_folder / PULL
    path.write_text(path.read_text().replace("describe-tasks", "describe-nothing"))
    checked = check_folder(bank_folder)
    assert (checked.findings, checked.missing) == ((), ("awscli",))
