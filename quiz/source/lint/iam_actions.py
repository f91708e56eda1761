"""I001: IAM actions in code exist: `ecs:RunTask` is an operation of its service, or a known exception."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Final

from quiz.source.lint import service_model
from quiz.source.lint.source import Source
from quiz.source.question import Finding

NEEDS = "botocore"
CODES: Final[Mapping[str, str]] = {"I001": "Every IAM action exists."}

# IAM prefix to botocore models. Only these prefixes are looked at, so that `image:tag` is no action.
MODELS: Final = {
    "ecs": ("ecs",),
    "ecr": ("ecr",),
    "ecr-public": ("ecr-public",),
    "iam": ("iam",),
    "kms": ("kms",),
    "logs": ("logs",),
    "ssm": ("ssm",),
    "sts": ("sts",),
    "secretsmanager": ("secretsmanager",),
    "cloudwatch": ("cloudwatch",),
    "elasticloadbalancing": ("elbv2", "elb"),
    "autoscaling": ("autoscaling",),
    "application-autoscaling": ("application-autoscaling",),
    "servicediscovery": ("servicediscovery",),
    "codedeploy": ("codedeploy",),
    "codepipeline": ("codepipeline",),
    "events": ("events",),
    "dynamodb": ("dynamodb",),
    "sqs": ("sqs",),
    "sns": ("sns",),
    "kinesis": ("kinesis",),
    "firehose": ("firehose",),
    "ec2": ("ec2",),
    "xray": ("xray",),
    "route53": ("route53",),
    "cloudformation": ("cloudformation",),
    "lambda": ("lambda",),
    "states": ("stepfunctions",),
    "batch": ("batch",),
    "guardduty": ("guardduty",),
    "acm": ("acm",),
    "backup": ("backup",),
    "cloudtrail": ("cloudtrail",),
    "codebuild": ("codebuild",),
    "elasticfilesystem": ("efs",),
    "pipes": ("pipes",),
    "ram": ("ram",),
    "rds": ("rds",),
    "s3": ("s3",),
    "scheduler": ("scheduler",),
    "tag": ("resourcegroupstaggingapi",),
    "vpc-lattice": ("vpc-lattice",),
}
# Prefixes of policies that have no model of their own.
WITHOUT_MODEL: Final = frozenset(("rds-db", "ssmmessages", "ec2messages", "vpc-lattice-svcs", "execute-api"))
# Actions that are permissions and no operations, or whose operation has another name.
# Source: the Service Authorization Reference of each service.
NO_OPERATIONS: Final = frozenset(
    """ecs:Poll ecs:StartTelemetrySession iam:PassRole lambda:InvokeFunction ecr:ReplicateImage
    ecr:BatchImportUpstreamImage kms:ReEncryptFrom kms:ReEncryptTo logs:StartLiveTail
    ssm:GetManifest ssm:PutConfigurePackageResult ec2:SendDiagnosticInterrupt
    elasticfilesystem:ClientMount elasticfilesystem:ClientRootAccess elasticfilesystem:ClientWrite
    s3:ListBucket s3:ListAllMyBuckets s3:GetObjectVersion s3:DeleteObjectVersion s3:ListBucketVersions
    s3:GetBucketPublicAccessBlock s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration
    s3:ListBucketMultipartUploads s3:ListMultipartUploadParts s3:PutObjectVersionTagging
    s3:GetEncryptionConfiguration cloudtrail:LookupEvents""".split()
)
# Keys of conditions look like actions, and are none.
_CONDITION_KEYS: Final = frozenset(("ecs:CreateAction", "ec2:CreateAction", "iam:PassedToService"))
_CODE = re.compile(
    r"(?<![\w./-])(?P<prefix>[a-z0-9-]+):(?P<action>[A-Z][A-Za-z0-9]*\*?|[A-Z]?[A-Za-z]*\*)(?![\w:/-])"
)
_SPAN = re.compile(r"`([^`\n]+)`|\"([a-z0-9-]+:[A-Za-z*]+)\"")


def check(source: Source) -> Iterator[Finding]:
    for path, text in source.texts.items():
        for number, row in enumerate(text.split("\n"), 1):
            for span in _SPAN.finditer(row):
                for match in _CODE.finditer(span[1] or span[2]):
                    action = f"{match['prefix']}:{match['action']}"
                    if action in _CONDITION_KEYS or match["prefix"] not in MODELS:
                        continue
                    if not _exists(match["prefix"], match["action"]):
                        yield Finding(path, number, "I001", f"there is no IAM action `{action}`")


def is_service(prefix: str) -> bool:
    """Whether a policy may name actions with this prefix."""
    return prefix in MODELS or prefix in WITHOUT_MODEL or prefix in _service_names()


@cache
def _service_names() -> frozenset[str]:
    return frozenset(service_model.session().get_available_services())


@cache
def _exists(prefix: str, action: str) -> bool:
    names = [name for model in MODELS[prefix] for name in _operations(model)]
    names += [name.partition(":")[2] for name in NO_OPERATIONS if name.startswith(f"{prefix}:")]
    return any(fnmatchcase(name, action) for name in names)


@cache
def _operations(model: str) -> list[str]:
    return list(service_model.session().get_service_model(model).operation_names)
