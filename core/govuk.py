"""Django forms as GOV.UK pages: the renderer, and the fields that GOV.UK asks for."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import Jinja2 as DjangoFormTemplates
from django.forms.renderers import TemplatesSetting
from django.utils.deconstruct import deconstructible
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
YEAR_DIGITS = 4
MAX_PART_LENGTH = 20


class GovukBoundField(BoundField):
    """A field that draws itself with its label, hint and error wherever it is shown."""

    def __str__(self) -> SafeString:
        return self.as_hidden() if self.is_hidden else self.as_field_group()

    __html__ = __str__


class GovukRenderer(TemplatesSetting):
    """The service's FORM_RENDERER: forms come out of the GOV.UK macros."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField

    @cached_property
    def built_in(self) -> DjangoFormTemplates:
        """Return Django's own widget templates, for hidden inputs and bare widgets."""
        return DjangoFormTemplates()

    def get_template(self, template_name: str) -> Any:
        """Find a template: Django's own below django/forms, everything else in the service."""
        if template_name.startswith("django/forms/"):
            return self.built_in.get_template(template_name)
        return super().get_template(template_name)


@deconstructible
class WordLimitValidator:
    """Refuses a text of more words than were asked for."""

    message = gettext_lazy("%(name)s must be %(limit)d words or fewer")
    code = "too_many_words"

    def __init__(self, limit: int, name: str | Promise = "") -> None:
        self.limit = limit
        self.name = name

    def __call__(self, value: str) -> None:
        """Raise a validation error when the text is too long."""
        if len(value.split()) > self.limit:
            name = self.name or _("Your answer")
            raise ValidationError(
                self.message, code=self.code, params={"name": name, "limit": self.limit}
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordLimitValidator) and (self.limit, self.name) == (
            other.limit,
            other.name,
        )

    def __hash__(self) -> int:
        return hash((self.limit, self.name))


class LongTextField(forms.CharField):
    """A long answer, counted in characters or words exactly as the page counts them."""

    widget = forms.Textarea

    def __init__(self, *, words: int | None = None, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        if words is not None:
            self.validators.append(WordLimitValidator(words))

    def to_python(self, value: Any) -> Any:
        """Count a line break once, as the browser's own count does."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class OneTimeCodeInput(forms.TextInput):
    """The input for a code that was sent; phones offer it and pasting works."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        defaults = {
            "autocomplete": "one-time-code",
            "spellcheck": "false",
            "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
        }
        super().__init__(defaults | (attrs or {}))


class _Hinted:
    """Keeps a hint for each choice, by the choice's value."""

    def __init__(self, *, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choice_hints = {str(value): hint for value, hint in (hints or {}).items()}


class HintedChoiceField(_Hinted, forms.ChoiceField):
    """Radios with a hint below some of the choices: hints={value: hint}."""

    widget = forms.RadioSelect


class HintedMultipleChoiceField(_Hinted, forms.MultipleChoiceField):
    """Checkboxes with a hint below some of the choices: hints={value: hint}."""

    widget = forms.CheckboxSelectMultiple


class DateInputWidget(forms.MultiWidget):
    """Day, month and year in three inputs."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput() for part in ("day", "month", "year")
        }
        super().__init__(parts, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Split a date into what the three inputs hold."""
        if isinstance(value, dt.date):
            return [str(value.day), str(value.month), str(value.year)]
        return [None, None, None]


class DateInputField(forms.MultiValueField):
    """A date asked for as day, month and year, with an error for each thing amiss."""

    widget = DateInputWidget

    def __init__(self, *, error_name: str | Promise = "", **kwargs: Any) -> None:
        self.error_name = error_name
        super().__init__(
            fields=[
                forms.CharField(required=False, max_length=MAX_PART_LENGTH) for _part in range(3)
            ],
            require_all_fields=False,
            **kwargs,
        )
        self.own_required = (kwargs.get("error_messages") or {}).get("required")

    @property
    def spoken_name(self) -> str:
        """Return the name that the errors call this date by."""
        return str(self.error_name or self.label or _("Date"))

    def compress(self, data_list: list[Any]) -> Any:
        """Return the date of three checked parts."""
        return self.clean(data_list)

    def clean(self, value: Any) -> dt.date | None:
        """Return the date, or say which part is missing or wrong."""
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if self.disabled and isinstance(value, dt.date):
            return value
        if not any(parts):
            self._refuse_absence()
            return None
        self._refuse_missing(parts)
        day, month, year = (self._day(parts[0]), self._month(parts[1]), self._year(parts[2]))
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            self._refuse(
                _("%(name)s must be between %(first)s and %(last)s"),
                ["year"],
                first=EARLIEST_YEAR,
                last=LATEST_YEAR,
            )
        if day > calendar.monthrange(year, month)[1]:
            self._refuse(_("%(name)s must be a real date"), ["day", "month", "year"])
        found = dt.date(year, month, day)
        self.run_validators(found)
        return found

    def _refuse_absence(self) -> None:
        if self.required:
            name = self.spoken_name
            self._refuse(
                self.own_required or _("Enter the %(lower)s"),
                ["day", "month", "year"],
                code="required",
                lower=name[:1].lower() + name[1:],
            )

    def _refuse_missing(self, parts: list[str]) -> None:
        names = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
        missing = [key for key, part in zip(names, parts, strict=True) if not part]
        if missing:
            said = _(" and ").join(names[key] for key in missing)
            self._refuse(
                _("%(name)s must include %(parts_said)s"),
                missing,
                code="incomplete",
                parts_said=said,
            )

    def _day(self, text: str) -> int:
        day = _whole(text)
        if not 1 <= day <= 31:  # noqa: PLR2004 - the longest month
            self._refuse(_("%(name)s must be a real date"), ["day"])
        return day

    def _month(self, text: str) -> int:
        spelled = {name.lower(): number for number, name in enumerate(calendar.month_name)}
        short = {name.lower(): number for number, name in enumerate(calendar.month_abbr)}
        month = (spelled | short).get(text.lower(), 0) or _whole(text)
        if not 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
            self._refuse(_("%(name)s must be a real date"), ["month"])
        return month

    def _year(self, text: str) -> int:
        if not re.fullmatch(rf"[0-9]{{{YEAR_DIGITS}}}", text):
            self._refuse(_("%(name)s must include a year of 4 numbers"), ["year"])
        return int(text)

    def _refuse(
        self, message: str, parts: list[str], *, code: str = "invalid", **params: Any
    ) -> None:
        facts = {"name": self.spoken_name, "parts": parts} | params
        raise ValidationError(message, code=code, params=facts)


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0


class FilterForm(forms.Form):
    """The form of a list's filters, where no field is marked as optional."""

    mark_optional = False
    use_required_attribute = False
