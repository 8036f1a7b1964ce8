"""The scheme team's forms: they check, and never save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Department, EmailDomain, RoleGrant, Skill


class AdminForm(forms.Form):
    """Who becomes an admin of a department."""

    email = forms.EmailField(
        label=gettext_lazy("Work email address"),
        help_text=gettext_lazy("They do not need to have used the service before."),
        max_length=254,
        error_messages={"required": gettext_lazy("Enter their work email address")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        """Keep the department that the address has to belong to."""
        super().__init__(*args, **kwargs)
        self.department = department

    def clean_email(self) -> str:
        """Check that the address is the department's, and nobody is an admin twice."""
        email: str = self.cleaned_data["email"].lower()
        domain = EmailDomain.objects.of_address(email)
        if domain is None or domain.department_id != self.department.pk:
            names = ", ".join(f"@{each.domain}" for each in self.department.domains.all())
            raise ValidationError(
                _("Their email address must end in a domain of the department: %(names)s")
                % {"names": names or _("it has none yet")}
            )
        admins = RoleGrant.objects.admins_of(self.department)
        if any(grant.user.email.lower() == email for grant in admins):
            raise ValidationError(_("This person is an admin of the department already"))
        return email


class GrantField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic when run
    """Admins to choose from, by name and address."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: RoleGrant) -> str:
        """Name the admin."""
        return f"{obj.user.display_name} ({obj.user.email})"


class EndAdminForm(forms.Form):
    """Whose right ends."""

    grant = GrantField(
        queryset=RoleGrant.objects.none(),
        label=gettext_lazy("Whose rights do you want to end?"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Select whose rights you want to end")},
    )

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        """Offer the admins that the department has now."""
        super().__init__(*args, **kwargs)
        field = self.fields["grant"]
        if isinstance(field, GrantField):
            field.queryset = RoleGrant.objects.admins_of(department)


class SynonymForm(forms.Form):
    """Another name for a skill."""

    name = forms.CharField(
        label=gettext_lazy("Another name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter another name for the skill")},
    )

    def __init__(self, *args: Any, skill: Skill, **kwargs: Any) -> None:
        """Keep the skill that gets the name."""
        super().__init__(*args, **kwargs)
        self.skill = skill

    def clean_name(self) -> str:
        """Check that the skill has not got this name already."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        known = {self.skill.name.lower()} | {
            synonym.name.lower() for synonym in self.skill.synonyms.all()
        }
        if name.lower() in known:
            raise ValidationError(_("The skill has this name already"))
        return name
