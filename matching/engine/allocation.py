"""Who gets what in a round: deferred acceptance with soft reserved seats.

People ask down their lists; each opportunity holds the best that have asked so far (Gale and
Shapley, "College admissions and the stability of marriage", 1962). Of those, reserved seats go
first to the best of the served, and the seats that remain to the best of all (Hafalir, Yenmez and
Yildirim, "Effective affirmative action in school choice", 2013): a reserved seat that none of
the served asks for is anybody's.

What comes out is the one stable allocation that is best for every person at once. So the order in
which people ask changes nothing, three kernels give the same, and nobody gains by listing
anything but what they want.
"""

from collections.abc import Callable
from importlib.util import find_spec

from matching.engine import deferred_heapq, deferred_numpy
from matching.engine.contest import Allocation, Contest, Ints, placed

Kernel = Callable[[Contest], Ints]
# pairs up to which plain Python is as quick as anything, and numpy is done before a compiler
FEW, MANY = 20_000, 1_000_000


def kernel_named(name: str, pairs: int) -> Kernel:
    """Find a kernel: ``heapq``, ``numpy``, ``numba``, or ``best``: what suits so many pairs."""
    if name == "heapq" or (name == "best" and pairs <= FEW):
        return deferred_heapq.places
    if name == "numba" or (name == "best" and pairs > MANY and find_spec("numba")):
        from matching.engine.deferred_numba import places  # noqa: PLC0415 - an extra, slow to load

        return places
    if name in {"numpy", "best"}:
        return deferred_numpy.places
    raise ValueError(f"There is no kernel with the name {name}")


def allocate(contest: Contest, *, kernel: str = "best") -> Allocation:
    """Decide a round; every kernel decides the same."""
    return placed(contest, kernel_named(kernel, len(contest.choice))(contest))
