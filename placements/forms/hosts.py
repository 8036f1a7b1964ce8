"""What hosts fill in: who to compare, where to move somebody, decisions, terms and reasons."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import today
from core.govuk import DateInputField, HintedChoiceField, LongTextField
from placements.actions.offers import usual_reply_by
from placements.candidates import Candidate
from placements.choices import ApplicationStatus, NotSelectedReason

LATER = "later"
MOST_HOURS = 37
FEWEST, MOST = 2, 4
SORTING = ("review", "shortlist")
REASONS = [choice for choice in NotSelectedReason.choices if choice[0] != NotSelectedReason.CLOSED]


class CompareForm(forms.Form):
    """Which applicants to put side by side."""

    ref = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        """Offer the applicants of one opportunity."""
        super().__init__(*args, **kwargs)
        self.fields["ref"].choices = [(row.reference, row.label) for row in candidates]  # type: ignore[attr-defined] # a choice field has them
        first = next((row.reference for row in candidates), "")
        self.fields["ref"].widget.attrs["id"] = f"compare-{first}"

    def clean_ref(self) -> list[str]:
        """Ask for two to four."""
        chosen: list[str] = self.cleaned_data["ref"]
        if len(chosen) < FEWEST:
            raise forms.ValidationError(_("Select at least 2 applicants to compare"))
        if len(chosen) > MOST:
            raise forms.ValidationError(_("Select up to 4 applicants"))
        return chosen


class MoveForm(forms.Form):
    """Which of the host's buckets an applicant goes to."""

    step = forms.ChoiceField(
        label=gettext_lazy("Move to"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select where to move this applicant")},
    )

    def __init__(self, *args: Any, steps: Sequence[str], **kwargs: Any) -> None:
        """Offer the steps that are open."""
        super().__init__(*args, **kwargs)
        names = {"review": _("In review"), "shortlist": _("Shortlisted")}
        self.fields["step"].choices = [(step, names[step]) for step in steps]  # type: ignore[attr-defined] # a choice field has them


class HostNoteForm(forms.Form):
    """The host's own note."""

    text = LongTextField(
        label=gettext_lazy("Your note"),
        help_text=gettext_lazy(
            "Only people of your organisation can read this. The applicant never sees it."
        ),
        max_length=2000,
        required=False,
    )


class CancelPlaceForm(forms.Form):
    """Why a host takes a place away."""

    reason = LongTextField(
        label=gettext_lazy("Why are you cancelling this place?"),
        help_text=gettext_lazy("The applicant, their manager and their department read this."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter why you are cancelling this place")},
    )


class PerCandidateForm(forms.Form):
    """A form with the same few fields for each of several applicants."""

    names: tuple[str, ...] = ()

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        """Add the fields of each applicant."""
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for candidate in candidates:
            for name, field in self.fields_for(candidate).items():
                self.fields[f"{candidate.reference}-{name}"] = field

    def fields_for(self, candidate: Candidate) -> dict[str, forms.Field]:
        """Make the fields of one applicant."""
        raise NotImplementedError

    @property
    def groups(self) -> Iterator[tuple[Candidate, list[BoundField]]]:
        """Give each applicant with their fields."""
        for candidate in self.candidates:
            yield candidate, [self[f"{candidate.reference}-{name}"] for name in self.names]

    def answers(self) -> dict[str, dict[str, Any]]:
        """Give the checked answers by application."""
        return {
            candidate.reference: {
                name: self.cleaned_data.get(f"{candidate.reference}-{name}") for name in self.names
            }
            for candidate in self.candidates
        }


class DecisionsForm(PerCandidateForm):
    """One decision for each applicant."""

    names = ("decision",)

    def fields_for(self, candidate: Candidate) -> dict[str, forms.Field]:
        """Ask for a decision."""
        reserved = candidate.application.status == ApplicationStatus.RESERVE
        choices = [("offer", _("Offer a place")), ("not_select", _("Not selected"))]
        if reserved:
            choices.append((LATER, _("Keep on the reserve list")))
        else:
            choices.insert(1, ("reserve", _("Reserve")))
            choices.append((LATER, _("Decide later")))
        missing = _("Select a decision for applicant %(number)d") % {"number": candidate.number}
        field = HintedChoiceField(
            label=candidate.label, choices=choices, error_messages={"required": missing}
        )
        return {"decision": field}

    def clean(self) -> dict[str, Any]:
        """Ask for at least one decision."""
        if not self.errors and set(self.cleaned_data.values()) == {LATER}:
            raise forms.ValidationError(_("Select a decision for at least one applicant"))
        return self.cleaned_data


class TermsForm(PerCandidateForm):
    """The terms of each offer."""

    names = ("starts_on", "ends_on", "hours_a_week", "reply_by", "terms")

    def fields_for(self, candidate: Candidate) -> dict[str, forms.Field]:
        """Ask for dates, hours and the day to reply by, filled in with what is usual."""
        application, number = candidate.application, candidate.number
        opportunity = application.opportunity
        hours = _("Hours a week for applicant %(number)d must be between 1 and 37")
        fewest = {"number": number}
        return {
            "starts_on": DateInputField(
                label=_("Start date"),
                error_name=_("Start date for applicant %(number)d") % fewest,
                initial=application.starts_on or opportunity.starts_on,
            ),
            "ends_on": DateInputField(
                label=_("End date"),
                error_name=_("End date for applicant %(number)d") % fewest,
                initial=application.ends_on or opportunity.ends_on,
            ),
            "hours_a_week": forms.IntegerField(
                label=_("Hours a week"),
                min_value=1,
                max_value=MOST_HOURS,
                initial=opportunity.hours_a_week,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), hours % fewest
                ),
            ),
            "reply_by": DateInputField(
                label=_("Reply by"),
                help_text=_("The offer ends at 5pm on this day. 5 working days is usual."),
                error_name=_("Reply-by date for applicant %(number)d") % fewest,
                initial=usual_reply_by(application),
            ),
            "terms": LongTextField(
                label=_("Anything else they should know about the offer"),
                max_length=2000,
                rows=3,
                required=False,
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other and against today."""
        for candidate, answers in zip(self.candidates, self.answers().values(), strict=True):
            for name, text in date_faults(answers):
                key = f"{candidate.reference}-{name}"
                self.add_error(key, text % {"number": candidate.number})
        return self.cleaned_data


def date_faults(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Say what is wrong with the dates of one offer."""
    starts, ends, reply = (answers[name] for name in ("starts_on", "ends_on", "reply_by"))
    if starts and starts <= today():
        yield "starts_on", _("Start date for applicant %(number)d must be in the future")
    if starts and ends and ends < starts:
        yield "ends_on", _("End date for applicant %(number)d must be after start date")
    if reply and reply <= today():
        yield "reply_by", _("Reply-by date for applicant %(number)d must be in the future")
    elif reply and starts and reply >= starts:
        yield "reply_by", _("Reply-by date for applicant %(number)d must be before start date")


class ReasonsForm(PerCandidateForm):
    """Why somebody was not selected, in words they can use."""

    names = ("reasons", "note")

    def fields_for(self, candidate: Candidate) -> dict[str, forms.Field]:
        """Ask for reasons and anything that would help."""
        missing = _("Select at least one reason for applicant %(number)d")
        return {
            "reasons": forms.MultipleChoiceField(
                label=_("Why did you not select them?"),
                help_text=_("Select all that apply. The applicant reads these."),
                choices=REASONS,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": missing % {"number": candidate.number}},
            ),
            "note": LongTextField(
                label=_("Anything else that would help them"),
                max_length=2000,
                rows=3,
                required=False,
            ),
        }
