"""Lets the PyPI package matching decide a round: python -P peer_matching.py CONTEST ANSWER.

It runs by itself, because that package has the name of our own. Making its game, which checks
what it is given, and solving it are timed apart. Ends with 3 where it is not installed.
"""

import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

# it walks from player to player when it copies them
DEPTH, STACK = 1_000_000, 1 << 30


def main() -> int:
    """Read the contest, decide it, and write the places and the times."""
    try:
        from matching.games import HospitalResident  # noqa: PLC0415 - it may not be there
    except ImportError:
        return 3
    told, answer = map(Path, sys.argv[1:])
    with np.load(told) as arrays:
        at, choice, priority, lottery, capacity = (
            arrays[name] for name in ("at", "choice", "priority", "lottery", "capacity")
        )
    owner = np.repeat(np.arange(len(lottery)), np.diff(at))
    order = np.lexsort((lottery[owner], -priority.astype(np.int64), choice))
    ends = np.searchsorted(choice[order], range(1, len(capacity)))
    lines = [owner[pairs].tolist() for pairs in np.split(order, ends)]
    # only who ranks or is ranked takes part, as it asks for
    hosts = {f"host {number}": line for number, line in enumerate(lines) if line}
    seats = {name: int(capacity[int(name.split()[1])]) for name in hosts}
    lists = [choice[begin:end].tolist() for begin, end in pairwise(at)]
    people = {one: [f"host {row}" for row in mine] for one, mine in enumerate(lists) if mine}
    clock = [(time.process_time(), time.perf_counter())]
    game = HospitalResident.create_from_dictionaries(people, hosts, seats)
    clock.append((time.process_time(), time.perf_counter()))
    found = game.solve()
    clock.append((time.process_time(), time.perf_counter()))
    place = np.full(len(lottery), -1, dtype=np.int32)
    for host, held in found.items():
        for person in held:
            place[person.name] = lists[person.name].index(int(host.name.split()[1]))
    np.savez(answer, place=place, spent=np.diff(clock, axis=0))
    return 0


if __name__ == "__main__":
    sys.setrecursionlimit(DEPTH)
    threading.stack_size(STACK)
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(main()))
    thread.start()
    thread.join()
    sys.exit(codes[0] if codes else 1)
