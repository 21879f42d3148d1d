"""One API call from raw HTTP to an answer: route, sign-in, parameters, the handler, and GitLab's usual headers."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from ..instance import Instance
from .authentication import identify, impersonate
from .bodies import nested, read_body
from .errors import AnswerError, unauthorized
from .parameters import check
from .routing import Reply, Request, Router

PREFIX = "/api/v4"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RawCall:
    """An HTTP request as it arrived; ``path`` still percent-encoded, ``headers`` found in any case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


def answer(instance: Instance, router: Router, call: RawCall) -> Reply:
    """The complete answer to an API call; never raises."""
    began = time.monotonic()
    correlation = secrets.token_hex(16)
    try:
        reply = _conditional(call, _handle(instance, router, call))
    except AnswerError as refusal:
        reply = Reply(refusal.status, refusal.body, refusal.headers)
    except OverflowError:  # a number too large for any record's id
        reply = Reply(404, {"message": "404 Not found"})
    except Exception:
        log.exception("%s %s", call.method, call.path)
        reply = Reply(500, {"message": "500 Internal Server Error"})
    if not isinstance(reply.body, bytes):
        reply.body = b"" if reply.body is None else encode(reply.body)
    reply.headers = {
        "Cache-Control": "no-cache",
        "Vary": "Origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Strict-Transport-Security": "max-age=63072000",
        "X-Gitlab-Meta": json.dumps({"correlation_id": correlation, "version": "1"}, separators=(",", ":")),
        "X-Request-Id": correlation,
        "X-Runtime": f"{time.monotonic() - began:.6f}",
        **reply.headers,
    }
    return reply


def encode(data: Any) -> bytes:
    """``data`` as compact JSON; lone surrogates become U+FFFD, since they can't be sent."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _handle(instance: Instance, router: Router, call: RawCall) -> Reply:
    route, in_path = router.find(call.method, call.path[len(PREFIX) :])
    params: dict[str, Any] = nested(parse_qsl(call.query, keep_blank_values=True))
    params |= read_body(call.headers.get("Content-Type", ""), call.body)
    user, token = identify(instance.store, call.headers, params, route.allowed_scopes())
    if route.sign_in and user is None:
        raise unauthorized()
    user = impersonate(instance.store, str(params.pop("sudo", "") or call.headers.get("Sudo", "")), user, token)
    params.pop("private_token", None)
    params.pop("access_token", None)
    request = Request(
        instance, call.method, call.path, check({**params, **in_path}, route.params), call.headers, user, token
    )
    found = route.handler(request)
    if isinstance(found, Reply):
        return found
    if found is None:
        return Reply(204)
    return Reply(201 if route.method == "POST" else 200, found)


def _conditional(call: RawCall, reply: Reply) -> Reply:
    """Give a good answer its weak ETag, and turn it into 304 when the caller has it already."""
    if reply.status not in (200, 201):
        return reply
    body = reply.body if isinstance(reply.body, bytes) else encode(reply.body)
    tag = f'W/"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
    headers = {"Cache-Control": "max-age=0, private, must-revalidate", **reply.headers, "ETag": tag}
    known = [part.strip() for part in call.headers.get("If-None-Match", "").split(",")]
    if call.method in ("GET", "HEAD") and reply.status == 200 and (tag in known or "*" in known):
        return Reply(304, None, headers)
    return Reply(reply.status, body, headers, reply.content_type)
