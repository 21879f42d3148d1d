"""Every figure of the server's side that has a goal, in one run: ``python benchmarks [--quick] [--no-nbdime]``.

Exit code 1 if a goal is missed. README.md tells the figures, and which commands measure the browser's side.
"""

from __future__ import annotations

import argparse
import sys

import notebook_diff
import server_latency
from measure import Report, machine


def main() -> int:
    extent = notebook_diff.extent(argparse.ArgumentParser(prog="benchmarks", description=__doc__))
    print(machine())
    into = Report()
    notebook_diff.report(extent, into)
    server_latency.report(into)
    print(machine())
    return into.close()


if __name__ == "__main__":
    sys.exit(main())
