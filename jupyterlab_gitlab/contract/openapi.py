"""The OpenAPI document of :data:`.operations.OPERATIONS`.

``python -m jupyterlab_gitlab.contract.openapi FILE`` writes it; with ``--check`` it only compares and exits with 1 when
FILE is stale.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from .errors import ErrorReply
from .operations import NUMBERS, OPERATIONS, PREFIX, Operation

_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_REF = "#/components/schemas/{name}"


def document() -> dict[str, Any]:
    """The whole document as plain data."""
    types: list[Any] = [ErrorReply]
    for operation in OPERATIONS:
        types.append(operation.params)
        types.extend(t for t in (operation.body, operation.reply) if t is not None and t is not bytes)
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    by_type = {id(t): schema for t, schema in zip(types, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _describe(operation, by_type, components)
    params = {operation.params.__name__ for operation in OPERATIONS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "jupyterlab-gitlab-workflow", "version": "1"},
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": {"schemas": {name: _strict(schema) for name, schema in components.items() if name not in params}},
    }


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Replies always carry every field, so all are required; a body's required fields are msgspec's own."""
    properties = schema.get("properties")
    if properties and schema.get("additionalProperties", True) is not False:
        return {**schema, "required": list(properties)}
    return schema


def _describe(operation: Operation, by_type: dict[int, Any], components: dict[str, Any]) -> dict[str, Any]:
    schema = components[operation.params.__name__]
    required = set(schema.get("required", ()))
    parameters: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 1} if name in NUMBERS else {"type": "string"},
        }
        for name in re.findall(r"\{(\w+)\}", operation.path)
    ]
    parameters += [
        {"name": name, "in": "query", "required": name in required, "schema": value}
        for name, value in schema.get("properties", {}).items()
    ]
    content = _BYTES if operation.reply is bytes else {"application/json": {"schema": by_type[id(operation.reply)]}}
    error = {"content": {"application/json": {"schema": by_type[id(ErrorReply)]}}}
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": {
            str(operation.status): {"description": operation.summary, "content": content},
            "default": {"description": "A failure: the status follows from its code", **error},
        },
    }
    if operation.body is not None:
        sent = _BYTES if operation.body is bytes else {"application/json": {"schema": by_type[id(operation.body)]}}
        described["requestBody"] = {"required": True, "content": sent}
    return described


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the committed file."""
    check = "--check" in arguments
    (target,) = [Path(a) for a in arguments if a != "--check"]
    if check:
        if target.exists() and target.read_text("utf-8") == text():
            return 0
        print(f"{target} is stale: run `make contract`", file=sys.stderr)
        return 1
    target.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
