"""A small REST client for planting; the sandbox must not depend on a GitLab client library."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any


class Rest:
    """Calls the API of the sandbox at *url* as the owner of *token*."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token

    def call(self, method: str, route: str, **body: Any) -> Any:
        """The decoded answer.

        Raises
        ------
        RuntimeError: the sandbox refused; the text is its answer.
        """
        request = urllib.request.Request(  # noqa: S310 - always the sandbox's own loopback address
            f"{self.url}/api/v4{route}",
            data=json.dumps(body).encode() if body else None,
            method=method,
            headers={"PRIVATE-TOKEN": self.token, "Content-Type": "application/json"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {route}: {error.code} {error.read()[:500]!r}") from error
        return json.loads(text) if text else None

    def post(self, route: str, **body: Any) -> Any:
        return self.call("POST", route, **body)

    def get(self, route: str) -> Any:
        return self.call("GET", route)

    def put(self, route: str, **body: Any) -> Any:
        return self.call("PUT", route, **body)
