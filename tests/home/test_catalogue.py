"""The demo's catalogue: enough of everything, joined up, within the rules, plainly worded."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from home.demo import catalogue, crowd, hosting, offers
from home.demo.reading import in_text, kernels, reference
from home.demo.shapes import weekday_from

TODAYS = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 400, 13)]
CHRISTMAS = {(12, 25), (12, 26), (12, 28), (1, 1), (1, 2), (1, 4)}
EASTERS = {date(2026, 4, 3), date(2026, 4, 6), date(2027, 3, 26), date(2027, 3, 29)}
OPPORTUNITIES = catalogue.opportunities()
PEOPLE = catalogue.people()
ORGANISATIONS = {one.slug: one for one in catalogue.organisations()}
SKILLS = {row["slug"] for row in reference("skills")}
TOWNS = {row["name"]: row["region"] for row in reference("towns")}
DEPARTMENTS = {row["slug"]: row["domains"].split(" | ") for row in reference("departments")}
RANK = {row["code"]: int(row["rank"]) for row in reference("grades")}


def sentences(text):
    return [one for one in re.split(r"(?<=[.?!])\s+|\n", text.strip()) if one]


def working_days(first, last):
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return sum(
        day.weekday() < 5 and (day.month, day.day) not in CHRISTMAS and day not in EASTERS
        for day in days
    )


def test_the_catalogue_is_the_same_on_every_run():
    organisations = hosting.make_organisations()
    hosts = hosting.make_hosts(organisations)
    assert hosts == catalogue.hosts()
    assert crowd.make_people() == PEOPLE
    assert offers.make_opportunities(organisations, hosts) == OPPORTUNITIES


# organisations and hosts


def test_partners_are_many_of_every_kind_in_every_region():
    kinds = Counter(one.kind for one in ORGANISATIONS.values())
    assert len(ORGANISATIONS) >= 44
    assert set(kinds) == {"university", "institute", "firm", "public_body", "charity"}
    assert min(kinds.values()) >= 5
    assert {TOWNS[one.town] for one in ORGANISATIONS.values()} == set(TOWNS.values())


def test_partners_join_up_with_the_reference_data():
    slugs = [one.slug for one in catalogue.organisations()]
    domains = [one.domain for one in catalogue.organisations()]
    assert len(set(slugs)) == len(slugs)
    assert len(set(domains)) == len(domains)
    for one in ORGANISATIONS.values():
        assert set(one.other_sites) <= set(TOWNS)
        assert bool(one.department) == (one.kind == "public_body")
        if one.department:
            assert one.domain == DEPARTMENTS[one.department][0]
        else:
            assert one.domain.endswith(".example")
        assert one.website.startswith("https://example.org/")
        assert len(one.size) <= 20
        assert 2 <= len(sentences(one.summary)) <= 3


def test_each_partner_has_one_owner_and_some_members():
    emails = [host.email for host in catalogue.hosts()]
    assert len(set(emails)) == len(emails)
    for one in ORGANISATIONS.values():
        team = catalogue.hosts_of(one.slug)
        assert 2 <= len(team) <= 4
        assert [host.role for host in team] == ["owner", *["member"] * (len(team) - 1)]
        assert all(host.email.endswith(f"@{one.domain}") for host in team)


# people


def test_people_fill_many_departments_unevenly():
    sizes = Counter(person.department for person in PEOPLE)
    assert len(PEOPLE) == 420
    assert len(sizes) >= 12
    assert max(sizes.values()) > 5 * min(sizes.values())


def test_people_have_unique_addresses_in_their_departments_domain():
    assert len({person.email for person in PEOPLE}) == 420
    assert len({person.name for person in PEOPLE}) == 420
    for person in PEOPLE:
        local, domain = person.email.split("@")
        assert domain == DEPARTMENTS[person.department][0]
        assert re.fullmatch(r"[a-z-]+\.[a-z-]+", local)


def test_people_join_up_with_the_reference_data():
    professions = {row["slug"] for row in reference("professions")}
    for person in PEOPLE:
        held = [one.skill for one in person.held]
        wanted = [one.skill for one in person.to_learn]
        assert person.grade in RANK
        assert person.profession in professions
        assert person.town in TOWNS
        assert {*held, *wanted} <= SKILLS
        assert len({*held, *wanted}) == len(held) + len(wanted)
        assert 1 <= len(wanted) <= 10
        assert all(1 <= one.level <= 4 for one in person.held)
        assert all(0 <= one.level <= 3 for one in person.to_learn)


def test_people_are_free_for_believable_times():
    for person in PEOPLE:
        assert 1 <= person.hours_a_week <= 37
        assert person.available_until > person.available_from >= 0
        assert person.max_distance_miles > 0
        assert person.clearance in {"none", "bpss", "ctc", "sc", "dv"}
        assert person.working_pattern in {
            "full_time",
            "part_time",
            "compressed",
            "job_share",
            "term_time",
        }
    assert {person.remote_ok for person in PEOPLE} == {True, False}


def test_managers_are_other_people_of_the_department_and_not_junior():
    for place, person in enumerate(PEOPLE):
        if person.manager is None:
            continue
        manager = PEOPLE[person.manager]
        assert person.manager != place
        assert manager.department == person.department
        assert RANK[manager.grade] >= RANK[person.grade]


def test_each_department_has_one_head_and_nobody_manages_in_a_circle():
    heads = Counter(person.department for person in PEOPLE if person.manager is None)
    assert heads == Counter({person.department for person in PEOPLE})
    for start in range(len(PEOPLE)):
        seen = set()
        place = start
        while place is not None:
            assert place not in seen
            seen.add(place)
            place = PEOPLE[place].manager


def test_development_plans_name_a_skill_they_want_to_learn():
    names = {row["slug"]: row["name"] for row in reference("skills")}
    for person in PEOPLE:
        assert in_text(names[person.to_learn[0].skill]) in person.development_plan
        assert len(sentences(person.development_plan)) == 1


# opportunities


def test_opportunities_are_as_many_and_as_mixed_as_promised():
    inward = sum(one.direction == "inward" for one in OPPORTUNITIES)
    statuses = Counter(one.status for one in OPPORTUNITIES)
    assert len(OPPORTUNITIES) == 320
    assert 0.12 <= inward / 320 <= 0.18
    assert min(Counter(one.type for one in OPPORTUNITIES).values()) >= 50
    assert set(statuses) == {"open", "draft", "being_checked", "paused", "closed", "filled"}
    assert statuses["open"] > 200
    assert {one.organisation for one in OPPORTUNITIES} == set(ORGANISATIONS)


def test_opportunities_are_offered_in_every_region_and_remotely():
    regions = Counter(TOWNS[one.town] for one in OPPORTUNITIES)
    assert set(regions) == set(TOWNS.values())
    assert min(regions.values()) >= 10
    assert Counter(one.remote for one in OPPORTUNITIES)["remote"] >= 30


def test_only_exchanges_have_a_kind_and_loans_stay_inside_government():
    for one in OPPORTUNITIES:
        public = bool(ORGANISATIONS[one.organisation].department)
        assert bool(one.exchange_kind) == (one.type == "exchange")
        assert one.exchange_kind in {"", "secondment", "loan", "swap"}
        assert public or one.exchange_kind != "loan"
        assert public or one.direction == "outward"
        assert one.exchange_kind != "secondment" or public == (one.direction == "inward")
    kinds = Counter(one.exchange_kind for one in OPPORTUNITIES)
    assert min(kinds["secondment"], kinds["loan"], kinds["swap"]) >= 5


def test_places_hours_grades_and_skills_are_within_bounds():
    for one in OPPORTUNITIES:
        assert 1 <= one.places <= 6
        assert 1 <= one.hours_a_week <= 37
        assert RANK[one.lowest_grade] < RANK[one.highest_grade]
        assert 1 <= len(one.skills_learned) <= 4
        assert len(one.skills_needed) <= 3
        reached = {skill.skill: skill.level for skill in one.skills_learned}
        needed = {skill.skill: skill.level for skill in one.skills_needed}
        assert {*reached, *needed} <= SKILLS
        assert all(1 <= level <= 4 for level in [*reached.values(), *needed.values()])
        assert all(needed[skill] < reached[skill] for skill in {*needed} & {*reached})
        assert len(needed) == len(one.skills_needed)
        assert one.town in TOWNS
        assert 0 <= one.contact < len(catalogue.hosts_of(one.organisation))
        assert one.clearance in {"none", "bpss", "ctc", "sc", "dv"}
        assert one.pattern in {"full_time", "part_time", "days", "flexible"}
        assert (one.pattern == "full_time") == (one.hours_a_week >= 36)


def test_money_is_said_in_the_services_words():
    payers = {"department", "host", "shared", "nobody"}
    for one in OPPORTUNITIES:
        assert {one.salary_payer, one.travel_payer} <= payers
        assert one.cost_to_department >= 0
        assert one.travel_payer == "nobody" or one.remote != "remote"
        assert one.cost_to_department == 0 or one.travel_payer in {"department", "shared"}
        assert one.exchange_kind != "loan" or one.salary_payer == "host"
    costs = [one.cost_to_department for one in OPPORTUNITIES]
    assert any(cost > 5000 for cost in costs)
    assert any(0 < cost <= 5000 for cost in costs)


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_dates_keep_the_rules_whatever_the_day_of_loading(today):
    for one in OPPORTUNITIES:
        dates = one.dates(today)
        assert dates.closing < dates.choosing < dates.start <= dates.end
        assert working_days(dates.closing, dates.start) - 1 >= 20
        assert all(day.weekday() < 5 for day in (dates.closing, dates.start, dates.end))


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_lengths_suit_the_type_whatever_the_day_of_loading(today):
    for one in OPPORTUNITIES:
        dates = one.dates(today)
        days = (dates.end - dates.start).days + 1
        if one.type == "shadowing":
            assert working_days(dates.start, dates.end) <= 10
        elif one.type == "mentoring":
            assert 92 <= days <= 365
            assert one.hours_a_week <= 2
        elif one.type == "placement":
            assert days <= 181
        else:
            assert 92 <= days <= 730


def test_dates_suit_the_status():
    today = date(2026, 6, 10)
    for one in OPPORTUNITIES:
        closing = one.dates(today).closing
        assert (closing < today) == (one.status in {"closed", "filled"})


def test_a_weekend_moves_on_to_monday():
    friday = date(2026, 6, 12)
    assert weekday_from(friday, 0) == friday
    assert weekday_from(friday, 1) == weekday_from(friday, 2) == date(2026, 6, 15)


def test_work_with_the_hands_is_never_remote():
    desk = {kernel.slug for kernel in kernels() if kernel.desk}
    remote = [one for one in OPPORTUNITIES if one.remote == "remote"]
    assert all(one.topic in desk or one.type == "mentoring" for one in remote)


def test_a_short_time_teaches_less_than_a_long_one():
    for one in OPPORTUNITIES:
        if one.type in {"shadowing", "mentoring"} or one.length_days <= 40:
            assert max(skill.level for skill in one.skills_learned) <= 2


def test_a_title_that_speaks_of_a_time_lasts_that_long():
    lengths = {one.title: one.length_days for one in OPPORTUNITIES}
    spoken = {"Two days": 2, "three days": 3, "A day ": 1, "A week": 5, "for a summer": 82}
    for words_of_title, days in spoken.items():
        found = [length for title, length in lengths.items() if words_of_title in title]
        assert found
        assert set(found) == {days}
