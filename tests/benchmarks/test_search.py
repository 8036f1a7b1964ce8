"""The benchmark of the list of opportunities runs, and its numbers of queries hold."""

import re
import subprocess
import sys

MOST_QUERIES = 13


def test_the_quick_run_prints_a_line_for_each_use_of_the_list():
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.search", "--quick"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    lines = re.findall(r"^ +60  (.{18}) +(\d+) +\d+ +\d+", run.stdout, re.MULTILINE)
    assert {name.strip() for name, _queries in lines} >= {
        "list",
        "three filters",
        "text",
        "typing slip",
    }
    assert max(int(queries) for _name, queries in lines) <= MOST_QUERIES
