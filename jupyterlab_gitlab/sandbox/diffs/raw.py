"""GitLab's raw diffs of two commits, made by git.

Rules (``lib/gitlab/git/diff.rb``, ``diff_collection.rb`` and Gitaly's diff service): three lines of context, renames
from 30 % similarity, the text from the first ``@@`` on, a patch of 200 KiB or more left out as *too large*, a binary
file shown as git's own notice, a change of file type split into a removed and an added file.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..git.repository import Git
from .lines import Row, find_row, line_code, parse_rows, unfold_row

MAX_PATCH_BYTES = 200 * 1024
MAX_FILES = 1000
MAX_LINES = 50_000

_RAW = re.compile(rb":(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*\t(.*)", re.DOTALL)
_ESCAPES = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13, b'"': 34, b"\\": 92}
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{3})')


@dataclass(frozen=True)
class FileDiff:
    """The change of one file between two commits.

    ``text`` is the patch, empty when it is too large; ``size`` its length in bytes in any case. Modes are git's six
    octal digits, ``"0"`` for the side that does not exist; blob ids are full, zeros for that side.
    """

    old_path: str
    new_path: str
    a_mode: str
    b_mode: str
    old_blob: str
    new_blob: str
    text: str
    size: int
    binary: bool
    new_file: bool = False
    deleted_file: bool = False

    @property
    def renamed_file(self) -> bool:
        return self.old_path != self.new_path

    @property
    def too_large(self) -> bool:
        return self.size >= MAX_PATCH_BYTES

    @property
    def path(self) -> str:
        """The path that line codes and sorting use: the new one."""
        return self.new_path or self.old_path

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the text; none for a binary or too large file."""
        return () if self.binary else parse_rows(self.text)

    def entity(self, *, unidiff: bool = False) -> dict[str, object]:
        """The ``Diff`` entity of REST; ``unidiff`` adds the ``---``/``+++`` lines."""
        text = self.text
        if unidiff and text and not self.binary:
            old = "/dev/null" if self.new_file else f"a/{self.old_path}"
            new = "/dev/null" if self.deleted_file else f"b/{self.new_path}"
            text = f"--- {old}\n+++ {new}\n{text}"
        return {
            "diff": text,
            "collapsed": False,
            "too_large": self.too_large,
            "new_path": self.new_path,
            "old_path": self.old_path,
            "a_mode": self.a_mode,
            "b_mode": self.b_mode,
            "new_file": self.new_file,
            "renamed_file": self.renamed_file,
            "deleted_file": self.deleted_file,
            "generated_file": False,
        }


def _decode(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _unquote(name: bytes) -> bytes:
    """Undo git's C-style quoting of a path."""
    if not (len(name) > 1 and name.startswith(b'"') and name.endswith(b'"')):
        return name

    def char(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([_ESCAPES[code]]) if code in _ESCAPES else bytes([int(code, 8) & 0xFF])

    return _ESCAPE.sub(char, name[1:-1])


def _patch_text(patch: bytes) -> tuple[bytes, bool]:
    """Cut a ``diff --git`` block down to what GitLab shows; the second value says whether the file is binary."""
    lines = patch.split(b"\n")
    for index, line in enumerate(lines[1:], 1):
        if line.startswith(b"@@"):
            return b"\n".join(lines[index:]), False
        if line.startswith(b"Binary files "):
            return b"\n".join(lines[index:]), True
    return b"", False


def _raw_records(head: bytes) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Old mode, new mode, old blob, new blob, status, old path, new path of each file, type changes split in two."""
    for line in head.split(b"\n"):
        found = _RAW.fullmatch(line)
        if not found:
            continue
        a_mode, b_mode, old_blob, new_blob, status = (part.decode() for part in found.groups()[:5])
        names = [_decode(_unquote(name)) for name in found[6].split(b"\t")]
        if status == "T":
            yield a_mode, "000000", old_blob, "0" * len(old_blob), "D", names[0], names[0]
            yield "000000", b_mode, "0" * len(new_blob), new_blob, "A", names[0], names[0]
        else:
            yield a_mode, b_mode, old_blob, new_blob, status, names[0], names[-1]


def parse_diff(output: bytes) -> tuple[FileDiff, ...]:
    """Read what ``git diff-tree --raw --patch`` printed."""
    # Content rows start with a blank, + - \ or @, and paths are quoted, so this can only be a block's first line.
    first = 0 if output.startswith(b"diff --git ") else output.find(b"\ndiff --git ") + 1
    head, body = (output, b"") if first == 0 else (output[:first], output[first:])
    blocks = [b"diff --git " + block for block in re.split(rb"(?:^|\n)diff --git ", body)[1:]]
    files: list[FileDiff] = []
    for (a_mode, b_mode, old_blob, new_blob, status, old_path, new_path), block in zip(
        _raw_records(head), blocks, strict=True
    ):
        patch, binary = _patch_text(block)
        if patch and not patch.endswith(b"\n"):
            patch += b"\n"
        files.append(
            FileDiff(
                old_path=old_path,
                new_path=new_path,
                a_mode="0" if a_mode == "000000" else a_mode,
                b_mode="0" if b_mode == "000000" else b_mode,
                old_blob=old_blob,
                new_blob=new_blob,
                text=_decode(patch) if len(patch) < MAX_PATCH_BYTES else "",
                size=len(patch),
                binary=binary,
                new_file=status == "A",
                deleted_file=status == "D",
            )
        )
    return tuple(files)


class Comparisons:
    """Diffs, merge bases and blob sizes of one repository, remembered within bounds.

    Everything asked for is named by full commit or blob ids and so never changes. Safe to share between threads.
    """

    def __init__(self, git: Git, *, max_bytes: int = 16 * 1024 * 1024) -> None:
        self._git = git
        self._max_bytes = max_bytes
        self._diffs: OrderedDict[tuple[str, str, tuple[str, ...]], tuple[FileDiff, ...]] = OrderedDict()
        self._bytes = 0
        self._facts: OrderedDict[tuple[str, ...], object] = OrderedDict()
        self._lock = threading.Lock()

    def files(self, left: str, right: str, paths: Iterable[str] | None = None) -> tuple[FileDiff, ...]:
        """The changed files from commit ``left`` to commit ``right`` in path order.

        With ``paths`` git looks at these only: a file renamed from or to another path then counts as added or removed,
        as it does in GitLab.
        """
        if left == right:
            return ()
        if paths is None:
            return self._diff(left, right, ())
        wanted = {path for path in paths if path}
        whole = self._diff(left, right, ())
        chosen = tuple(file for file in whole if file.old_path in wanted or file.new_path in wanted)
        if all(file.old_path in wanted and file.new_path in wanted for file in chosen):
            return chosen
        return self._diff(left, right, tuple(sorted(wanted)))

    def _diff(self, left: str, right: str, paths: tuple[str, ...]) -> tuple[FileDiff, ...]:
        key = (left, right, paths)
        with self._lock:
            if key in self._diffs:
                self._diffs.move_to_end(key)
                return self._diffs[key]
        arguments = [
            *("-c", "core.quotePath=true", "-c", "diff.renameLimit=1000", "--literal-pathspecs"),
            *("diff-tree", "-r", "--raw", "--patch", "--full-index", "--find-renames=30%", "--unified=3"),
            *("--no-ext-diff", "--no-textconv", "--no-color", "--src-prefix=a/", "--dst-prefix=b/"),
            *("--end-of-options", left, right, "--", *paths),
        ]
        found = parse_diff(self._git.run(*arguments))
        with self._lock:
            if key not in self._diffs:
                self._diffs[key] = found
                self._bytes += sum(len(file.text) for file in found)
                while self._bytes > self._max_bytes or len(self._diffs) > 512:
                    _, dropped = self._diffs.popitem(last=False)
                    self._bytes -= sum(len(file.text) for file in dropped)
        return found

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits; None when there is none or a commit does not exist."""
        if not (self.exists(one) and self.exists(other)):
            return None
        answer = self.remember(("merge-base", one, other), lambda: self._git.merge_base(one, other))
        return answer if isinstance(answer, str) else None

    def exists(self, commit: str) -> bool:
        """Whether the repository has this commit; anything but a full id counts as missing."""
        if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit):
            return False

        return bool(self.remember(("exists", commit), lambda: self._git.kind(commit) == "commit"))

    def blob_lines(self, blob: str) -> int:
        """How many lines a blob has, a last one without newline included."""

        def ask() -> int:
            content = self._git.blob(blob)
            return content.count(b"\n") + (bool(content) and not content.endswith(b"\n"))

        answer = self.remember(("lines", blob), ask)
        return answer if isinstance(answer, int) else 0

    def remember(self, key: tuple[str, ...], ask: Callable[[], object]) -> object:
        """The answer to a question about commits, asked once; None and False are not kept, since they may change."""
        with self._lock:
            if key in self._facts:
                self._facts.move_to_end(key)
                return self._facts[key]
        answer = ask()
        if answer is None or answer is False:
            return answer
        with self._lock:
            self._facts[key] = answer
            while len(self._facts) > 4096:
                self._facts.popitem(last=False)
        return answer

    def row_at(self, file: FileDiff, old_line: int | None, new_line: int | None) -> Row | None:
        """The row a position's two numbers name, unfolding unchanged lines outside the hunks where GitLab does."""
        row = find_row(file.rows, old_line, new_line)
        if row or old_line is None or new_line is None or file.new_file or file.deleted_file or not file.rows:
            return row
        return unfold_row(file.rows, old_line, new_line, self.blob_lines(file.old_blob))

    def line_code(self, file: FileDiff, old_line: int | None, new_line: int | None) -> str | None:
        """The line code of a position in a file's diff; None when nothing can be said there."""
        row = self.row_at(file, old_line, new_line)
        return line_code(file.path, row.old_pos, row.new_pos) if row else None
