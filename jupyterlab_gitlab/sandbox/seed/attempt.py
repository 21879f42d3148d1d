"""The whole seed or nothing: what an interrupted one left behind is undone at the next start."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..instance import DATABASE, REPOSITORIES, Instance

BEFORE = "before-seed.sqlite3"
"""The records as they were before the seed; the file is there only until the seed is complete."""

log = logging.getLogger(__name__)


@contextmanager
def attempt(instance: Instance) -> Iterator[None]:
    """What is made in this block lasts only if the block ends well. The instance must not have repositories yet."""
    before = instance.data / BEFORE
    partial = before.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    instance.store.execute("VACUUM INTO ?", str(partial))
    partial.replace(before)
    yield
    before.unlink()


def undo_interrupted(data: Path) -> None:
    """Bring ``data`` back to where it was before a seed that did not come to its end, if there was one.

    Nothing may have been opened in ``data`` yet. Being interrupted here does no harm: the next start goes on with it.
    """
    before = data / BEFORE
    if not before.exists():
        return
    log.warning("An earlier start was interrupted while it planted the seed: undoing what it left")
    if (data / REPOSITORIES).exists():
        shutil.rmtree(data / REPOSITORIES, onerror=_writable)
    for ending in ("-wal", "-shm"):  # of the records that are replaced: they would be played into the older ones
        (data / f"{DATABASE}{ending}").unlink(missing_ok=True)
    before.replace(data / DATABASE)


def _writable(function: Any, path: str, _: Any) -> None:
    """Git marks its objects read-only, which Windows refuses to delete."""
    os.chmod(path, 0o700)  # noqa: PTH101
    function(path)
