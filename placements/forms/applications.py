"""What an applicant fills in: the parts of an application, and the answers after it is sent."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filters import date_short
from core.govuk import DateInputField, LongTextField, WordLimitValidator
from people.models import EmailDomain
from placements.models import Application, Placement
from placements.sections import business_case_outline

YES, NO = "yes", "no"


class SectionForm(forms.Form):
    """A part of the application: its answers may be unfinished until its owner says otherwise."""

    section = ""
    needed: dict[str, Any] = {}
    mark_optional = False

    completed = forms.ChoiceField(
        label=gettext_lazy("Have you completed this section?"),
        choices=[
            (YES, gettext_lazy("Yes, I have completed this section")),
            (NO, gettext_lazy("No, I will come back to it later")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Select whether you have completed this section")
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        kwargs["initial"] = self.answers_of(application) | {
            "version": application.version,
            "completed": YES if self.section in application.finished_sections else None,
        }
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in {"completed", "version"}])

    def answers_of(self, application: Application) -> dict[str, Any]:
        """Give what the application holds already."""
        return {
            field: getattr(application, field)
            for field in self.base_fields
            if hasattr(application, field) and field != "version"
        }

    def clean(self) -> dict[str, Any]:
        """Insist on the answers of a part that is said to be complete."""
        cleaned = super().clean() or {}
        if cleaned.get("completed") == YES:
            for field, message in self.needed.items():
                if field not in self.errors and cleaned.get(field) in (None, ""):
                    self.add_error(field, message)
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Give the answers alone."""
        return {
            field: value
            for field, value in self.cleaned_data.items()
            if field not in {"completed", "version"}
        }

    @property
    def is_completed(self) -> bool:
        """Tell what the last question was answered with."""
        return bool(self.cleaned_data["completed"] == YES)

    def renew_version(self, version: int) -> None:
        """Let the next try start from what is saved now; what was typed stays."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data


class DetailsForm(SectionForm):
    """Nothing to type: the details come from the profile."""

    section = "details"


class WhyForm(SectionForm):
    """Why they want this opportunity."""

    section = "why"
    needed = {"why": gettext_lazy("Enter why you want this opportunity")}
    why = LongTextField(
        label=gettext_lazy("Why do you want this opportunity?"),
        help_text=gettext_lazy(
            "Say what you want to learn and why now. The host and your line manager read this."
        ),
        required=False,
        rows=10,
        validators=[
            WordLimitValidator(300, gettext_lazy("Why you want this opportunity")),
            MaxLengthValidator(3000),
        ],
    )


class BringBackForm(SectionForm):
    """What the department gains."""

    section = "bring_back"
    needed = {"bring_back": gettext_lazy("Enter what you will bring back")}
    bring_back = LongTextField(
        label=gettext_lazy("What will you bring back to your team?"),
        help_text=gettext_lazy(
            "For example a method, a contact, or something you will teach others."
        ),
        required=False,
        rows=8,
        validators=[
            WordLimitValidator(200, gettext_lazy("What you will bring back")),
            MaxLengthValidator(3000),
        ],
    )


class DatesForm(SectionForm):
    """When, within the dates of the opportunity."""

    section = "dates"
    needed = {
        "starts_on": gettext_lazy("Enter the start date"),
        "ends_on": gettext_lazy("Enter the end date"),
    }
    starts_on = DateInputField(
        label=gettext_lazy("Start date"), error_name=gettext_lazy("Start date"), required=False
    )
    ends_on = DateInputField(
        label=gettext_lazy("End date"), error_name=gettext_lazy("End date"), required=False
    )

    def answers_of(self, application: Application) -> dict[str, Any]:
        """Start from the opportunity's own dates."""
        opportunity = application.opportunity
        return {
            "starts_on": application.starts_on or opportunity.starts_on,
            "ends_on": application.ends_on or opportunity.ends_on,
        }

    def clean(self) -> dict[str, Any]:
        """Hold the dates inside the opportunity and outside other placements."""
        cleaned = super().clean()
        opportunity = self.application.opportunity
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and starts_on < opportunity.starts_on:
            self.add_error(
                "starts_on",
                _("Start date must be on or after %(date)s")
                % {"date": date_short(opportunity.starts_on)},
            )
        if ends_on and ends_on > opportunity.ends_on:
            self.add_error(
                "ends_on",
                _("End date must be on or before %(date)s")
                % {"date": date_short(opportunity.ends_on)},
            )
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("End date must be after start date"))
        elif starts_on and ends_on and opportunity.is_exclusive:
            self._refuse_clash(starts_on, ends_on)
        return cleaned

    def _refuse_clash(self, starts_on: Any, ends_on: Any) -> None:
        clash = Placement.objects.clashing(self.application.applicant, starts_on, ends_on).first()
        if clash is not None:
            self.add_error(
                "starts_on",
                _("You are on a placement from %(start)s to %(end)s. Choose other dates")
                % {"start": date_short(clash.starts_on), "end": date_short(clash.ends_on)},
            )


class ManagerFields(forms.Form):
    """The name and work address of a line manager, at a domain that the department uses."""

    name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter your line manager’s full name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Work email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter your line manager’s email address"),
            "invalid": gettext_lazy(
                "Enter an email address in the correct format, like name@example.gov.uk"
            ),
        },
    )

    application: Application
    same_address = gettext_lazy("Your line manager’s email address must be different from yours")
    other_domain = gettext_lazy(
        "Your line manager’s email address must end in a domain your department uses,"
        " like @%(domain)s"
    )

    def clean_email(self) -> str:
        """Refuse the applicant's own address and those of other organisations."""
        email: str = self.cleaned_data["email"].strip().lower()
        if not email:
            return email
        if email == self.application.applicant.email.lower():
            raise forms.ValidationError(self.same_address)
        domain = EmailDomain.objects.of_address(email)
        if domain is None or domain.department_id != self.application.department_id:
            example = self.application.department.domains.first()
            raise forms.ValidationError(
                self.other_domain % {"domain": example.domain if example else "example.gov.uk"}
            )
        return email


class ManagerForm(SectionForm, ManagerFields):
    """Who the line manager is."""

    section = "manager"
    needed = {
        "name": gettext_lazy("Enter your line manager’s full name"),
        "email": gettext_lazy("Enter your line manager’s email address"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = self.fields["email"].required = False

    def answers_of(self, application: Application) -> dict[str, Any]:
        """Start from the line manager on the profile."""
        manager = application.manager
        return {"name": manager.name, "email": manager.email} if manager else {}


class AdjustmentsForm(SectionForm):
    """What would help them take part, and when the host may read it."""

    section = "adjustments"
    adjustments = LongTextField(
        label=gettext_lazy("What would help you take part? (optional)"),
        help_text=gettext_lazy(
            "Say what you need, not why. Your line manager and your department do not see this."
        ),
        required=False,
        rows=5,
        max_length=1000,
    )
    adjustments_with_application = forms.TypedChoiceField(
        label=gettext_lazy("When can the host see this?"),
        choices=[
            ("no", gettext_lazy("Only if they offer me a place")),
            ("yes", gettext_lazy("With my application")),
        ],
        coerce=lambda value: value == YES,
        empty_value="",
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_adjustments_with_application(self) -> bool:
        """Share later unless they said otherwise."""
        return self.cleaned_data["adjustments_with_application"] is True

    def answers_of(self, application: Application) -> dict[str, Any]:
        """Start from the profile, which asked once already."""
        profile = getattr(application.applicant, "profile", None)
        return {
            "adjustments": application.adjustments or (profile.adjustments if profile else ""),
            "adjustments_with_application": YES
            if application.adjustments_with_application
            else NO,
        }


class BusinessCaseForm(SectionForm):
    """What the department reads before it approves."""

    section = "business_case"
    needed = {"business_case": gettext_lazy("Enter the business case")}
    business_case = LongTextField(
        label=gettext_lazy("Business case"),
        help_text=gettext_lazy(
            "Write below each heading. We filled in what we know. Your line manager and your"
            " department read this, the host does not."
        ),
        required=False,
        rows=24,
        max_length=6000,
    )

    def answers_of(self, application: Application) -> dict[str, Any]:
        """Start from the headings a department asks for."""
        return {"business_case": application.business_case or business_case_outline(application)}


SECTION_FORMS: dict[str, type[SectionForm]] = {
    form.section: form
    for form in (
        DetailsForm,
        WhyForm,
        BringBackForm,
        DatesForm,
        ManagerForm,
        AdjustmentsForm,
        BusinessCaseForm,
    )
}


class SendForm(forms.Form):
    """The last look: a reply to the line manager, where they asked something."""

    mark_optional = False
    note = LongTextField(
        label=gettext_lazy("Your reply to your line manager"),
        help_text=gettext_lazy("Say what you changed, or answer their question."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter your reply to your line manager")},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not application.changes_wanted:
            del self.fields["note"]
