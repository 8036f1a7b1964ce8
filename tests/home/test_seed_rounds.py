"""The demo's rounds: one to choose in, one to reply in."""

import pytest
from django.core.management import CommandError, call_command

from matching.choices import RoundStatus
from matching.models import Result, Round
from tests.factories.people import CivilServantFactory, scheme_team_member
from tests.factories.placements import OpportunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


def test_two_rounds_are_made_once(capsys):
    scheme_team_member()
    for _number in range(4):
        CivilServantFactory()
    for _number in range(12):
        OpportunityFactory()

    call_command("seed_rounds")
    call_command("seed_rounds")

    assert set(Round.objects.values_list("status", flat=True)) == {
        RoundStatus.CHOOSING,
        RoundStatus.RESULTS_OUT,
    }
    assert Result.objects.exists()
    assert "already" in capsys.readouterr().out


def test_the_demos_rounds_cannot_exist_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        call_command("seed_rounds")
