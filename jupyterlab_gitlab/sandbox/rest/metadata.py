"""What this instance is: version and metadata."""

from __future__ import annotations

from typing import Any

from ..instance import REVISION, VERSION
from .routing import Request, Routes

routes = Routes()


@routes("GET", "/version", sign_in=True, scopes=("read_user",))
@routes("GET", "/metadata", sign_in=True, scopes=("read_user",))
def metadata(request: Request) -> Any:
    return {
        "version": VERSION,
        "revision": REVISION,
        "kas": {"enabled": False, "externalUrl": None, "version": None},
        "enterprise": False,
    }
