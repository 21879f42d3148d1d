"""docs/sandbox.md tells of every route, and of none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from jupyterlab_gitlab.sandbox import resources

DOCUMENT = Path(__file__).parents[2] / "docs/sandbox.md"
_SECTION = re.compile(r"### Below `/api/v4([^`]*)`")
_ROUTE = re.compile(r"`((?:(?:GET|HEAD|POST|PUT|PATCH|DELETE) ?)+)(/[^`]*)?`")


def same(pattern: str) -> str:
    """A path pattern without the names of its parameters, which differ from module to module."""
    return re.sub(r":\w+", ":", pattern)


def written() -> set[tuple[str, str]]:
    """Verb and path pattern of every route in the tables; a row's first column holds them."""
    found = set()
    below = None
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if line.startswith("#"):
            section = _SECTION.match(line)
            below = section[1] if section else None
        elif below is not None and line.startswith("|"):
            for verbs, path in _ROUTE.findall(line.split("|")[1]):
                found |= {(verb, same(below + path)) for verb in verbs.split()}
    return found


def coded() -> set[tuple[str, str]]:
    modules = (module for module in resources.MODULES if hasattr(module, "routes"))
    return {(route.method, same(route.pattern)) for module in modules for route in module.routes.all}


def test_the_document_lists_every_route() -> None:
    assert coded() - written() == set()


def test_the_document_lists_no_route_that_is_not_there() -> None:
    assert written() - coded() == set()
