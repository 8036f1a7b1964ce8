"""What departments fill in: who decides, a note, a decision and its details, a rung."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import HintedChoiceField, LongTextField
from people.choices import DepartmentStep, ManagerStep
from people.models import User
from placements.choices import ApprovalDecision, NotApprovedReason

QUESTION = "question"
DECISIONS = [
    (ApprovalDecision.APPROVE, gettext_lazy("Approve")),
    (ApprovalDecision.CONDITIONS, gettext_lazy("Approve with conditions")),
    (QUESTION, gettext_lazy("Ask for more information")),
    (ApprovalDecision.NOT_APPROVE, gettext_lazy("Do not approve")),
]
HINTS = {
    ApprovalDecision.CONDITIONS: gettext_lazy("The applicant accepts them first."),
    QUESTION: gettext_lazy("Nobody can decide until the applicant has answered."),
    ApprovalDecision.NOT_APPROVE: gettext_lazy("The place goes to somebody else."),
}


class AssignForm(forms.Form):
    """Who is to decide."""

    to = forms.ChoiceField(
        label=gettext_lazy("Assign to"),
        error_messages={
            "required": gettext_lazy("Select who to assign this to"),
            "invalid_choice": gettext_lazy("Select who to assign this to"),
        },
    )

    def __init__(self, *args: Any, admins: list[User], **kwargs: Any) -> None:
        """Offer those who may decide; people are named by address, never by number."""
        super().__init__(*args, **kwargs)
        self.people: dict[str, User | None] = {admin.email: admin for admin in admins}
        self.people["nobody"] = None
        self.fields["to"].choices = [  # type: ignore[attr-defined] # a choice field has them
            ("", "---------"),
            *((admin.email, admin.display_name) for admin in admins),
            ("nobody", _("Nobody")),
        ]

    def clean_to(self) -> User | None:
        """Give the person."""
        return self.people[self.cleaned_data["to"]]


class InternalNoteForm(forms.Form):
    """The department's own note."""

    text = LongTextField(
        label=gettext_lazy("Internal note"),
        help_text=gettext_lazy(
            "Only admins of your department can read this. "
            "The applicant and the host never see it."
        ),
        max_length=4000,
        required=False,
    )


class DecisionForm(forms.Form):
    """What the department decides."""

    heading_field = "decision"

    decision = HintedChoiceField(
        label=gettext_lazy("What is your decision?"),
        choices=DECISIONS,
        hints=HINTS,
        error_messages={"required": gettext_lazy("Select your decision")},
    )


class SecondDecisionForm(DecisionForm):
    """What the second person decides: they cannot ask the applicant anything more."""

    decision = HintedChoiceField(
        label=gettext_lazy("What is your decision?"),
        choices=[choice for choice in DECISIONS if choice[0] != QUESTION],
        hints=HINTS,
        error_messages={"required": gettext_lazy("Select your decision")},
    )


class ConditionsForm(forms.Form):
    """On what conditions."""

    heading_field = "conditions"

    conditions = LongTextField(
        label=gettext_lazy("What are the conditions?"),
        help_text=gettext_lazy("The applicant reads and accepts these words."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter the conditions")},
    )


class QuestionForm(forms.Form):
    """What the department needs to know."""

    heading_field = "question"

    question = LongTextField(
        label=gettext_lazy("What do you need to know?"),
        help_text=gettext_lazy("The applicant reads this and has 5 working days to answer."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter what you need to know")},
    )


class NotApproveForm(forms.Form):
    """Why not, in words the applicant can act on."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Why do you not approve it?"),
        help_text=gettext_lazy("Select all that apply. The applicant reads these."),
        choices=NotApprovedReason.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select at least one reason")},
    )
    words = LongTextField(label="", max_length=2000)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        """Name the applicant in the label and in the error."""
        super().__init__(*args, **kwargs)
        label = _("What could %(name)s do about it?") % {"name": name}
        self.fields["words"].label = label
        text = _("Enter a reason %(name)s can act on") % {"name": name}
        self.fields["words"].error_messages["required"] = text


class RungForm(forms.Form):
    """One rung of the ladder."""

    min_working_days = forms.IntegerField(
        label=gettext_lazy("From how many working days"),
        help_text=gettext_lazy("The rung holds from this length up to the next rung."),
        min_value=0,
        max_value=520,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Number of working days must be between 0 and 520"),
        ),
    )
    manager = forms.ChoiceField(
        label=gettext_lazy("Line manager"),
        choices=ManagerStep.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select what the line manager does")},
    )
    department_step = forms.ChoiceField(
        label=gettext_lazy("Department"),
        choices=DepartmentStep.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select what the department does")},
    )
    second_check_over = forms.DecimalField(
        label=gettext_lazy("Second check when the cost is over"),
        help_text=gettext_lazy("Leave it empty when one person may always approve alone."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(10_000_000),
        decimal_places=2,
        widget=forms.NumberInput(attrs={"prefix": "£"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits"),
            gettext_lazy("Cost must be a number, like 1200"),
        ),
    )

    def __init__(self, *args: Any, days: int | None = None, **kwargs: Any) -> None:
        """Keep the length of a rung that is there already."""
        super().__init__(*args, **kwargs)
        if days is not None:
            del self.fields["min_working_days"]
