"""Who may take which step of an application: the whole table, person by person."""

import pytest

from people.models import User
from placements.choices import ApplicationStatus
from placements.lifecycle import APPLICATION
from tests.factories.experts import host_of
from tests.factories.people import UserFactory, department_admin, scheme_team_member
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

APPLICANT, MANAGER, HOST, ADMIN, SERVICE = "applicant", "manager", "host", "admin", "service"
MAY = {
    "ask_manager": {APPLICANT},
    "send": {APPLICANT},
    "name_manager": {APPLICANT, ADMIN},
    "redirect": {MANAGER},
    "note_silence": {SERVICE},
    "support": {MANAGER},
    "ask_changes": {MANAGER},
    "not_support": {MANAGER},
    "take_back_support": {MANAGER},
    "review": {HOST},
    "shortlist": {HOST},
    "reserve": {HOST},
    "offer": {HOST},
    "promote": {SERVICE},
    "match": {SERVICE},
    "move_up": {SERVICE},
    "not_select": {HOST},
    "close_out": {SERVICE},
    "accept": {APPLICANT},
    "decline": {APPLICANT},
    "expire": {SERVICE},
    "tell_department": {SERVICE},
    "approve": {ADMIN},
    "approve_with_conditions": {ADMIN},
    "pass_first_check": {ADMIN},
    "second_approve": {ADMIN},
    "second_approve_with_conditions": {ADMIN},
    "ask_information": {ADMIN},
    "answer_department": {APPLICANT},
    "not_approve": {ADMIN},
    "second_not_approve": {ADMIN},
    "accept_conditions": {APPLICANT},
    "confirm": {SERVICE},
    "withdraw": {APPLICANT},
    "cancel_place": {HOST},
}


def test_no_step_is_missing_from_the_table():
    assert set(MAY) == set(APPLICATION.steps)


def test_each_step_is_for_its_people_and_nobody_else():
    application = ApplicationFactory(status=ApplicationStatus.SENT)
    people = {
        APPLICANT: application.applicant,
        MANAGER: application.manager,
        HOST: host_of(application.opportunity.organisation),
        ADMIN: department_admin(application.department),
        SERVICE: User.objects.system(),
        "scheme": scheme_team_member(),
        "stranger": UserFactory(),
        "another host": host_of(ApplicationFactory().opportunity.organisation),
        "another admin": department_admin(ApplicationFactory().department),
    }

    found = {
        step.name: {who for who, user in people.items() if step.rule(user, application)}
        for step in APPLICATION
    }

    assert found == MAY


@pytest.mark.parametrize("status", ApplicationStatus)
def test_a_step_is_open_only_from_its_states(status):
    application = ApplicationFactory(status=status)

    for step in APPLICATION:
        assert APPLICATION.may(application.applicant, application, step.name) == (
            status in step.sources and MAY[step.name] >= {APPLICANT}
        )


def test_nobody_acts_on_their_own_application_in_another_role():
    application = ApplicationFactory(status=ApplicationStatus.WITH_DEPARTMENT)
    own = department_admin(application.department)
    application.applicant = own

    allowed = {step.name for step in APPLICATION if step.rule(own, application)}

    assert allowed == {name for name, people in MAY.items() if APPLICANT in people}
