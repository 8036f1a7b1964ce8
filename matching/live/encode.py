"""Opportunities and people as the engine's facts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from experts.models import Membership
from matching.engine.facts import (
    ALWAYS,
    ANY_DISTANCE,
    FOREVER,
    UNKNOWN,
    OpportunityFacts,
    PersonFacts,
)
from matching.live.text import phrases_in, text_vector, words_of
from matching.live.world import World
from matching.models import Preference
from people.choices import CLEARANCE_RANK, SkillUse, WorkingPattern
from people.models import Profile, User
from placements.choices import (
    ApplicationStatus,
    Direction,
    OpportunityPattern,
    RemoteShare,
    SkillRole,
)
from placements.models import Application, Opportunity, OpportunitySkill, Placement
from placements.querysets import OpportunityQuerySet

# Rise this when facts are read in another way, so that snapshots are made anew
ENCODING_VERSION = 1
EPOCH = dt.date(2018, 1, 1)
REMOTE_RANK = {share: rank for rank, share in enumerate(RemoteShare.values)}
NOT_FULL_TIME = frozenset(
    {WorkingPattern.PART_TIME, WorkingPattern.JOB_SHARE, WorkingPattern.TERM_TIME}
)
COLUMNS = (
    "pk",
    "organisation_id",
    "organisation__department_id",
    "type",
    "lowest_grade__rank",
    "highest_grade__rank",
    "clearance",
    "pattern",
    "remote",
    "town_id",
    "starts_on",
    "ends_on",
    "hours_a_week",
    "closing_on",
    "title",
    "summary",
    "what_you_will_learn",
    "who_it_suits",
)
EXCLUSIVE = frozenset({"exchange", "placement"})


def week_of(day: dt.date) -> int:
    """Number the week a day is in."""
    return (day - EPOCH).days // 7


def monday_of(week: int) -> dt.date:
    """Give the first day of a numbered week."""
    return EPOCH + dt.timedelta(weeks=week)


def open_opportunities() -> OpportunityQuerySet:
    """Keep what can be recommended: open today, and for civil servants to go out to."""
    return Opportunity.objects.taking_applications().filter(direction=Direction.OUTWARD)


def texts_of(offers: OpportunityQuerySet) -> Iterator[list[str]]:
    """Go through the telling words of opportunities, to make a vocabulary from."""
    for texts in offers.values_list(*COLUMNS[-4:]).iterator(chunk_size=2_000):
        yield words_of(" ".join(texts))


def encode(offers: OpportunityQuerySet, world: World) -> list[OpportunityFacts]:
    """Read opportunities as facts, in two queries."""
    taught: dict[int, dict[int, int]] = defaultdict(dict)
    needed: dict[int, dict[int, int]] = defaultdict(dict)
    into = {SkillRole.LEARNED: taught, SkillRole.NEEDED: needed}
    rows = OpportunitySkill.objects.filter(opportunity__in=offers.order_by().values("pk"))
    for pk, skill, role, level in rows.order_by().values_list(
        "opportunity_id", "skill_id", "role", "level"
    ):
        if skill in world.skill_at:
            into[SkillRole(role)][pk][world.skill_at[skill]] = level
    return [
        _facts(row, taught[row[0]], needed[row[0]], world)
        for row in offers.order_by().values_list(*COLUMNS)
    ]


def _facts(
    row: tuple[object, ...], taught: dict[int, int], needed: dict[int, int], world: World
) -> OpportunityFacts:
    cells: dict[str, object] = dict(zip(COLUMNS, row, strict=True))
    text = " ".join(str(cell) for cell in row[-4:])
    town = world.town_at.get(_whole(cells["town_id"]), UNKNOWN)
    starts, ends, closes = (cells[name] for name in ("starts_on", "ends_on", "closing_on"))
    assert isinstance(starts, dt.date)  # noqa: S101 - for the type checker: columns are dates
    assert isinstance(ends, dt.date)  # noqa: S101 - as above
    assert isinstance(closes, dt.date)  # noqa: S101 - as above
    return OpportunityFacts(
        pk=_whole(cells["pk"]),
        organisation=_whole(cells["organisation_id"]),
        department=_whole(cells["organisation__department_id"]),
        exclusive=cells["type"] in EXCLUSIVE,
        lowest_grade=_whole(cells["lowest_grade__rank"]),
        highest_grade=_whole(cells["highest_grade__rank"]),
        clearance=CLEARANCE_RANK[str(cells["clearance"])],
        full_time=cells["pattern"] == OpportunityPattern.FULL_TIME,
        remote=REMOTE_RANK[str(cells["remote"])],
        town=town,
        region=UNKNOWN if town == UNKNOWN else world.towns[town][1],
        start_week=week_of(starts),
        end_week=week_of(ends),
        hours=_whole(cells["hours_a_week"]),
        closing_day=closes.toordinal(),
        taught=taught,
        needed=needed,
        professions=phrases_in(text, world.profession_phrases),
        words=numbered(words_of(text), world),
    )


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def numbered(words: Iterable[str], world: World) -> dict[int, int]:
    """Count telling words by their position in the world."""
    vector = text_vector(words, world.words)
    return {world.word_at[word]: value for word, value in vector.items()}


def person_facts(user: User, profile: Profile | None, world: World) -> PersonFacts:
    """Read a person's answers as facts; nothing else about them is read."""
    facts = standing_of([user])[user.pk]
    return facts if profile is None else with_answers(facts, profile, world)


def standing_of(users: Iterable[User]) -> dict[int, PersonFacts]:
    """Read where people stand: whom they work for, what they applied for, where they are."""
    departments = {user.pk: user.department_id or 0 for user in users}
    people = list(departments)
    applied: dict[int, set[int]] = defaultdict(set)
    hosts: dict[int, set[int]] = defaultdict(set)
    busy: dict[int, set[tuple[int, int]]] = defaultdict(set)
    asked = Application.objects.exclude(status=ApplicationStatus.WITHDRAWN)
    for pk, opportunity in asked.filter(applicant__in=people).values_list(
        "applicant_id", "opportunity_id"
    ):
        applied[pk].add(opportunity)
    members = Membership.objects.live().filter(user__in=people)
    for pk, organisation in members.values_list("user_id", "organisation_id"):
        hosts[pk].add(organisation)
    placements = Placement.objects.live().filter(person__in=people, is_exclusive=True)
    for pk, start, end in placements.values_list("person_id", "starts_on", "ends_on"):
        busy[pk].add((week_of(start), week_of(end)))
    off = Preference.objects.off_for_each(people)
    return {
        pk: PersonFacts(
            department=department,
            organisations=frozenset(hosts[pk]),
            applied=frozenset(applied[pk]),
            busy=tuple(sorted(busy[pk])),
            off=off.get(pk, frozenset()),
        )
        for pk, department in departments.items()
    }


def with_answers(facts: PersonFacts, profile: Profile, world: World) -> PersonFacts:
    """Add what the profile tells."""
    learn = _levels(profile, SkillUse.LEARN, world)
    town = world.town_at.get(profile.town_id or 0, UNKNOWN)
    plan, miles = profile.development_plan, profile.max_distance_miles
    names = " ".join(world.skill_name(skill) for skill in learn)
    return replace(
        facts,
        grade=profile.grade.rank if profile.grade else 0,
        clearance=CLEARANCE_RANK.get(profile.clearance, UNKNOWN),
        part_time=profile.working_pattern in NOT_FULL_TIME,
        remote_ok=profile.remote_ok,
        max_miles=ANY_DISTANCE if miles is None else miles,
        town=town,
        region=UNKNOWN if town == UNKNOWN else world.towns[town][1],
        from_week=week_of(profile.available_from) if profile.available_from else ALWAYS,
        until_week=week_of(profile.available_until) if profile.available_until else FOREVER,
        hours=profile.hours_a_week or 0,
        learn=learn,
        held=_levels(profile, SkillUse.HELD, world),
        profession=world.profession_at.get(profile.profession_id or 0, UNKNOWN),
        goals=phrases_in(plan, world.phrases),
        words=numbered(words_of(f"{plan} {names}"), world),
    )


def _levels(profile: Profile, use: str, world: World) -> dict[int, int]:
    return {
        world.skill_at[row.skill_id]: row.level
        for row in profile.profile_skills.all()
        if row.use == use and row.skill_id in world.skill_at
    }
