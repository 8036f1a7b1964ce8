"""Match everybody again."""

import pytest

from matching.choices import RematchState as S
from matching.models import Rematch
from tests.factories.matching import RematchFactory
from tests.factories.people import CivilServantFactory, scheme_team_member

pytestmark = pytest.mark.django_db
URL = "/scheme/jobs/match"


def test_it_is_for_the_scheme_team(as_user):
    client = as_user(CivilServantFactory())

    assert client.get(URL).status_code == client.post(URL).status_code == 403
    assert not Rematch.objects.exists()


def test_it_asks_first(as_user):
    html = as_user(scheme_team_member()).get(URL).content.decode()

    assert "Do you want to match everybody again?" in html
    assert not Rematch.objects.exists()


def test_it_is_asked_for(as_user):
    team = scheme_team_member()

    answer = as_user(team).post(URL, follow=True)

    assert "Everybody will be matched again" in answer.content.decode()
    assert Rematch.objects.get().asked_by == team


def test_a_second_person_is_told_that_it_is_on_its_way(as_user):
    RematchFactory(state=S.UNDER_WAY)

    answer = as_user(scheme_team_member()).post(URL, follow=True)

    assert "Everybody is being matched already" in answer.content.decode()
    assert Rematch.objects.count() == 1


def test_it_tells_when_everybody_was_matched_last(as_user):
    rematch = RematchFactory(state=S.DONE)
    rematch.finished_at = rematch.queued_at
    rematch.save()

    assert "Everybody was last matched on" in as_user(scheme_team_member()).get(URL).text
