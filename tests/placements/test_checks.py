"""What a department looks at before it decides."""

import datetime as dt

import pytest

from core.calendar import today
from people.choices import Clearance
from placements.checks import Result, checks_for
from placements.choices import ApplicationStatus as S
from placements.choices import Cover, ManagerDecision
from placements.models import ManagerRequest
from tests.factories.people import CivilServantFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


def days(count):
    return dt.timedelta(days=count)


def result(application, name):
    return next((row.result, row.why) for row in checks_for(application) if row.name == name)


def waiting(**fields):
    application = ApplicationFactory(status=S.WITH_DEPARTMENT, **fields)
    application.refresh_from_db()
    return application


def away(person, first, last, **fields):
    opportunity = OpportunityFactory(starts_on=first, ends_on=last, **fields)
    return ApplicationFactory(applicant=person, opportunity=opportunity, status=S.CONFIRMED)


@pytest.mark.parametrize(
    ("length", "before", "expected"),
    [(300, 0, Result.PASS), (300, 100, Result.LOOK), (740, 0, Result.FAIL)],
)
def test_time_away_is_summed_up_over_two_years(length, before, expected):
    first = today() + days(90)
    application = waiting(starts_on=first, ends_on=first + days(length - 1))
    if before:
        away(application.applicant, first - days(before), first - days(1))

    found, why = result(application, "Total time away in 24 months")

    assert found == expected
    assert why.startswith(f"{before} days in the 24 months")
    assert f"{before + length} with this one" in why


@pytest.mark.parametrize(
    ("needed", "held", "expected", "why"),
    [
        (Clearance.NONE, "", Result.PASS, "None is needed."),
        (Clearance.SC, "", Result.LOOK, "They have not said."),
        (Clearance.SC, Clearance.BPSS, Result.FAIL, "They hold: "),
        (Clearance.SC, Clearance.DV, Result.PASS, "They hold: "),
    ],
)
def test_clearance_is_compared_with_what_is_needed(needed, held, expected, why):
    application = waiting(
        applicant=CivilServantFactory(profile__clearance=held), opportunity__clearance=needed
    )

    found = result(application, "Clearance held")

    assert found[0] == expected
    assert why in found[1]


def test_a_manager_who_is_only_told_needs_not_say_yes():
    told = result(waiting(manager_decides=False), "Line manager supports it")

    assert told == (Result.PASS, "Your ladder only tells the line manager.")


def test_a_manager_who_did_not_say_yes_fails_the_check():
    application = waiting()

    assert result(application, "Line manager supports it")[0] == Result.FAIL

    ManagerRequest.objects.create(
        application=application,
        applicant=application.applicant,
        manager=application.manager,
        expires_at=application.created_at,
        decided_at=application.created_at,
        closed_at=application.created_at,
        decided_by=application.manager,
        decision=ManagerDecision.YES,
        cover=Cover.TEAM,
    )
    found, why = result(application, "Line manager supports it")
    assert found == Result.PASS
    assert why.startswith(f"{application.manager.display_name} supported it on ")


@pytest.mark.parametrize(
    ("cost", "limit", "expected", "why"),
    [
        (900, None, Result.PASS, "Your ladder sets no limit."),
        (900, 1000, Result.PASS, "£900 to your department, within the limit of £1,000."),
        (1001, 1000, Result.LOOK, "over £1,000: a second person checks it too."),
    ],
)
def test_the_cost_is_held_against_the_limit(cost, limit, expected, why):
    application = waiting(opportunity__cost_to_department=cost, second_check_over=limit)

    found = result(application, "Cost against the limit")

    assert found[0] == expected
    assert why in found[1]


def test_a_placement_on_the_same_dates_fails_the_check():
    application = waiting()
    other = away(application.applicant, application.starts_on, application.ends_on)

    found, why = result(application, "Nothing else on these dates")

    assert found == Result.FAIL
    assert other.placement.reference in why


@pytest.mark.parametrize(
    ("shift", "expected"), [(0, Result.LOOK), (90, Result.LOOK), (91, Result.PASS)]
)
def test_another_place_on_the_same_dates_needs_a_look(shift, expected):
    application = waiting()
    first = application.starts_on + days(shift)
    other = ApplicationFactory(
        applicant=application.applicant,
        status=S.OFFERED,
        opportunity=OpportunityFactory(starts_on=first),
    )

    found, why = result(application, "Nothing else on these dates")

    assert found == expected
    assert (other.reference in why) == (expected == Result.LOOK)


def test_an_earlier_placement_within_two_years_needs_a_look():
    application = waiting()
    assert result(application, "Previous placement within 2 years") == (Result.PASS, "None.")

    before = away(application.applicant, today() - days(200), today() - days(100))

    found, why = result(application, "Previous placement within 2 years")
    assert found == Result.LOOK
    assert before.placement.reference in why
