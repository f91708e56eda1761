"""What ECS and Elastic Load Balancing say, word for word, and where each wording was checked.

`checked` is the AWS page on the subject. `how` says what the check gave:

* "documented": the page shows this wording;
* "opening": the page shows how it opens; the rest is as people quote it from real tasks;
* "quoted": the page describes the case; the wording is as people quote it from real tasks;
* "unconfirmed": neither was found, so the wording is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
ECS_API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
ELB_HEALTH = (
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"
)

Check = Literal["documented", "opening", "quoted", "unconfirmed"]


@dataclass(frozen=True)
class Message:
    """A sentence with `{fields}`; call it with the fields to get the text."""

    text: str
    checked: str
    how: Check

    def __call__(self, **fields: object) -> str:
        return self.text.format(**fields)


@dataclass(frozen=True)
class HealthReason:
    """Why a target is not healthy: reason code and description, as in DescribeTargetHealth."""

    code: str
    description: Message


# Stop codes of tasks (TaskStopCode in the API).
FAILED_TO_START = "TaskFailedToStart"
CONTAINER_EXITED = "EssentialContainerExited"
BY_USER = "UserInitiated"
BY_SCHEDULER = "ServiceSchedulerInitiated"
STOP_CODES_CHECKED = ECS_API + "API_Task.html"

_STOPPED = GUIDE + "stopped-task-errors.html"
_PULL = GUIDE + "task_cannot_pull_image.html"
_INITIALIZATION = GUIDE + "resource-initialization-error.html"
_EVENTS = GUIDE + "service-event-messages-list.html"

# Stopped reasons.
ESSENTIAL_EXITED = Message("Essential container in task exited", _STOPPED, "documented")
SCALING = Message("Scaling activity initiated by (deployment {deployment})", _STOPPED, "documented")
FAILED_HEALTH = Message(
    "Task failed ELB health checks in (target-group {target_group})", _STOPPED, "documented"
)
FAILED_CONTAINER_HEALTH = Message("Task failed container health checks", _STOPPED, "quoted")
OUT_OF_MEMORY = Message("OutOfMemoryError: Container killed due to memory usage", _STOPPED, "documented")
STOPPED_BY_USER = Message("Task stopped by user", _STOPPED, "quoted")
NO_ADDRESS = Message(
    "RESOURCE:ENI: the subnet {subnet} has no free address for the task", _STOPPED, "unconfirmed"
)
ROLE_NOT_ASSUMED = Message(
    "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the "
    "role being passed has the proper trust relationship and permissions and that your IAM user has "
    "permissions to pass this role.",
    GUIDE + "service-event-messages-list.html",
    "quoted",
)
_LOGIN = "ResourceInitializationError: unable to pull secrets or registry auth: "
LOGIN_TIMEOUT = Message(
    _LOGIN
    + "The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task "
    "and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, "
    "exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request "
    'send failed, Post "https://api.ecr.{region}.amazonaws.com/": dial tcp {address}:443: i/o timeout',
    _INITIALIZATION,
    "opening",
)
LOGIN_NO_NAME = Message(
    _LOGIN
    + "The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task "
    "and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, "
    "exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request "
    'send failed, Post "https://api.ecr.{region}.amazonaws.com/": dial tcp: lookup '
    "api.ecr.{region}.amazonaws.com: no such host",
    _INITIALIZATION,
    "opening",
)
LOGIN_DENIED = Message(
    _LOGIN
    + "execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been "
    "retried 1 time(s): AccessDeniedException: User: {user} is not authorized to perform: "
    "ecr:GetAuthorizationToken on resource: * {why}",
    _INITIALIZATION,
    "quoted",
)
_SECRET = _LOGIN + "execution resource retrieval failed: unable to retrieve secret from asm: "
_FETCH = (
    _SECRET + "service call has been retried 1 time(s): failed to fetch secret {arn} from secrets manager: "
)
SECRET_TIMEOUT = Message(
    _LOGIN
    + "unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets "
    "Manager. Check your task network configuration. failed to fetch secret {arn} from secrets manager: "
    "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , "
    "canceled, context deadline exceeded",
    _INITIALIZATION,
    "opening",
)
SECRET_DENIED = Message(
    _FETCH + "AccessDeniedException: User: {user} is not authorized to perform: {action} on resource: "
    "{resource} {why}",
    _INITIALIZATION,
    "quoted",
)
SECRET_MISSING = Message(
    _FETCH + "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    GUIDE + "resource-initialization-error.html",
    "quoted",
)
SECRET_VERSION_MISSING = Message(
    _FETCH + "ResourceNotFoundException: Secrets Manager can't find the specified secret value for {version}",
    GUIDE + "resource-initialization-error.html",
    "quoted",
)
SECRET_DELETED = Message(
    _FETCH + "InvalidRequestException: You can't perform this operation on the secret because it was marked "
    "for deletion.",
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html",
    "quoted",
)
SECRET_KEY_DENIED = Message(
    _FETCH + "AccessDeniedException: Access to KMS is not allowed",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
    "quoted",
)
SECRET_WITHOUT_KEY = Message(
    _SECRET
    + "service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain "
    "json key {key}",
    GUIDE + "secrets-envvar-secrets-manager.html",
    "unconfirmed",
)
SECRET_NOT_JSON = Message(
    _SECRET
    + "service call has been retried 1 time(s): invalid character '{character}' looking for beginning "
    "of value",
    GUIDE + "secrets-envvar-secrets-manager.html",
    "quoted",
)
_PARAMETER = _LOGIN + "execution resource retrieval failed: unable to retrieve secrets from ssm: "
PARAMETER_TIMEOUT = Message(
    _PARAMETER + "service call has been retried 5 time(s): RequestCanceled: request context canceled caused "
    "by: context deadline exceeded. Please check your task network configuration.",
    _INITIALIZATION,
    "quoted",
)
PARAMETER_DENIED = Message(
    _PARAMETER + "service call has been retried 1 time(s): AccessDeniedException: User: {user} is not "
    "authorized to perform: {action} on resource: {resource} {why}",
    _INITIALIZATION,
    "quoted",
)
PARAMETER_MISSING = Message(
    _PARAMETER + "service call has been retried 1 time(s): invalid parameters: {name}",
    GUIDE + "secrets-envvar-ssm-paramstore.html",
    "unconfirmed",
)
NO_CREDENTIALS = Message(
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
    "{image}: pull access denied, repository does not exist or may require authorization: server "
    "message: insufficient_scope: authorization failed",
    _PULL,
    "quoted",
)
_LOGGER = "ResourceInitializationError: failed to validate logger args: "
LOGS_TIMEOUT = Message(
    _LOGGER
    + "The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a "
    "connection issue between the task and Amazon CloudWatch. Check your network configuration. : "
    "signal: killed",
    _INITIALIZATION,
    "opening",
)
LOGS_DENIED = Message(
    _LOGGER + "create stream has been retried 1 times: failed to create Cloudwatch log stream: "
    "AccessDeniedException: User: {user} is not authorized to perform: logs:CreateLogStream on resource: "
    "{resource} {why} : exit status 1",
    _INITIALIZATION,
    "quoted",
)
LOG_GROUP_DENIED = Message(
    _LOGGER
    + "failed to create Cloudwatch log group: AccessDeniedException: User: {user} is not authorized to "
    "perform: logs:CreateLogGroup on resource: {resource} {why} : exit status 1",
    _INITIALIZATION,
    "quoted",
)
LOG_GROUP_MISSING = Message(
    _LOGGER + "create stream has been retried 1 times: failed to create Cloudwatch log stream: "
    "ResourceNotFoundException: The specified log group does not exist. : exit status 1",
    _INITIALIZATION,
    "quoted",
)
MANIFEST_TIMEOUT = Message(
    "CannotPullContainerError: The task cannot pull {image} from the registry {image}. There is a "
    "connection issue between the task and the registry. Check your task network configuration. : failed "
    "to resolve ref {image}: failed to do request: Head "
    '"https://{host}/v2/{repository}/manifests/{version}": dial tcp {address}:443: i/o timeout',
    _PULL,
    "opening",
)
REPOSITORY_MISSING = Message(
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
    "{image}: {image}: not found",
    _PULL,
    "opening",
)
IMAGE_MISSING = Message(
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
    "{image}: {image}: not found",
    _PULL,
    "opening",
)
IMAGE_WRONG_PLATFORM = Message(
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not "
    "contain descriptor matching platform '{platform}'",
    _PULL,
    "opening",
)
PULL_DENIED = Message(
    "CannotPullContainerError: The task can\u2019t pull the image. Check that the role has the permissions "
    "to pull images from the registry. pull image manifest has been retried 1 time(s): failed to resolve "
    "ref {image}: unexpected status from HEAD request to "
    "https://{host}/v2/{repository}/manifests/{version}: 403 Forbidden: User: {user} is not authorized "
    "to perform: {action} on resource: {resource} {why}",
    _PULL,
    "opening",
)
LAYERS_TIMEOUT = Message(
    "CannotPullContainerError: The task cannot pull {image} from the registry {image}. There is a "
    "connection issue between the task and the registry. Check your task network configuration. : failed "
    "to copy: httpReadSeeker: failed open: failed to do request: Get {image}: dial tcp {address}:443: "
    "i/o timeout",
    _PULL,
    "opening",
)
LAYERS_DENIED = Message(
    "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: "
    "failed open: unexpected status code https://{host}/v2/{repository}/blobs/{digest}: 403 Forbidden",
    _PULL,
    "opening",
)
EXECUTABLE_MISSING = Message(
    "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: "
    "failed to create shim task: OCI runtime create failed: runc create failed: unable to start container "
    'process: exec: "{file}": {why}: unknown',
    GUIDE + "cannot-start-container.html",
    "quoted",
)
NO_IDENTITY_POLICY = Message(
    "because no identity-based policy allows the {action} action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
    "documented",
)
NO_POLICY_OF_THIS_KIND = Message(
    "because no {place} allows the {action} action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
    "quoted",
)
EXPLICIT_DENY = Message(
    "with an explicit deny in {place}",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
    "documented",
)

# Events of a service.
STEADY = Message("(service {service}) has reached a steady state.", _EVENTS, "documented")
STARTED = Message("(service {service}) has started {count} tasks: {tasks}.", _EVENTS, "quoted")
STOPPED = Message("(service {service}) has stopped {count} running tasks: {tasks}.", _EVENTS, "quoted")
STOPPED_PENDING = Message("(service {service}) stopped {count} pending tasks.", _EVENTS, "quoted")
UNABLE_TO_PLACE = Message(
    "(service {service}) was unable to place a task. Reason: {reason}.", _EVENTS, "documented"
)
START_IMPAIRED = Message(
    "(service {service}) is unable to consistently start tasks successfully. For more information, see "
    "the Troubleshooting section of the Amazon ECS Developer Guide.",
    GUIDE + "service-throttle-logic.html",
    "opening",
)
REGISTERED = Message(
    "(service {service}) registered {count} targets in (target-group {target_group})", _EVENTS, "quoted"
)
DEREGISTERED = Message(
    "(service {service}) deregistered {count} targets in (target-group {target_group})", _EVENTS, "quoted"
)
DRAINING = Message(
    "(service {service}, taskSet {deployment}) has begun draining connections on {count} tasks.",
    _EVENTS,
    "quoted",
)
UNHEALTHY = Message(
    "(service {service}) (task {task}) (port {port}) is unhealthy in (target-group {target_group}) due "
    "to (reason {reason}).",
    GUIDE + "service-unhealthy-event-messages.html",
    "documented",
)
CONTAINER_UNHEALTHY = Message(
    "(service {service}) (task {task}) failed container health checks.", _EVENTS, "quoted"
)
DEPLOYMENT_COMPLETED = Message(
    "(service {service}) (deployment {deployment}) deployment completed.", _EVENTS, "quoted"
)
DEPLOYMENT_FAILED = Message(
    "(service {service}) (deployment {deployment}) deployment failed: tasks failed to start.",
    _EVENTS,
    "quoted",
)
ROLLING_BACK = Message("(service {service}) rolling back to deployment {deployment}.", _EVENTS, "quoted")

# The state of a rollout (`rolloutStateReason`).
_CIRCUIT_BREAKER = GUIDE + "deployment-circuit-breaker.html"
ROLLOUT_RUNNING = Message(
    "ECS deployment {deployment} in progress.", ECS_API + "API_Deployment.html", "quoted"
)
ROLLOUT_COMPLETED = Message(
    "ECS deployment {deployment} completed.", ECS_API + "API_Deployment.html", "quoted"
)
ROLLOUT_BROKEN = Message("ECS deployment circuit breaker: tasks failed to start.", _CIRCUIT_BREAKER, "quoted")
ROLLOUT_ROLLBACK = Message(
    "ECS deployment circuit breaker: rolling back to deploymentId {deployment}.", _CIRCUIT_BREAKER, "quoted"
)

DEPLOYMENT_ALARMED = Message(
    "(service {service}) (deployment {deployment}) deployment failed: alarm detected.", _EVENTS, "quoted"
)
_DEPLOYMENT_ALARMS = GUIDE + "deployment-alarm-failure.html"
ROLLOUT_ALARMED = Message("ECS deployment failed: alarm detected.", _DEPLOYMENT_ALARMS, "unconfirmed")
ROLLOUT_ALARMED_ROLLBACK = Message(
    "ECS deployment failed: alarm detected, rolling back to deploymentId {deployment}.",
    _DEPLOYMENT_ALARMS,
    "unconfirmed",
)
_STOP = ECS_API + "API_StopServiceDeployment.html"
DEPLOYMENT_STOPPED = Message(
    "(service {service}) (deployment {deployment}) deployment failed: stopped by user.", _STOP, "unconfirmed"
)
ROLLOUT_STOPPED = Message("Service deployment stopped by the user.", _STOP, "unconfirmed")
NO_SUCH_DEPLOYMENT = Message("The service deployment was not found.", _STOP, "unconfirmed")
STOP_TOO_LATE = Message("The service deployment is no longer in progress.", _STOP, "unconfirmed")

# The state of an alarm (`StateReason`).
_ALARM = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html"
ALARM_CROSSED = Message(
    "Threshold Crossed: {count} out of the last {of} datapoints [{values}] was {comparison} the threshold "
    "({threshold}) (minimum {needed} datapoint for OK -> ALARM transition).",
    _ALARM,
    "quoted",
)
ALARM_NOT_CROSSED = Message(
    "Threshold Crossed: {count} out of the last {of} datapoints [{values}] was not {comparison} the "
    "threshold ({threshold}) (minimum 1 datapoint for ALARM -> OK transition).",
    _ALARM,
    "quoted",
)
ALARM_WITHOUT_DATA = Message("Insufficient Data: {count} datapoints were unknown.", _ALARM, "quoted")

# What EC2 answers about endpoints.
_ENDPOINTS = "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html"
PRIVATE_DNS_NEEDS_ATTRIBUTES = Message(
    "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true "
    "for {vpc}",
    _ENDPOINTS,
    "unconfirmed",
)
PRIVATE_DNS_CONFLICT = Message(
    "private-dns-enabled cannot be set because there is already a conflicting DNS domain for {service} in "
    "the VPC {vpc}",
    _ENDPOINTS,
    "unconfirmed",
)

# What ECS refuses.
_FARGATE = GUIDE + "fargate-tasks-services.html"
NO_FARGATE_SIZE = Message("No Fargate configuration exists for given values.", _FARGATE, "quoted")
FARGATE_NETWORK = Message("Fargate only supports network mode \u2018awsvpc\u2019.", _FARGATE, "quoted")
FARGATE_NEEDS = Message("Fargate requires that '{field}' be defined at the task level.", _FARGATE, "quoted")
FARGATE_NEEDS_ROLE = Message(
    "Fargate requires task definition to have execution role ARN to support {what}.", _FARGATE, "quoted"
)
_CREATE_SERVICE = ECS_API + "API_CreateService.html"
NO_CONTAINER_OF_THAT_NAME = Message(
    "The container {container} does not exist in the task definition.", _CREATE_SERVICE, "quoted"
)
NO_CONTAINER_PORT = Message(
    "The container {container} did not have a container port {port} defined.", _CREATE_SERVICE, "quoted"
)
WRONG_TARGET_TYPE = Message(
    "The provided target group {target_group} has target type {kind}, which is incompatible with the awsvpc "
    "network mode specified in the task definition.",
    _CREATE_SERVICE,
    "quoted",
)
NO_LOAD_BALANCER = Message(
    "The target group with targetGroupArn {target_group} does not have an associated load balancer.",
    _CREATE_SERVICE,
    "quoted",
)
NO_SUCH_TARGET_GROUP = Message("The specified target group does not exist.", _CREATE_SERVICE, "unconfirmed")
MIXED_PROVIDERS = Message(
    "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and "
    "Fargate providers. Specify one or the other and try again.",
    _CREATE_SERVICE,
    "quoted",
)
_DELETE_CLUSTER = ECS_API + "API_DeleteCluster.html"
CLUSTER_HAS_SERVICES = Message(
    "The Cluster cannot be deleted while Services are active.", _DELETE_CLUSTER, "quoted"
)
CLUSTER_HAS_TASKS = Message(
    "The Cluster cannot be deleted while Tasks are active.", _DELETE_CLUSTER, "quoted"
)

# What ECS Exec answers.
_EXEC = GUIDE + "ecs-exec-troubleshooting.html"
EXEC_NOT_ENABLED = Message(
    "The execute command failed because execute command was not enabled when the task was run or the execute "
    "command agent isn\u2019t running. Wait and try again or run a new task with execute command enabled and "
    "try again.",
    _EXEC,
    "quoted",
)
EXEC_NOT_CONNECTED = Message(
    "The execute command failed due to an internal error. Try again later.", _EXEC, "quoted"
)
EXEC_NO_CONTAINER = Message(
    "The container name that was provided is not valid. Provide a valid container name and try again.",
    _EXEC,
    "unconfirmed",
)

# What ECR and CloudTrail answer.
PREVIEW_MISSING = Message(
    "Lifecycle policy preview does not exist for the repository with name '{repository}' in the registry "
    "with id '{account}'",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicyPreview.html",
    "unconfirmed",
)
ONE_ATTRIBUTE = Message(
    "Lookup attributes can have at most one item.",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html",
    "unconfirmed",
)

# Reasons of target health.
REGISTERING = HealthReason(
    "Elb.RegistrationInProgress", Message("Target registration is in progress", ELB_HEALTH, "documented")
)
CHECKING = HealthReason(
    "Elb.InitialHealthChecking", Message("Initial health checks in progress", ELB_HEALTH, "documented")
)
TIMED_OUT = HealthReason("Target.Timeout", Message("Request timed out", ELB_HEALTH, "documented"))
CHECK_FAILED = HealthReason(
    "Target.FailedHealthChecks", Message("Health checks failed", ELB_HEALTH, "documented")
)
WRONG_CODE = HealthReason(
    "Target.ResponseCodeMismatch",
    Message("Health checks failed with these codes: [{code}]", ELB_HEALTH, "documented"),
)
NOT_IN_USE = HealthReason(
    "Target.NotInUse",
    Message(
        "Target group is not configured to receive traffic from the load balancer", ELB_HEALTH, "documented"
    ),
)
ZONE_NOT_ENABLED = HealthReason(
    "Target.NotInUse",
    Message(
        "Target is in an Availability Zone that is not enabled for the load balancer",
        ELB_HEALTH,
        "documented",
    ),
)
DEREGISTERING = HealthReason(
    "Target.DeregistrationInProgress",
    Message("Target deregistration is in progress", ELB_HEALTH, "documented"),
)


def catalogue() -> dict[str, Message]:
    """Every message by the name of its constant."""
    found: dict[str, Message] = {}
    for name, value in globals().items():
        if isinstance(value, Message):
            found[name] = value
        elif isinstance(value, HealthReason):
            found[name] = value.description
    return found
