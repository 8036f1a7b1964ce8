"""One small form for each question about a civil servant."""

import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.govuk import DateInputField, HintedChoiceField, LongTextField
from people.choices import Clearance, SkillLevel, SkillUse, WorkingPattern
from people.models import (
    Department,
    EmailDomain,
    Grade,
    Profession,
    Profile,
    Skill,
    Town,
)

MAX_SHOWN = 60
MAX_TOWNS = 10
MAX_TYPED = 200
SKILL_LIMIT = {SkillUse.LEARN: 10, SkillUse.HELD: 30}
ANYWHERE = 1000
DISTANCES = [
    (10, _("Up to 10 miles")),
    (25, _("Up to 25 miles")),
    (50, _("Up to 50 miles")),
    (100, _("Up to 100 miles")),
    (ANYWHERE, _("Anywhere in the UK")),
]
HOURS = {
    2: _("Up to 2 hours a week"),
    4: _("Half a day a week"),
    7: _("1 day a week"),
    15: _("2 days a week"),
    22: _("3 days a week"),
    37: _("Full time"),
}
LEVEL_HINTS: dict[str, Any] = {
    str(SkillLevel.NONE.value): _("I have not used it"),
    str(SkillLevel.AWARENESS.value): _("I know what it is and when it helps"),
    str(SkillLevel.WORKING.value): _("I can use it with some support"),
    str(SkillLevel.PRACTITIONER.value): _("I use it on my own and help others to"),
    str(SkillLevel.EXPERT.value): _("I lead on it and others come to me for advice"),
}
CLEARANCE_HINT = _("Only the level. Never tell us when or why you were cleared.")


class QuestionForm(forms.Form):
    """What every question has in common: the profile, its version, and perhaps a search."""

    use_required_attribute = False
    mark_optional = False
    heading_field: ClassVar[str | None] = None
    has_search: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Show what is saved; a pressed search button keeps what was typed, and checks nothing."""
        self.profile = profile
        self.is_searching = data is not None and self.wants_search(data)
        initial = self.saved() | {"version": profile.version}
        if data is not None and self.is_searching:
            initial |= self.typed(data)
        super().__init__(None if self.is_searching else data, initial=initial)

    def saved(self) -> dict[str, Any]:
        """Give what the profile holds."""
        return {name: getattr(self.profile, name, None) for name in self.base_fields}

    def typed(self, data: QueryDict) -> dict[str, Any]:
        """Give what was typed, to show it again."""
        return {name: data[name] for name in self.base_fields if name in data}

    def wants_search(self, data: QueryDict) -> bool:
        """Tell whether the search button was pressed."""
        return self.has_search and "find" in data

    def answer(self) -> dict[str, Any]:
        """Give what to save."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def typed_in(data: QueryDict | None, name: str) -> str:
    """Give what was typed into a field, before the form checks it."""
    return str(data.get(name, "")).strip()[:MAX_TYPED] if data else ""


def plain_name(text: str) -> str:
    """Compose the letters and take out what no name has: marks that turn or hide text."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(char for char in composed if unicodedata.category(char) not in {"Cf", "Cc"})
    return " ".join(kept.split())


class NameForm(QuestionForm):
    """What people call you."""

    heading_field = "name"

    name = forms.CharField(
        label=_("What is your full name?"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your full name"),
            "max_length": _("Full name must be 150 characters or fewer"),
        },
    )

    def saved(self) -> dict[str, Any]:
        """The name stands on the account."""
        return {"name": self.profile.user.name}

    def clean_name(self) -> str:
        """Refuse a name of nothing but invisible marks."""
        name = plain_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Enter your full name"))
        return name


class SearchedForm(QuestionForm):
    """A question whose answers are searched for."""

    has_search = True

    search = forms.CharField(required=False, max_length=200, strip=True)

    def has_options(self) -> bool:
        """Tell whether there is anything to choose from."""
        raise NotImplementedError

    def add_error(self, field: str | None, error: Any) -> None:
        """Point at the search where nothing else can be pointed at."""
        super().add_error(field if self.has_options() else "search", error)

    def answer(self) -> dict[str, Any]:
        """The search is no part of the answer."""
        return {name: value for name, value in super().answer().items() if name != "search"}


class DepartmentForm(SearchedForm):
    """Where you work."""

    search = forms.CharField(
        label=_("Search for a department or agency"),
        help_text=_("Part of its name, or its initials."),
        required=False,
        max_length=200,
    )
    department = forms.ModelChoiceField(
        label=_("Department or agency"),
        queryset=Department.objects.none(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select the department or agency you work for"),
            "invalid_choice": _("Select the department or agency you work for"),
        },
    )

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Offer what was found, with the present department first."""
        super().__init__(profile, data)
        text = typed_in(data, "search")
        present = profile.user.department
        found = list(Department.objects.active().named_like(text)[:MAX_SHOWN]) if text else []
        offered = present and present.is_active and present not in found
        shown = ([present] if present and offered else []) + found
        slugs = [department.slug for department in shown]
        self.nothing_found = bool(text) and not found
        self.shown = shown
        field = self.fields["department"]
        field.queryset = Department.objects.active().of_slugs(slugs)  # type: ignore[attr-defined] # a ModelChoiceField

    def has_options(self) -> bool:
        """Tell whether a department is shown."""
        return bool(self.shown)

    def saved(self) -> dict[str, Any]:
        """The department stands on the account."""
        department = self.profile.user.department
        return {"department": department.slug if department else None}


class GradeForm(QuestionForm):
    """Your grade."""

    heading_field = "grade"

    grade = forms.ModelChoiceField(
        label=_("What is your grade?"),
        help_text=_("If your organisation has its own grades, choose the nearest."),
        queryset=Grade.objects.all(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select your grade")},
    )

    def saved(self) -> dict[str, Any]:
        """Grades go by their code."""
        return {"grade": self.profile.grade.code if self.profile.grade else None}


class ProfessionForm(QuestionForm):
    """Your profession."""

    heading_field = "profession"

    profession = forms.ModelChoiceField(
        label=_("Which profession do you belong to?"),
        help_text=_("If you belong to several, choose the one of your present work."),
        queryset=Profession.objects.all(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select your profession")},
    )

    def saved(self) -> dict[str, Any]:
        """Professions go by their slug."""
        return {"profession": self.profile.profession.slug if self.profile.profession else None}


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


def found_skills(text: str) -> list[Skill]:
    """List the skills of such a name."""
    return list(Skill.objects.in_use().named_like(text).in_groups()[:MAX_SHOWN])


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


class TimeForm(QuestionForm):
    """How much time you could spend, and when."""

    hours_a_week = forms.TypedChoiceField(
        label=_("How much time could you spend?"),
        choices=list(HOURS.items()),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select how much time you could spend")},
    )
    available_from = DateInputField(
        label=_("From when could you start?"),
        help_text=_("For example, 27 3 2027. Leave it empty if any time suits you."),
        error_name=_("Start date"),
        required=False,
    )
    available_until = DateInputField(
        label=_("Until when?"),
        help_text=_("For example, 27 9 2027. Leave it empty if there is no end."),
        error_name=_("End date"),
        required=False,
    )

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Offer also an amount that was given in another way."""
        super().__init__(profile, data)
        hours = profile.hours_a_week
        if hours and hours not in HOURS:
            own = (hours, _("%(hours)d hours a week") % {"hours": hours})
            self.fields["hours_a_week"].choices = [own, *HOURS.items()]  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Check the order of the dates."""
        data = super().clean() or {}
        start, end = data.get("available_from"), data.get("available_until")
        if start and end and end <= start:
            self.add_error("available_until", _("End date must be after start date"))
        return data


class LocationForm(QuestionForm):
    """Where you could go."""

    place = forms.CharField(
        label=_("Where do you work?"),
        help_text=_("A town, city or full UK postcode. We keep only the town."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"required": _("Enter a town, city or full UK postcode")},
    )
    max_distance_miles = forms.TypedChoiceField(
        label=_("How far can you travel?"),
        choices=DISTANCES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select how far you can travel")},
    )
    remote_ok = forms.BooleanField(label=_("Remote works for me"), required=False)

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Ask which town is meant when several have such a name."""
        text = typed_in(data, "place")
        self.towns = list(Town.objects.found_by(text)[:2]) if text else []
        self.likely = []
        if text and len(self.towns) != 1:
            self.likely = list(Town.objects.named_like(text)[:MAX_TOWNS])
        super().__init__(profile, data)
        if self.likely:
            self.fields["town"] = forms.ChoiceField(
                label=_("Which place do you mean?"),
                choices=[(town.name, f"{town.name}, {town.region}") for town in self.likely],
                widget=forms.RadioSelect,
                error_messages={"required": _("Select which place you mean")},
            )
            self.order_fields(["version", "place", "town"])
        distance = profile.max_distance_miles
        if distance and distance not in dict(DISTANCES):
            own = (distance, _("Up to %(miles)d miles") % {"miles": distance})
            self.fields["max_distance_miles"].choices = [own, *DISTANCES]  # type: ignore[attr-defined] # a ChoiceField

    def wants_search(self, data: QueryDict) -> bool:
        """Ask again, without an error, when the place is not certain yet."""
        return bool(self.likely) and "town" not in data

    def saved(self) -> dict[str, Any]:
        """The place is shown as the town it stands for."""
        return super().saved() | {"place": self.profile.town.name if self.profile.town else ""}

    def clean_place(self) -> str:
        """Refuse a place that nobody knows."""
        if not (self.towns or self.likely):
            raise ValidationError(_("Enter a town, city or full UK postcode"))
        return str(self.cleaned_data["place"])

    def answer(self) -> dict[str, Any]:
        """Give the town that the place stands for."""
        found = {town.name: town for town in [*self.likely, *self.towns]}
        data = super().answer()
        place = data.pop("place")
        town = found.get(data.pop("town", place)) or self.towns[0]
        return data | {"town": town}


class WorkingPatternForm(QuestionForm):
    """How you work."""

    heading_field = "working_pattern"

    working_pattern = forms.ChoiceField(
        label=_("What is your working pattern?"),
        choices=WorkingPattern.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select your working pattern")},
    )


class LineManagerForm(QuestionForm):
    """Who manages you."""

    heading_field = "email"

    email = forms.EmailField(
        label=_("What is your line manager’s email address?"),
        help_text=_("They are asked to support you before an application is sent, not before."),
        max_length=254,
        error_messages={
            "required": _("Enter your line manager’s email address"),
            "invalid": _("Enter an email address in the correct format, like name@example.gov.uk"),
        },
    )

    def saved(self) -> dict[str, Any]:
        """The manager goes by their address."""
        manager = self.profile.line_manager
        return {"email": manager.email if manager else ""}

    def clean_email(self) -> str:
        """Refuse one's own address, and one that the department does not use."""
        email = str(self.cleaned_data["email"]).lower()
        if email == self.profile.user.email.lower():
            raise ValidationError(
                _("Your line manager’s email address must be different from yours")
            )
        department = self.profile.user.department
        if department and not EmailDomain.objects.proves(email, department):
            domain = EmailDomain.objects.used_by(department).first()
            raise ValidationError(wrong_domain(domain))
        return email


def wrong_domain(domain: EmailDomain | None) -> str:
    """Say which domain a manager's address ends in."""
    if domain is None:
        return gettext("Your line manager’s email address must be one your department uses")
    return gettext(
        "Your line manager’s email address must end in a domain your department uses,"
        " like @%(domain)s"
    ) % {"domain": domain.domain}


class ClearanceForm(QuestionForm):
    """Your clearance."""

    heading_field = "clearance"

    clearance = forms.ChoiceField(
        label=_("Which security clearance do you have?"),
        help_text=CLEARANCE_HINT,
        choices=Clearance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select your security clearance")},
    )


class AdjustmentsForm(QuestionForm):
    """What would help you."""

    heading_field = "adjustments"

    adjustments = LongTextField(
        label=_("What would help you take part?"),
        help_text=_("Private: nobody sees this until you choose to share it with a host."),
        max_length=1000,
        required=False,
    )


class DevelopmentPlanForm(QuestionForm):
    """What you have agreed to learn."""

    heading_field = "development_plan"

    development_plan = LongTextField(
        label=_("What does your development plan say?"),
        help_text=_("Used in your business case. You can change it there."),
        max_length=2000,
        rows=8,
        required=False,
    )
