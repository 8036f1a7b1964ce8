"""Invent the civil servants who might go and learn."""

from collections.abc import Iterator
from random import Random

from home.demo.reading import address, content, in_text, phrases, reference, skills
from home.demo.shapes import DemoPerson, SkillAt

SEED = 1953
PEOPLE = 420
SIZES = {
    "dsit": 52, "defra": 44, "dhsc": 32, "desnz": 30, "home-office": 26, "mod": 24, "dft": 24,
    "ukhsa": 22, "environment-agency": 20, "ons": 18, "dstl": 16, "met-office": 14,
    "scottish-government": 14, "hmrc": 12, "dwp": 12, "welsh-government": 10, "fsa": 8,
    "daera": 8, "hse": 7, "mhra": 6, "ukho": 6, "cabinet-office": 5, "forest-research": 4,
    "ipo": 3, "uksa": 3,
}  # fmt: skip
TOWNS = {
    "dsit": ("London", "Salford", "Darlington", "London"),
    "defra": ("London", "Bristol", "York", "Newcastle upon Tyne", "Worcester"),
    "dhsc": ("London", "Leeds", "London"),
    "desnz": ("London", "Aberdeen", "Salford"),
    "home-office": ("Croydon", "London", "Sheffield", "Liverpool"),
    "mod": ("Bristol", "London", "Glasgow", "Portsmouth"),
    "dft": ("London", "Leeds", "Birmingham", "Hastings"),
    "ukhsa": ("London", "Porton Down", "Birmingham", "Leeds"),
    "environment-agency": ("Bristol", "Warrington", "Leeds", "Peterborough", "Exeter", "Lincoln"),
    "ons": ("Newport", "Fareham", "Darlington"),
    "dstl": ("Porton Down", "Fareham"),
    "met-office": ("Exeter", "Exeter", "Aberdeen"),
    "scottish-government": ("Edinburgh", "Glasgow", "Aberdeen", "Inverness"),
    "hmrc": ("Nottingham", "Leeds", "Stratford", "Belfast"),
    "dwp": ("Leeds", "Newcastle upon Tyne", "Blackpool", "Sheffield"),
    "welsh-government": ("Cardiff", "Aberystwyth", "Llandudno", "Merthyr Tydfil"),
    "fsa": ("London", "York", "Belfast", "Cardiff"),
    "daera": ("Belfast", "Derry/Londonderry", "Coleraine"),
    "hse": ("Buxton", "Liverpool", "Norwich", "Nottingham"),
    "mhra": ("London", "London", "York"),
    "ukho": ("Taunton",),
    "cabinet-office": ("London", "York", "Glasgow"),
    "forest-research": ("Edinburgh", "Guildford", "Aberystwyth"),
    "ipo": ("Newport",),
    "uksa": ("Swindon", "Didcot", "Leicester"),
}
GRADES = {"AO": 4, "EO": 11, "HEO": 24, "SEO": 26, "G7": 22, "G6": 9, "SCS1": 3, "SCS2": 1}
PROFESSIONS = {
    "science-and-engineering": 30, "policy": 22, "statistics": 9, "digital-and-data": 10,
    "operational-research": 6, "project-delivery": 8, "economics": 4, "social-research": 4,
    "operational-delivery": 4, "veterinary": 2, "medicine": 2, "intelligence-analysis": 2,
    "commercial": 2, "knowledge-and-information-management": 1,
}  # fmt: skip
ANYONE = ("research-methods-evidence-and-policy", "delivery-leadership-and-commercialisation")
KNOWS = {
    "statistics": ("data-science-and-statistics",),
    "digital-and-data": ("software-and-data-engineering", "artificial-intelligence"),
    "operational-research": ("modelling-simulation-and-operational-research",),
    "policy": ("systems-thinking-and-futures", "metrology-standards-and-regulation"),
    "veterinary": ("life-sciences-and-health",),
    "medicine": ("life-sciences-and-health", "engineering-biology"),
    "intelligence-analysis": ("telecoms-and-cyber-security", "data-science-and-statistics"),
}
AREAS = {
    "dsit": ("quantum-photonics-and-semiconductors", "artificial-intelligence"),
    "defra": ("climate-ocean-and-environment", "engineering-biology"),
    "dhsc": ("life-sciences-and-health", "engineering-biology"),
    "desnz": ("energy-nuclear-and-transport", "climate-ocean-and-environment"),
    "home-office": ("telecoms-and-cyber-security", "artificial-intelligence"),
    "mod": ("telecoms-and-cyber-security", "materials-chemistry-and-manufacturing"),
    "dft": ("energy-nuclear-and-transport", "modelling-simulation-and-operational-research"),
    "ukhsa": ("life-sciences-and-health", "modelling-simulation-and-operational-research"),
    "environment-agency": (
        "climate-ocean-and-environment",
        "space-earth-observation-and-geospatial",
    ),
    "ons": ("data-science-and-statistics", "software-and-data-engineering"),
    "dstl": ("materials-chemistry-and-manufacturing", "quantum-photonics-and-semiconductors"),
    "met-office": ("climate-ocean-and-environment", "software-and-data-engineering"),
    "fsa": ("engineering-biology", "metrology-standards-and-regulation"),
    "hse": ("metrology-standards-and-regulation", "materials-chemistry-and-manufacturing"),
    "mhra": ("life-sciences-and-health", "metrology-standards-and-regulation"),
    "ukho": ("space-earth-observation-and-geospatial", "software-and-data-engineering"),
    "uksa": ("space-earth-observation-and-geospatial", "quantum-photonics-and-semiconductors"),
    "daera": ("climate-ocean-and-environment", "life-sciences-and-health"),
}
PATTERNS = {"full_time": 70, "part_time": 14, "compressed": 9, "job_share": 3, "term_time": 4}
CLEARANCES = {"none": 6, "bpss": 62, "ctc": 12, "sc": 17, "dv": 3}
SECRET = {"mod", "dstl", "home-office", "cabinet-office"}
REACH = (25, 50, 80, 100, 150, 200, 200, 200, 200)
LEADERS = 2
REMOTE_IS_FINE = 0.85


def _weighted(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]


def _names(random: Random) -> Iterator[str]:
    names = content("names")
    every = [f"{first} {last}" for first in names["first"] for last in names["last"]]
    return iter(random.sample(every, PEOPLE))


def _skills(random: Random, department: str, profession: str) -> list[str]:
    """Shuffle the skills, those of the department and profession mostly first."""
    near = {*AREAS.get(department, ()), *KNOWS.get(profession, ()), *ANYONE}
    return sorted(
        skills(),
        key=lambda slug: random.random() * (1 if skills()[slug]["group"] in near else 6),
    )


def _managers(random: Random, ranks: list[int]) -> list[int | None]:
    """Give each place in a department, ordered senior first, a manager above it."""
    managers: list[int | None] = [None]
    for place in range(1, len(ranks)):
        above = [other for other in range(place) if ranks[other] > ranks[place]] or [0]
        managers.append(random.choice(above[-6:]))
    return managers


def make_people() -> tuple[DemoPerson, ...]:
    """Give every civil servant, department by department and senior first."""
    random = Random(SEED)  # noqa: S311 - a repeatable demo, nothing secret
    names = _names(random)
    domains = {row["slug"]: row["domains"].split(" | ")[0] for row in reference("departments")}
    rank = {row["code"]: int(row["rank"]) for row in reference("grades")}
    people: list[DemoPerson] = []
    for department, size in SIZES.items():
        grades = sorted(
            (_weighted(random, GRADES) for _ in range(size)), key=rank.__getitem__, reverse=True
        )
        grades[:LEADERS] = ["SCS1", "G6"] if grades[0] != "SCS2" else ["SCS2", "SCS1"]
        grades.sort(key=rank.__getitem__, reverse=True)
        base = len(people)
        for grade, manager in zip(
            grades, _managers(random, [rank[grade] for grade in grades]), strict=True
        ):
            name = next(names)
            people.append(
                _person(
                    random,
                    name=name,
                    email=address(name, domains[department]),
                    department=department,
                    grade=grade,
                    manager=None if manager is None else base + manager,
                )
            )
    return tuple(people)


def _person(  # noqa: PLR0913 - one keyword for each thing that is settled outside
    random: Random, *, name: str, email: str, department: str, grade: str, manager: int | None
) -> DemoPerson:
    profession = _weighted(random, PROFESSIONS)
    shuffled = _skills(random, department, profession)
    held, wanted = random.randint(3, 8), random.randint(3, 9)
    pattern = _weighted(random, PATTERNS)
    free_from = random.choice((0, 0, 14, 30, 45, 60, 90, 120, 180))
    to_learn = tuple(
        SkillAt(skill, random.choices((0, 1, 2, 3), (5, 5, 3, 1))[0])
        for skill in shuffled[held : held + wanted]
    )
    plan = random.choice(phrases()["development"])
    return DemoPerson(
        name=name,
        email=email,
        department=department,
        grade=grade,
        profession=profession,
        town=random.choice(TOWNS[department]),
        held=tuple(
            SkillAt(skill, random.choices((1, 2, 3, 4), (2, 4, 3, 1))[0])
            for skill in shuffled[:held]
        ),
        to_learn=to_learn,
        hours_a_week=_hours(random, pattern),
        available_from=free_from,
        available_until=free_from + random.choice((240, 365, 540, 730, 900)),
        remote_ok=random.random() < REMOTE_IS_FINE,
        max_distance_miles=random.choice(REACH),
        working_pattern=pattern,
        clearance=_clearance(random, department),
        manager=manager,
        development_plan=plan.format(skill=in_text(skills()[to_learn[0].skill]["name"])),
    )


def _hours(random: Random, pattern: str) -> int:
    if pattern in {"part_time", "job_share"}:
        return random.choice((4, 7, 11, 15, 18, 18))
    return random.choice((7, 15, 22, 30, 37, 37, 37, 37))


def _clearance(random: Random, department: str) -> str:
    if department in SECRET:
        return random.choices(("bpss", "ctc", "sc", "dv"), (3, 2, 10, 3))[0]
    return _weighted(random, CLEARANCES)
