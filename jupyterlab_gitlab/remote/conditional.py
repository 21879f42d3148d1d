"""Answers that GitLab need not send again: it is asked with the ETag of the last one and says 304 while that is true.

GitLab puts a weak ETag on the JSON that it answers to GET (RFC 9110, section 13). An answer belongs to the token that
got it, so each client has a store of its own: nothing is ever shared between accounts or hosts.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from dataclasses import dataclass

import requests
from requests.structures import CaseInsensitiveDict

MOST_BYTES = 32_000_000
_PER_ANSWER = 1_000  # what an entry costs beside its body: URL and headers
# they tell of the body as it was on the wire, not as it is kept
_ON_THE_WIRE = ("Content-Encoding", "Content-Length", "Transfer-Encoding", "Connection")


@dataclass(frozen=True)
class Answered:
    """A good answer: its ETag, its headers and its body as it was read."""

    tag: str
    headers: dict[str, str]
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body) + _PER_ANSWER


class KnownAnswers:
    """The last good answer to each URL, *most* bytes together; what was not asked for longest goes. Thread-safe."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._by_url: OrderedDict[str, Answered] = OrderedDict()
        self._lock = threading.Lock()

    def ask_for_news(self, request: requests.PreparedRequest) -> Answered | None:
        """Makes *request* a conditional one if its answer is known; that answer."""
        if request.method != "GET" or request.url is None:
            return None
        with self._lock:
            known = self._by_url.get(request.url)
            if known is not None:
                self._by_url.move_to_end(request.url)
        if known is not None:
            request.headers["If-None-Match"] = known.tag
        return known

    def settle(
        self, request: requests.PreparedRequest, response: requests.Response, known: Answered | None
    ) -> requests.Response:
        """The answer to hand on: *known* once more for a 304, else *response*, which is remembered if it may be.

        The body of *response* lies in memory (``response.raw`` is a ``BytesIO``).
        """
        if known is not None and response.status_code == 304:
            response.status_code, response.reason = 200, "OK"
            fresh = {name: value for name, value in response.headers.items() if name not in _ON_THE_WIRE}
            response.headers = CaseInsensitiveDict({**known.headers, **fresh})
            response.raw = io.BytesIO(known.body)
        elif request.method == "GET" and request.url is not None:
            self._keep(request.url, response)
        return response

    def _keep(self, url: str, response: requests.Response) -> None:
        tag = response.headers.get("ETag", "")
        kind = response.headers.get("Content-Type", "")
        lasting = "no-store" not in response.headers.get("Cache-Control", "")
        answered = None
        if response.status_code == 200 and tag and lasting and kind.startswith("application/json"):
            headers = {name: value for name, value in response.headers.items() if name not in _ON_THE_WIRE}
            answered = Answered(tag, headers, response.raw.getvalue())
        with self._lock:
            old = self._by_url.pop(url, None)
            self._size -= old.size if old is not None else 0
            if answered is None or answered.size * 4 > self._most:
                return
            self._by_url[url] = answered
            self._size += answered.size
            while self._size > self._most:
                _, dropped = self._by_url.popitem(last=False)
                self._size -= dropped.size
