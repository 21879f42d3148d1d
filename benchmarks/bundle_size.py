"""Measure what the browser loads of this extension before the first interaction.

That is the federated module's ``remoteEntry`` plus every chunk which its ``./extension`` and
``./style`` entries ask for when JupyterLab starts; all other chunks come by ``import()`` on first use.
Sizes are bytes after ``gzip -9``, the way Jupyter Server's static files travel behind a proxy.

Run after ``jlpm build:prod``. Exit code 1 when the limit is passed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from pathlib import Path

LIMIT = 40_000
STATIC = Path(__file__).resolve().parents[1] / "jupyterlab_gitlab" / "labextension" / "static"

_ENTRY = re.compile(r'"\./(?:extension|style)":\s*(?:\(\)\s*=>|function\s*\(\)\s*\{)(.*?)(?=,"\./|\}[,;])', re.S)
_CHUNK = re.compile(r"\.e\(\"?([\w-]+)\"?\)")


def gzipped(path: Path) -> int:
    """Bytes of the file after ``gzip -9``."""
    return len(gzip.compress(path.read_bytes(), compresslevel=9, mtime=0))


def measure(static: Path = STATIC) -> dict[str, dict[str, int]]:
    """Sizes of the chunks loaded at start (``initial``) and of those loaded on first use (``lazy``).

    Raises SystemExit if there is no production build to measure.
    """
    entries = sorted(static.glob("remoteEntry.*.js"))
    if len(entries) != 1:
        raise SystemExit(f"expected one remoteEntry in {static}, found {len(entries)}: run `jlpm build:prod`")
    wanted = {chunk for entry in _ENTRY.findall(entries[0].read_text("utf-8")) for chunk in _CHUNK.findall(entry)}
    if not wanted:
        raise SystemExit(
            f"{entries[0].name} names no chunks for ./extension and ./style: was it built for development?"
        )
    sizes: dict[str, dict[str, int]] = {"initial": {entries[0].name: gzipped(entries[0])}, "lazy": {}}
    for chunk in sorted(static.glob("*.js")):
        if chunk == entries[0] or chunk.name == "style.js":
            continue
        group = "initial" if chunk.name.split(".")[0] in wanted else "lazy"
        sizes[group][chunk.name] = gzipped(chunk)
    return sizes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--static", type=Path, default=STATIC, help="the labextension's static folder")
    parser.add_argument("--limit", type=int, default=LIMIT, help="bytes allowed before the first interaction")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args()
    sizes = measure(args.static)
    initial = sum(sizes["initial"].values())
    if args.json:
        print(json.dumps({"initial_bytes": initial, "limit_bytes": args.limit, **sizes}))
    else:
        for group, chunks in sizes.items():
            for name, size in sorted(chunks.items(), key=lambda item: -item[1]):
                print(f"{group:8} {size:8,d}  {name}")
        print(f"before the first interaction: {initial:,d} bytes gzipped (limit {args.limit:,d})")
    return 0 if initial <= args.limit else 1


if __name__ == "__main__":
    sys.exit(main())
