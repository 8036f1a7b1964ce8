"""A host's pages about its applicants."""

import pytest
from django.urls import reverse

from placements.choices import ApplicationStatus as S
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db

SECRET = "canary-7391"


@pytest.fixture
def opportunity():
    return OpportunityFactory(title="Measuring rain")


@pytest.fixture
def client(as_user, opportunity):
    return as_user(host_of(opportunity.organisation))


def address(name, opportunity, *more):
    return reverse(name, args=[opportunity.organisation.slug, opportunity.reference, *more])


def page(client, name, opportunity, *more, **query):
    return client.get(address(name, opportunity, *more), query).content.decode()


def test_applicants_stand_in_buckets_with_counts(client, opportunity):
    for status in (S.SENT, S.SENT, S.SHORTLISTED, S.RESERVE, S.NOT_SELECTED, S.WITHDRAWN):
        ApplicationFactory(opportunity=opportunity, status=status)

    html = page(client, "organisation-applicants", opportunity)

    assert "6 applicants for Measuring rain" in html
    for heading in ("New (2)", "In review (0)", "Shortlisted (1)", "Reserve (1)", "Offers (0)"):
        assert heading in html
    assert "Declined, expired or withdrawn (1)" in html
    assert "Choose by 5pm on" in html


def test_nobody_has_applied(client, opportunity):
    html = page(client, "organisation-applicants", opportunity)

    assert "0 applicants for Measuring rain" in html
    assert "Nobody has applied" in html


@pytest.mark.parametrize("status", [S.DRAFT, S.WITH_MANAGER, S.NOT_SUPPORTED])
def test_what_did_not_reach_the_host_is_not_shown(client, opportunity, status):
    application = ApplicationFactory(opportunity=opportunity, status=status)

    assert "0 applicants" in page(client, "organisation-applicants", opportunity)
    assert client.get(address("applicant-detail", opportunity, application)).status_code == 404


def test_names_can_be_hidden(client, opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=S.SENT)

    html = page(client, "organisation-applicants", opportunity, names="hidden")

    assert "Applicant 1" in html
    assert application.applicant.name not in html


@pytest.mark.parametrize(
    ("status", "shown"), [(S.SENT, False), (S.OFFERED, False), (S.WITH_DEPARTMENT, True)]
)
def test_addresses_are_shown_only_after_an_offer_is_accepted(client, opportunity, status, shown):
    application = ApplicationFactory(
        opportunity=opportunity, status=status, adjustments=f"{SECRET} step-free"
    )

    html = page(client, "applicant-detail", opportunity, application)

    assert (application.applicant.email in html) is shown
    assert (application.manager.email in html) is shown
    assert (SECRET in html) is shown


def test_adjustments_are_shown_early_when_the_applicant_wants_it(client, opportunity):
    application = ApplicationFactory(
        opportunity=opportunity,
        status=S.SENT,
        adjustments=SECRET,
        adjustments_with_application=True,
    )

    assert SECRET in page(client, "applicant-detail", opportunity, application)


def test_looking_at_an_application_changes_nothing(client, opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=S.SENT)

    assert "Start review" in page(client, "applicant-detail", opportunity, application)

    application.refresh_from_db()
    assert application.status == S.SENT


def test_starting_a_review_needs_a_button(client, opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=S.SENT)

    response = client.post(address("applicant-review", opportunity, application), follow=True)

    application.refresh_from_db()
    assert application.status == S.IN_REVIEW
    assert "You are reviewing this application" in response.content.decode()


def test_moving_to_a_bucket(client, opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=S.IN_REVIEW)
    where = address("applicant-move", opportunity, application)

    assert "Select where to move this applicant" in client.post(where).content.decode()
    client.post(where, {"step": "shortlist"})

    application.refresh_from_db()
    assert application.status == S.SHORTLISTED


def test_a_note_is_for_the_host_only(client, as_user, opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=S.IN_REVIEW)

    client.post(address("applicant-note", opportunity, application), {"text": SECRET})

    assert SECRET in page(client, "applicant-detail", opportunity, application)
    too_long = client.post(
        address("applicant-note", opportunity, application), {"text": "x" * 2001}
    )
    assert "Your note must be 2000 characters or fewer" in too_long.content.decode()


def test_comparing_two(client, opportunity):
    rows = ApplicationFactory.create_batch(2, opportunity=opportunity, status=S.SENT)
    rows[0].why = "word " * 70
    rows[0].save()

    html = page(client, "applicant-compare", opportunity, ref=[row.reference for row in rows])

    assert "Read the whole answer" in html
    for row in rows:
        assert row.applicant.name in html
        assert row.applicant.email not in html


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "Select at least 2 applicants to compare"), (5, "Select up to 4 applicants")],
)
def test_comparing_too_few_or_too_many(client, opportunity, count, text):
    rows = ApplicationFactory.create_batch(5, opportunity=opportunity, status=S.SENT)

    html = page(
        client, "applicant-compare", opportunity, ref=[row.reference for row in rows[:count]]
    )

    assert text in html
    assert "<title>Error: " in html


def test_cancelling_a_place_asks_why(client, opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=S.OFFERED)
    where = address("applicant-cancel", opportunity, application)

    assert "You cannot undo this" in client.get(where).content.decode()
    assert "Enter why you are cancelling this place" in client.post(where).content.decode()
    client.post(where, {"reason": "The laboratory closes."})

    application.refresh_from_db()
    opportunity.refresh_from_db()
    assert application.status == S.PLACE_CANCELLED
    assert opportunity.held == 0


def test_a_place_nobody_holds_cannot_be_cancelled(client, opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=S.SENT)

    assert client.get(address("applicant-cancel", opportunity, application)).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "organisation-applicants",
        "applicant-compare",
        "decisions",
        "decisions-offers",
        "decisions-reasons",
        "decisions-check",
        "decisions-done",
    ],
)
def test_another_organisation_finds_nothing(as_user, opportunity, name):
    ApplicationFactory(opportunity=opportunity, status=S.SENT)
    stranger = as_user(host_of(OrganisationFactory()))

    assert stranger.get(address(name, opportunity)).status_code == 404
    assert as_user(UserFactory()).get(address(name, opportunity)).status_code == 404


@pytest.mark.parametrize(
    "name", ["applicant-detail", "applicant-review", "applicant-move", "applicant-note"]
)
def test_another_organisation_reaches_no_applicant(as_user, opportunity, name):
    application = ApplicationFactory(opportunity=opportunity, status=S.SENT)
    organisation = OrganisationFactory()
    stranger = as_user(host_of(organisation))

    theirs = reverse(name, args=[organisation.slug, opportunity.reference, application])
    for where in (address(name, opportunity, application), theirs):
        assert stranger.post(where, {"step": "review"}).status_code in {404, 405}
    application.refresh_from_db()
    assert application.status == S.SENT


def test_a_member_does_not_meet_their_own_application(as_user, opportunity):
    host = host_of(opportunity.organisation)
    application = ApplicationFactory(opportunity=opportunity, status=S.SENT)
    application.applicant = host
    application.save()
    client = as_user(host)

    assert "0 applicants" in page(client, "organisation-applicants", opportunity)
    assert client.get(address("applicant-detail", opportunity, application)).status_code == 404


@pytest.mark.parametrize("rows", [1, 6])
def test_queries_do_not_grow_with_rows(client, opportunity, django_assert_max_num_queries, rows):
    ApplicationFactory.create_batch(rows, opportunity=opportunity, status=S.SENT)

    with django_assert_max_num_queries(7):
        client.get(address("organisation-applicants", opportunity))
