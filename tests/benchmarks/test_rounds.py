"""The benchmark of rounds runs, and says that all kernels decide the same, stably."""

import re
import subprocess
import sys
from importlib.util import find_spec


def test_the_quick_run_finds_all_kernels_equal_and_nobody_with_a_justified_complaint():
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.rounds", "--quick", "--passes", "2"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "WRONG" not in run.stdout
    lines = re.findall(r"^ours, (\S+?),? .* (\d+) +(\d+)  (yes|no)$", run.stdout, re.MULTILINE)
    kernels = {"numpy", "heapq"} | ({"numba"} if find_spec("numba") else set())
    assert {kernel for kernel, *_rest in lines} == kernels | {"after"}
    assert {tuple(rest) for _kernel, *rest in lines} == {("0", "0", "yes")}
    before = re.findall(r"2 passes of prices: .* gini (\S+), was (\S+)$", run.stdout, re.MULTILINE)
    assert [float(after) <= float(was) for after, was in before] == [True]
    # the most points leave some who would rather have had, and could have had, something else
    blocking = re.findall(r"most points.* (\d+) +\d+  no$", run.stdout, re.MULTILINE)
    assert len(blocking) >= 2
    assert all(int(pairs) > 0 for pairs in blocking)
