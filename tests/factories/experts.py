"""Partner organisations for tests."""

import factory
from factory.django import DjangoModelFactory

from experts.choices import MemberRole, OrganisationKind, OrganisationStatus
from experts.models import Membership, Organisation
from people.models import User
from tests.factories.people import TownFactory, UserFactory


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Institute Number {n}")
    kind = OrganisationKind.INSTITUTE
    status = OrganisationStatus.ACTIVE
    summary = "Measures things that are hard to measure."
    town = factory.SubFactory(TownFactory)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = MemberRole.MEMBER
    granted_by = factory.LazyFunction(User.objects.system)


def host_of(organisation: Organisation, role: str = MemberRole.OWNER) -> User:
    """Make somebody who acts for an organisation."""
    return MembershipFactory(organisation=organisation, role=role).user
