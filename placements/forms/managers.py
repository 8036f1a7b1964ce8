"""What a line manager answers, page by page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import today
from core.govuk import DateInputField, HintedChoiceField, LongTextField, OneTimeCodeInput
from placements.choices import Cover, ManagerDecision, NoSupportReason
from placements.forms.applications import ManagerFields
from placements.models import Application

CODE_DIGITS = 6


class NameManagerForm(ManagerFields):
    """Somebody else to ask instead of the line manager who has the request."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_email(self) -> str:
        """Refuse whoever is asked already."""
        email = super().clean_email()
        asked = self.application.manager
        if asked is not None and email == asked.email.lower():
            raise forms.ValidationError(_("This person has the request already"))
        return email

    @property
    def spoken_name(self) -> str:
        """Give the name typed, for the message that says it is done."""
        return str(self.cleaned_data["name"])


class NotManagerForm(NameManagerForm):
    """Who manages them instead; left empty by somebody who does not know."""

    mark_optional = False
    same_address = gettext_lazy("This is the applicant’s own email address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("name", "email"):
            self.fields[field].required = False
        self.fields["name"].label = _("Their line manager’s full name")
        self.fields["email"].label = _("Their line manager’s work email address")

    def clean(self) -> dict[str, Any]:
        """Insist on both or neither."""
        cleaned = super().clean() or {}
        if cleaned.get("email") and not cleaned.get("name"):
            self.add_error("name", _("Enter their line manager’s full name"))
        if cleaned.get("name") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter their line manager’s email address"))
        return cleaned


class AnswerFields(forms.Form):
    """A page of the line manager's answer, which may speak of the applicant by name."""

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        for field in self.fields.values():
            field.label = str(field.label).replace("%(name)s", name)
            for code, text in field.error_messages.items():
                field.error_messages[code] = str(text).replace("%(name)s", name)


class DecisionForm(AnswerFields):
    """Yes, nearly, tell me more, or no."""

    heading_field = "decision"
    decision = HintedChoiceField(
        label=gettext_lazy("Do you support %(name)s’s application?"),
        choices=[
            choice
            for choice in ManagerDecision.choices
            if choice[0] != ManagerDecision.NOT_MANAGER
        ],
        hints={
            ManagerDecision.YES: gettext_lazy(
                "You agree to release them. The application goes to the host."
            ),
            ManagerDecision.CHANGES: gettext_lazy(
                "For example other dates. They change it and send it to you again."
            ),
            ManagerDecision.QUESTION: gettext_lazy("We ask them and send you the answer."),
            ManagerDecision.NO: gettext_lazy("You say why, and what would make it possible."),
        },
        error_messages={
            "required": gettext_lazy("Select whether you support %(name)s’s application")
        },
    )


class CoverForm(AnswerFields):
    """How the work gets done meanwhile."""

    heading_field = "cover"
    cover = forms.ChoiceField(
        label=gettext_lazy("How will %(name)s’s work be covered?"),
        choices=Cover.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select how %(name)s’s work will be covered")},
    )


class ChangesForm(AnswerFields):
    """What has to change, and from when they can go."""

    words = LongTextField(
        label=gettext_lazy("What needs to change?"),
        help_text=gettext_lazy("They read exactly what you write here."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter what needs to change")},
    )
    release_on = DateInputField(
        label=gettext_lazy("Earliest date you can release %(name)s"),
        help_text=gettext_lazy("If the dates are what has to change. For example, 27 3 2027"),
        error_name=gettext_lazy("Release date"),
        required=False,
    )

    def clean_release_on(self) -> Any:
        """Refuse a day that is over."""
        day = self.cleaned_data["release_on"]
        if day is not None and day <= today():
            raise forms.ValidationError(_("Release date must be in the future"))
        return day


class QuestionForm(AnswerFields):
    """What they need to know first."""

    heading_field = "words"
    words = LongTextField(
        label=gettext_lazy("What do you need to know?"),
        help_text=gettext_lazy("They read exactly what you write here."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter what you need to know")},
    )


class ReasonsForm(AnswerFields):
    """Why not now, and what would make it possible."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Why can you not support it now?"),
        help_text=gettext_lazy("Select all that apply."),
        choices=NoSupportReason.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select at least one reason")},
    )
    possible_later = LongTextField(
        label=gettext_lazy("Tell %(name)s what would make this possible later"),
        help_text=gettext_lazy("They read exactly what you write here."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter what would make this possible later")},
    )


class TakeBackForm(AnswerFields):
    """Why the support ends."""

    heading_field = "words"
    words = LongTextField(
        label=gettext_lazy("Why do you take back your support?"),
        help_text=gettext_lazy("They read exactly what you write here."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter why you take back your support")},
    )


class CodeForm(forms.Form):
    """The code that was sent to the registered address."""

    code = forms.CharField(
        label=gettext_lazy("6-digit code"),
        max_length=20,
        widget=OneTimeCodeInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Enter the 6-digit code")},
    )

    def clean_code(self) -> str:
        """Take the spaces out and insist on six numbers."""
        code = "".join(self.cleaned_data["code"].split())
        if not (code.isascii() and code.isdigit() and len(code) == CODE_DIGITS):
            raise forms.ValidationError(_("Code must be 6 numbers"))
        return code
