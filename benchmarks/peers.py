"""nbdime, measured from outside."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

import msgspec

WORKER = Path(__file__).with_name("nbdime_worker.py")
VERSION = "4.0.4"


class Timing(msgspec.Struct, frozen=True):
    """Seconds of processor time; *late* if nbdime was stopped, *error* says why there is no time."""

    read: float = 0.0
    diff: float = 0.0
    late: bool = False
    error: str = ""


class Nbdime:
    """Runs nbdime in a worker that is ended when a comparison takes longer than *limit* seconds."""

    def __init__(self, limit: float = 60.0) -> None:
        self.limit = limit
        self._worker: subprocess.Popen[str] | None = None
        self._folder = tempfile.TemporaryDirectory()

    @staticmethod
    def installed() -> str:
        """Why it can't be measured; empty if it can."""
        try:
            found = version("nbdime")
        except PackageNotFoundError:
            return f"nbdime is not installed (pip install nbdime=={VERSION})"
        return "" if found == VERSION else f"nbdime {found} is installed, {VERSION} is what is measured"

    def __enter__(self) -> Nbdime:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._folder.cleanup()

    def time(self, old: bytes, new: bytes, rounds: int = 3) -> Timing:
        """The least of up to *rounds* comparisons; once it takes more than a second, one is enough."""
        paths = [Path(self._folder.name) / name for name in ("old.ipynb", "new.ipynb")]
        for path, data in zip(paths, (old, new), strict=True):
            path.write_bytes(data)
        best = self._ask(paths)
        for _ in range(rounds - 1):
            if best.error or best.late or best.diff > 1:
                break
            again = self._ask(paths)
            if not again.error and not again.late and again.diff < best.diff:
                best = again
        return best

    def _ask(self, paths: list[Path]) -> Timing:
        worker = self._started()
        assert worker.stdin is not None and worker.stdout is not None
        worker.stdin.write("\t".join(map(str, paths)) + "\n")
        worker.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(worker.stdout, selectors.EVENT_READ)
            if not selector.select(self.limit):
                self._stop()
                return Timing(diff=self.limit, late=True)
        line = worker.stdout.readline()
        if not line:
            self._stop()
            return Timing(error="the process ended")
        return msgspec.convert(json.loads(line), Timing)

    def _started(self) -> subprocess.Popen[str]:
        if self._worker is None:
            self._worker = subprocess.Popen(
                [sys.executable, str(WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                bufsize=1,
            )
        return self._worker

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None
