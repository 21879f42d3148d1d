"""Routes and requests: plain functions that take a :class:`Request` and return plain data.

A resource module has ``routes = Routes()`` and functions like::

    @routes("GET", "/projects/:id/labels", Param("search"), *PAGING)
    def list_labels(request: Request) -> Reply: ...

They run in a thread pool and may block. They return JSON-able data (status 201 for POST, else 200), None (204) or a
:class:`Reply`, and raise :class:`~.errors.ApiError` or :class:`~.errors.GrapeError`. GET routes answer HEAD as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ..store.sqlite import Row, Store
from .errors import AnswerError
from .parameters import Param

if TYPE_CHECKING:
    from ..instance import Instance


@dataclass
class Reply:
    """An answer: ``body`` is JSON-able data, bytes (sent as they are, as ``content_type``) or None."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


@dataclass
class Request:
    """One API call. ``params`` holds path, query and body parameters together, coerced as the route declares."""

    instance: Instance
    method: str
    path: str
    """As sent, still percent-encoded, with the prefix ``/api/v4``."""
    params: dict[str, Any]
    headers: Mapping[str, str]
    user: Row | None = None
    """Who asks; None when nobody signed in (only on routes that allow it)."""
    token: Row | None = None

    @property
    def store(self) -> Store:
        return self.instance.store

    @property
    def me(self) -> Row:
        """The user of a route that needs one."""
        assert self.user is not None, "a route that allows anonymous calls asked who calls"
        return self.user

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or ``default`` when it was not sent (or sent as null)."""
        value = self.params.get(name)
        return default if value is None else value


Handler = Callable[[Request], Any]


@dataclass(frozen=True)
class Route:
    """A method, a path pattern with ``:names`` (each one segment, percent-decoded), and who may call it."""

    method: str
    pattern: str
    handler: Handler
    params: tuple[Param, ...]
    sign_in: bool
    scopes: tuple[str, ...] | None
    expression: re.Pattern[str]

    def allowed_scopes(self) -> tuple[str, ...] | None:
        """Token scopes that open this route; None for any scope at all."""
        if self.scopes is None:
            return None
        return ("api", *(("read_api",) if self.method == "GET" else ()), *self.scopes)


class Routes:
    """A module's routes; calling it makes the decorator that adds one.

    ``sign_in``: whether a user is needed (by default for everything but GET). ``scopes``: token scopes accepted
    beside ``api`` (and ``read_api`` for GET); None accepts any token.
    """

    def __init__(self) -> None:
        self.all: list[Route] = []

    def __call__(
        self,
        method: str,
        pattern: str,
        *params: Param,
        sign_in: bool | None = None,
        scopes: tuple[str, ...] | None = (),
    ) -> Callable[[Handler], Handler]:
        needs_user = method != "GET" if sign_in is None else sign_in
        expression = re.compile(re.sub(r":(\w+)", r"(?P<\1>[^/]+)", pattern.replace(".", r"\.")) + r"/?\Z")

        def add(handler: Handler) -> Handler:
            self.all.append(Route(method, pattern, handler, params, needs_user, scopes, expression))
            return handler

        return add


class Router:
    """Finds the route of a request among those of all resource modules; literal paths win over ``:names``."""

    def __init__(self, routes: list[Route]) -> None:
        self._routes = sorted(routes, key=lambda route: [part.startswith(":") for part in route.pattern.split("/")])

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route for ``path`` (below ``/api/v4``) and its decoded path parameters.

        Raises:
            AnswerError: 404 for an unknown path, 405 for a known one with another verb.
        """
        wanted = "GET" if method == "HEAD" else method
        verbs = set()
        for route in self._routes:
            match = route.expression.match(path)
            if match is None:
                continue
            if route.method == wanted:
                return route, {name: unquote(value) for name, value in match.groupdict().items()}
            verbs.add(route.method)
        if not verbs:
            raise AnswerError(404, {"error": "404 Not Found"})
        allow = ", ".join(sorted(verbs | ({"HEAD"} if "GET" in verbs else set()) | {"OPTIONS"}))
        raise AnswerError(405, {"error": "405 Not Allowed"}, {"Allow": allow})
