"""People and opportunities that suit each other, for tests."""

import factory

from matching.models import Rematch, SavedSearch
from people.choices import SkillUse
from people.models import User
from placements.choices import SkillRole
from tests.factories.people import CivilServantFactory, ProfileSkillFactory, SkillFactory
from tests.factories.placements import OpportunityFactory, OpportunitySkillFactory


class RematchFactory(factory.django.DjangoModelFactory):
    """A match of everybody that the service itself asked for."""

    asked_by = factory.LazyFunction(User.objects.system)

    class Meta:
        model = Rematch


class SavedSearchFactory(factory.django.DjangoModelFactory):
    """A search that a civil servant keeps."""

    user = factory.SubFactory(CivilServantFactory)
    name = "Shadowing"
    query = "type=shadowing"

    class Meta:
        model = SavedSearch


def learner(*skills, level=0, **profile):
    """Make a civil servant who wants to learn these skills."""
    user = CivilServantFactory(**{f"profile__{name}": value for name, value in profile.items()})
    for skill in skills:
        ProfileSkillFactory(profile=user.profile, skill=skill, use=SkillUse.LEARN, level=level)
    return user


def teaching(*skills, level=3, **fields):
    """Make an open opportunity that teaches these skills."""
    opportunity = OpportunityFactory(**fields)
    for skill in skills:
        OpportunitySkillFactory(opportunity=opportunity, skill=skill, level=level)
    return opportunity


def asking(opportunity, *skills, level=2):
    """Make an opportunity ask for skills."""
    for skill in skills:
        OpportunitySkillFactory(
            opportunity=opportunity, skill=skill, level=level, role=SkillRole.NEEDED
        )
    return opportunity


def a_match(**fields):
    """Make a person and an opportunity that suit each other well."""
    skills = SkillFactory.create_batch(2)
    return learner(*skills), teaching(*skills, **fields)
