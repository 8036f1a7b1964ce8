"""The arrays in memory: the newest snapshot, and what changed since it was made."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.calendar import today
from matching.engine.build import build
from matching.engine.opportunities import Opportunities
from matching.live.encode import encode, open_opportunities
from matching.live.world import World
from matching.models import Change, Snapshot

Block = tuple[Opportunities, npt.NDArray[np.bool_]]


@dataclass(frozen=True)
class Held:
    """A snapshot read from the database."""

    pk: int
    seed: int
    world: World
    offers: Opportunities


@dataclass(frozen=True)
class Delta:
    """What changed since a snapshot, as arrays."""

    key: tuple[int | None, tuple[int, ...]]
    changed: npt.NDArray[np.int64]
    offers: Opportunities


@dataclass(frozen=True)
class State:
    """What there is to search now."""

    world: World
    blocks: list[Block]


class Memory:
    """What this process has read; replaced whole, so that threads need no lock."""

    held: Held | None = None
    delta: Delta | None = None


def lottery_seed() -> int:
    """Give this month's seed: ties fall the same way all month, and not for ever."""
    day = today()
    return day.year * 100 + day.month


def state() -> State:
    """Give the arrays as they are this moment.

    Changes are read before the snapshot: what the snapshot already holds may then be looked at
    twice, but nothing is missed.
    """
    changes = Change.objects.waiting()
    held = _held(Snapshot.objects.newest_pk())
    world, seed = (held.world, held.seed) if held else (World.now(), lottery_seed())
    delta = _delta(held, changes, world, seed)
    blocks = [(delta.offers, _open(delta.offers))]
    if held:
        kept = _open(held.offers)
        if len(delta.changed):
            kept &= ~np.isin(held.offers.pk, delta.changed)
        blocks.append((held.offers, kept))
    return State(world, blocks)


def _open(offers: Opportunities) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = offers.closing_day >= today().toordinal()
    return mask


def _held(newest: int | None) -> Held | None:
    if newest is None:
        return None
    if Memory.held is None or Memory.held.pk != newest:
        row = Snapshot.objects.get(pk=newest)
        Memory.held = Held(
            pk=row.pk,
            seed=row.lottery_seed,
            world=World.from_manifest(row.manifest),
            offers=Opportunities.unpacked(bytes(row.content)),
        )
    return Memory.held


def _delta(held: Held | None, changes: list[tuple[int, int]], world: World, seed: int) -> Delta:
    key = (held.pk if held else None, tuple(pk for pk, _changed in changes))
    if Memory.delta is not None and Memory.delta.key == key and held:
        return Memory.delta
    changed = sorted({changed for _pk, changed in changes})
    facts = encode(open_opportunities().filter(pk__in=changed), world) if changed else []
    delta = Delta(
        key=key,
        changed=np.array(changed, dtype=np.int64),
        offers=build(facts, world.reference, seed),
    )
    Memory.delta = delta
    return delta
