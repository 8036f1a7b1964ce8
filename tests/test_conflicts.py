"""What the database refuses is said in a sentence of its own."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from core.errors import constraint_of
from core.views import errors
from experts.choices import MemberRole
from people.choices import DepartmentStep, ManagerStep, OpportunityType
from people.models import ApprovalRule, SkillSynonym
from placements.choices import ApplicationStatus
from placements.models import Opportunity, SavedOpportunity, SkillInterest
from stemfutures.conflicts import ONLY_A_BUG, SENTENCES
from tests.factories.experts import MembershipFactory, OrganisationFactory
from tests.factories.matching import SavedSearchFactory
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    ProfileFactory,
    ProfileSkillFactory,
    RoleGrantFactory,
    SkillFactory,
    UserFactory,
)
from tests.factories.placements import (
    ApplicationFactory,
    ApprovalFactory,
    ManagerRequestFactory,
    OfferFactory,
    OpportunityFactory,
    OpportunitySkillFactory,
    PlacementFactory,
)
from tests.factories.rounds import RoundFactory, RoundPlaceFactory
from tests.test_architecture import PACKAGES

pytestmark = pytest.mark.django_db


def named_constraints():
    """Name every constraint that our models give a name."""
    return {
        constraint.name
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PACKAGES
        for constraint in model._meta.constraints  # noqa: SLF001 - Django's documented way
    }


def names_in_the_database():
    """Name every constraint and unique index that the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION"
            " SELECT relname FROM pg_class JOIN pg_index ON indexrelid = oid WHERE indisunique"
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_constraint_has_a_sentence_or_is_for_bugs_only():
    assert named_constraints() - SENTENCES.keys() - ONLY_A_BUG == set()


def test_no_constraint_is_both():
    assert not SENTENCES.keys() & ONLY_A_BUG


def test_nothing_is_explained_that_the_database_does_not_hold():
    assert (SENTENCES.keys() | ONLY_A_BUG) - names_in_the_database() == set()


def twice(make, **fields):
    """Make the same row a second time."""
    make(**fields)
    make(**fields)


def apply_twice():
    twice(ApplicationFactory, opportunity=OpportunityFactory(), applicant=CivilServantFactory())


def ask_twice():
    twice(ManagerRequestFactory, application=ApplicationFactory())


def sign_off_twice():
    twice(ApprovalFactory, application=ApplicationFactory())


def offer_twice():
    twice(OfferFactory, application=ApplicationFactory())


def confirm_twice():
    application = ApplicationFactory()
    PlacementFactory(application=application)
    later = application.ends_on + dt.timedelta(days=1)
    PlacementFactory(application=application, starts_on=later, ends_on=later)


def be_in_two_places():
    person = CivilServantFactory()
    twice(lambda: PlacementFactory(application=ApplicationFactory(applicant=person)))


def leave_too_few_places():
    held = ApplicationFactory(status=ApplicationStatus.OFFERED).opportunity
    ApplicationFactory(status=ApplicationStatus.OFFERED, opportunity=held)
    Opportunity.objects.filter(pk=held.pk).update(places=1)


def teach_twice():
    twice(OpportunitySkillFactory, opportunity=OpportunityFactory(), skill=SkillFactory())


def plan_twice():
    twice(RoundFactory, slug="autumn")


def take_part_twice():
    twice(RoundPlaceFactory, round=RoundFactory(), opportunity=OpportunityFactory())


def save_twice():
    twice(SavedOpportunity.objects.create, user=UserFactory(), opportunity=OpportunityFactory())


def wish_twice():
    twice(SkillInterest.objects.create, user=UserFactory(), skill=SkillFactory())


def name_twice():
    UserFactory(email="ann@example.org")
    UserFactory(email="Ann@example.org")


def grant_twice():
    twice(RoleGrantFactory, user=UserFactory())


def lay_a_rung_twice():
    twice(
        ApprovalRule.objects.create,
        opportunity_type=OpportunityType.SHADOWING,
        manager=ManagerStep.TOLD,
        department_step=DepartmentStep.TOLD,
        department=DepartmentFactory(),
    )


def begin_a_profile_twice():
    twice(ProfileFactory, user=UserFactory())


def learn_twice():
    twice(ProfileSkillFactory, profile=ProfileFactory(), skill=SkillFactory())


def name_a_department_twice():
    twice(DepartmentFactory, name="Department for Twins")


def give_a_domain_twice():
    twice(DepartmentFactory, domain="twins.gov.uk")


def name_a_skill_twice():
    twice(SkillSynonym.objects.create, skill=SkillFactory(), name="Twin")


def join_twice():
    twice(
        MembershipFactory,
        user=UserFactory(),
        organisation=OrganisationFactory(),
        role=MemberRole.OWNER,
    )


def name_an_organisation_twice():
    twice(OrganisationFactory, name="Twins")


def host_twice():
    twice(OrganisationFactory, department=DepartmentFactory())


def keep_a_search_twice():
    twice(SavedSearchFactory, user=CivilServantFactory())


def take_a_reference(factory):
    def taken():
        twice(factory, reference="XX-TAKEN000")

    return taken


RACES = {
    "placements_one_live_application": apply_twice,
    "placements_one_open_request": ask_twice,
    "placements_approval_once": sign_off_twice,
    "placements_offer_application_id_key": offer_twice,
    "placements_placement_application_id_key": confirm_twice,
    "placements_no_overlap": be_in_two_places,
    "placements_application_reference_key": take_a_reference(ApplicationFactory),
    "placements_placement_reference_key": take_a_reference(PlacementFactory),
    "placements_opportunity_held": leave_too_few_places,
    "placements_opportunity_skill_once": teach_twice,
    "placements_opportunity_reference_key": take_a_reference(OpportunityFactory),
    "matching_round_slug_key": plan_twice,
    "matching_round_place_once": take_part_twice,
    "placements_saved_once": save_twice,
    "matching_search_once": keep_a_search_twice,
    "matching_savedsearch_reference_key": take_a_reference(SavedSearchFactory),
    "placements_interest_once": wish_twice,
    "people_user_email": name_twice,
    "people_grant_once": grant_twice,
    "people_ladder_rung_once": lay_a_rung_twice,
    "people_profile_user_id_key": begin_a_profile_twice,
    "people_profile_skill_once": learn_twice,
    "people_department_name_key": name_a_department_twice,
    "people_emaildomain_domain_key": give_a_domain_twice,
    "people_synonym_once": name_a_skill_twice,
    "experts_membership_once": join_twice,
    "experts_organisation_name_key": name_an_organisation_twice,
    "experts_organisation_department_id_key": host_twice,
}


def test_every_sentence_is_tried():
    assert RACES.keys() == SENTENCES.keys()


@pytest.mark.parametrize("name", RACES)
def test_whoever_comes_second_reads_what_happened(name):
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        RACES[name]()

    response = errors.database_response(raised.value)
    assert constraint_of(raised.value) == name
    assert response.status_code == 409
    assert str(SENTENCES[name]) in response.content.decode()


def test_another_refusal_is_the_general_page():
    response = errors.database_response(IntegrityError("something else"))

    assert response.status_code == 409
    assert "only the first was saved" in response.content.decode()
