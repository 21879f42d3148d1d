"""Files of the work tree as git would store them.

Nothing is followed out of the work tree: a link is its target's text, and a file behind a linked folder is refused.
Where attributes or ``core.autocrlf`` make git store something else than what lies on the disk (line ends, Git LFS,
other filters), git itself converts, into an object directory of our own that is thrown away; elsewhere, which is nearly
everywhere, the bytes are read and hashed here and no process is started for them.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import display_path
from . import settings
from .porcelain import SUBMODULE_MODE
from .settings import Settings
from .values import ABSENT, FileVersion
from .worktree import WorkTree, forbidden

_CONVERTING = ("text", "eol", "crlf", "ident", "filter", "working-tree-encoding")


def read(tree: WorkTree, path: bytes) -> FileVersion:
    """The work-tree version of *path*; *data* is null above :attr:`Limits.blob`. ``forbidden_path`` behind a link."""
    name = tree.system(path)
    parent = Path(name).parent
    if not parent.resolve().is_relative_to(tree.top):
        raise forbidden(display_path(path))
    try:
        found = os.lstat(name)
        if stat.S_ISLNK(found.st_mode):
            return _link(tree, name)
        if stat.S_ISDIR(found.st_mode):
            return _directory(tree, name)
        if not stat.S_ISREG(found.st_mode):
            return ABSENT
        mode = "100755" if found.st_mode & stat.S_IXUSR and os.name != "nt" else "100644"
        if found.st_size > tree.limits.blob:
            return FileVersion(kind="file", size=found.st_size, mode=mode)
        data = _bytes(name, tree.limits.blob)
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    except OSError as error:
        raise _unreadable(path, error) from error
    if data is None:
        return FileVersion(kind="file", size=found.st_size, mode=mode)
    configured = settings.read(tree.git)
    if _may_convert(tree, configured, path):
        stored = _converted(tree, path, data)
        if stored is not None:
            return FileVersion(kind="file", oid=stored[0], size=len(stored[1]), data=stored[1], mode=mode)
    return FileVersion(kind="file", oid=_blob_id(tree, configured, data), size=len(data), data=data, mode=mode)


def _bytes(name: str, limit: int) -> bytes | None:
    """The file's bytes, null if it has grown beyond *limit*. Neither follows a link nor waits for a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(name, flags), "rb") as file:
        data = file.read(limit + 1)
    return data if len(data) <= limit else None


def _link(tree: WorkTree, name: str) -> FileVersion:
    data = os.fsencode(os.readlink(name))  # noqa: PTH115 - the name may not be valid text
    oid = _blob_id(tree, settings.read(tree.git), data)
    return FileVersion(kind="symlink", oid=oid, size=len(data), data=data, mode="120000")


def _directory(tree: WorkTree, name: str) -> FileVersion:
    if not Path(name, ".git").exists():
        return FileVersion(kind="directory", mode="40000")
    answer = tree.git.read("-C", name, "rev-parse", "--verify", "--quiet", "HEAD", ok=range(256))
    oid = answer.line if answer.code == 0 else ""
    return FileVersion(kind="submodule", oid=oid, mode=SUBMODULE_MODE)


def _blob_id(tree: WorkTree, configured: Settings, data: bytes) -> str:
    """gitformat-loose(5): the hash of ``blob SP size NUL`` and the bytes, in the repository's object format."""
    algorithm = configured.get("extensions.objectformat") or "sha1"
    digest = hashlib.new(algorithm, usedforsecurity=False)
    digest.update(b"blob %d\0" % len(data))
    digest.update(data)
    return digest.hexdigest()


def _may_convert(tree: WorkTree, configured: Settings, path: bytes) -> bool:
    if (configured.get("core.autocrlf") or "false").lower() not in ("false", "no", "off", "0"):
        return True
    if not _has_attributes(tree, configured, path):
        return False
    answer = tree.git.read("check-attr", "--stdin", "-z", *_CONVERTING, stdin=path + b"\0")
    values = answer.stdout.split(b"\0")[2::3]
    return any(value not in (b"unspecified", b"unset") for value in values)


def _has_attributes(tree: WorkTree, configured: Settings, path: bytes) -> bool:
    """gitattributes(5): beside the file, in the folders above it, in the repository, of the user, of the system."""
    if configured.get("core.attributesfile") or (tree.common_dir / "info" / "attributes").exists():
        return True
    config_home = os.environ.get("XDG_CONFIG_HOME") or str(Path("~/.config").expanduser())
    if Path(config_home, "git", "attributes").exists() or Path("/etc/gitattributes").exists():
        return True
    folder = Path(tree.system(path)).parent
    above = (tree.top, *(tree.top / part for part in _chain(folder.relative_to(tree.top))))
    return any((each / ".gitattributes").exists() for each in above)


def _chain(folder: Path) -> list[Path]:
    return [folder, *folder.parents]


def _converted(tree: WorkTree, path: bytes, data: bytes) -> tuple[str, bytes] | None:
    """Id and bytes after git's own conversion, null if a filter fails (then the bytes themselves are shown)."""
    with tempfile.TemporaryDirectory(prefix="gitlab-workflow-", dir=tree.git_dir) as directory:
        objects = str(tree.common_dir / "objects")
        env = {"GIT_OBJECT_DIRECTORY": directory, "GIT_ALTERNATE_OBJECT_DIRECTORIES": objects}
        name = path.decode("utf-8", "surrogateescape")
        answer = tree.git.write("hash-object", "-w", "--stdin", f"--path={name}", stdin=data, env=env, ok=range(256))
        if answer.code != 0:
            return None
        return answer.line, tree.git.read("cat-file", "blob", answer.line, env=env).stdout


def _unreadable(path: bytes, error: OSError) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.FORBIDDEN_PATH,
        f"“{display_path(path)}” can't be read: {error.strerror}.",
        "Check the file's permissions on the machine that runs Jupyter.",
    )
