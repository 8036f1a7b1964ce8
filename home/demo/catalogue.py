"""Everything the demo is loaded from: the same records on every run, with no database."""

from functools import cache

from home.demo.applying import make_answers
from home.demo.crowd import make_people
from home.demo.hosting import make_hosts, make_organisations
from home.demo.offers import make_opportunities
from home.demo.reading import content
from home.demo.shapes import (
    DemoAnswers,
    DemoHost,
    DemoOpportunity,
    DemoOrganisation,
    DemoPerson,
    DemoStory,
)


@cache
def organisations() -> tuple[DemoOrganisation, ...]:
    """Give the partners."""
    return make_organisations()


@cache
def hosts() -> tuple[DemoHost, ...]:
    """Give the people who host for the partners, the owner of each first."""
    return make_hosts(organisations())


def hosts_of(organisation: str) -> tuple[DemoHost, ...]:
    """Give the people of one partner; an opportunity's contact counts along these."""
    return tuple(host for host in hosts() if host.organisation == organisation)


@cache
def people() -> tuple[DemoPerson, ...]:
    """Give the civil servants."""
    return make_people()


@cache
def opportunities() -> tuple[DemoOpportunity, ...]:
    """Give what the partners offer."""
    return make_opportunities(organisations(), hosts())


def answers() -> DemoAnswers:
    """Give the banks of texts that people write in and around an application."""
    return make_answers()


def stories() -> tuple[DemoStory, ...]:
    """Give the accounts of people who came back."""
    return tuple(DemoStory(**row) for row in content("stories"))
