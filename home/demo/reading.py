"""Read the demo's content and the reference data it points to."""

import csv
import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parents[1] / "people" / "reference"
KEEP_CAPITAL = ("Bayesian", "Delphi", "Earth", "Python", "R ")


@dataclass(frozen=True)
class Kernel:
    """One topic: what is done, what it teaches and whom it suits; desk work can be remote."""

    slug: str
    themes: tuple[str, ...]
    desk: bool
    hosts: tuple[str, ...]
    learn_skills: dict[str, int]
    need_skills: dict[str, int]
    titles: dict[str, str]
    summaries: tuple[str, ...]
    activities: tuple[str, ...]
    lessons: tuple[str, ...]
    suits: str


def content(name: str) -> Any:
    """Read one file of the demo's content."""
    return json.loads((HERE / "content" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def phrases() -> dict[str, list[str]]:
    """Read the sentences that join the topics' own words."""
    bank: dict[str, list[str]] = content("phrases")
    return bank


@cache
def kernels() -> tuple[Kernel, ...]:
    """Read every topic, in a fixed order."""
    files = sorted(path.stem for path in (HERE / "content" / "kernels").glob("*.json"))
    return tuple(
        Kernel(
            slug=row["slug"],
            themes=tuple(row["themes"]),
            desk=row["desk"],
            hosts=tuple(row["hosts"]),
            learn_skills=row["learn_skills"],
            need_skills=row["need_skills"],
            titles=row["titles"],
            summaries=tuple(row["summaries"]),
            activities=tuple(row["activities"]),
            lessons=tuple(row["lessons"]),
            suits=row["suits"],
        )
        for file in files
        for row in content(f"kernels/{file}")
    )


@cache
def reference(name: str) -> tuple[dict[str, str], ...]:
    """Read one table of the reference data."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def skills() -> dict[str, dict[str, str]]:
    """Give each skill of the reference data by its slug."""
    return {row["slug"]: row for row in reference("skills")}


def in_text(skill_name: str) -> str:
    """Write a skill's name as it stands inside a sentence."""
    if skill_name[1:2].isupper() or skill_name.startswith(KEEP_CAPITAL):
        return skill_name
    return skill_name[0].lower() + skill_name[1:]


def address(name: str, domain: str) -> str:
    """Make the work e-mail address of a name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    first, last = plain.replace("'", "").split(" ", 1)
    return f"{first}.{last.replace(' ', '-')}@{domain}"
