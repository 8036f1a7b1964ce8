"""Says why an answer was refused in plain words, in place of Django's own sentences."""

from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Django's sentence, known by identity, so that a sentence of our own is never replaced.
SENTENCES: list[tuple[Any, Promise]] = [
    (
        forms.IntegerField.default_error_messages["invalid"],
        gettext_lazy("%(name)s must be a whole number"),
    ),
    (
        forms.FloatField.default_error_messages["invalid"],
        gettext_lazy("%(name)s must be a number"),
    ),
    (
        forms.DecimalField.default_error_messages["invalid"],
        gettext_lazy("%(name)s must be a number"),
    ),
    (
        forms.DateField.default_error_messages["invalid"],
        gettext_lazy("%(name)s must be a real date"),
    ),
    (
        forms.TimeField.default_error_messages["invalid"],
        gettext_lazy("%(name)s must be a time, like 9:30am"),
    ),
    (
        forms.ChoiceField.default_error_messages["invalid_choice"],
        gettext_lazy("Select an answer from the list: %(name)s"),
    ),
    (
        forms.ModelChoiceField.default_error_messages["invalid_choice"],
        gettext_lazy("Select an answer from the list: %(name)s"),
    ),
    (
        forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"],
        gettext_lazy("Select an answer from the list: %(name)s"),
    ),
    (
        forms.MultipleChoiceField.default_error_messages["invalid_choice"],
        gettext_lazy("Select an answer from the list: %(name)s"),
    ),
    (
        forms.FileField.default_error_messages["empty"],
        gettext_lazy("The selected file is empty"),
    ),
    (
        validators.EmailValidator.message,
        gettext_lazy("Enter an email address in the correct format, like name@example.com"),
    ),
    (
        validators.URLValidator.message,
        gettext_lazy("Enter a web address in the correct format, like https://example.com"),
    ),
    (
        validators.MaxLengthValidator.message,
        gettext_lazy("%(name)s must be %(limit_value)s characters or fewer"),
    ),
    (
        validators.MinLengthValidator.message,
        gettext_lazy("%(name)s must be %(limit_value)s characters or more"),
    ),
    (
        validators.MinValueValidator.message,
        gettext_lazy("%(name)s must be %(limit_value)s or more"),
    ),
    (
        validators.MaxValueValidator.message,
        gettext_lazy("%(name)s must be %(limit_value)s or fewer"),
    ),
]
CHOOSERS = (forms.RadioSelect, forms.Select, forms.SelectMultiple)


def messages_of(field: BoundField) -> list[str]:
    """Return why a field's answer was refused, as sentences for the page."""
    said: list[str] = []
    for error in raised_on(field):
        said += _said(field, error)
    return said


def raised_on(field: BoundField) -> list[ValidationError]:
    """Return the errors of a field as they were raised, with their parameters."""
    return list(field.errors.as_data()) if field.form.is_bound and field.errors else []


def _said(field: BoundField, error: ValidationError) -> list[str]:
    message = getattr(error, "message", None)
    if message is forms.Field.default_error_messages["required"]:
        return [_required(field)]
    for original, sentence in SENTENCES:
        if message is original:
            facts = dict(error.params or {}) | {"name": _name(field)}
            return [str(sentence) % facts]
    return [str(text) for text in error.messages]


def _name(field: BoundField) -> str:
    return str(getattr(field.field, "error_name", "") or field.label)


def _required(field: BoundField) -> str:
    name = _name(field)
    widget = field.field.widget
    if isinstance(widget, CHOOSERS):
        return _("Select an answer: %(name)s") % {"name": name}
    if isinstance(widget, forms.FileInput):
        return _("Select a file: %(name)s") % {"name": name}
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick the box: %(name)s") % {"name": name}
    if name.endswith("?"):
        return _("Enter an answer: %(name)s") % {"name": name}
    lower = name if name[:2].isupper() else name[:1].lower() + name[1:]
    return _("Enter %(name)s") % {"name": lower}
