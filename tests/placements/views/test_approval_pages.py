"""A department's queue, one request, and the pages around them."""

import datetime as dt

import pytest
from django.urls import reverse

from core.calendar import today
from people.choices import Clearance
from placements.actions import departments
from placements.actions.departments import Verdict
from placements.choices import ApplicationStatus as S
from placements.choices import ApprovalDecision, ManagerDecision
from tests.factories.experts import host_of
from tests.factories.people import DepartmentFactory, RoleGrantFactory, department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db

SECRET = "canary-5520"


@pytest.fixture
def department():
    return DepartmentFactory(abbreviation="DOR")


@pytest.fixture
def admin(department):
    return department_admin(department)


@pytest.fixture
def client(as_user, admin):
    return as_user(admin)


def waiting(department, status=S.WITH_DEPARTMENT, **kwargs):
    kwargs.setdefault("due_on", today() + dt.timedelta(days=30))
    return ApplicationFactory(applicant__department=department, status=status, **kwargs)


def queue(client, department, name="approval-list", **query):
    return client.get(reverse(name, args=[department.slug]), query).content.decode()


def where(department, application, name="approval-detail"):
    return reverse(name, args=[department.slug, application.reference])


def page(client, department, application, name="approval-detail"):
    return client.get(where(department, application, name)).content.decode()


def test_an_empty_queue(client, department):
    html = queue(client, department)

    assert "Approvals: 0 to review" in html
    assert "There is nothing to review. We email you at 8am on days when there is." in html
    assert "You are not waiting for anyone" in queue(client, department, "approvals-waiting")
    assert "Nothing has been decided yet" in queue(client, department, "approvals-decided")


def test_requests_stand_under_what_needs_doing(client, department):
    waiting(department, due_on=today() - dt.timedelta(days=1))
    waiting(department, due_on=today())
    waiting(department)
    waiting(department)
    waiting(department, department_answer="Jo covers it.")
    waiting(department, status=S.DEPT_INFO)
    waiting(department, status=S.WITHDRAWN)

    html = queue(client, department)

    assert "Approvals: 5 to review" in html
    headings = [
        "Overdue (1)",
        "Decide in the next 2 working days (1)",
        "Reply received (1)",
        "New (2)",
    ]
    places = [html.index(heading) for heading in headings]
    assert places == sorted(places)


def test_filters_narrow_and_unknown_values_do_not(client, department):
    dear = waiting(department, opportunity=OpportunityFactory(cost_to_department=9000))
    cheap = waiting(department, opportunity=OpportunityFactory(shadowing=True))

    def found(**query):
        html = queue(client, department, **query)
        return {row.reference for row in (dear, cheap) if row.reference in html}

    assert found() == {dear.reference, cheap.reference}
    assert found(type="shadowing") == {cheap.reference}
    assert found(cost="high") == {dear.reference}
    assert found(cost="none") == {cheap.reference}
    assert found(starts="30") == set()
    assert found(starts="90") == {dear.reference, cheap.reference}
    assert found(assigned="me") == set()
    assert found(assigned="none") == {dear.reference, cheap.reference}
    assert found(overdue="on") == set()
    assert found(cost="lots", type="cruise", sort="colour", page="99") == {
        dear.reference,
        cheap.reference,
    }
    assert "No request matches these filters" in queue(client, department, overdue="on")


@pytest.mark.parametrize(("sort", "first"), [("person", "Ada"), ("cost", "Zoe"), ("start", "Zoe")])
def test_the_queue_can_be_sorted(client, department, sort, first):
    soon = OpportunityFactory(cost_to_department=100, starts_on=today() + dt.timedelta(days=9))
    waiting(department, applicant__name="Ada")
    waiting(department, applicant__name="Zoe", opportunity=soon)

    html = queue(client, department, sort=sort)

    second = {"Ada": "Zoe", "Zoe": "Ada"}[first]
    assert html.index(f"{first}, ") < html.index(f"{second}, ")


def test_a_long_queue_has_pages(client, department):
    for _number in range(27):
        waiting(department)

    assert "Showing 1 to 25 of 27" in queue(client, department)
    assert "(page 2 of 2)" in queue(client, department, page="2")


def test_what_waits_for_others_and_what_was_decided(client, department, admin):
    asked = waiting(department, status=S.DEPT_INFO)
    decided = waiting(department)
    verdict = Verdict(ApprovalDecision.CONDITIONS, decided.version, conditions="Mondays.")
    departments.decide(decided, verdict, by=admin)

    others = queue(client, department, "approvals-waiting")
    done = queue(client, department, "approvals-decided")

    assert asked.reference in others
    assert decided.reference in others
    assert "Approve with conditions" in done
    assert admin.name in done


def test_one_request_shows_identity_checks_and_timeline(client, department):
    application = waiting(
        department,
        opportunity=OpportunityFactory(title="Measuring rain", cost_to_department=1200),
        business_case="It pays for itself.",
    )

    html = page(client, department, application)

    for text in (
        application.applicant.name, "Measuring rain", "£1,200", "It pays for itself.",
        "Decide by 5pm on", "Review and decide", "Total time away in 24 months",
        "Others away then", "Previous placement within 2 years", "Clearance held",
        "Line manager supports it", "There is no yes from the line manager.",
        "Cost against the limit", "Nothing else on these dates", "To review",
    ):  # fmt: skip
        assert text in html


def test_checks_look_at_what_needs_a_look(client, department):
    application = waiting(
        department,
        opportunity=OpportunityFactory(clearance=Clearance.SC, cost_to_department=6000),
        second_check_over=5000,
    )
    other = waiting(
        department,
        status=S.CONFIRMED,
        applicant__profile__line_manager=application.manager,
    )
    application.manager_requests.create(
        applicant=application.applicant,
        manager=application.manager,
        expires_at=other.created_at,
        decision=ManagerDecision.YES,
        decided_at=other.created_at,
        decided_by=application.manager,
    )

    html = page(client, department, application)

    assert "They hold: Baseline (BPSS)" in html
    assert "over £5,000: a second person checks it too" in html
    assert "1 other person of the department is away then, 1 with the same manager." in html
    assert f"{application.manager.name} supported it on" in html


def test_assigning_needs_a_person(client, department, admin):
    application = waiting(department)
    assign = where(department, application, "approval-assign")

    assert "Select who to assign this to" in client.post(assign).content.decode()
    assert "Select who to assign this to" in client.post(assign, {"to": "x"}).content.decode()
    client.post(assign, {"to": admin.email})

    assert application.approvals.get().assigned_to == admin
    assert application.reference in queue(client, department, assigned="me")
    client.post(assign, {"to": "nobody"})
    assert application.approvals.get().assigned_to is None


def test_an_internal_note_reaches_neither_applicant_nor_host_nor_manager(
    client, as_user, department
):
    application = waiting(department)
    client.post(where(department, application, "approval-note"), {"text": SECRET})

    assert SECRET in page(client, department, application)
    host = host_of(application.opportunity.organisation)
    for person in (application.applicant, application.manager, host):
        theirs = as_user(person)
        for address in (
            application.get_absolute_url(),
            reverse("application-history", args=[application.reference]),
        ):
            assert SECRET not in theirs.get(address).content.decode()
    opportunity = application.opportunity
    hosts_page = reverse(
        "applicant-detail",
        args=[opportunity.organisation.slug, opportunity.reference, application.reference],
    )
    assert SECRET not in as_user(host).get(hosts_page).content.decode()


def test_a_note_can_be_too_long(client, department):
    application = waiting(department)

    html = client.post(
        where(department, application, "approval-note"), {"text": "x" * 4001}
    ).content.decode()

    assert "Internal note must be 4000 characters or fewer" in html


@pytest.mark.parametrize(
    "name",
    [
        "department-overview",
        "approval-list",
        "approvals-waiting",
        "approvals-decided",
        "department-placements",
        "department-absence",
        "department-policy",
    ],
)
def test_another_department_finds_nothing(as_user, department, name):
    waiting(department)
    stranger = as_user(department_admin(DepartmentFactory()))

    assert stranger.get(reverse(name, args=[department.slug])).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["approval-detail", "approval-decision", "approval-decision-details", "approval-check",
     "approval-done", "approval-assign", "approval-note"],
)  # fmt: skip
def test_another_department_reaches_no_request(as_user, department, name):
    application = waiting(department)
    elsewhere = DepartmentFactory()
    stranger = as_user(department_admin(elsewhere))

    for place in (department, elsewhere):
        assert stranger.post(where(place, application, name)).status_code in {404, 405}
        assert stranger.get(where(place, application, name)).status_code in {404, 405}


def test_an_admin_never_meets_their_own_request(as_user, department):
    application = waiting(department)
    RoleGrantFactory(user=application.applicant, role="department_admin", department=department)
    client = as_user(application.applicant)

    assert "Approvals: 0 to review" in queue(client, department)
    assert client.get(where(department, application)).status_code == 404


@pytest.mark.parametrize("rows", [1, 6])
def test_queries_do_not_grow_with_rows(client, department, django_assert_max_num_queries, rows):
    for _number in range(rows):
        waiting(department)

    with django_assert_max_num_queries(11):
        queue(client, department)


def test_the_overview_says_what_is_overdue_and_who_is_out(client, department):
    html = queue(client, department, "department-overview")
    assert "There is nothing to review" in html
    assert "Nobody is out today." in html
    late = waiting(department, due_on=today() - dt.timedelta(days=1))
    away = waiting(
        department,
        status=S.CONFIRMED,
        opportunity=OpportunityFactory(
            starts_on=today(), closing_on=today() - dt.timedelta(days=9),
            choosing_on=today() - dt.timedelta(days=2),
        ),
    )  # fmt: skip

    html = queue(client, department, "department-overview")

    assert "1 application waits for your department." in html
    assert "Overdue (1)" in html
    assert late.applicant.name in html
    assert f"{away.applicant.name} at" in html
    assert "Starts on" in html


def test_who_is_out_can_be_narrowed_to_a_month(client, department):
    assert "Nobody is out" in queue(client, department, "department-placements")
    away = waiting(department, status=S.CONFIRMED)
    month = away.starts_on.strftime("%Y-%m")

    assert away.applicant.name in queue(client, department, "department-placements")
    assert away.applicant.name in queue(client, department, "department-placements", month=month)
    assert away.applicant.name in queue(client, department, "department-placements", month="x")
    early = today().strftime("%Y-%m")
    assert away.applicant.name not in queue(
        client, department, "department-placements", month=early
    )


def test_absence_is_counted_by_manager_and_month(client, department):
    assert "Nobody is away in the next 12 months" in queue(
        client, department, "department-absence"
    )
    away = waiting(department, status=S.CONFIRMED)
    waiting(DepartmentFactory(), status=S.CONFIRMED, applicant__name=SECRET)

    html = queue(client, department, "department-absence")

    assert away.manager.name in html
    assert f": {away.applicant.name}" in html
    assert SECRET not in html
