"""M001: CloudWatch namespaces, ECS metrics and predefined scaling metrics are the documented ones.

In a fence, a metric belongs to the namespace that stands nearest to it. In inline code, a name that differs
from a documented metric by its capitals only is wrong, and so is one that looks like a metric where the line
names an ECS namespace.

Sources (as of 2026-11):
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredictiveScalingPredefinedMetricSpecification.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from quiz.source.lint import service_model
from quiz.source.lint.source import Source, fences
from quiz.source.question import Finding

NEEDS = "botocore"
CODES: Final[Mapping[str, str]] = {"M001": "CloudWatch namespaces and ECS metrics are documented."}

METRICS: Final[Mapping[str, frozenset[str]]] = {
    "AWS/ECS": frozenset(
        """CPUReservation CPUUtilization MemoryReservation MemoryUtilization GPUReservation
        EBSFilesystemUtilization ActiveConnectionCount NewConnectionCount ProcessedBytes RequestCount
        GrpcRequestCount HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count
        HTTPCode_Target_5XX_Count RequestCountPerTarget TargetProcessedBytes TargetResponseTime
        ClientTLSNegotiationErrorCount TargetTLSNegotiationErrorCount""".split()
    ),
    "AWS/ECS/ManagedScaling": frozenset(("CapacityProviderReservation",)),
    "ECS/ContainerInsights": frozenset(
        """ContainerInstanceCount ContainerCpuUtilized ContainerCpuReserved ContainerCpuUtilization
        ContainerMemoryUtilized ContainerMemoryReserved ContainerMemoryUtilization ContainerNetworkRxBytes
        ContainerNetworkTxBytes ContainerStorageReadBytes ContainerStorageWriteBytes CpuUtilized CpuReserved
        DeploymentCount DesiredTaskCount EBSFilesystemSize EBSFilesystemUtilized TaskEBSFilesystemUtilization
        EphemeralStorageReserved EphemeralStorageUtilized MemoryUtilized MemoryReserved NetworkRxBytes
        NetworkTxBytes PendingTaskCount RunningTaskCount RestartCount ServiceCount StorageReadBytes
        StorageWriteBytes TaskCount TaskCpuUtilization TaskEphemeralStorageUtilization TaskMemoryUtilization
        TaskSetCount UnHealthyContainerHealthStatus InstanceOSFilesystemUtilization
        InstanceDataFilesystemUtilization instance_cpu_limit instance_cpu_reserved_capacity
        instance_cpu_usage_total instance_cpu_utilization instance_filesystem_utilization
        instance_memory_limit instance_memory_reserved_capacity instance_memory_utilization
        instance_memory_working_set instance_network_total_bytes instance_number_of_running_tasks""".split()
    ),
}
NAMESPACES: Final = METRICS.keys() | frozenset(
    """AWS/ApiGateway AWS/ApplicationELB AWS/AutoScaling AWS/Billing AWS/Bedrock AWS/CloudFront AWS/CodeBuild
    AWS/DynamoDB AWS/EBS AWS/EC2 AWS/EC2/API AWS/EC2Spot AWS/ECR AWS/EFS AWS/ELB AWS/ElastiCache AWS/Events
    AWS/EventBridge/Pipes AWS/Firehose AWS/GlobalAccelerator AWS/Kafka AWS/Kinesis AWS/Lambda AWS/Logs
    AWS/NATGateway AWS/NetworkELB AWS/NetworkFirewall AWS/PrivateLinkEndpoints AWS/PrivateLinkServices
    AWS/RDS AWS/Route53 AWS/S3 AWS/SNS AWS/SQS AWS/Scheduler AWS/SecretsManager AWS/States
    AWS/TransitGateway AWS/Usage AWS/VpcLattice AWS/X-Ray ECS/ContainerInsights/Prometheus""".split()
)
# Application Auto Scaling's own, for predictive scaling: the service model takes any text there.
PREDICTIVE: Final = frozenset(
    """ECSServiceCPUUtilization ECSServiceMemoryUtilization ECSServiceTotalCPUUtilization
    ECSServiceTotalMemoryUtilization ECSServiceAverageCPUUtilization
    ECSServiceAverageMemoryUtilization""".split()
)
_KNOWN: Final = frozenset(name for names in METRICS.values() for name in names)
_BY_LOWER: Final = {name.lower(): name for name in sorted(_KNOWN)}
_CODE = re.compile(r"`([^`\n]+)`")
_NAMESPACE = re.compile(r"(?<![\w/.:-])(?:AWS|ECS)/[A-Z][\w-]*(?:/[A-Z]\w+)*")
_METRIC = re.compile(
    r"""(?:--metric-name|["']?[Mm]etric_?[Nn]ame["']?\s*[:=])\s*["']?(?P<name>[A-Za-z]\w+)"""
)
_PREDEFINED = re.compile(r"\bECSService(?:Average|Total)?(?:CPU|Memory|Mem|Cpu)\w*")
_LOOKS_LIKE_ONE = re.compile(r"[A-Z][A-Za-z]+(?:Utilization|Utilized|Reserved|Reservation|Count|Bytes)")


def check(source: Source) -> Iterator[Finding]:
    for path, text in source.texts.items():
        fenced: set[int] = set()
        for fence in fences(text):
            fenced.update(range(fence.line, fence.line + fence.text.count("\n") + 2))
            for at, message in _in_code(fence.text):
                yield Finding(path, fence.line + 1 + fence.text.count("\n", 0, at), "M001", message)
        for number, row in enumerate(text.split("\n"), 1):
            if number not in fenced and "`" in row:
                for message in _in_prose(row):
                    yield Finding(path, number, "M001", message)


def _in_code(text: str) -> Iterator[tuple[int, str]]:
    """(where, what) of the names in a piece of code that CloudWatch does not have."""
    namespaces = list(_NAMESPACE.finditer(text))
    for namespace in namespaces:
        if namespace[0] not in NAMESPACES:
            yield namespace.start(), f"CloudWatch has no namespace `{namespace[0]}`"
    for metric in _METRIC.finditer(text) if namespaces else ():
        nearest = min(namespaces, key=lambda found: abs(found.start() - metric.start()))[0]
        if nearest in METRICS and metric["name"] not in METRICS[nearest]:
            yield metric.start(), f"`{nearest}` has no metric `{metric['name']}`"
    for predefined in _PREDEFINED.finditer(text):
        if predefined[0] not in _predefined():
            yield predefined.start(), f"there is no predefined metric `{predefined[0]}`"


def _in_prose(row: str) -> Iterator[str]:
    spans = _CODE.findall(row)
    for span in spans:
        yield from (message for _, message in _in_code(span))
    about_ecs = any(span in METRICS for span in spans)
    for span in spans:
        near = _BY_LOWER.get(span.lower())
        if span in _KNOWN:
            continue
        # A small first letter is that of a field: memoryReservation.
        if near is not None and span[0] == near[0]:
            yield f"the metric is called `{near}`, not `{span}`"
        elif about_ecs and _LOOKS_LIKE_ONE.fullmatch(span):
            yield f"ECS has no metric `{span}`"


@cache
def _predefined() -> frozenset[str]:
    model = service_model.session().get_service_model("application-autoscaling")
    return PREDICTIVE | frozenset(model.shape_for("MetricType").enum)
