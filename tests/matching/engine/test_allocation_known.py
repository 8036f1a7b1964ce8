"""Instances of the literature give the matchings that were published with them.

Each is checked twice: against what was printed, and against every stable matching that trying all
of them finds. None has two opportunities that share a limit, as student-project allocation with
busy lecturers does (Abraham, Irving and Manlove, 2007): a contest has no such limits.
"""

from dataclasses import dataclass
from itertools import permutations

import pytest

from matching.engine.allocation import allocate
from matching.engine.certificate import faults
from matching.engine.contest import NOTHING, SHUT, Contest
from tests.matching.engine.contests import best_for_everybody, listed, stable_matchings
from tests.matching.engine.test_allocation import KERNELS


@dataclass(frozen=True)
class Instance:
    """Lists of both sides, the best first, and who gets what."""

    people: dict[str, list[str]]
    hosts: dict[str, list[str]]
    seats: dict[str, int]
    published: dict[str, str]
    # all stable matchings, where the source counts them
    stable: int | None = None

    def contest(self):
        """Give it as a contest; whom a host does not list it does not want."""
        rows = list(self.hosts)
        lists = [
            [(rows.index(host), self.worth(host, one)) for host in mine]
            for one, mine in self.people.items()
        ]
        return Contest.of(lists, [self.seats.get(host, 1) for host in rows])

    def worth(self, host, one):
        mine = self.hosts[host]
        return len(mine) - mine.index(one) if one in mine else SHUT

    def match(self):
        """Give what was published as rows."""
        rows = list(self.hosts)
        return [
            rows.index(self.published[one]) if one in self.published else NOTHING
            for one in self.people
        ]


def each(table):
    """Read lists such as "A: x y z", one a line."""
    pairs = (line.split(":") for line in table.strip().splitlines())
    return {name.strip(): rest.split() for name, rest in pairs}


def pairs(text):
    """Read what was published, such as "A-x B-y"."""
    return dict(pair.split("-") for pair in text.split())


INSTANCES = {
    # Gale and Shapley (1962), "College admissions and the stability of marriage", Example 1:
    # everybody's first choice; giving all second choices, or the women their first, is stable too
    "Gale and Shapley 1": Instance(
        each("""
        alpha: A B C
        beta: B C A
        gamma: C A B
        """),
        each("""
        A: beta gamma alpha
        B: gamma alpha beta
        C: alpha beta gamma
        """),
        {},
        pairs("alpha-A beta-B gamma-C"),
        stable=3,
    ),
    # the same paper, Example 2: only one is stable, and nobody of either side gets a first choice
    "Gale and Shapley 2": Instance(
        each("""
        alpha: A B C D
        beta: A D C B
        gamma: B A C D
        delta: D B C A
        """),
        each("""
        A: delta gamma alpha beta
        B: beta delta alpha gamma
        C: delta alpha beta gamma
        D: gamma beta alpha delta
        """),
        {},
        pairs("alpha-C beta-D gamma-A delta-B"),
        stable=1,
    ),
    # Knuth (1976), "Mariages stables": the four by four with ten stable matchings, the most there
    # can be (Gusfield and Irving, 1989, chapter 1)
    "Knuth, ten of four": Instance(
        each("""
        1: a b c d
        2: b a d c
        3: c d a b
        4: d c b a
        """),
        each("""
        a: 4 3 2 1
        b: 3 4 1 2
        c: 2 1 4 3
        d: 1 2 3 4
        """),
        {},
        pairs("1-a 2-b 3-c 4-d"),
        stable=10,
    ),
    # Gusfield and Irving (1989), "The Stable Marriage Problem", the running instance of size 8,
    # the men's best; its women's best is below
    "Gusfield and Irving": Instance(
        each("""
        1: e g a b f h d c
        2: b c g e d a h f
        3: h e a d f b c g
        4: c b g d a f h e
        5: g b e a c f h d
        6: a f g e h d b c
        7: b e g f c d h a
        8: c h d e g b f a
        """),
        each("""
        a: 5 3 7 6 1 2 8 4
        b: 8 6 3 5 7 2 1 4
        c: 1 5 6 2 4 8 7 3
        d: 8 7 3 2 4 1 5 6
        e: 6 4 7 3 8 1 2 5
        f: 2 8 5 4 6 3 7 1
        g: 7 5 2 1 8 6 4 3
        h: 7 4 1 5 2 3 6 8
        """),
        {},
        pairs("1-e 2-c 3-h 4-f 5-g 6-a 7-b 8-d"),
    ),
    # Roth (1985), "The college admissions problem is not equivalent to the marriage problem", and
    # Roth and Sotomayor (1990), chapter 5: one is stable, though all colleges would like another
    "Roth": Instance(
        each("""
        s1: C3 C1 C2
        s2: C2 C1 C3
        s3: C1 C3 C2
        s4: C1 C2 C3
        """),
        each("""
        C1: s1 s2 s3 s4
        C2: s1 s2 s3 s4
        C3: s3 s1 s2 s4
        """),
        {"C1": 2},
        pairs("s1-C3 s2-C2 s3-C1 s4-C1"),
        stable=1,
    ),
    # National Resident Matching Program, "How the matching algorithm works": two positions each
    "NRMP": Instance(
        each("""
        Anderson: City
        Brown: City Mercy
        Chen: City Mercy
        Davis: Mercy City General State
        Eastman: City Mercy State General
        Ford: City General Mercy State
        Garcia: City Mercy State General
        Hassan: State City Mercy General
        """),
        each("""
        Mercy: Chen Garcia
        City: Garcia Hassan Eastman Anderson Brown Chen Davis Ford
        General: Brown Eastman Hassan Anderson Chen Davis Garcia
        State: Brown Eastman Anderson Chen Hassan Ford Davis Garcia
        """),
        {"Mercy": 2, "City": 2, "General": 2, "State": 2},
        pairs("Chen-Mercy Eastman-City Garcia-City Davis-General Ford-State Hassan-State"),
    ),
    # Roth (1982), "The economics of matching: stability and incentives", and Abdulkadiroglu and
    # Sonmez (2003), "School choice: a mechanism design approach", Example 1: the one stable
    # matching is worse for 1 and 2 than to swap their schools
    "Abdulkadiroglu and Sonmez": Instance(
        each("""
        i1: s2 s1 s3
        i2: s1 s2 s3
        i3: s1 s2 s3
        """),
        each("""
        s1: i1 i3 i2
        s2: i2 i1 i3
        s3: i2 i1 i3
        """),
        {},
        pairs("i1-s1 i2-s2 i3-s3"),
        stable=1,
    ),
    # the example of the PyPI package "matching" (Wilde, Knight and Gillard, 2020, JOSS 5(48))
    "matching": Instance(
        each("""
        A: D E F
        B: D F E
        C: F D E
        """),
        each("""
        D: B C A
        E: A C B
        F: C B A
        """),
        {},
        pairs("A-E B-D C-F"),
    ),
}


@pytest.mark.parametrize("name", INSTANCES)
@pytest.mark.parametrize("kernel", KERNELS)
def test_the_published_matching_is_found(kernel, name):
    contest = INSTANCES[name].contest()

    got = allocate(contest, kernel=kernel)

    assert got.match.tolist() == INSTANCES[name].match()
    assert faults(contest, got) == []


@pytest.mark.parametrize("name", [name for name in INSTANCES if name != "Gusfield and Irving"])
def test_the_published_matching_is_the_best_of_all_that_are_stable(name):
    contest = INSTANCES[name].contest()

    assert best_for_everybody(contest) == tuple(INSTANCES[name].match())
    if INSTANCES[name].stable:
        assert len(stable_matchings(contest)) == INSTANCES[name].stable


def marriages_of(instance):
    """Find every stable marriage of an instance in which nobody can stay alone."""
    lists = [dict(mine) for mine in listed(instance.contest())]
    rank = [list(mine) for mine in lists]
    size = len(lists)

    def breaks(match, one, row):
        other = match.index(row)
        better = rank[one].index(row) < rank[one].index(match[one])
        return better and lists[one][row] > lists[other][row]

    for match in permutations(range(size)):
        if not any(breaks(match, one, row) for one in range(size) for row in range(size)):
            yield match


def test_the_best_of_either_side_of_gusfield_and_irvings_instance_are_the_published_ones():
    instance = INSTANCES["Gusfield and Irving"]
    women = Instance(instance.hosts, instance.people, {}, pairs("a-5 b-3 c-1 d-8 e-6 f-2 g-7 h-4"))

    found = list(marriages_of(instance))
    got = allocate(women.contest())

    assert tuple(instance.match()) in found
    assert got.match.tolist() == women.match()
    assert tuple(got.match.tolist().index(one) for one in range(8)) in found


# Kojima (2012), "School choice: impossibilities for affirmative action": s3 is of the minority
KOJIMA = Instance(
    each("""
    s1: c1
    s2: c1 c2
    s3: c2 c1
    """),
    each("""
    c1: s1 s2 s3
    c2: s2 s3 s1
    """),
    {"c1": 2},
    pairs("s1-c1 s2-c1 s3-c2"),
)


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_reserve_does_not_hurt_whom_a_quota_would(kernel):
    """A quota of one for the others at c1 sends s2 to c2 and s3 away from it; a reserve does not.

    Hafalir, Yenmez and Yildirim (2013), "Effective affirmative action in school choice".
    """
    plain = KOJIMA.contest()
    lists = listed(plain)
    served = [False, False, True]
    reserved = Contest.of(lists, [2, 1], reserve=[1, 0], served=served)

    assert allocate(plain, kernel=kernel).match.tolist() == KOJIMA.match()
    assert allocate(reserved, kernel=kernel).match.tolist() == KOJIMA.match()
    assert best_for_everybody(reserved) == tuple(KOJIMA.match())
