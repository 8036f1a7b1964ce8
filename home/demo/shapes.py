"""What the demo catalogue is made of, as plain frozen records."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


def weekday_from(today: date, days: int) -> date:
    """Give the day so many days from today, moved on to Monday from a weekend."""
    day = today + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day


@dataclass(frozen=True)
class SkillAt:
    """A skill and a level of it, 0 (none) to 4 (expert)."""

    skill: str
    level: int


@dataclass(frozen=True)
class DemoOrganisation:
    """A partner that offers opportunities."""

    slug: str
    name: str
    kind: str
    department: str
    town: str
    other_sites: tuple[str, ...]
    themes: tuple[str, ...]
    summary: str
    lines: tuple[str, ...]
    website: str
    domain: str
    size: str

    @property
    def is_policy_team(self) -> bool:
        """Tell whether its people work on policy and have no laboratory."""
        return bool(self.department) and "policy" in self.themes


@dataclass(frozen=True)
class DemoHost:
    """Somebody who works for a partner; the first of each partner owns its account."""

    organisation: str
    name: str
    email: str
    job_title: str
    role: str


@dataclass(frozen=True)
class DemoPerson:
    """A civil servant with a profile; the head of each department has no manager here."""

    name: str
    email: str
    department: str
    grade: str
    profession: str
    town: str
    held: tuple[SkillAt, ...]
    to_learn: tuple[SkillAt, ...]
    hours_a_week: int
    available_from: int
    available_until: int
    remote_ok: bool
    max_distance_miles: int
    working_pattern: str
    clearance: str
    manager: int | None
    development_plan: str


@dataclass(frozen=True)
class Dates:
    """The dates of an opportunity as they fall on a calendar."""

    closing: date
    choosing: date
    start: date
    end: date


@dataclass(frozen=True)
class DemoOpportunity:
    """Something to apply for; offsets count in days from the day the demo is loaded."""

    organisation: str
    type: str
    exchange_kind: str
    direction: str
    status: str
    title: str
    summary: str
    what_you_will_do: str
    what_you_will_learn: str
    who_it_suits: str
    places: int
    start_offset: int
    length_days: int
    closing_offset: int
    choosing_offset: int
    hours_a_week: int
    pattern: str
    town: str
    remote: str
    lowest_grade: str
    highest_grade: str
    clearance: str
    salary_payer: str
    travel_payer: str
    cost_to_department: int
    skills_learned: tuple[SkillAt, ...]
    skills_needed: tuple[SkillAt, ...]
    supervisor: str
    contact: int
    site_access: str
    topic: str
    activities: tuple[str, ...]

    def dates(self, today: date) -> Dates:
        """Place the opportunity on the calendar, with each date on a weekday."""
        start = weekday_from(today, self.start_offset)
        end = start + timedelta(days=self.length_days - 1)
        if end.weekday() >= SATURDAY:
            end = max(start, end - timedelta(days=end.weekday() - SATURDAY + 1))
        return Dates(
            closing=weekday_from(today, self.closing_offset),
            choosing=weekday_from(today, self.choosing_offset),
            start=start,
            end=end,
        )


@dataclass(frozen=True)
class DemoAnswers:
    """Texts that people write in and around an application."""

    why: tuple[str, ...]
    bring_back: tuple[str, ...]
    hooks: tuple[str, ...]
    cover: tuple[str, ...]
    manager_notes: tuple[str, ...]
    not_selected: tuple[str, ...]
    withdrawal: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class DemoStory:
    """What somebody found out, told by them after they came back."""

    slug: str
    title: str
    organisation: str
    type: str
    grade: str
    department: str
    profession: str
    text: str
    question: str
