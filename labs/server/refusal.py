"""An error that a service of AWS answers, by its code."""

from __future__ import annotations

from labs.world import moto_access as _moto_first  # noqa: F401 - must come before any other import of moto

from moto.core.exceptions import ServiceException  # isort: skip


class Refusal(ServiceException):
    """`Refusal(code, message)`; `code` is one of the called service's own error codes."""
