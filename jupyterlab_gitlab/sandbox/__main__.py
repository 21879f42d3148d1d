"""``python -m jupyterlab_gitlab.sandbox --port P --data DIR [--seed demo|empty] [--root-token T]``."""

from __future__ import annotations

import argparse
import sys

from .server import add_arguments, main

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m jupyterlab_gitlab.sandbox", description="A sandbox GitLab for the demo and tests."
    )
    add_arguments(parser)
    sys.exit(main(parser.parse_args()))
