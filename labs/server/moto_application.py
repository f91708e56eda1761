"""moto's WSGI application, with its per-request costs taken out and its errors made readable for tools."""

from __future__ import annotations

import functools
import logging
import warnings
from collections.abc import Callable
from typing import Any

from labs.server.operations import install_operations
from labs.world.moto_access import ids_aside  # must come before any other import of moto
from labs.world.registry import count_layers_as_size

import moto.backends  # isort: skip
import moto.core.responses
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

log = logging.getLogger("labs")


class LabNotSupported(ServiceException):
    code = "LabNotSupported"


class LabDefect(ServiceException):
    code = "LabDefect"


@functools.cache
def _install() -> None:
    # Two pure functions that moto computes anew for each request: a walk over its folders, and its methods.
    modules = list(moto.backends.list_of_moto_modules())
    moto.backends.list_of_moto_modules = lambda: modules
    responses: Any = moto.core.responses
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)
    responses.BaseResponse.call_action = _readable(responses.BaseResponse.call_action)
    warnings.filterwarnings("ignore", message=".*does not match an error shape.*")
    install_operations()
    count_layers_as_size()


def _readable(call_action: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(call_action)
    def call(self: Any) -> Any:
        name = f"{self.service_name}:{self._get_action()}"
        try:
            return call_action(self)
        except ServiceException:
            raise
        except NotImplementedError:
            text = f"{name} is not part of this lab environment."
            return self.serialized(ActionResult(LabNotSupported(text)))
        except Exception as defect:
            log.exception("%s failed", name)
            text = f"The lab environment could not process {name}: {type(defect).__name__}: {defect}"
            return self.serialized(ActionResult(LabDefect(text)))

    return call


def build_moto_application() -> DomainDispatcherApplication:
    """An application for the endpoint. moto keeps the state itself, by account."""
    _install()
    return DomainDispatcherApplication(_application_of)


def _application_of(service: Any) -> Any:
    # moto makes this at the first request for a service, with the service's backend of its default account:
    # in a process that has had a lab before it is there already. The request's own ids must not differ.
    with ids_aside(f"application of {service}"):
        return create_backend_app(service)
