"""Writes of a profile: one function for each kind of answer, each saved when it is given."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from people import signals
from people.actions.accounts import name_person
from people.choices import SkillLevel, SkillUse
from people.models import Department, EmailDomain, Profile, ProfileSkill, Skill, User


class Stale(Exception):
    """The profile was saved elsewhere since the page was opened; nothing of this was kept."""


class DomainNeeded(Exception):
    """The person's address does not show that they work in the department they chose."""

    def __init__(self, department: Department) -> None:
        """Keep the department, whose domains the page names."""
        super().__init__(str(department))
        self.department = department


def _opened(by: User, version: int) -> Profile:
    """Lock the person's profile, made when it is first written to; refuse an outdated page."""
    profile = Profile.objects.locked_of(by)
    if profile.version != version:
        raise Stale
    return profile


def _close(profile: Profile, question: str, *, by: User) -> Profile:
    """Save an answered question and tell the floors above."""
    profile.version += 1
    profile.answered = sorted({*profile.answered, question})
    profile.save()
    signals.profile_saved.send(Profile, profile=profile, by=by, changed=(question,))
    _record("profile saved", profile, by=by, questions=[question])
    return profile


def _record(action: str, subject: Profile | User, *, by: User, **detail: Any) -> None:
    """Tell the audit what was done: which question, never the answer."""
    signals.recorded.send(type(subject), action=action, subject=subject, by=by, detail=detail)


@transaction.atomic
def save_fields(question: str, *, by: User, version: int, **fields: Any) -> Profile:
    """Save an answer that is columns of the profile itself."""
    profile = _opened(by, version)
    for name, value in fields.items():
        setattr(profile, name, value)
    return _close(profile, question, by=by)


@transaction.atomic
def save_name(question: str, *, by: User, version: int, name: str) -> Profile:
    """Save what the person is called."""
    profile = _opened(by, version)
    User.objects.rename(by, name)
    return _close(profile, question, by=by)


@transaction.atomic
def save_department(question: str, *, by: User, version: int, department: Department) -> Profile:
    """Move the person to a department that their address belongs to."""
    profile = _opened(by, version)
    if not EmailDomain.objects.proves(by.email, department):
        raise DomainNeeded(department)
    before = by.department
    if before != department:
        User.objects.move(by, department)
        signals.department_changed.send(User, user=by, by=by, department=before)
        _record("department changed", by, by=by, before=before.slug if before else "")
    return _close(profile, question, by=by)


@transaction.atomic
def save_line_manager(question: str, *, by: User, version: int, email: str) -> Profile:
    """Name the line manager, whose row is made when they are first named."""
    profile = _opened(by, version)
    profile.line_manager = name_person(email, by=by)
    return _close(profile, question, by=by)


@transaction.atomic
def save_skills(
    question: str, *, by: User, version: int, use: SkillUse, skills: list[Skill]
) -> Profile:
    """Save which skills the person has or wants to learn; the level of a kept one stays."""
    profile = _opened(by, version)
    rows = {row.skill_id: row for row in profile.skills_for(use)}
    chosen = {skill.pk for skill in skills}
    profile.skills_for(use).exclude(skill__in=chosen).delete()
    new = [
        ProfileSkill(profile=profile, skill=skill, use=use)
        for skill in skills
        if skill.pk not in rows
    ]
    ProfileSkill.objects.bulk_create(new)
    if new:
        profile.answered = [slug for slug in profile.answered if slug != f"{question}-levels"]
    return _close(profile, question, by=by)


@transaction.atomic
def save_levels(
    question: str, *, by: User, version: int, use: SkillUse, levels: Mapping[str, SkillLevel]
) -> Profile:
    """Save how well the person knows each of those skills."""
    profile = _opened(by, version)
    rows = [row for row in profile.skills_for(use) if row.skill.slug in levels]
    for row in rows:
        row.level = levels[row.skill.slug]
    ProfileSkill.objects.bulk_update(rows, ["level"])
    return _close(profile, question, by=by)
