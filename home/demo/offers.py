"""Invent the opportunities: what, where, when, for whom and at what cost."""

import re
from dataclasses import dataclass
from random import Random

from home.demo.reading import Kernel, content, kernels, phrases
from home.demo.shapes import DemoHost, DemoOpportunity, DemoOrganisation, SkillAt
from home.demo.texts import Writer

SEED = 1936
COUNTS = {"shadowing": 92, "placement": 92, "mentoring": 56, "exchange": 80}
INWARD = {"shadowing": 10, "placement": 14, "mentoring": 6, "exchange": 18}
STATUSES = {
    "open": 226, "being_checked": 18, "draft": 18, "paused": 12, "closed": 24, "filled": 22,
}  # fmt: skip
CLOSES = {
    "open": (6, 75),
    "being_checked": (30, 80),
    "draft": (40, 100),
    "paused": (15, 60),
    "closed": (-25, -3),
    "filled": (-120, -30),
}
LENGTHS = {
    "shadowing": (1, 1, 2, 2, 3, 3, 5, 5, 5, 9, 12),
    "placement": (5, 12, 26, 40, 54, 61, 82, 89, 110, 138, 166, 180),
    "mentoring": (96, 122, 180, 180, 270, 362),
    "exchange": (96, 124, 180, 180, 272, 362, 362, 544, 728),
}
PLACES = {
    "shadowing": (1, 1, 2, 2, 3, 4, 6),
    "placement": (1, 1, 1, 2, 2, 3),
    "mentoring": (1, 1, 2, 3, 4),
    "exchange": (1, 1, 1, 2),
}
GRADES = {
    "shadowing": (("AA", "G6"), ("AO", "SCS1"), ("EO", "G7"), ("AA", "SCS2"), ("HEO", "SCS1")),
    "placement": (("EO", "SEO"), ("HEO", "G7"), ("HEO", "G6"), ("AO", "SEO"), ("SEO", "G6")),
    "mentoring": (("EO", "G7"), ("AA", "SEO"), ("HEO", "SCS1"), ("G7", "SCS3"), ("AO", "G6")),
    "exchange": (("HEO", "G7"), ("SEO", "G6"), ("G7", "SCS1"), ("HEO", "G6"), ("G6", "SCS2")),
}
REMOTE = {
    "shadowing": ("on_site",) * 8 + ("hybrid", "remote"),
    "placement": ("on_site",) * 4 + ("hybrid",) * 5 + ("remote",) * 2,
    "mentoring": ("remote",) * 6 + ("hybrid",) * 2 + ("on_site",),
    "exchange": ("on_site",) * 4 + ("hybrid",) * 6 + ("remote",),
}
HANDS_ON = ("on_site", "on_site", "on_site", "hybrid", "hybrid")
USEFUL = (
    "writing-for-decision-makers", "data-visualisation", "facilitation", "python-for-analysis",
    "project-delivery-for-research", "science-communication",
)  # fmt: skip
CLOSED_AREAS = {"nuclear", "cyber", "space", "forensics"}
SPOKEN = {
    r"\btwo days\b": 2,
    r"\bthree days\b": 3,
    r"\ba (windy )?week\b": 5,
    r"\ba (scenario day|day|shift|night)\b|\ban afternoon\b": 1,
    r"\ba month\b": 28,
    r"\ba summer\b": 82,
    r"\ba year\b|\bdesign year\b": 362,
}
LONG_SHADOWING = 5
SHORT_PLACEMENT = 40
PLACEMENT_HOURS = (7, 7, 11, 15, 15, 18, 22, 30, 37, 37)
ASKS_FOR_A_START = 0.45
ASKS_FOR_MORE = 0.3
FULL_TIME_HOURS = 36


@dataclass(frozen=True)
class _Plan:
    """What is settled about an opportunity before a word is written."""

    kernel: Kernel
    kind: str
    direction: str
    organisation: DemoOrganisation


@dataclass(frozen=True)
class _Time:
    """When it takes place and how its hours are spread."""

    start: int
    length: int
    closing: int
    choosing: int
    hours: int
    pattern: str


def make_opportunities(
    organisations: tuple[DemoOrganisation, ...], hosts: tuple[DemoHost, ...]
) -> tuple[DemoOpportunity, ...]:
    """Give every opportunity, each topic at most once in each type."""
    random = Random(SEED)  # noqa: S311 - a repeatable demo, nothing secret
    writer = Writer(random)
    statuses = [status for status, count in STATUSES.items() for _ in range(count)]
    random.shuffle(statuses)
    teams = {
        organisation.slug: sum(host.organisation == organisation.slug for host in hosts)
        for organisation in organisations
    }
    supervisors = {
        organisation.slug: _supervisors(random, organisation) for organisation in organisations
    }
    access = _access(organisations)
    return tuple(
        _opportunity(
            random,
            writer,
            plan,
            status=status,
            contact=random.randrange(teams[plan.organisation.slug]),
            supervisor=random.choice(supervisors[plan.organisation.slug]),
            access=access[plan.organisation.slug],
        )
        for plan, status in zip(_plans(random, organisations), statuses, strict=True)
    )


def _plans(random: Random, organisations: tuple[DemoOrganisation, ...]) -> list[_Plan]:
    """Choose topic, type, direction and partner, sharing the work among partners."""
    by_slug = {organisation.slug: organisation for organisation in organisations}
    load = dict.fromkeys(by_slug, 0)
    plans = []
    for kind, count in COUNTS.items():
        inward = INWARD[kind]
        for kernel in random.sample(kernels(), count):
            partners = [by_slug[slug] for slug in kernel.hosts]
            public = [partner for partner in partners if partner.department]
            direction = "inward" if public and inward else "outward"
            inward -= direction == "inward"
            chosen = min(
                public if direction == "inward" else partners,
                key=lambda partner: load[partner.slug] + random.random() * 2,
            )
            load[chosen.slug] += 1
            plans.append(_Plan(kernel, kind, direction, chosen))
    random.shuffle(plans)
    return plans


def _supervisors(random: Random, organisation: DemoOrganisation) -> list[str]:
    names = content("names")
    titles = "policy_titles" if organisation.is_policy_team else "supervisor_titles"
    return [
        f"{random.choice(names['first'])} {random.choice(names['last'])}, {title.lower()}"
        for title in random.sample(phrases()[titles], 3)
    ]


def _access(organisations: tuple[DemoOrganisation, ...]) -> dict[str, str]:
    notes = phrases()["access"]
    return {
        organisation.slug: notes[place % len(notes)]
        for place, organisation in enumerate(organisations)
    }


def _opportunity(  # noqa: PLR0913 - one keyword for each thing that is settled outside
    random: Random,
    writer: Writer,
    plan: _Plan,
    *,
    status: str,
    contact: int,
    supervisor: str,
    access: str,
) -> DemoOpportunity:
    kernel, kind, partner = plan.kernel, plan.kind, plan.organisation
    activities = sorted(random.sample(kernel.activities, 5), key=kernel.activities.index)
    exchange = _exchange_kind(random, plan)
    time = _time(random, kind, status, kernel.titles[kind])
    remote = _remote(random, kernel, kind)
    learned = _learned(random, kernel, kind, time.length)
    lowest, highest = random.choice(GRADES[kind])
    salary, travel, cost = _money(random, plan, exchange, remote)
    return DemoOpportunity(
        organisation=partner.slug,
        type=kind,
        exchange_kind=exchange,
        direction=plan.direction,
        status=status,
        title=kernel.titles[kind],
        summary=writer.summary(kernel, partner, kind, plan.direction),
        what_you_will_do=writer.doing(kind, activities, at_length=time.length > SHORT_PLACEMENT),
        what_you_will_learn=writer.learning(kernel, 3 if kind == "exchange" else 2),
        who_it_suits=writer.suiting(kernel, plan.direction),
        places=random.choice(PLACES[kind]),
        start_offset=time.start,
        length_days=time.length,
        closing_offset=time.closing,
        choosing_offset=time.choosing,
        hours_a_week=time.hours,
        pattern=time.pattern,
        town=random.choice([partner.town] * 3 + list(partner.other_sites)),
        remote=remote,
        lowest_grade=lowest,
        highest_grade=highest,
        clearance=_clearance(random, plan, remote),
        salary_payer=salary,
        travel_payer=travel,
        cost_to_department=cost,
        skills_learned=learned,
        skills_needed=_needed(random, kernel, kind, learned),
        supervisor=supervisor,
        contact=contact,
        site_access=writer.decks["access_remote"].draw() if remote == "remote" else access,
        topic=kernel.slug,
        activities=tuple(activities),
    )


def _remote(random: Random, kernel: Kernel, kind: str) -> str:
    """Say where it is done; benches, boats and fields are never remote."""
    if kernel.desk or kind == "mentoring":
        return random.choice(REMOTE[kind])
    return "on_site" if kind == "shadowing" else random.choice(HANDS_ON)


def _exchange_kind(random: Random, plan: _Plan) -> str:
    if plan.kind != "exchange":
        return ""
    if plan.direction == "inward":
        return "secondment"
    if plan.organisation.department:
        return "loan"
    return random.choice(("secondment", "secondment", "secondment", "swap"))


def _time(random: Random, kind: str, status: str, title: str) -> _Time:
    closing = random.randint(*CLOSES[status])
    length = _promised(title) or random.choice(LENGTHS[kind])
    hours = _hours(random, kind, length)
    return _Time(
        start=closing + random.randint(40, 140 if kind == "exchange" else 100),
        length=length,
        closing=closing,
        choosing=closing + random.randint(10, 21),
        hours=hours,
        pattern=_pattern(random, kind, hours),
    )


def _promised(title: str) -> int | None:
    """Give the length in days that a title speaks of."""
    return next(
        (days for words, days in SPOKEN.items() if re.search(words, title, re.IGNORECASE)), None
    )


def _hours(random: Random, kind: str, length: int) -> int:
    if kind == "mentoring":
        return random.choice((1, 1, 2))
    if kind == "shadowing":
        return min(37, 7 * length) if length < LONG_SHADOWING else random.choice((22, 30, 37))
    if kind == "placement":
        return random.choice((37, 30) if length <= max(LENGTHS["shadowing"]) else PLACEMENT_HOURS)
    return random.choice((15, 18, 22, 30, 37, 37, 37))


def _pattern(random: Random, kind: str, hours: int) -> str:
    if hours >= FULL_TIME_HOURS:
        return "full_time"
    if kind == "mentoring":
        return "flexible"
    if kind == "shadowing":
        return "days"
    return random.choice(("part_time", "part_time", "days", "flexible"))


def _money(random: Random, plan: _Plan, exchange: str, remote: str) -> tuple[str, str, int]:
    """Say who pays salary and travel, and what it costs the home department in pounds."""
    travel = "nobody" if remote == "remote" else random.choice(("department", "host", "shared"))
    if plan.direction == "inward":
        salary = "nobody" if plan.kind == "mentoring" else random.choice(("host", "shared"))
        return salary, travel, 0
    if plan.kind == "mentoring":
        return "nobody", travel, 0 if travel in {"nobody", "host"} else 60
    if exchange == "loan":
        return "host", travel, 0
    salary = random.choice(("department",) * 5 + ("shared",) if exchange else ("department",))
    if travel in {"nobody", "host"}:
        return salary, travel, 0
    costs = {
        "shadowing": range(40, 260, 10),
        "placement": range(150, 1900, 50),
        "exchange": [*range(400, 4800, 100), *range(5500, 9600, 250)],
    }
    return salary, travel, random.choice(costs[plan.kind])


def _clearance(random: Random, plan: _Plan, remote: str) -> str:
    if remote == "remote":
        return random.choice(("none", "none", "none", "bpss"))
    if plan.organisation.department == "dstl":
        return random.choice(("sc", "sc", "sc", "bpss", "ctc", "dv"))
    if plan.organisation.department:
        return random.choice(("bpss", "bpss", "none", "ctc", "sc"))
    if CLOSED_AREAS & set(plan.kernel.themes):
        return random.choice(("none", "bpss", "bpss", "sc"))
    return random.choice(("none", "none", "none", "none", "bpss"))


def _learned(random: Random, kernel: Kernel, kind: str, length: int) -> tuple[SkillAt, ...]:
    """Say which skills are reached at which level; a visit teaches less than a year does."""
    change, most, count = {
        "shadowing": (-1, 2, random.choice((1, 2))),
        "placement": (0, 3 if length > SHORT_PLACEMENT else 2, random.choice((2, 2, 3))),
        "mentoring": (0, 2, random.choice((1, 2))),
        "exchange": (1, 4, random.choice((2, 3, 3))),
    }[kind]
    return tuple(
        SkillAt(skill, max(1, min(most, level + change)))
        for skill, level in list(kernel.learn_skills.items())[:count]
    )


def _needed(
    random: Random, kernel: Kernel, kind: str, learned: tuple[SkillAt, ...]
) -> tuple[SkillAt, ...]:
    """Say which skills are asked for, always at a lower level than they are left with."""
    if kind in {"shadowing", "mentoring"}:
        return ()
    needed = dict(kernel.need_skills)
    if random.random() < ASKS_FOR_A_START and learned[0].level > 1:
        needed[learned[0].skill] = max(1, learned[0].level - 2)
    if random.random() < ASKS_FOR_MORE:
        needed[random.choice(USEFUL)] = random.choice((1, 2))
    reached = {one.skill: one.level for one in learned}
    return tuple(
        SkillAt(skill, level)
        for skill, level in list(needed.items())[:3]
        if level < reached.get(skill, 5)
    )
