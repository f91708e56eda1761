"""Names that both ends of the control path use; light, so that the command line need not bring moto in."""

from __future__ import annotations

CONTROL = "/_lab/"
TOKEN_HEADER = "X-Lab-Token"  # noqa: S105 - the name of a header
