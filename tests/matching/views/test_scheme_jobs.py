"""How far the match of everybody is."""

import datetime as dt

import pytest
from django.utils import timezone

from matching.choices import RematchState as S
from matching.models import RematchPart
from tests.factories.matching import RematchFactory
from tests.factories.people import CivilServantFactory, scheme_team_member

pytestmark = pytest.mark.django_db
URL = "/scheme/jobs"


@pytest.fixture
def page(as_user):
    client = as_user(scheme_team_member())
    return lambda: " ".join(client.get(URL).content.decode().split())


def match(state, **fields):
    return RematchFactory(state=state, people=4_000, opportunities=300, **fields)


def part(rematch, number, **fields):
    return RematchPart.objects.create(
        rematch=rematch, number=number, people=2_000, hash=str(number), content=b"", **fields
    )


def test_it_is_for_the_scheme_team(as_user):
    assert as_user(CivilServantFactory()).get(URL).status_code == 403


def test_before_the_first_night_it_says_so(page):
    assert "Nobody has been matched yet" in page()


def test_it_tells_how_many_people_are_done(page):
    rematch = match(S.UNDER_WAY)
    part(rematch, 1, done_at=timezone.now())
    part(rematch, 2, tries=2)

    html = page()

    assert "2,000 of 4,000 people matched" in html
    assert "1 part was started again because a worker stopped" in html
    assert 'href="/scheme/jobs/match"' not in html


def test_it_tells_what_was_done_and_how_long_it_took(page):
    start = timezone.now()
    match(S.DONE, started_at=start, finished_at=start + dt.timedelta(minutes=3))

    html = page()

    assert "4,000 people matched with 300 opportunities in 3 minutes" in html
    assert "The service, at night" in html
    assert 'href="/scheme/jobs/match"' in html


def test_it_tells_that_the_old_lists_count_when_one_did_not_finish(page):
    match(S.FAILED)

    assert "The lists from before still count" in page()


def test_it_tells_who_asked(page):
    match(S.WAITING, asked_by=scheme_team_member())

    html = page()

    assert "A worker will begin within a minute" in html
    assert "The service, at night" not in html


def test_its_queries_do_not_grow_with_its_rows(page, django_assert_max_num_queries):
    for _each in range(3):
        part(match(S.DONE), 1)
    page()

    with django_assert_max_num_queries(12):
        page()
