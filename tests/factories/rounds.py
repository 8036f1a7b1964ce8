"""Matching rounds for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from core.calendar import today
from matching.choices import HostGroup, RoundStatus
from matching.models import Choice, Grouping, Round, RoundList, RoundPlace
from people.choices import OpportunityType
from tests.factories.people import CivilServantFactory, UserFactory
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


class RoundListFactory(DjangoModelFactory):
    class Meta:
        model = RoundList

    round = factory.SubFactory(RoundFactory)
    person = factory.SubFactory(CivilServantFactory)


def listing(person, *places):
    """Make a person's list of places of one round, in this order."""
    mine = RoundListFactory(round=places[0].round, person=person)
    for position, place in enumerate(places, start=1):
        Choice.objects.create(list=mine, place=place, position=position)
    return mine


def supported(person, *places):
    """Make a list that the line manager supports, whatever is on it."""
    mine = listing(person, *places)
    mine.manager, mine.support, mine.support_days = person.profile.line_manager, "yes", 520
    mine.save()
    return mine


def grouped(host, place, **groups):
    """Put lists in groups: the most wanted, and so on."""
    for name, lists in groups.items():
        for mine in lists:
            Grouping.objects.create(
                place=place, list=mine, group=HostGroup[name.upper()], grouped_by=host
            )
