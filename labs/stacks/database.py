"""The database of a stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.stacks.parts import REGION, ZONES, Call, References


def make_database(call: Call, known: References, name: str) -> None:
    """A PostgreSQL instance in zone a, in two subnets of its own, which tasks may reach."""
    subnets = []
    for index, zone in enumerate(ZONES):
        made = call(
            "ec2.create_subnet",
            VpcId=known["vpc"],
            CidrBlock=f"10.20.{20 + index}.0/24",
            AvailabilityZone=REGION + zone,
        )
        subnets.append(made["Subnet"]["SubnetId"])
        known[f"subnet.data.{zone}"] = subnets[-1]
        tag = [{"Key": "Name", "Value": f"shop-data-{zone}"}]
        call("ec2.create_tags", Resources=[subnets[-1]], Tags=tag)
    group = call(
        "ec2.create_security_group",
        GroupName="shop-database",
        Description="Database of the shop",
        VpcId=known["vpc"],
    )
    known["group.database"] = group["GroupId"]
    tasks = {"UserIdGroupPairs": [{"GroupId": known["group.task"]}]}
    inside = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432}
    call(
        "ec2.authorize_security_group_ingress",
        GroupId=known["group.database"],
        IpPermissions=[inside | tasks],
    )
    call(
        "rds.create_db_subnet_group",
        DBSubnetGroupName="shop",
        DBSubnetGroupDescription="Subnets of the shop's data",
        SubnetIds=subnets,
    )
    database = call("rds.create_db_instance", **_database_settings(known, name))["DBInstance"]
    known["database"] = database["Endpoint"]["Address"]


def _database_settings(known: Mapping[str, str], name: str) -> dict[str, Any]:
    """Parameters of CreateDBInstance."""
    return {
        "DBInstanceIdentifier": name,
        "DBInstanceClass": "db.t4g.medium",
        "Engine": "postgres",
        "EngineVersion": "16.4",
        "AllocatedStorage": 20,
        "MasterUsername": "shop",
        "MasterUserPassword": "not-a-real-one-5",
        "DBSubnetGroupName": "shop",
        "VpcSecurityGroupIds": [known["group.database"]],
        "AvailabilityZone": f"{REGION}a",
        "PubliclyAccessible": False,
    }
