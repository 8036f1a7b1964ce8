"""The scheme team plans a round, fills it and moves it on."""

import re

import pytest

from core.calendar import today
from matching.choices import RoundStatus as S
from matching.models import Round
from tests.factories.people import DepartmentFactory, RegionFactory, scheme_team_member
from tests.factories.placements import OpportunityFactory
from tests.factories.rounds import RoundFactory, RoundPlaceFactory

pytestmark = pytest.mark.django_db
DATES = [
    "opens_on", "locks_on", "results_on", "reply_by",
    "second_opens_on", "second_locks_on", "second_results_on", "second_reply_by",
]  # fmt: skip


@pytest.fixture
def team(as_user):
    return as_user(scheme_team_member())


def sent(**changed):
    """Fill in the form as somebody would."""
    row = RoundFactory.build()
    days = {name: changed.pop(name, getattr(row, name)) for name in DATES}
    form = {
        "name": "Autumn 2026",
        "types": ["placement"],
        "most_choices": "8",
        "fairness_points": "400",
        "waiting_points": "300",
        "reserve_percent": "0",
    }
    for name, day in days.items():
        form |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return form | changed


def test_without_rounds_the_list_says_what_to_do(team):
    assert "There are no rounds yet" in team.get("/scheme/rounds").content.decode()


def test_the_list_shows_each_round_with_its_places(team):
    place = RoundPlaceFactory(places=2)

    page = " ".join(team.get("/scheme/rounds").text.split())

    assert place.round.name in page
    assert re.search("Places </dt> <dd[^>]*> 2 </dd>", page)


def test_a_round_is_planned_with_one_form(team):
    region, department = RegionFactory(), DepartmentFactory()
    form = sent(
        reserve_percent="20",
        reserve_regions=[region.slug],
        reserve_departments=[department.slug],
    )

    response = team.post("/scheme/rounds/plan", form)

    row = Round.objects.get()
    assert response.url == "/scheme/rounds/autumn-2026/places"
    assert row.reserve_percent == 20
    assert list(row.reserve_regions.all()) == [region]
    assert list(row.reserve_departments.all()) == [department]


def test_an_empty_form_says_what_to_enter(team):
    page = team.post("/scheme/rounds/plan", {}).content.decode()

    assert "Error: Plan a round" in page
    assert "Enter a name for the round" in page
    assert "Select at least one type of opportunity" in page
    assert "Enter the day lists lock" in page
    assert "Number of places must be a number from 1 to 20" in page


def test_dates_out_of_order_are_named(team):
    page = team.post("/scheme/rounds/plan", sent(results_on=today())).content.decode()

    assert "Day of results must be after the day lists lock" in page
    assert not Round.objects.exists()


def test_lists_cannot_lock_in_the_past(team):
    past = today().replace(year=today().year - 1)

    page = team.post("/scheme/rounds/plan", sent(opens_on=past, locks_on=past)).content.decode()

    assert "Day lists lock must be today or in the future" in page


def test_places_kept_for_nobody_are_not_kept(team):
    page = team.post("/scheme/rounds/plan", sent(reserve_percent="20")).content.decode()

    assert "Select at least one region or department, or make the share 0" in page


def test_a_planned_round_is_changed_with_the_same_form_filled_in(team):
    row = RoundFactory(planned=True)
    where = f"/scheme/rounds/{row.slug}/edit"

    assert row.name in team.get(where).content.decode()
    response = team.post(where, sent(name="Winter", version=row.version))

    assert response.url == f"/scheme/rounds/{row.slug}"
    assert Round.objects.get().name == "Winter"


def test_who_opens_the_form_of_an_open_round_is_led_to_the_round(team):
    row = RoundFactory()

    response = team.get(f"/scheme/rounds/{row.slug}/edit")

    assert response.url == f"/scheme/rounds/{row.slug}"


def test_a_round_shows_the_steps_that_are_open(team):
    row = RoundPlaceFactory(round__planned=True).round

    page = team.get(f"/scheme/rounds/{row.slug}").content.decode()

    assert f"/scheme/rounds/{row.slug}/steps/open" in page
    assert "steps/lock" not in page


def test_a_second_round_is_not_followed_by_another(team):
    row = RoundFactory(status=S.RESULTS_OUT, stage=2)

    page = team.get(f"/scheme/rounds/{row.slug}").content.decode()

    assert "steps/finish" in page
    assert "open-second" not in page


@pytest.mark.parametrize(
    ("status", "step", "after"),
    [
        (S.PLANNED, "open", S.CHOOSING),
        (S.CHOOSING, "lock", S.LOCKED),
        (S.LOCKED, "check", S.CHECKING),
        (S.RESULTS_OUT, "open-second", S.SECOND_ROUND),
        (S.RESULTS_OUT, "finish", S.FINISHED),
    ],
)
def test_each_step_is_asked_about_and_then_taken(team, status, step, after):
    row = RoundPlaceFactory(round__status=status).round
    where = f"/scheme/rounds/{row.slug}/steps/{step}"

    assert "You cannot undo this" in team.get(where).content.decode()
    assert team.post(where).url == f"/scheme/rounds/{row.slug}"

    row.refresh_from_db()
    assert row.status == after


def test_a_step_that_does_not_exist_is_not_found(team):
    assert team.get(f"/scheme/rounds/{RoundFactory().slug}/steps/publish").status_code == 404


def test_a_step_that_is_not_open_leads_back_with_a_sentence(team):
    row = RoundFactory(status=S.FINISHED)

    response = team.get(f"/scheme/rounds/{row.slug}/steps/lock", follow=True)

    assert "This has changed since you opened the page" in response.content.decode()


def test_opportunities_are_ticked_and_take_part(team):
    row = RoundFactory(planned=True)
    one, two = OpportunityFactory(), OpportunityFactory()
    where = f"/scheme/rounds/{row.slug}/places"

    page = team.get(where).content.decode()
    team.post(f"{where}/add", {"ref": [one.reference]})

    assert one.reference in page
    assert two.reference in page
    assert [each.opportunity for each in row.round_places.all()] == [one]


def test_ticking_nothing_says_so(team):
    row = RoundFactory(planned=True)

    response = team.post(f"/scheme/rounds/{row.slug}/places/add", {}, follow=True)

    page = response.content.decode()
    assert "Tick at least one opportunity" in page
    assert "There is nothing to add" in page


def test_places_are_changed(team):
    place = RoundPlaceFactory(opportunity__places=3)
    where = f"/scheme/rounds/{place.round.slug}/places/{place.opportunity.reference}"

    assert "Number of places must be a number from 1 to 50" in (
        team.post(where, {"places": "x"}).content.decode()
    )
    team.post(where, {"places": "3"})

    place.refresh_from_db()
    assert place.places == 3


def test_an_opportunity_is_taken_out_after_a_question(team):
    place = RoundPlaceFactory()
    where = f"/scheme/rounds/{place.round.slug}/places/{place.opportunity.reference}/take-out"

    assert "People who listed it see that" in team.get(where).content.decode()
    team.post(where)

    page = team.get(f"/scheme/rounds/{place.round.slug}/places").content.decode()
    assert "Taken out" in page
    assert team.get(where).status_code == 404


def test_once_lists_are_locked_nothing_is_offered(team):
    place = RoundPlaceFactory(round__status=S.LOCKED)

    page = team.get(f"/scheme/rounds/{place.round.slug}/places").content.decode()

    assert "Lists are locked, so what takes part cannot change" in page
    assert "Take out" not in page
