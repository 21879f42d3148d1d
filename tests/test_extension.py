"""What the extension costs a Jupyter server that never uses it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "import_time.py"
HEAVY = ("msgspec", "git", "gitlab", "requests", "nbformat", "pygit2", "keyring", "rapidfuzz")


def test_starting_imports_nothing_heavy_and_takes_at_most_30_ms() -> None:
    spec = importlib.util.spec_from_file_location("import_time", BENCHMARK)
    assert spec and spec.loader
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    found = benchmark.measure(rounds=3)
    assert min(found["rounds_ms"]) <= 30
    loaded = set(found["modules"])
    assert "jupyterlab_gitlab.extension" in loaded
    assert not loaded & set(HEAVY)
    assert not [name for name in loaded if name.startswith("jupyterlab_gitlab.contract")]
