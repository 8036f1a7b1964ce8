"""Everybody who may be recommended something, as arrays, some thousands at a time."""

from collections.abc import Iterator
from itertools import islice

from matching.engine.people import People, build_people
from matching.live.encode import standing_of, with_answers
from matching.live.world import World
from people.models import Profile

# people a part: some 5 MB as arrays, and seconds of work
PART = 20_000
READ = 1_000


def in_parts(world: World, size: int = PART) -> Iterator[People]:
    """Go through the people who want to learn something; a cursor of the database's reads them."""
    blocks = _blocks(world, min(READ, size))
    while part := list(islice(blocks, max(1, size // READ))):
        yield People.joined(part)


def _blocks(world: World, size: int) -> Iterator[People]:
    rows = Profile.objects.who_want_to_learn().with_answers()
    profiles = rows.iterator(chunk_size=size)
    while found := list(islice(profiles, size)):
        standing = standing_of([profile.user for profile in found])
        facts = [with_answers(standing[profile.user_id], profile, world) for profile in found]
        yield build_people([profile.user_id for profile in found], facts, world.reference)
