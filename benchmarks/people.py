"""How long it takes to read everybody as arrays, beside the models' rows that say the same.

Run it with: python -m dev.servers python -m benchmarks.people
It fills a database of its own and takes it away again.
"""

import os
import random
import sys
import time
from dataclasses import fields

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemfutures.settings")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

import numpy as np

from core.calendar import today
from matching.engine.people import People, build_people
from matching.live.crowd import facts_of, in_parts
from matching.live.text import vocabulary, words_of
from matching.live.world import World
from people.choices import Clearance, SkillUse, WorkingPattern
from people.models import Department, Grade, Profession, Profile, ProfileSkill, Skill, Town, User

PEOPLE = 20_000
LEARN, ALL = 6, 10
BATCH = 5_000
SEED = 20_261_122


def main() -> int:
    """Read a crowd both ways; fail if one array differs."""
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return measure(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
    finally:
        teardown_databases(databases, verbosity=0)


def measure(size: int) -> int:
    """Print the seconds of each way, and whether they say the same."""
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    call_command("load_reference_data", verbosity=0)
    fill(size, random.Random(SEED))  # noqa: S311 - test data
    world = World.now()
    texts = [words_of(skill.description) for skill in Skill.objects.all()]
    world.words.update(vocabulary(texts))
    started = time.perf_counter(), time.process_time()
    quick = People.joined(list(in_parts(world)))
    copied = time.perf_counter() - started[0], time.process_time() - started[1]
    started = time.perf_counter(), time.process_time()
    slow = people_of_models(quick.pk.tolist(), world)
    modelled = time.perf_counter() - started[0], time.process_time() - started[1]
    print(f"{len(quick):,} people                     wall s   CPU s")
    print(f"binary COPY of fixed columns   {copied[0]:8.2f}{copied[1]:8.2f}")
    print(f"models' rows                   {modelled[0]:8.2f}{modelled[1]:8.2f}")
    names = [column.name for column in fields(People)]
    wrong = [name for name in names if not same(getattr(quick, name), getattr(slow, name))]
    print(f"arrays that differ: {', '.join(wrong) or 'none'}")
    return int(bool(wrong))


def people_of_models(pks: list[int], world: World) -> People:
    """Read the same people through the models."""
    known = {pk: facts for chunk in facts_of(pks, world) for pk, facts in chunk.items()}
    return build_people(pks, (known[pk] for pk in pks), world.reference)


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two arrays are the same to the last bit."""
    return one.dtype == other.dtype and np.array_equal(one, other)


def fill(size: int, chance: random.Random) -> None:
    """Make civil servants with answers."""
    departments, grades = list(Department.objects.all()), list(Grade.objects.all())
    professions, towns = list(Profession.objects.all()), list(Town.objects.all())
    skills = list(Skill.objects.order_by("pk"))
    for first in range(0, size, BATCH):
        users = User.objects.bulk_create(
            User(email=f"bench{n}@bench.gov.uk", department=chance.choice(departments))
            for n in range(first, min(first + BATCH, size))
        )
        chosen = [chance.sample(skills, ALL) for _user in users]
        profiles = Profile.objects.bulk_create(
            Profile(
                user=user,
                grade=chance.choice([*grades, None]),
                profession=chance.choice(professions),
                hours_a_week=chance.choice([None, 7, 15, 37]),
                available_from=chance.choice([None, today()]),
                town=chance.choice([*towns, None]),
                max_distance_miles=chance.choice([25, 100, None]),
                remote_ok=chance.random() < 0.7,
                working_pattern=chance.choice(WorkingPattern.values),
                clearance=chance.choice([*Clearance.values, ""]),
                development_plan=f"Learn {mine[0].name} and more. {mine[2].description}",
            )
            for user, mine in zip(users, chosen, strict=True)
        )
        ProfileSkill.objects.bulk_create(
            ProfileSkill(
                profile=profile,
                skill=skill,
                use=SkillUse.LEARN if place < LEARN else SkillUse.HELD,
                level=chance.randint(0, 2) if place < LEARN else chance.randint(1, 4),
            )
            for profile, mine in zip(profiles, chosen, strict=True)
            for place, skill in enumerate(mine)
        )


if __name__ == "__main__":
    sys.exit(main())
