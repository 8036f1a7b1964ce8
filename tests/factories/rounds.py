"""Matching rounds for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from core.calendar import today
from matching.choices import RoundStatus
from matching.models import Round, RoundPlace
from people.choices import OpportunityType
from tests.factories.people import UserFactory
from tests.factories.placements import OpportunityFactory


class RoundFactory(DjangoModelFactory):
    """A round that takes choices; its lists lock in ten days."""

    class Meta:
        model = Round

    class Params:
        planned = factory.Trait(status=RoundStatus.PLANNED)

    name = factory.Sequence(lambda n: f"Round Number {n}")
    slug = factory.Sequence(lambda n: f"round-number-{n}")
    status = RoundStatus.CHOOSING
    types = factory.LazyFunction(lambda: [OpportunityType.PLACEMENT])
    created_by = factory.SubFactory(UserFactory)
    opens_on = factory.LazyFunction(today)
    locks_on = factory.LazyAttribute(lambda o: o.opens_on + dt.timedelta(days=10))
    results_on = factory.LazyAttribute(lambda o: o.locks_on + dt.timedelta(days=10))
    reply_by = factory.LazyAttribute(lambda o: o.results_on + dt.timedelta(days=7))
    second_opens_on = factory.LazyAttribute(lambda o: o.reply_by + dt.timedelta(days=2))
    second_locks_on = factory.LazyAttribute(lambda o: o.second_opens_on + dt.timedelta(days=7))
    second_results_on = factory.LazyAttribute(lambda o: o.second_locks_on + dt.timedelta(days=7))
    second_reply_by = factory.LazyAttribute(lambda o: o.second_results_on + dt.timedelta(days=7))


class RoundPlaceFactory(DjangoModelFactory):
    class Meta:
        model = RoundPlace

    round = factory.SubFactory(RoundFactory)
    opportunity = factory.SubFactory(OpportunityFactory)
    places = 1
