"""Everybody's best opportunities, exactly: who may, how many points, ties by the lottery.

People are grouped by what they may have. For each group the opportunities that any of them may
have are streamed past a dense tile of the group's weights, so that one multiplication serves all
of the group. Scores are whole numbers of sixteen bits; the order of sums does not matter, so
every kernel, group size, thread and order of rows gives the same lists.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import numpy as np

from matching.engine import kernel_numpy
from matching.engine.work import NOBODY, Lists, Work

Kernel = Callable[[Work, int, int, Lists], None]


def kernel_named(name: str) -> Kernel:
    """Find a kernel: ``numpy``, ``numba``, or the fastest that is installed for ``best``."""
    if name == "numba" or (name == "best" and find_spec("numba")):
        from matching.engine.kernel_numba import fill  # noqa: PLC0415 - an extra, slow to load

        return fill
    return kernel_numpy.fill


def best_lists(work: Work, *, kernel: str = "best", threads: int = 1) -> Lists:
    """Find everybody's best, in the order of the people."""
    fill = kernel_named(kernel)
    lists = Lists(
        np.full((len(work.people), work.k), NOBODY, dtype=np.int32),
        np.zeros((len(work.people), work.k), dtype=np.int16),
    )
    # more parts than threads, because some groups have more to look at
    cuts = np.linspace(0, len(work.groups), threads * 8 + 1 if threads > 1 else 2).astype(int)
    parts = list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda part: fill(work, part[0], part[1], lists), parts))
    return lists
