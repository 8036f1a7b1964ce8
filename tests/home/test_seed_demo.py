"""Loading the demo: once, the same every time, never in production."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from home.demo import seeding
from people.models import User
from placements.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference_data(db):
    call_command("load_reference_data", verbosity=0)


def test_two_loads_are_the_same(reference_data):
    found = []
    for _load in range(2):
        with transaction.atomic():
            seeding.load()
            found.append(
                sorted(Application.objects.values_list("reference", "applicant__email", "status"))
            )
            transaction.set_rollback(True)

    assert found[0] == found[1]


def test_the_command_loads_once(reference_data, capsys):
    call_command("seed_demo")
    people = User.objects.count()
    call_command("seed_demo")

    assert User.objects.count() == people
    assert "there already" in capsys.readouterr().out


def test_the_demos_people_cannot_exist_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo")
