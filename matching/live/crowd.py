"""Everybody who may be recommended something, as arrays, some thousands at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice

from matching.engine.facts import PersonFacts
from matching.engine.people import People, build_people
from matching.live import answers
from matching.live.encode import standing_of, with_answers
from matching.live.world import World
from people.models import Profile

# people a part: some 5 MB as arrays, and seconds of work
PART = 20_000
READ = 1_000


def in_parts(world: World, size: int = PART) -> Iterator[People]:
    """Go through the people who want to learn something, some at a time."""
    after = 0
    while rows := answers.read(after, size):
        after = rows[-1].profile
        facts = (answers.facts(row, world) for row in rows)
        yield build_people([row.person for row in rows], facts, world.reference)


def facts_of(people: Iterable[int], world: World) -> Iterator[dict[int, PersonFacts]]:
    """Read some people's answers as they are this moment, a thousand at a time.

    Whoever does not want to learn anything, or may not sign in, is left out.
    """
    wanted = iter(sorted(people))
    while chunk := list(islice(wanted, READ)):
        rows = Profile.objects.who_want_to_learn().with_answers().filter(user__in=chunk)
        yield _facts(list(rows), world)


def _facts(profiles: list[Profile], world: World) -> dict[int, PersonFacts]:
    standing = standing_of([profile.user for profile in profiles])
    return {
        profile.user_id: with_answers(standing[profile.user_id], profile, world)
        for profile in profiles
    }
