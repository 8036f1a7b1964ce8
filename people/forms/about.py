"""Who somebody is: name, department, grade, profession, line manager."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.forms.question import QuestionForm, SearchedForm, plain_name, typed_in
from people.models import Department, EmailDomain, Grade, Profession, Profile

MAX_SHOWN = 60


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
