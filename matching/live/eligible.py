"""Why somebody may not have an opportunity in a round: the engine's rules, in sentences."""

from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext as _

from matching.engine import live
from matching.engine.build import build
from matching.engine.facts import UNKNOWN, OpportunityFacts, PersonFacts
from matching.engine.rules import failures
from matching.live import sentences, store
from matching.live.encode import encode, person_facts
from matching.live.world import World
from people.models import Profile, User
from placements.models import Opportunity


def why_not(user: User, opportunity: Opportunity) -> list[str]:
    """List the sentences of every rule that says no; none means that they may have it."""
    world = store.state().world
    person = _person(user, world)
    offer = encode(Opportunity.objects.filter(pk=opportunity.pk), world)[0]
    one = build([offer], world.reference, seed=0)
    miles = _miles(person, offer, world)
    if not person.grade or not user.name:
        return [_("Your profile does not say everything we need: your name and your grade")]
    return [
        sentences.failing_rule(rule.slug, rule.sentence, opportunity, miles)
        for rule in live.why_not(person, one, world.reference, 0)
    ]


def eligible(user: User, opportunities: Iterable[int]) -> set[int]:
    """Keep the opportunities that a person may have."""
    world = store.state().world
    person = _person(user, world)
    offers = encode(Opportunity.objects.filter(pk__in=list(opportunities)), world)
    if not offers or not person.grade or not user.name:
        return set()
    arrays = build(offers, world.reference, seed=0)
    failed, _no_other_answer = failures(person, arrays, world.reference)
    return set(arrays.pk[np.flatnonzero(failed == 0)].tolist())


def _person(user: User, world: World) -> PersonFacts:
    profile = Profile.objects.with_answers().filter(user=user).first()
    return person_facts(user, profile, world)


def _miles(person: PersonFacts, offer: OpportunityFacts, world: World) -> int:
    known = UNKNOWN not in {person.town, offer.town}
    return int(world.reference.miles[person.town, offer.town]) if known else 0
