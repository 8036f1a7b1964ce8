"""Keeps the list of skills: what can be chosen, and by which other names it is found."""

from typing import Any

from django.db import transaction

from people import signals
from people.models import Skill, SkillSynonym, User


@transaction.atomic
def retire(skill: Skill, *, by: User) -> Skill:
    """Take a skill out of what people can choose; it stays where it is used."""
    return _set_retired(skill, "retire_skill", retired=True, by=by)


@transaction.atomic
def restore(skill: Skill, *, by: User) -> Skill:
    """Let people choose a retired skill again."""
    return _set_retired(skill, "restore_skill", retired=False, by=by)


@transaction.atomic
def add_synonym(skill: Skill, *, name: str, by: User) -> SkillSynonym:
    """Let a skill be found by another name."""
    skill = Skill.objects.locked(skill.pk)
    synonym, created = SkillSynonym.objects.get_or_create(skill=skill, name=name)
    if created:
        _record("add_synonym", skill, by=by, name=name)
    return synonym


@transaction.atomic
def remove_synonym(skill: Skill, *, name: str, by: User) -> None:
    """Take another name away; one that is gone already is left at that."""
    skill = Skill.objects.locked(skill.pk)
    gone, _by_model = skill.synonyms.filter(name=name).delete()
    if gone:
        _record("remove_synonym", skill, by=by, name=name)


def _set_retired(skill: Skill, action: str, *, retired: bool, by: User) -> Skill:
    skill = Skill.objects.locked(skill.pk)
    if skill.is_retired != retired:
        skill.is_retired = retired
        skill.save(update_fields=["is_retired"])
        _record(action, skill, by=by)
    return skill


def _record(action: str, skill: Skill, *, by: User, **detail: Any) -> None:
    signals.recorded.send(Skill, action=action, subject=skill, by=by, detail=detail)
