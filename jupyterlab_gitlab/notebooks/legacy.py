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


def cells_of_sheets(worksheets: list[Any]) -> list[Any]:
    """The cells of all worksheets in order, as the file has them."""
    return [
        cell
        for sheet in worksheets
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
        for cell in sheet["cells"]
    ]


def source_key(cell_type: Any, keys: Any) -> str:
    """The key that holds the source of a legacy cell with these *keys*."""
    return "input" if cell_type == "code" and "input" in keys else "source"


def legacy_cell(cell: Any) -> Any:
    """A cell in nbformat 4's words; what is no object stays as it is."""
    if not isinstance(cell, dict):
        return cell
    kind = cell.get("cell_type")
    source = cell.get(source_key(kind, cell))
    metadata = dict(cell["metadata"]) if isinstance(cell.get("metadata"), dict) else {}
    if kind == "code":
        if cell.get("collapsed") is True:
            metadata["collapsed"] = True
        outputs = cell.get("outputs")
        return {
            "cell_type": "code",
            "source": source,
            "metadata": metadata,
            "execution_count": cell.get("prompt_number"),
            "outputs": [_output(output) for output in outputs] if isinstance(outputs, list) else [],
        }
    if kind == "heading":
        return {"cell_type": "markdown", "source": _heading(source, cell.get("level")), "metadata": metadata}
    if kind in ("html", "markdown"):
        return {"cell_type": "markdown", "source": source, "metadata": metadata}
    return {"cell_type": "raw", "source": source, "metadata": metadata}


def _heading(source: Any, level: Any) -> Any:
    hashes = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1) + " "
    if isinstance(source, str):
        return hashes + source
    if isinstance(source, list) and source and isinstance(source[0], str):
        return [hashes + source[0], *source[1:]]
    return source


def _output(output: Any) -> Any:
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
