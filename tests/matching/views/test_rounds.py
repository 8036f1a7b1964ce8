"""What everybody reads about rounds."""

import pytest
from icalendar import Calendar

from matching.choices import RoundStatus as S
from tests.factories.people import scheme_team_member
from tests.factories.rounds import RoundFactory, RoundPlaceFactory

pytestmark = pytest.mark.django_db


def test_the_list_without_rounds_says_what_else_to_do(client):
    page = client.get("/rounds").content.decode()

    assert "There is no round at the moment" in page


def test_a_planned_round_is_seen_by_the_scheme_team_only(client, as_user):
    row = RoundFactory(planned=True)

    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.name not in client.get("/rounds").content.decode()
    assert as_user(scheme_team_member()).get(row.get_absolute_url()).status_code == 200


def test_a_round_tells_its_rules_and_what_takes_part(client):
    place = RoundPlaceFactory(places=2, round__fairness_points=123)

    page = client.get(place.round.get_absolute_url()).content.decode()
    listed = client.get(f"{place.round.get_absolute_url()}/places").content.decode()

    assert place.opportunity.title in listed
    assert "2 places in this round" in listed
    assert "123" in page
    assert "highest place on your list that also wants you" in page


def test_what_was_cancelled_is_marked(client):
    place = RoundPlaceFactory(opportunity__status="cancelled")

    page = client.get(f"{place.round.get_absolute_url()}/places").content.decode()

    assert "No longer available in this round" in page


@pytest.mark.parametrize(("status", "is_shown"), [(S.CHOOSING, False), (S.LOCKED, True)])
def test_the_seed_is_shown_once_lists_are_locked_and_its_hash_always(client, status, is_shown):
    row = RoundFactory(status=status)

    page = client.get(row.get_absolute_url()).content.decode()

    assert row.commitment in page
    assert (row.seed in page) == is_shown


@pytest.mark.parametrize("status", [each for each in S if each != S.PLANNED])
def test_the_tracker_says_how_far_a_round_is(client, status):
    row = RoundFactory(status=status)

    page = client.get(row.get_absolute_url()).content.decode()

    assert page.count('aria-current="step"') == (status != S.FINISHED)


def test_the_dates_are_a_calendar_file_whose_entries_keep_their_identity(client):
    row = RoundFactory()

    first = Calendar.from_ical(client.get(f"/rounds/{row.slug}/dates.ics").content)
    second = Calendar.from_ical(client.get(f"/rounds/{row.slug}/dates.ics").content)

    uids = [[str(event["UID"]) for event in each.walk("VEVENT")] for each in (first, second)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 8
    locks = first.walk("VEVENT")[1]
    assert locks["DTSTART"].dt == row.locks_on
