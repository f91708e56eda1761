"""Write the table of Terraform names that the lint rule X002 goes by, from the bindings of the AWS provider.

    pip download --no-deps cdktf-cdktf-provider-aws
    python .ci/terraform_names.py cdktf_cdktf_provider_aws-*.whl

The bindings are generated from the provider's own schema, and name every argument and block of a resource.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

TABLE: Final = Path(__file__).parents[1] / "quiz/source/lint/terraform_names.json"
# What an answer about ECS may show. A resource that is not here is not checked.
RESOURCES: Final = """
    acm_certificate appautoscaling_policy appautoscaling_scheduled_action appautoscaling_target
    autoscaling_group autoscaling_lifecycle_hook cloudwatch_composite_alarm cloudwatch_dashboard
    cloudwatch_event_rule cloudwatch_event_target cloudwatch_log_group cloudwatch_log_metric_filter
    cloudwatch_metric_alarm codedeploy_app codedeploy_deployment_config codedeploy_deployment_group
    codepipeline dynamodb_table ebs_volume ecr_lifecycle_policy ecr_pull_through_cache_rule
    ecr_registry_scanning_configuration ecr_replication_configuration ecr_repository ecr_repository_policy
    ecs_account_setting_default ecs_capacity_provider ecs_cluster ecs_cluster_capacity_providers ecs_service
    ecs_tag ecs_task_definition ecs_task_set efs_access_point efs_file_system efs_mount_target eip
    globalaccelerator_accelerator globalaccelerator_endpoint_group globalaccelerator_listener
    guardduty_detector guardduty_detector_feature iam_instance_profile iam_policy iam_role iam_role_policy
    iam_role_policy_attachment internet_gateway kms_alias kms_key launch_template lb lb_listener
    lb_listener_certificate lb_listener_rule lb_target_group lb_target_group_attachment nat_gateway
    network_acl network_acl_rule pipes_pipe prometheus_workspace rds_cluster route route53_health_check
    route53_record route53_zone route_table route_table_association s3_bucket scheduler_schedule
    secretsmanager_secret secretsmanager_secret_version security_group security_group_rule
    service_discovery_http_namespace service_discovery_private_dns_namespace
    service_discovery_service sfn_state_machine sns_topic sqs_queue ssm_parameter subnet vpc vpc_endpoint
    vpc_security_group_egress_rule vpc_security_group_ingress_rule vpclattice_service
    vpclattice_target_group wafv2_web_acl xray_group xray_sampling_rule
""".split()
_NAMED_LIKE_A_MODULE: Final = {"lb": "Lb"}


def main(wheel: Path) -> None:
    """Read the wheel and write the table."""
    names: dict[str, Any] = {}
    version = ""
    with ZipFile(wheel) as archive:
        files = set(archive.namelist())
        for resource in RESOURCES:
            name = f"cdktf_cdktf_provider_aws/{resource}/__init__.py"
            if name not in files:
                sys.exit(f"the wheel has no {resource}")
            source = archive.read(name).decode()
            names[f"aws_{resource}"] = _arguments(source)
            version = version or re.findall(r"hashicorp/aws/([\d.]+)/docs", source)[0]
    table = {"provider": f"hashicorp/aws {version}", "resources": names}
    TABLE.write_text(
        json.dumps(table, separators=(",", ":"), sort_keys=True).replace('"aws_', '\n"aws_') + "\n"
    )
    print(f"{len(names)} resources of {table['provider']} in {TABLE}")


def _arguments(source: str) -> dict[str, Any]:
    """Argument to 0, and block to its own arguments, of the resource that a module binds."""
    structs = dict(_structs(source))
    blocks = set(re.findall(r":param \w+: (\w+) block\. Docs at", source))
    config = next(
        name for name in structs if name.endswith("Config") and name.removesuffix("Config") + "(" in source
    )
    prefix = config.removesuffix("Config")
    return _members(prefix, structs[config], structs, blocks)


def _members(prefix: str, keys: list[str], structs: dict[str, list[str]], blocks: set[str]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key in keys:
        inner = prefix + "".join(part.capitalize() for part in key.split("_"))
        is_block = key in blocks and inner in structs and inner != prefix
        members[key] = _members(inner, structs[inner], structs, blocks) if is_block else 0
    return members


def _structs(source: str) -> Iterator[tuple[str, list[str]]]:
    """(class, its keys) of every structure of the module."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                for keyword in decorator.keywords:
                    if keyword.arg == "name_mapping" and isinstance(keyword.value, ast.Dict):
                        yield (
                            node.name,
                            [str(k.value) for k in keyword.value.keys if isinstance(k, ast.Constant)],
                        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
