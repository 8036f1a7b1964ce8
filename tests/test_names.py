"""Every row names itself in words, for logs and for whoever looks into the database."""

import pytest

from audit.actions import record
from experts.models import Membership
from matching.actions import choose_signals, rebuild
from matching.models import Change
from notifications.actions import queue_email
from people.models import ApprovalRule, RoleGrant
from placements.choices import ApplicationStatus as S
from placements.models import DecisionCode, SavedOpportunity, SkillInterest
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.matching import a_match
from tests.factories.people import ProfileSkillFactory, SkillFactory, department_admin
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("ladder")
def test_rows_of_people_name_the_person_or_thing_they_are_about():
    held = ProfileSkillFactory(level=1)
    admin = department_admin(held.profile.user.department or ApplicationFactory().department)

    assert str(held.profile) == f"Profile of {held.profile.user}"
    assert str(held) == f"{held.skill}: {held.get_level_display()}"
    assert str(RoleGrant.objects.get(user=admin)) == f"Department admin: {admin}"
    assert "from 11 working days" in str(ApprovalRule.objects.get(min_working_days=11))


def test_rows_of_an_application_name_it():
    application = ApplicationFactory(status=S.CONFIRMED)
    asked = ApplicationFactory(status=S.WITH_MANAGER).manager_requests.get()
    waiting = ApplicationFactory(status=S.WITH_DEPARTMENT)

    assert str(application.placement) == application.placement.reference
    assert str(application.offer) == f"Offer for {application}"
    assert str(waiting.approvals.get()) == f"{waiting}: Department"
    assert str(DecisionCode(request=asked)) == f"Code for {asked}"


def test_rows_of_matching_and_of_wishes_name_what_they_are_about():
    user, opportunity = a_match()
    skill = SkillFactory(name="Optics")
    snapshot = rebuild()

    assert str(snapshot) == f"1 opportunities, {snapshot.hash[:12]}"
    assert str(Change(opportunity_id=opportunity.pk)) == str(opportunity.pk)
    assert str(choose_signals(user, by=user, used=[])) == f"Choices of {user}"
    assert str(SkillInterest(user=user, skill=skill)) == f"{user} wants to learn Optics"
    saved = SavedOpportunity(user=user, opportunity=opportunity)
    assert str(saved) == f"{opportunity} saved by {user}"
    taught = opportunity.opportunity_skills.first()
    assert str(taught) == f"{taught.skill}: {taught.get_level_display()}"


def test_a_letter_an_event_and_a_membership_name_who_and_what():
    organisation = OrganisationFactory()
    host = host_of(organisation)
    letter = queue_email("home/emails/admin_ended", to=host)
    event = record("retire_skill", organisation, by=host)

    assert str(letter) == f"home/emails/admin_ended to {host}"
    assert str(event) == f"retire_skill experts.organisation {organisation.pk}"
    assert str(Membership.objects.get(user=host)) == f"{host}, {organisation}"
