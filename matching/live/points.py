"""Points and rules for many people and the places of a round, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.engine import live
from matching.engine.build import build
from matching.engine.changes import strength
from matching.engine.rules import failures
from matching.live import store
from matching.live.encode import encode, standing_of, with_answers
from people.models import Profile, User
from placements.models import Opportunity


@dataclass(frozen=True)
class Fit:
    """How well one place fits one person: points, a step, and whether rules allow it."""

    points: int
    strength: int
    may_have: bool


def fits(people: Sequence[User], opportunities: Sequence[int]) -> dict[tuple[int, int], Fit]:
    """Compare each person with each opportunity; keys are theirs."""
    world = store.state().world
    offers = encode(Opportunity.objects.filter(pk__in=opportunities), world)
    if not offers or not people:
        return {}
    arrays = build(offers, world.reference, seed=0)
    facts = standing_of(people)
    profiles = Profile.objects.with_answers().filter(user__in=[each.pk for each in people])
    for profile in profiles:
        facts[profile.user_id] = with_answers(facts[profile.user_id], profile, world)
    found: dict[tuple[int, int], Fit] = {}
    for user in people:
        person = facts[user.pk]
        points = live.scores(person, arrays, world.reference).tolist()
        failed, _fixed = failures(person, arrays, world.reference)
        told = bool(person.grade and user.name)
        for row, pk in enumerate(arrays.pk.tolist()):
            step = strength(points[row], person.off)
            found[user.pk, pk] = Fit(points[row], step, told and not failed[row])
    return found
