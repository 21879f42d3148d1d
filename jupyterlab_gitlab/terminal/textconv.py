"""A notebook as text, for ``git log -p``, ``git show`` and ``git blame``: sources and outputs, one line a line.

What every run of a notebook changes (execution counts) and what is not for reading (metadata beyond tags, the bytes of
a picture) is left out; a digest tells of a picture that changed. Git starts this twice for every version it shows, so
nothing is imported here but ``json``, and the cells are read as they are written instead of by the notebook core, whose
imports alone take longer than all of this.
"""

from __future__ import annotations

import json
import re
import sys

from .clean import clean, clean_name, shown_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HEADINGS = r"^(%% (code|markdown|raw).*|#{1,6} .*|[[:space:]]*((async[[:space:]]+)?def|class)[[:space:]].*)$"
"""The lines that git may show after ``@@``, as a POSIX extended regular expression."""

_TEXTS = ("text/markdown", "text/latex", "text/plain")
"""MIME types that are shown as they are: the first of them that an output has."""
_OBJECT = re.compile("<[^\n]*>")
"""What Python has to say of an object that shows itself in another form."""
_MAX_OUTPUT = 100_000
"""Characters of an output that are shown. A digest tells of changes in the rest."""


def main(path: str) -> int:
    """Print the file at *path* as text. Always 0: on anything else git gives up its whole command."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (OSError, ValueError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 0
    try:
        sys.stdout.buffer.write(text_of(data))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()  # nobody reads any more; Python would complain about what it can't write at its end
    return 0


def text_of(data: bytes) -> bytes:
    """A notebook file as text in UTF-8; the file itself if it can't be read as a notebook. Never raises.

    Conflict markers of the file stand in the text where its two sides differ.
    """
    text = _text(data) or (_conflict(data) if b"\n>>>>>>> " in data else None)
    return data if text is None else text.encode("utf-8", "replace")


def _text(data: bytes) -> str | None:
    try:
        sections = _sections(json.loads(data))
    except (ValueError, RecursionError):  # no JSON, or nested too deeply
        return None
    return "\n".join(sections) if sections else None


def _conflict(data: bytes) -> str | None:
    from .conflicts import marked, sides

    found = sides(data)
    if found is None:
        return None
    ours, theirs = _text(found[0]), _text(found[1])
    if ours is None or theirs is None:
        return None
    return marked(ours, theirs, (clean_name(found[2]), clean_name(found[3])))


def _sections(notebook: Any) -> list[str]:
    """The parts of the text, each with its line end; none if this is no notebook."""
    if not isinstance(notebook, dict):
        return []
    cells, sheets = notebook.get("cells"), notebook.get("worksheets")
    if not isinstance(cells, list) and isinstance(sheets, list):
        cells = [_upgraded(_dict(cell)) for sheet in sheets for cell in _list(_dict(sheet).get("cells"))]
    if not isinstance(cells, list):
        return []
    kernel = _dict(_dict(notebook.get("metadata")).get("kernelspec"))
    version = ".".join(_joined(notebook.get(key)) for key in ("nbformat", "nbformat_minor"))
    sections = [_section(f"notebook {version}", f"kernel: {clean_name(str(kernel.get('name')))}" if kernel else "")]
    for cell in map(_dict, cells):
        tags = _list(_dict(cell.get("metadata")).get("tags"))
        head = _joined(cell.get("cell_type")) or "raw"
        if tags:
            head += f" tags: {', '.join(map(_joined, tags))}"
        sections.append(_section(head, clean(_joined(cell.get("source")))))
        sections += [_output(_dict(output)) for output in _list(cell.get("outputs"))]
    return sections


def _section(head: str, text: str) -> str:
    end = "\n" if text and not text.endswith("\n") else ""
    return f"%% {clean_name(head)}\n{text}{end}"


def _output(output: dict[str, Any]) -> str:
    kind = output.get("output_type")
    if kind == "stream":
        return _section(f"output {output.get('name')}", _output_text(output.get("text")))
    if kind == "error":
        traceback = "\n".join(map(_joined, _list(output.get("traceback"))))
        return _section(f"output error {output.get('ename')}", _output_text(traceback or output.get("evalue")))
    data = _dict(output.get("data"))
    pictures = [mime for mime in data if mime.startswith("image/")]
    texts = [mime for mime in _TEXTS if mime in data and not _OBJECT.fullmatch(_joined(data[mime]))]
    if texts and not pictures:
        return _section(f"output {texts[0]}", _output_text(data[texts[0]]))
    shown = pictures or list(data)
    head = shown[0] if shown else str(kind)
    return _section(f"output {head}", "\n".join(f"{clean_name(mime)}: {_fingerprint(data[mime])}" for mime in shown))


def _output_text(text: Any) -> str:
    text = _joined(text)
    if len(text) <= _MAX_OUTPUT:
        return clean(shown_text(text))
    return f"{clean(shown_text(text[:_MAX_OUTPUT]))}\n… {len(text):,} characters, {_fingerprint(text)}"


def _fingerprint(value: Any) -> str:
    """Tells whether a value is another one."""
    from hashlib import sha256  # takes 5 ms to import, and most notebooks hold nothing but text

    text = value if isinstance(value, str) else _joined(value) if _is_text(value) else json.dumps(value, sort_keys=True)
    return f"{len(text):,} characters, {sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _joined(text: Any) -> str:
    """A string, or a list of them as notebooks store lines; ``""`` for nothing."""
    if isinstance(text, list):
        return "".join([part if isinstance(part, str) else _joined(part) for part in text])
    return text if isinstance(text, str) else "" if text is None else json.dumps(text)


def _upgraded(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell of nbformat 2 or 3 in the words of nbformat 4."""
    from ..notebooks.legacy import heading, legacy_output, legacy_type, source_key

    written = str(cell.get("cell_type"))
    source = cell.get(source_key(written, "input" in cell))
    return {
        "cell_type": legacy_type(written),
        "metadata": cell.get("metadata"),
        "source": heading(source, cell.get("level", 1)) if written == "heading" else source,
        "outputs": [legacy_output(output) for output in _list(cell.get("outputs"))],
    }
