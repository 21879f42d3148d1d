"""One output of a notebook version, whole."""

from __future__ import annotations

import contextlib

import msgspec

from ..contract.decoders import decoder
from ..contract.diffs import OutputBody, OutputParams
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import display_path
from ..notebooks.model import Notebook
from ..notebooks.outputs import output_body, output_digest
from ..notebooks.parse import parse
from ..notebooks.rawtext import RawText
from .context import ServiceContext
from .sides import owner_of, read_side


def get(context: ServiceContext, params: OutputParams) -> OutputBody:
    """The output that a diff's summary named by its digest.

    A notebook is read once: its other outputs, which are asked for next, wait in the cache.

    Raises
    ------
    GitLabWorkflowError: ``file_changed`` if this place of the notebook no longer holds that output, ``bad_request``
        for a negative place.
    """
    if params.cell < 0 or params.output < 0:
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "Cells and outputs are counted from 0.")
    owner, path = owner_of(context, params.folder, params.revision, params.path)
    kept = context.cache.get(("output", owner, path, params.digest))
    if kept is not None:
        return decoder(OutputBody).decode(kept)
    version = read_side(context, params.folder, params.revision, params.path).version
    with context.turns.turn():
        notebook = parse(RawText(version.data)) if version.data is not None else None
        body = output_body(notebook, params.cell, params.output) if isinstance(notebook, Notebook) else None
        if not isinstance(notebook, Notebook) or body is None or output_digest(body)[0] != params.digest:
            raise GitLabWorkflowError(
                ErrorCode.FILE_CHANGED,
                f"{display_path(path)} has changed since it was compared.",
                "Refresh the comparison.",
            )
        _keep_all(context, (owner, path), notebook)
    return OutputBody(output=body)


def _keep_all(context: ServiceContext, file: tuple[str, bytes], notebook: Notebook) -> None:
    for cell_index, cell in enumerate(notebook.cells):
        for output_index in range(len(cell.outputs)):
            body = output_body(notebook, cell_index, output_index)
            if body is not None:
                with contextlib.suppress(ValueError, RecursionError):  # what can't be encoded is read again each time
                    encoded = msgspec.json.encode(OutputBody(output=body))
                    context.cache.put(("output", *file, output_digest(body)[0]), encoded)
