"""The demo has people and opportunities enough to believe in, and is the same every time."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict

from audit.models import Event
from experts.models import Organisation
from home.demo import seeding
from home.personas import groups
from matching.live.searches import asked
from matching.models import SavedSearch
from people.models import Department, Profile
from placements.choices import HOLDS_A_PLACE, ApplicationStatus, OpportunityStatus
from placements.models import Application, Approval, ManagerRequest, Opportunity, Placement

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reference_data(django_db_setup, django_db_blocker):
    """Load the reference data once for the module, and take it back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference_data", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo(reference_data, django_db_blocker):
    """Load the demo once for the tests that read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seeding.load()
        transaction.set_rollback(True)


def test_the_demo_is_as_large_and_as_varied_as_promised(demo):
    assert Department.objects.filter(people__isnull=False).distinct().count() >= 12
    assert Organisation.objects.count() >= 40
    assert Profile.objects.count() >= 400
    assert Opportunity.objects.count() >= 300
    assert set(Application.objects.values_list("status", flat=True)) == set(ApplicationStatus) - {
        ApplicationStatus.APPROVED
    }
    assert Application.objects.overdue().count() >= 5


def test_every_place_that_is_held_is_counted(demo):
    for opportunity in Opportunity.objects.all():
        held = opportunity.applications.filter(status__in=HOLDS_A_PLACE).count()
        assert opportunity.held == held
        if opportunity.status == OpportunityStatus.FILLED:
            assert opportunity.places_left == 0


def test_what_others_decided_stands_beside_each_application(demo):
    confirmed = Application.objects.in_states([ApplicationStatus.CONFIRMED])
    waiting = Application.objects.in_states([ApplicationStatus.WITH_DEPARTMENT])

    assert Placement.objects.count() == confirmed.count()
    assert all(row.approvals.waiting().count() == 1 for row in waiting)
    assert not Approval.objects.filter(decided_by=None).exclude(decision="").exists()
    assert (
        ManagerRequest.objects.open().count()
        == Application.objects.in_states(
            [ApplicationStatus.WITH_MANAGER, ApplicationStatus.MANAGER_SILENT]
        ).count()
    )


def test_every_application_has_a_history_that_leads_to_its_state(demo):
    for application in Application.objects.exclude(status=ApplicationStatus.DRAFT):
        events = list(Event.objects.about(application).reverse())
        assert events[0].detail["before"] == ApplicationStatus.DRAFT
        assert events[-1].detail["after"] == application.status


def test_somebody_of_each_role_can_be_chosen(demo):
    found = groups()

    assert [group.title for group in found] == [
        "Civil servants",
        "Line managers",
        "Partner organisations",
        "Department admins",
        "Scheme team",
    ]
    assert all(group.personas for group in found)


def test_some_people_keep_searches_that_the_list_knows(demo):
    searches = list(SavedSearch.objects.all())

    assert len(searches) > 10
    for search in searches[:4]:
        assert asked(QueryDict(search.query)).query == search.query
