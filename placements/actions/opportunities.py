"""What people do with opportunities they found: keep them, note on them, wish for more."""

from django.db import transaction

from audit.actions import record
from people.models import Skill, User
from placements.models import Opportunity, SavedOpportunity, SkillInterest


@transaction.atomic
def save(opportunity: Opportunity, *, by: User, note: str = "") -> SavedOpportunity:
    """Keep an opportunity for later; saving twice changes nothing."""
    saved, is_new = SavedOpportunity.objects.get_or_create(
        user=by, opportunity=opportunity, defaults={"note": note}
    )
    if is_new:
        record("save", opportunity, by=by)
    return saved


@transaction.atomic
def unsave(opportunity: Opportunity, *, by: User) -> str:
    """Stop keeping an opportunity; give the note that went with it, for an undo."""
    saved = SavedOpportunity.objects.visible_to(by).of_opportunity(opportunity.reference)
    kept = saved.select_for_update(of=("self",)).first()
    if kept is None:
        return ""
    kept.delete()
    record("unsave", opportunity, by=by)
    return kept.note


@transaction.atomic
def note(saved: SavedOpportunity, *, by: User, note: str) -> SavedOpportunity:
    """Write the private note of a saved opportunity."""
    saved.note = note
    saved.save(update_fields=["note"])
    record("note", saved.opportunity, by=by, fields=["note"])
    return saved


@transaction.atomic
def register_interest(skill: Skill, *, by: User) -> SkillInterest:
    """Record that somebody wants to learn a skill; twice changes nothing."""
    interest, is_new = SkillInterest.objects.get_or_create(user=by, skill=skill)
    if is_new:
        record("register_interest", skill, by=by)
    return interest


@transaction.atomic
def withdraw_interest(skill: Skill, *, by: User) -> None:
    """Take a wish for a skill back."""
    deleted, _rows = SkillInterest.objects.of(by, skill).delete()
    if deleted:
        record("withdraw_interest", skill, by=by)
