"""The three result pages, why not another place, and the reply in two steps."""

import pytest

from matching.actions import runs
from matching.choices import HostGroup
from matching.choices import RoundStatus as S
from matching.models import Grouping
from placements.choices import ApplicationStatus
from placements.models import Application
from tests.factories.experts import host_of
from tests.factories.people import CivilServantFactory, scheme_team_member
from tests.factories.rounds import (
    RoundFactory,
    RoundPlaceFactory,
    grouped,
    listing,
    supported,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


@pytest.fixture
def places():
    row = RoundFactory(status=S.CHECKING)
    return [RoundPlaceFactory(round=row) for _number in range(2)]


@pytest.fixture
def people(places):
    first, second = places
    ana = supported(CivilServantFactory(name="Ana"), first)
    ben = supported(CivilServantFactory(name="Ben"), first, second)
    cas = supported(CivilServantFactory(name="Cas"), first)
    dan = listing(CivilServantFactory(name="Dan"), first)
    host = host_of(first.opportunity.organisation)
    grouped(host, first, most_want=[ana], reserve=[ben, cas])
    return {"ana": ana, "ben": ben, "cas": cas, "dan": dan}


@pytest.fixture
def out(places, people):
    team = scheme_team_member()
    return runs.publish(runs.try_run(places[0].round, by=team), by=team)


@pytest.fixture
def page(as_user, people, out):
    def read(who, end="result"):
        client = as_user(people[who].person)
        return client.get(f"/rounds/{out.slug}/{end}").content.decode()

    return read


def test_a_match_shows_the_place_the_choice_and_the_day(page, places):
    text = page("ana")

    assert "You have been matched" in text
    assert places[0].opportunity.title in text
    assert "Choice number 1" in text
    assert "Reply by 5pm on" in text


def test_a_higher_choice_is_explained_with_the_published_cut_off(page, places):
    text = page("ben")

    assert "Choice number 2" in text
    assert "Why not a place higher on your list" in text
    assert "Its one place went to somebody who counts more" in text
    assert "‘Reserve’" in text
    assert "The last person who got in counts" in text


def test_the_reserve_list_says_that_nothing_is_to_be_done(page):
    text = page("cas")

    assert "You are on the reserve list" in text
    assert "You do not need to do anything" in text
    assert "The second round opens on" in text


def test_not_matched_says_why(page):
    text = page("dan")

    assert "You were not matched this time" in text
    assert "Your line manager’s support for it was missing" in text


def test_a_host_that_said_no_is_told_kindly(as_user, places, people):
    Grouping.objects.filter(list=people["cas"]).update(group=HostGroup.NO)
    team = scheme_team_member()
    row = runs.publish(runs.try_run(places[0].round, by=team), by=team)

    text = as_user(people["cas"].person).get(f"/rounds/{row.slug}/result").content.decode()

    assert "Its host chose other people" in text


def test_who_has_no_result_finds_nothing(as_user, out):
    client = as_user(CivilServantFactory())

    assert client.get(f"/rounds/{out.slug}/result").status_code == 404


def reply(as_user, people, out, who, **form):
    client = as_user(people[who].person)
    return client.post(f"/rounds/{out.slug}/result/reply", form)


def test_an_empty_reply_says_what_to_select(as_user, people, out):
    text = reply(as_user, people, out, "ana").content.decode()

    assert "Select whether you accept your place" in text
    assert "Accept, and move me" not in text  # a first choice


def test_a_reply_is_confirmed_before_it_counts(as_user, people, out):
    text = reply(as_user, people, out, "ana", answer="accept").content.decode()

    assert "Accept your place" in text
    assert Application.objects.get(applicant=people["ana"].person).status == (
        ApplicationStatus.OFFERED
    )

    response = reply(as_user, people, out, "ana", answer="accept", is_confirmed="on")
    shown = as_user(people["ana"].person).get(response.url).content.decode()
    assert "Accepted" in shown
    assert "Reply to your result" not in shown


def test_staying_open_names_what_could_replace_the_place(as_user, people, out, places):
    text = reply(as_user, people, out, "ben", answer="accept_open").content.decode()
    assert "You cannot move back" in text
    assert places[0].opportunity.title in text

    reply(as_user, people, out, "ben", answer="accept_open", is_confirmed="on")
    shown = as_user(people["ben"].person).get(f"/rounds/{out.slug}/result").content.decode()
    assert "Accepted, open to move" in shown


def test_after_declining_the_result_says_so(as_user, people, out):
    text = reply(as_user, people, out, "ana", answer="decline").content.decode()
    assert "The place goes to somebody else at once" in text

    reply(as_user, people, out, "ana", answer="decline", is_confirmed="on")
    client = as_user(people["ana"].person)
    assert "Declined" in client.get(f"/rounds/{out.slug}/result").content.decode()
    late = client.get(f"/rounds/{out.slug}/result/reply")
    assert late.url == f"/rounds/{out.slug}/result"
