"""Two versions of a file, compared."""

from __future__ import annotations

import contextlib
import threading

import msgspec

from ..contract.decoders import decoder
from ..contract.diffs import BinaryDiff, FileDiff, FileDiffParams, FileSide, NotebookDiff, TextDiff
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import file_path
from ..notebooks.diff import diff_files
from ..repository import FileVersion
from .context import ServiceContext
from .files import mime_type
from .sides import Side, read_side
from .turns import refuse_cancelled

for _kind in (NotebookDiff, TextDiff, BinaryDiff):
    decoder(_kind)  # makes it known
_DECODER: msgspec.msgpack.Decoder[FileDiff] = msgspec.msgpack.Decoder(FileDiff)
_NOT_A_FILE = {
    "submodule": "This is a submodule: a commit of another repository.",
    "directory": "This is a folder.",
}


def compare(context: ServiceContext, params: FileDiffParams, cancel: threading.Event) -> FileDiff:
    """Both versions of a file, by cells, by lines, or as bytes.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for a revision that is neither a keyword nor a full sha, ``forbidden_path``,
        ``revision_unknown``, ``not_found`` if neither side has the file, ``cancelled``.
    """
    old = read_side(context, params.folder, params.old, params.old_path)
    new = read_side(context, params.folder, params.new, params.new_path)
    if old.version.kind == new.version.kind == "absent":
        raise GitLabWorkflowError(
            ErrorCode.NOT_FOUND,
            f"Neither {params.old} nor {params.new} has the file {new.display}.",
            "Refresh the list of files: it may have changed.",
        )
    versions = old.version, new.version
    found = compare_versions(context, *versions, old.path, new.path, cancel, ignore_whitespace=params.ignore_whitespace)
    found.old = _with_side(found.old, old)
    found.new = _with_side(found.new, new)
    return found


def compare_versions(
    context: ServiceContext,
    old: FileVersion,
    new: FileVersion,
    old_path: bytes,
    new_path: bytes,
    cancel: threading.Event | None = None,
    *,
    ignore_whitespace: bool = False,
) -> FileDiff:
    """The comparison of two versions, from the cache if these very contents were compared before.

    The sides' revisions and contents paths are not filled in, since they are not the contents'.

    Raises
    ------
    GitLabWorkflowError: ``cancelled``, as soon as *cancel* is set.
    """
    known = _known(old) and _known(new)
    key = ("diff", old.oid, new.oid, old_path, new_path, ignore_whitespace) if known else None
    kept = context.cache.get(key) if key is not None else None
    if kept is not None:
        return _DECODER.decode(kept)
    with context.turns.turn(cancel):
        found = _compare(context, old, new, old_path, new_path, cancel, ignore_whitespace=ignore_whitespace)
    if key is not None:
        with contextlib.suppress(UnicodeEncodeError):  # lone surrogates: such a diff is worked out each time
            context.cache.put(key, msgspec.msgpack.encode(found))
    return found


def _known(version: FileVersion) -> bool:
    """Whether the version's id tells its contents (it does not where GitLab's API served)."""
    return version.kind == "absent" or bool(version.oid)


def _compare(
    context: ServiceContext,
    old: FileVersion,
    new: FileVersion,
    old_path: bytes,
    new_path: bytes,
    cancel: threading.Event | None,
    *,
    ignore_whitespace: bool,
) -> FileDiff:
    for version in (old, new):
        reason = _NOT_A_FILE.get(version.kind)
        if reason is None and version.kind != "absent" and version.data is None:
            reason = f"The file is too large to compare ({version.size:,} bytes)."
        if reason is None and version.size > context.config.max_diff_size:
            reason = (
                f"The file is too large to compare ({version.size:,} bytes; "
                f"GitLabConfig.max_diff_size is {context.config.max_diff_size:,})."
            )
        if reason is not None:
            sides = [_bare_side(one, path) for one, path in ((old, old_path), (new, new_path))]
            equal = bool(old.oid) and old.oid == new.oid
            return BinaryDiff(old=sides[0], new=sides[1], equal=equal, mime_type=mime_type(new_path), reason=reason)
    found = diff_files(
        old.data,
        new.data,
        old_path,
        new_path,
        old_blob=old.oid or None,
        new_blob=new.oid or None,
        ignore_whitespace=ignore_whitespace,
        proceed=lambda: refuse_cancelled(cancel),
    )
    links = [name for name, version in (("old", old), ("new", new)) if version.kind == "symlink"]
    if links and isinstance(found, TextDiff):
        both = "Both versions are symbolic links" if len(links) == 2 else f"The {links[0]} version is a symbolic link"
        found.reason = f"{both}: where it leads is compared, not what is there."
    return found


def _bare_side(version: FileVersion, path: bytes) -> FileSide | None:
    if version.kind == "absent":
        return None
    return FileSide(path=file_path(path), revision="", blob=version.oid, size=version.size)


def _with_side(found: FileSide | None, side: Side) -> FileSide | None:
    """What belongs to this request rather than to the contents."""
    if found is None:
        return None
    version = side.version
    return FileSide(path=side.file_path, revision=side.revision, blob=version.oid or found.blob, size=version.size)
