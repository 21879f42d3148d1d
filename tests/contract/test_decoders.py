"""Decoders that several threads ask for at once."""

from __future__ import annotations

import subprocess
import sys

_FIRST_USE = """
import sys, threading, types
import msgspec
from jupyterlab_gitlab.contract.decoders import decoder

sys.setswitchinterval(1e-6)
source = "import msgspec\\n"
for inner in range(40):
    source += f"class Inner{inner}(msgspec.Struct):\\n"
    source += "".join(f"    f{field}: int | None = None\\n" for field in range(20))
source += "class Outer(msgspec.Struct):\\n"
source += "".join(f"    g{inner}: list[Inner{inner}] = []\\n" for inner in range(40))
data = b"{" + b",".join(b'"g%d":[{"f0":1,"f19":2}]' % inner for inner in range(40)) + b"}"
for number in range(20):
    module = sys.modules[f"m{number}"] = types.ModuleType(f"m{number}")
    exec(source, module.__dict__)
    barrier = threading.Barrier(4)

    def use():
        barrier.wait()
        decoder(module.Outer).decode(data)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_threads_that_meet_a_type_for_the_first_time_do_not_end_the_process() -> None:
    # with msgspec's own functions in place of the decoder this ended by a segmentation fault every time
    done = subprocess.run([sys.executable, "-c", _FIRST_USE], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
