"""The control commands of a running lab: what `ecsquiz lab` asks its server beside the AWS API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from labs.checks.check import check
from labs.checks.status import status
from labs.errors import LabError
from labs.server.gate import Handler
from labs.server.session import Session
from labs.simulator.exec_session import said
from labs.simulator.requests import counted, shares

Parameters = Mapping[str, Any]
MOST_REQUESTS = 1000
MOST_LINES = 2000


def handlers(session: Session) -> dict[str, Handler]:
    """All of them. Each takes and gives a JSON object."""
    commands: dict[str, Callable[[Session, Parameters], dict[str, Any]]] = {
        "known": _known,
        "check": _check,
        "status": _status,
        "wait": _wait,
        "curl": _curl,
        "logs": _logs,
        "exec": _exec,
    }
    return {name: _bound(command, session) for name, command in commands.items()}


def _bound(command: Callable[[Session, Parameters], dict[str, Any]], session: Session) -> Handler:
    return lambda parameters: command(session, parameters)


def _known(session: Session, _: Parameters) -> dict[str, Any]:
    return dict(session.known)


def _check(session: Session, parameters: Parameters) -> dict[str, Any]:
    report = check(session.simulation, session.scenario, session.known, parameters.get("answers", {}))
    session.middleware.note_time()
    return report.as_dict()


def _status(session: Session, _: Parameters) -> dict[str, Any]:
    return status(session.simulation)


def _wait(session: Session, parameters: Parameters) -> dict[str, Any]:
    session.middleware.pass_time(float(parameters["seconds"]))
    return status(session.simulation)


def _curl(session: Session, parameters: Parameters) -> dict[str, Any]:
    """`url` is a path, or an address of a load balancer (its name will do); `times` how often."""
    balancers = session.call("elbv2.describe_load_balancers")["LoadBalancers"]
    if not balancers:
        raise LabError("This lab has no load balancer.", "Look at what there is: ecsquiz lab status")
    url = str(parameters.get("url") or "/")
    parts = urlsplit(url if "//" in url or url.startswith("/") else f"//{url}")
    by_name = {name: item for item in balancers for name in (item["LoadBalancerName"], item["DNSName"])}
    if parts.hostname and parts.hostname not in by_name:
        known = ", ".join(item["DNSName"] for item in balancers)
        raise LabError(f"The lab has no load balancer at '{parts.hostname}'.", f"It has {known}.")
    balancer = by_name[parts.hostname] if parts.hostname else balancers[0]
    path, port = parts.path or "/", parts.port or (443 if parts.scheme == "https" else 80)
    times = min(int(parameters.get("times", 1)), MOST_REQUESTS)
    name = balancer["LoadBalancerName"]
    answers = counted(shares(session.simulation, name, path, port), times) or {503: times}
    return {
        "url": f"http://{balancer['DNSName']}{'' if port == 80 else f':{port}'}{path}",
        "balancer": name,
        "answers": {str(code): count for code, count in answers.items()},
    }


def _exec(session: Session, parameters: Parameters) -> dict[str, Any]:
    """Carry a line to a session of ECS Exec; None opens it. What comes back, and whether it has ended."""
    turn = said(session.simulation, str(parameters["session"]), parameters.get("line"))
    return {"output": turn.output, "prompt": turn.prompt, "ended": turn.ended}


def _logs(session: Session, parameters: Parameters) -> dict[str, Any]:
    """The newest `lines` log lines of the `group`, or of all; oldest first."""
    groups = [group["logGroupName"] for group in session.call("logs.describe_log_groups")["logGroups"]]
    wanted = parameters.get("group")
    if wanted and wanted not in groups:
        known = f"It has {', '.join(groups)}." if groups else "It has none."
        raise LabError(f"The lab has no log group '{wanted}'.", known)
    events = []
    for group in [wanted] if wanted else groups:
        found = session.call("logs.filter_log_events", logGroupName=group)["events"]
        events += [
            {
                "at": event["timestamp"],
                "group": group,
                "stream": event["logStreamName"],
                "line": event["message"],
            }
            for event in found
        ]
    events.sort(key=lambda event: event["at"])
    return {"groups": groups, "lines": events[-min(int(parameters.get("lines", 50)), MOST_LINES) :]}
