"""New and edited opportunities put to everybody: whose best twenty they enter now.

The people and lists of the newest match are where it starts from. What has changed since is read
as it is this moment: opportunities that changed, and people who changed their answers. So the
result is what each person's own search would find, for a small part of the work.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from core.calendar import today
from matching.engine import live
from matching.engine.build import build
from matching.engine.live import Found
from matching.engine.opportunities import Opportunities, lottery_numbers
from matching.engine.people import People, build_people
from matching.engine.reference import Reference
from matching.engine.reversed import Floors, candidates, entering, reached
from matching.engine.work import K
from matching.live.crowd import facts_of
from matching.live.encode import encode, open_opportunities
from matching.live.files import mapped
from matching.live.store import Block
from matching.live.world import World
from matching.models import (
    Change,
    Edition,
    PersonChange,
    RecommendedList,
    Rematch,
    RematchPart,
    Snapshot,
)

Entries = set[tuple[int, int]]


@dataclass(frozen=True)
class Now:
    """The opportunities of a match, which of them are no more, and what there is since."""

    rematch: Rematch
    seed: int
    world: World
    listed: Opportunities
    gone: frozenset[int]
    new: Opportunities

    @property
    def reference(self) -> Reference:
        """Give the engine its numbers."""
        return self.world.reference

    @property
    def blocks(self) -> list[Block]:
        """Give everything that is open, for a search."""
        kept = ~np.isin(self.listed.pk, list(self.gone))
        return [(self.new, np.ones(len(self.new), dtype=np.bool_)), (self.listed, kept)]


def now(rematch: Rematch, snapshot: Snapshot) -> Now:
    """Read what changed since a match began.

    Some of it the match has read already: then it is compared anew, and nothing else.
    """
    world = World.from_manifest(snapshot.manifest)
    listed = mapped(Opportunities, snapshot.hash, lambda: bytes(snapshot.content))
    changed = Edition.objects.changed_since(rematch.queued_at)
    changed |= {pk for _pk, pk in Change.objects.waiting()}
    facts = encode(open_opportunities().filter(pk__in=changed), world)
    over = listed.pk[listed.closing_day < today().toordinal()]
    return Now(
        rematch=rematch,
        seed=snapshot.lottery_seed,
        world=world,
        listed=listed,
        gone=frozenset({*changed, *over.tolist()}),
        new=build(facts, world.reference, snapshot.lottery_seed),
    )


def whose_best(rematch: Rematch, snapshot: Snapshot, wanted: Iterable[int]) -> Entries:
    """Find who has some new opportunities among their best: pairs of person and opportunity."""
    here, asked = now(rematch, snapshot), set(wanted)
    edited = PersonChange.objects.people()
    found: Entries = set()
    doubtful = set(_edited(here, edited, asked))
    for part in RematchPart.objects.of(rematch):
        people = _people_of(part)
        same = np.flatnonzero(~np.isin(people.pk, list(edited)))
        sure, unsure = _of_part(here, people.take(same) if edited else people, asked)
        found |= sure
        doubtful |= unsure
    return found | _searched(here, doubtful, asked)


def _people_of(part: RematchPart) -> People:
    return mapped(People, part.hash, lambda: bytes(part.content))


def _edited(here: Now, people: set[int], asked: set[int]) -> Iterator[int]:
    """Find who of those that changed their answers might have it among their best."""
    rows = [row for row, pk in enumerate(here.new.pk.tolist()) if pk in asked]
    for facts in facts_of(people, here.world):
        arrays = build_people(facts, facts.values(), here.reference)
        for row in rows:
            yield from arrays.pk[reached(arrays, here.new, row, here.reference).rows].tolist()


def _of_part(here: Now, people: People, asked: set[int]) -> tuple[Entries, set[int]]:
    """Put the new opportunities to the people of a part: certain pairs, and whom to search for."""
    found = candidates(
        people,
        _floors(here, people),
        here.listed,
        gone=np.flatnonzero(np.isin(here.listed.pk, list(here.gone))).tolist(),
        new=here.new,
        reference=here.reference,
    )
    new: dict[int, list[Found]] = defaultdict(list)
    for person, row, points in zip(found.people, found.offers, found.points, strict=True):
        one = Found(-int(points), int(here.new.lottery[row]), int(here.new.pk[row]))
        new[int(people.pk[person])].append(one)
    sure_pairs: Entries = set()
    unsure_people: set[int] = set()
    for pk, listed in _lists(here, new):
        sure, doubtful = entering(listed, here.gone, new[pk], K)
        sure_pairs |= {(pk, one.pk) for one in sure if one.pk in asked}
        unsure_people |= {pk for one in doubtful if one.pk in asked}
    return sure_pairs, unsure_people


def _floors(here: Now, people: People) -> Floors:
    points = np.full(len(people), -1, dtype=np.int16)
    lottery = np.zeros(len(people), dtype=np.uint64)
    lasts = RecommendedList.objects.lasts(here.rematch.pk, people.pk.tolist(), K)
    if lasts:
        owner, last, offer = np.array(lasts, dtype=np.int64).T
        order = np.argsort(people.pk)
        rows = order[np.searchsorted(people.pk[order], owner)]
        points[rows] = last
        lottery[rows] = lottery_numbers(offer, here.seed)
    return Floors(points, lottery)


def _lists(here: Now, people: Mapping[int, object]) -> Iterator[tuple[int, list[Found]]]:
    """Read some people's lists; whoever has none had nothing that was worth a word."""
    rows = RecommendedList.objects.of_people(here.rematch.pk, list(people))
    stored = {
        pk: (offers, points)
        for pk, offers, points in rows.values_list("user_id", "opportunities", "points")
    }
    for pk in people:
        offers, points = stored.get(pk, ([], []))
        numbers = lottery_numbers(np.array(offers, dtype=np.int64), here.seed).tolist()
        cells = zip(points, numbers, offers, strict=True)
        yield pk, [Found(-score, number, offer) for score, number, offer in cells]


def _searched(here: Now, people: Iterable[int], asked: set[int]) -> Entries:
    """Search for some people one by one, as their own page does."""
    found: Entries = set()
    for facts in facts_of(people, here.world):
        for pk, person in facts.items():
            best = live.search(person, here.blocks, here.reference, K).matches
            found |= {(pk, one.pk) for one in best if one.pk in asked}
    return found
