"""What somebody can do and wants to learn, and how well they know it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.govuk import HintedChoiceField
from people.choices import SkillLevel, SkillUse
from people.forms.about import MAX_SHOWN
from people.forms.question import QuestionForm, SearchedForm, typed_in
from people.models import Profile, Skill

SKILL_LIMIT = {SkillUse.LEARN: 10, SkillUse.HELD: 30}
LEVEL_HINTS: dict[str, Any] = {
    str(SkillLevel.NONE.value): _("I have not used it"),
    str(SkillLevel.AWARENESS.value): _("I know what it is and when it helps"),
    str(SkillLevel.WORKING.value): _("I can use it with some support"),
    str(SkillLevel.PRACTITIONER.value): _("I use it on my own and help others to"),
    str(SkillLevel.EXPERT.value): _("I lead on it and others come to me for advice"),
}


class SkillsForm(SearchedForm):
    """Skills, searched for and ticked; those ticked stay in view while you search on."""

    use: ClassVar[SkillUse]

    search = forms.CharField(
        label=_("Search for a skill"),
        help_text=_("Without a search, the list shows the most common ones."),
        required=False,
        max_length=200,
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Offer what was found and what is ticked."""
        super().__init__(profile, data)
        text = typed_in(data, "search")
        ticked = data.getlist("skills") if data is not None else self.saved()["skills"]
        found = (
            list(Skill.objects.in_use().named_like(text).in_groups()[:MAX_SHOWN])
            if text
            else common_skills()
        )
        chosen = Skill.objects.in_use().of_slugs(ticked)
        self.offered = {skill.slug: skill for skill in [*chosen, *found]}
        self.nothing_found = bool(text) and not found
        self.fields["skills"].choices = grouped(self.offered.values(), set(ticked))  # type: ignore[attr-defined] # a MultipleChoiceField

    def has_options(self) -> bool:
        """Tell whether a skill is shown."""
        return bool(self.offered)

    def saved(self) -> dict[str, Any]:
        """Give the ticked skills by their slugs."""
        return {"skills": [row.skill.slug for row in rows_for(self.profile, self.use)]}

    def typed(self, data: QueryDict) -> dict[str, Any]:
        """Keep every tick."""
        return {"search": data.get("search", ""), "skills": data.getlist("skills")}

    def answer(self) -> dict[str, Any]:
        """Give the skills themselves."""
        slugs = self.cleaned_data["skills"]
        return {"use": self.use, "skills": [self.offered[slug] for slug in slugs]}


def rows_for(profile: Profile, use: SkillUse) -> list[Any]:
    """Give the skills that stand on a profile for one use, from what was fetched with it."""
    if profile.pk is None:
        return []
    return [row for row in profile.profile_skills.all() if row.use == use]


def common_skills() -> Iterable[Skill]:
    """List what most people choose from: the skills that the service ships with."""
    return Skill.objects.in_use().from_source("starter").in_groups()


def grouped(skills: Iterable[Skill], ticked: set[str]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Put skills under their groups, and the ticked ones first under a heading of their own."""
    groups: dict[Any, list[tuple[str, str]]] = {}
    in_order = sorted(skills, key=lambda one: (one.slug not in ticked, one.group.name, one.name))
    for skill in in_order:
        heading = _("Chosen") if skill.slug in ticked else skill.group.name
        groups.setdefault(heading, []).append((skill.slug, skill.name))
    return list(groups.items())


class SkillsToLearnForm(SkillsForm):
    """What you want to learn."""

    use = SkillUse.LEARN

    def clean_skills(self) -> list[str]:
        """Ask for 1 to 10."""
        skills: list[str] = self.cleaned_data["skills"]
        if not skills:
            raise ValidationError(_("Select at least one skill you want to learn"))
        if len(skills) > SKILL_LIMIT[self.use]:
            raise ValidationError(_("Select 10 skills or fewer"))
        return skills


class SkillsHeldForm(SkillsForm):
    """What you know already."""

    use = SkillUse.HELD

    def clean_skills(self) -> list[str]:
        """Ask for 30 at most."""
        skills: list[str] = self.cleaned_data["skills"]
        if len(skills) > SKILL_LIMIT[self.use]:
            raise ValidationError(_("Select 30 skills or fewer"))
        return skills


class LevelsForm(QuestionForm):
    """How well you know each skill that you chose."""

    use: ClassVar[SkillUse]

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Ask for each skill in turn."""
        self.rows = rows_for(profile, self.use)
        super().__init__(profile, data)
        for row in self.rows:
            self.fields[row.skill.slug] = HintedChoiceField(
                label=row.skill.name,
                choices=SkillLevel.choices,
                hints=LEVEL_HINTS,
                initial=row.level if self.is_told else None,
                error_messages={
                    "required": _("Select your level in %(skill)s")
                    % {"skill": in_sentence(row.skill.name)}
                },
            )

    @property
    def is_told(self) -> bool:
        """Tell whether the levels on the profile were given, or only stand for nothing yet."""
        return self.question in self.profile.answered or any(row.level for row in self.rows)

    @property
    def question(self) -> str:
        """Give the slug that these levels are asked under."""
        return f"{'skills-to-learn' if self.use == SkillUse.LEARN else 'skills'}-levels"

    def saved(self) -> dict[str, Any]:
        """Each field knows its own."""
        return {}

    def answer(self) -> dict[str, Any]:
        """Give the level of each skill."""
        levels = {slug: SkillLevel(int(level)) for slug, level in super().answer().items()}
        return {"use": self.use, "levels": levels}


def in_sentence(name: str) -> str:
    """Write a skill's name inside a sentence: initials stay as they are."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


class LevelsToLearnForm(LevelsForm):
    """How well you know what you want to learn."""

    use = SkillUse.LEARN


class LevelsHeldForm(LevelsForm):
    """How well you know what you have."""

    use = SkillUse.HELD
