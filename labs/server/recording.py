"""What a request is about, for CloudTrail: its parameters and the resources that it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from labs.server.request import Request

_HIDDEN = {"secretString", "secretBinary", "value", "plaintext"}
_NOT_PARAMETERS = {"action", "version"}
_KINDS = {
    "alarmName": "AWS::CloudWatch::Alarm",
    "allocationId": "AWS::EC2::EIP",
    "clusterName": "AWS::ECS::Cluster",
    "family": "AWS::ECS::TaskDefinition",
    "groupId": "AWS::EC2::SecurityGroup",
    "loadBalancerArn": "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "logGroupName": "AWS::Logs::LogGroup",
    "natGatewayId": "AWS::EC2::NatGateway",
    "networkAclId": "AWS::EC2::NetworkAcl",
    "policyArn": "AWS::IAM::Policy",
    "repositoryName": "AWS::ECR::Repository",
    "roleName": "AWS::IAM::Role",
    "routeTableId": "AWS::EC2::RouteTable",
    "secretId": "AWS::SecretsManager::Secret",
    "service": "AWS::ECS::Service",
    "serviceName": "AWS::ECS::Service",
    "subnetId": "AWS::EC2::Subnet",
    "targetGroupArn": "AWS::ElasticLoadBalancingV2::TargetGroup",
    "vpcEndpointId": "AWS::EC2::VPCEndpoint",
    "vpcId": "AWS::EC2::VPC",
}


def parameters(request: Request) -> dict[str, Any] | None:
    """The parameters of a call as CloudTrail writes them, without secrets; None if they cannot be read."""
    if request.protocol == "json":
        try:
            given = json.loads(request.body or b"{}")
        except ValueError:
            return None
    elif request.protocol in ("query", "ec2"):
        given = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    else:
        return None
    named = {name[:1].lower() + name[1:]: value for name, value in given.items()}
    return {
        name: "HIDDEN_DUE_TO_SECURITY_REASONS" if name in _HIDDEN else value
        for name, value in named.items()
        if name not in _NOT_PARAMETERS
    }


def resources(given: Mapping[str, Any] | None, repository_arn: str) -> tuple[tuple[str, str], ...]:
    """Type and name of each resource that the parameters name.

    Repositories go by their ARN, which begins with `repository_arn`.
    """
    found = []
    for name, value in (given or {}).items():
        kind = _KINDS.get(name)
        if kind and isinstance(value, str):
            found.append((kind, repository_arn + value if name == "repositoryName" else value))
    return tuple(found)
