"""The profile: one question a page, saved at each answer, changed at any time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from people.choices import SkillUse
from people.models import Profile, ProfileSkill, User
from people.questions import ALL, FIRST
from people.signals import profile_saved
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    GradeFactory,
    ProfessionFactory,
    ProfileSkillFactory,
    RegionFactory,
    SkillFactory,
    SkillGroupFactory,
    TownFactory,
    UserFactory,
)
from tests.people.pages import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return DepartmentFactory(
        slug="tides", name="Department for Tides", abbreviation="DFT", domain="tides.gov.uk"
    )


@pytest.fixture
def newcomer(department):
    return UserFactory(email="sam@tides.gov.uk", name="", department=department)


@pytest.fixture
def sam(department):
    return CivilServantFactory(email="sam@tides.gov.uk", department=department)


def send(client, user, slug, _from=None, **data):
    profile = Profile.objects.of(user)
    query = {"from": _from} if _from else None
    data = {"version": profile.version} | data
    return client.post(f"/profile/edit/{slug}", data, query_params=query)


def profile_of(user):
    return Profile.objects.of(User.objects.get(pk=user.pk))


def test_a_first_visit_walks_through_eight_questions_to_recommendations(as_user, newcomer):
    client = as_user(newcomer)
    skill = SkillFactory(name="Systems thinking", slug="systems-thinking", source="starter")
    GradeFactory(code="SEO"), ProfessionFactory(), TownFactory()
    answers = [
        ("name", {"name": "Sam Okafor"}),
        ("department", {"department": "tides"}),
        ("grade", {"grade": "SEO"}),
        ("profession", {"profession": "science-and-engineering"}),
        ("skills-to-learn", {"skills": ["systems-thinking"]}),
        ("skills-to-learn-levels", {"systems-thinking": "2"}),
        ("time", {"hours_a_week": "7"}),
        ("location", {"place": "Swindon", "max_distance_miles": "50", "remote_ok": "true"}),
    ]
    address = "/profile/edit/name"
    for number, (slug, data) in enumerate(answers, 1):
        assert address == f"/profile/edit/{slug}"
        assert f"About you, question {number} of 8" in client.get(address).text
        response = send(client, newcomer, slug, **data)
        assert response.status_code == 302, errors(response)
        address = response.headers["Location"]
    assert address == "/profile/check"

    page = client.get(address).text
    for said in ("Sam Okafor", "Systems thinking: Working", "1 day a week", "Swindon"):
        assert said in page
    assert client.post(address).headers["Location"] == "/recommended"
    profile = profile_of(newcomer)
    assert (profile.town.name, profile.max_distance_miles, profile.remote_ok) == (
        "Swindon",
        50,
        True,
    )
    assert [(row.skill, row.level) for row in profile.skills_for(SkillUse.LEARN)] == [(skill, 2)]
    assert profile.version == 8


def test_the_walk_goes_on_where_it_was_left(as_user, newcomer):
    client = as_user(newcomer)
    send(client, newcomer, "name", name="Sam")

    assert client.get("/profile/check").headers["Location"] == "/profile/edit/department"


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.slug)
def test_each_question_has_a_page_with_its_title_and_saved_answer(as_user, sam, question):
    for use in SkillUse:
        ProfileSkillFactory(profile=sam.profile, use=use, skill=SkillFactory(source="starter"))

    page = as_user(sam).get(question.url("profile"))

    assert page.status_code == 200
    assert str(question.title) in page.text
    assert ("question" in page.text.split("</h1>")[0]) == (question in FIRST)


@pytest.mark.parametrize(
    ("slug", "data", "said"),
    [
        ("name", {"name": ""}, "Enter your full name"),
        ("name", {"name": "\u200b\u202e"}, "Enter your full name"),
        ("name", {"name": "x" * 151}, "Full name must be 150 characters or fewer"),
        ("department", {}, "Select the department or agency you work for"),
        ("department", {"department": "nowhere"}, "Select the department or agency you work for"),
        ("grade", {}, "Select your grade"),
        ("profession", {}, "Select your profession"),
        ("skills-to-learn", {}, "Select at least one skill you want to learn"),
        ("time", {}, "Select how much time you could spend"),
        (
            "time",
            {"hours_a_week": "7", "available_from_day": "1", "available_from_year": "2027"},
            "Start date must include a month",
        ),
        (
            "time",
            {
                "hours_a_week": "7",
                "available_from_day": "31",
                "available_from_month": "2",
                "available_from_year": "2027",
            },
            "Start date must be a real date",
        ),
        (
            "time",
            {
                "hours_a_week": "7",
                "available_from_day": "2",
                "available_from_month": "2",
                "available_from_year": "2027",
                "available_until_day": "1",
                "available_until_month": "2",
                "available_until_year": "2027",
            },
            "End date must be after start date",
        ),
        (
            "location",
            {"place": "", "max_distance_miles": "50"},
            "Enter a town, city or full UK postcode",
        ),
        (
            "location",
            {"place": "Qqqq", "max_distance_miles": "50"},
            "Enter a town, city or full UK postcode",
        ),
        ("location", {"place": "Swindon"}, "Select how far you can travel"),
        ("working-pattern", {}, "Select your working pattern"),
        ("line-manager", {"email": ""}, "Enter your line manager’s email address"),
        (
            "line-manager",
            {"email": "SAM@tides.gov.uk"},
            "Your line manager’s email address must be different from yours",
        ),
        (
            "line-manager",
            {"email": "ada@acme.example"},
            "must end in a domain your department uses, like @tides.gov.uk",
        ),
        ("clearance", {}, "Select your security clearance"),
        ("adjustments", {"adjustments": "x" * 1001}, "1,000 characters"),
    ],
)
def test_each_wrong_answer_is_said_and_nothing_is_saved(as_user, sam, slug, data, said):
    client = as_user(sam)

    response = send(client, sam, slug, **data)

    assert response.status_code == 200
    assert [said in error.replace("1000", "1,000") for error in errors(response)] == [True]
    assert "<title>Error: " in response.text
    assert profile_of(sam).version == 1


def test_eleven_skills_to_learn_are_too_many(as_user, sam):
    skills = [SkillFactory(source="starter").slug for _each in range(11)]

    response = send(as_user(sam), sam, "skills-to-learn", skills=skills)

    assert errors(response) == ["Select 10 skills or fewer"]
    assert response.text.count(" checked") == 11


def test_thirty_one_skills_held_are_too_many(as_user, sam):
    skills = [SkillFactory(source="starter").slug for _each in range(31)]

    response = send(as_user(sam), sam, "skills", skills=skills)

    assert errors(response) == ["Select 30 skills or fewer"]


def test_a_level_is_asked_for_each_skill(as_user, sam):
    for name in ("Systems thinking", "AI safety"):
        ProfileSkillFactory(
            profile=sam.profile,
            skill=SkillFactory(name=name, slug=name.lower().replace(" ", "-")),
            level=0,
        )

    response = send(as_user(sam), sam, "skills-to-learn-levels")

    assert errors(response) == [
        "Select your level in AI safety",
        "Select your level in systems thinking",
    ]


def test_a_search_keeps_what_is_ticked_and_saves_nothing(as_user, sam):
    SkillFactory(name="Tide charts", slug="tide-charts", source="esco")
    SkillFactory(name="Old charts", slug="old-charts", is_retired=True)
    SkillFactory(name="Moon maths", slug="moon-maths", source="starter")
    client = as_user(sam)

    page = send(
        client, sam, "skills-to-learn", skills=["moon-maths"], search="chart", find="1"
    ).text

    assert 'value="tide-charts"' in page
    assert 'value="old-charts"' not in page
    assert page.count(" checked") == 1
    assert "Error" not in page
    assert profile_of(sam).version == 1

    send(client, sam, "skills-to-learn", skills=["moon-maths", "tide-charts"], search="chart")
    assert {row.skill.slug for row in profile_of(sam).skills_for(SkillUse.LEARN)} == {
        "moon-maths",
        "tide-charts",
    }


def test_a_search_without_a_result_says_so(as_user, sam):
    page = send(as_user(sam), sam, "skills", search="zzz", find="1").text

    assert "Nothing has such a name" in page


def test_a_skill_that_is_retired_cannot_be_chosen(as_user, sam):
    SkillFactory(name="Old charts", slug="old-charts", is_retired=True)

    response = send(as_user(sam), sam, "skills-to-learn", skills=["old-charts"])

    assert len(errors(response)) == 1
    assert not ProfileSkill.objects.exists()


def test_a_new_skill_asks_for_its_level_and_keeps_the_others(as_user, sam):
    old = ProfileSkillFactory(profile=sam.profile, skill=SkillFactory(slug="old"), level=3)
    SkillFactory(slug="new", source="starter")
    client = as_user(sam)

    response = send(client, sam, "skills-to-learn", "check", skills=["old", "new"])

    assert response.headers["Location"] == "/profile/edit/skills-to-learn-levels?from=check"
    old.refresh_from_db()
    assert old.level == 3
    response = send(client, sam, "skills-to-learn-levels", "check", old="4", new="0")
    assert response.headers["Location"] == "/profile/check"
    response = send(client, sam, "skills-to-learn", "check", skills=["new"])
    assert response.headers["Location"] == "/profile/check"


@pytest.mark.parametrize("slug", ["skills-to-learn", "department"])
def test_an_error_without_anything_to_choose_points_at_the_search(as_user, newcomer, slug):
    newcomer.department.is_active = False
    newcomer.department.save()

    response = send(as_user(newcomer), newcomer, slug)

    assert 'href="#id_search"' in response.text


def test_levels_without_skills_have_no_page(as_user, sam):
    assert as_user(sam).get("/profile/edit/skills-levels").headers["Location"] == "/profile"


def test_a_department_is_found_by_its_initials_or_part_of_its_name(as_user, sam):
    DepartmentFactory(name="Office for Moons", abbreviation="OFM", slug="moons")
    client = as_user(sam)

    for text in ("ofm", "moon"):
        page = send(client, sam, "department", search=text, find="1").text
        assert "Office for Moons" in page


def test_a_department_needs_an_address_of_its_own(as_user, sam, department):
    DepartmentFactory(name="Office for Moons", slug="moons", domain="moons.gov.uk")

    response = send(as_user(sam), sam, "department", search="moons", department="moons")

    assert "You need another email address for this department" in response.text
    assert "@moons.gov.uk" in response.text
    assert profile_of(sam).user.department == department


def test_an_agency_may_use_the_domain_of_its_department(as_user, sam, department):
    agency = DepartmentFactory(name="Tide Office", slug="tide-office", parent=department)

    response = send(
        as_user(sam), sam, "department", "profile", search="tide", department="tide-office"
    )

    assert response.headers["Location"] == "/profile"
    assert profile_of(sam).user.department == agency


@pytest.mark.parametrize("typed", ["Swindon", "swindon", "SN1 2AA", "sn12aa"])
def test_a_place_is_a_town_or_a_postcode(as_user, sam, typed):
    TownFactory().postcode_areas.create(area="SN")

    response = send(as_user(sam), sam, "location", place=typed, max_distance_miles="25")

    assert response.status_code == 302, errors(response)
    assert profile_of(sam).town.name == "Swindon"


def test_a_place_that_could_be_several_is_asked_about(as_user, sam):
    region = RegionFactory(code="TLF", name="East Midlands", slug="east-midlands")
    for name in ("Newport North", "Newport South"):
        TownFactory(name=name, region=region, longitude=-1.0 - len(name))
    client = as_user(sam)

    page = send(client, sam, "location", place="newport", max_distance_miles="25")

    assert errors(page) == []
    assert "Which place do you mean?" in page.text
    assert profile_of(sam).version == 1
    refused = send(client, sam, "location", place="newport", town="", max_distance_miles="25")
    assert errors(refused) == ["Select which place you mean"]
    send(client, sam, "location", place="newport", town="Newport South", max_distance_miles="25")
    assert profile_of(sam).town.name == "Newport South"


def test_naming_a_manager_makes_their_row_once(as_user, sam, department):
    client = as_user(sam)
    for _each in range(2):
        send(client, sam, "line-manager", email="Priya.Shah@tides.gov.uk")

    manager = User.objects.get(email="priya.shah@tides.gov.uk")
    assert profile_of(sam).line_manager == manager
    assert manager.department == department


def test_a_name_is_composed_and_holds_no_hidden_marks(as_user, sam):
    send(as_user(sam), sam, "name", name="  Zoe\u0308 \u202eOkafor ")

    assert User.objects.get(pk=sam.pk).name == "Zoë Okafor"


def test_what_was_left_empty_counts_as_answered(as_user, sam):
    client = as_user(sam)

    send(client, sam, "adjustments", adjustments="")

    assert "Left empty" in client.get("/profile").text


def test_an_outdated_page_keeps_what_was_typed_and_shows_what_is_saved(as_user, sam):
    client = as_user(sam)
    send(client, sam, "development-plan", development_plan="The first text")

    response = client.post(
        "/profile/edit/development-plan", {"version": 1, "development_plan": "The second text"}
    )

    assert response.status_code == 409
    assert "Saved now: The first text" in response.text
    assert "The second text" in response.text
    assert profile_of(sam).development_plan == "The first text"
    assert 'name="version" value="2"' in response.text


@pytest.mark.parametrize("version", ["", "-1", "x", "99"])
def test_a_version_that_was_tampered_with_saves_nothing(as_user, sam, version):
    response = as_user(sam).post("/profile/edit/grade", {"version": version, "grade": "SEO"})

    assert response.status_code in {200, 409}
    assert profile_of(sam).version == 1


def test_upper_floors_hear_of_each_answer_in_the_same_transaction(as_user, sam):
    heard = []

    def receiver(profile, by, changed, **kwargs):
        heard.append((profile.pk, by.pk, changed))

    profile_saved.connect(receiver)
    try:
        send(as_user(sam), sam, "clearance", clearance="sc")
    finally:
        profile_saved.disconnect(receiver)

    assert heard == [(sam.profile.pk, sam.pk, ("clearance",))]


def test_the_history_names_the_question_and_never_the_answer(as_user, sam):
    send(as_user(sam), sam, "adjustments", adjustments="A quiet room")
    send(as_user(sam), sam, "line-manager", email="priya@tides.gov.uk")

    events = Event.objects.filter(actor=sam).order_by("pk")
    assert [(event.action, event.detail) for event in events] == [
        ("profile saved", {"questions": ["adjustments"]}),
        ("person named", {}),
        ("profile saved", {"questions": ["line-manager"]}),
    ]


def test_a_receiver_that_fails_keeps_the_answer_from_being_saved(as_user, sam):
    def receiver(**kwargs):
        raise RuntimeError

    profile_saved.connect(receiver)
    try:
        with pytest.raises(RuntimeError):
            send(as_user(sam), sam, "clearance", clearance="dv")
    finally:
        profile_saved.disconnect(receiver)

    assert profile_of(sam).clearance == "bpss"


def test_a_get_writes_nothing(as_user, newcomer):
    client = as_user(newcomer)
    for address in ("/profile", "/profile/edit/name", "/profile/check"):
        client.get(address)

    assert not Profile.objects.exists()


@pytest.mark.parametrize("address", ["/profile", "/profile/edit/name", "/profile/check"])
def test_a_profile_is_for_civil_servants_who_are_signed_in(client, as_user, address):
    assert client.get(address).status_code == 302
    assert as_user(UserFactory()).get(address).status_code == 403


def test_an_unknown_question_has_no_page(as_user, sam):
    assert as_user(sam).get("/profile/edit/shoe-size").status_code == 404


def test_completeness_is_said_in_words(as_user, newcomer, department):
    assert "You have answered 0 of 13 questions" in as_user(newcomer).get("/profile").text

    other = CivilServantFactory(department=department)
    ProfileSkillFactory(profile=other.profile, level=2)
    assert "all we need to recommend" in as_user(other).get("/profile").text


def test_queries_do_not_grow_with_skills(as_user, sam, django_assert_num_queries):
    client = as_user(sam)
    ProfileSkillFactory(profile=sam.profile)
    with CaptureQueriesContext(connection) as before:
        client.get("/profile")
    for _each in range(7):
        ProfileSkillFactory(profile=sam.profile, skill=SkillFactory(group=SkillGroupFactory()))

    with django_assert_num_queries(len(before)):
        client.get("/profile")


def test_a_profile_of_other_figures_than_the_choices_offer_keeps_them(as_user, sam):
    Profile.objects.filter(user=sam).update(hours_a_week=30, max_distance_miles=33)
    client = as_user(sam)

    assert "30 hours a week" in client.get("/profile/edit/time").text
    assert "Up to 33 miles" in client.get("/profile/edit/location").text
