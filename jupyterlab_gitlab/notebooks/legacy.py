"""nbformat 2 and 3 seen as nbformat 4 (the rules of ``nbformat.v4.convert.upgrade``), without losing raw positions.

Cells keep their order across worksheets, outputs and source elements their number, so that line ``i`` of this view is
line ``i`` of the file.
"""

from __future__ import annotations

from typing import Any

MIME_OF = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
    "pdf": "application/pdf",
}
"""What nbformat 3 called each MIME type."""

_OUTPUT_TYPES = {"pyout": "execute_result", "pyerr": "error", "display_data": "display_data", "stream": "stream"}


def source_key(cell_type: Any, has_input: bool) -> str:
    """The key that holds the source of a legacy cell."""
    return "input" if cell_type == "code" and has_input else "source"


def legacy_type(cell_type: str) -> str:
    """nbformat 4's word for a type of cell."""
    return {"code": "code", "heading": "markdown", "html": "markdown", "markdown": "markdown"}.get(cell_type, "raw")


def heading(source: Any, level: int | None) -> Any:
    """The source of a heading as Markdown."""
    hashes = "#" * (level if level is not None and 1 <= level <= 6 else 1) + " "
    if isinstance(source, str):
        return hashes + source
    if isinstance(source, list) and source and isinstance(source[0], str):
        return [hashes + source[0], *source[1:]]
    return source


def legacy_output(output: Any) -> dict[str, Any]:
    """An output in nbformat 4's words."""
    if not isinstance(output, dict):
        return {}
    known = output.get("output_type")
    kind = _OUTPUT_TYPES.get(known, known) if isinstance(known, str) else known
    if kind == "stream":
        return {"output_type": kind, "name": output.get("stream", "stdout"), "text": output.get("text", "")}
    if kind == "error":
        return {"output_type": kind, **{key: output.get(key, "") for key in ("ename", "evalue", "traceback")}}
    if kind not in ("execute_result", "display_data"):
        return output
    result: dict[str, Any] = {
        "output_type": kind,
        "metadata": output.get("metadata", {}),
        "data": {mime: output[key] for key, mime in MIME_OF.items() if key in output},
    }
    if kind == "execute_result":
        result["execution_count"] = output.get("prompt_number")
    return result
