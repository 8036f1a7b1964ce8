"""Random contests, and what a small one's stable allocations are, found by trying them all."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from matching.engine.contest import NOTHING, SHUT, Contest


@st.composite
def contests(draw, people=5, offers=4, seats=3, fewest=0):
    """Small contests with many ties, shut pairs, empty lists and opportunities without seats."""
    count, rows = draw(st.integers(fewest, people)), draw(st.integers(1, offers))
    lists = [
        [
            (row, draw(st.integers(SHUT, 4)))
            for row in draw(st.lists(st.integers(0, rows - 1), unique=True, max_size=rows))
        ]
        for _person in range(count)
    ]
    capacity = [draw(st.integers(0, seats)) for _row in range(rows)]
    return Contest.of(
        lists,
        capacity,
        lottery=draw(st.permutations(range(count))),
        reserve=[draw(st.integers(0, most)) for most in capacity],
        served=[draw(st.booleans()) for _person in range(count)],
    )


def listed(contest):
    """Write a contest as plain lists of (row, priority)."""
    pairs = list(zip(contest.choice.tolist(), contest.priority.tolist(), strict=True))
    return [pairs[contest.at[one] : contest.at[one + 1]] for one in range(contest.people)]


def chosen(contest, row, people):
    """Choose among people as the rule is written: a host's choice, by sorting."""
    worth = {one: dict(listed(contest)[one])[row] for one in people}
    order = sorted(people, key=lambda one: (-worth[one], contest.lottery[one]))
    kept = [one for one in order if contest.served[one]][: contest.reserve[row]]
    rest = [one for one in order if one not in kept]
    return {*kept, *rest[: contest.capacity[row] - len(kept)]}


def is_stable(contest, match):
    """Tell whether each host keeps all it holds, and would take nobody who would rather come."""
    lists = listed(contest)
    place = [[*(row for row, _priority in mine), NOTHING] for mine in lists]
    for row in range(contest.opportunities):
        held = {one for one in range(contest.people) if match[one] == row}
        if any(dict(lists[one])[row] == SHUT for one in held):
            return False
        wanting = {
            one
            for one, mine in enumerate(lists)
            if dict(mine).get(row, SHUT) != SHUT
            and place[one].index(row) < place[one].index(match[one])
        }
        if chosen(contest, row, held) != held:
            return False
        if any(one in chosen(contest, row, held | {one}) for one in wanting):
            return False
    return True


def stable_matchings(contest):
    """Find every stable allocation of a small contest, as tuples of rows."""
    ways = [[NOTHING, *(row for row, _priority in mine)] for mine in listed(contest)]
    return [match for match in product(*ways) if is_stable(contest, match)]


def places_of(contest, match):
    """Tell which of their choices people hold; worse than all of them is the length."""
    return [
        [*(row for row, _priority in mine), NOTHING].index(row)
        for mine, row in zip(listed(contest), match, strict=True)
    ]


def best_for_everybody(contest):
    """Find the stable allocation that nobody could better by another."""
    found = {match: places_of(contest, match) for match in stable_matchings(contest)}
    best = np.min(list(found.values()), axis=0) if contest.people else np.zeros(0)
    (match,) = [match for match, places in found.items() if np.array_equal(places, best)]
    return match
