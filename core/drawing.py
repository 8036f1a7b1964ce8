"""Draws form fields and error summaries by calling the GOV.UK macros."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from markupsafe import Markup

from core.components import govuk_macros
from core.govuk import DateInputWidget, WordLimitValidator
from core.refusals import messages_of, raised_on

Params = dict[str, Any]
AnyForm: TypeAlias = "forms.BaseForm | BaseFormSet[Any] | None"

CHOOSERS = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SelectMultiple)
BLANK_LABELS = {"", "---------"}
INPUT_TYPES: dict[type[forms.Widget], Params] = {
    forms.EmailInput: {"type": "email", "autocomplete": "email", "spellcheck": False},
    forms.URLInput: {"type": "url", "spellcheck": False},
    forms.TelInput: {"type": "tel", "autocomplete": "tel"},
    forms.SearchInput: {"type": "search"},
}
TAKEN = ("autocomplete", "inputmode", "pattern", "spellcheck", "rows", "prefix", "suffix")
DROPPED = ("class", "label_class", "aria-describedby", "cols", "maxlength", "required", "id")


def draw_field(field: BoundField) -> Markup:
    """Draw one field with its label, hint, error and input."""
    widget = field.field.widget
    for kinds, draw in DRAWERS:
        if isinstance(widget, kinds):
            return draw(field)
    return _draw_input(field)


def error_summary(*sources: AnyForm) -> Markup:
    """List the first error of each field of some forms, each linked to its input."""
    errors = [item for source in sources for item in _errors_of(source)]
    if not errors:
        return Markup()
    return govuk_macros()["govukErrorSummary"](
        {"titleText": _("There is a problem"), "errorList": errors}
    )


def has_errors(*sources: AnyForm) -> bool:
    """Tell whether any of the forms was sent and refused."""
    return any(_errors_of(source) for source in sources)


def _errors_of(source: AnyForm) -> list[Params]:
    if source is None or not source.is_bound:
        return []
    if isinstance(source, BaseFormSet):
        own = [{"text": str(text)} for text in source.non_form_errors()]
        return own + [item for form in source.forms for item in _errors_of(form)]
    visible = source.visible_fields()
    target = getattr(source, "error_target", visible[0].name if visible else None)
    items = []
    for text in source.non_field_errors():
        link = {"href": f"#{first_input_id(source[target])}"} if target else {}
        items.append({"text": str(text)} | link)
    for field in source:
        messages = messages_of(field)
        if messages and field.is_hidden:
            items += [{"text": text} for text in messages]
        elif messages:
            items.append({"text": messages[0], "href": f"#{first_input_id(field)}"})
    return items


def first_input_id(field: BoundField) -> str:
    """Return the id of the input that an error links to."""
    if isinstance(field.field.widget, DateInputWidget):
        wrong = _wrong_parts(field) or ["day"]
        return f"{_id(field)}-{wrong[0]}"
    return _id(field)


def _id(field: BoundField) -> str:
    return str(field.field.widget.attrs.get("id") or field.auto_id or field.html_name)


def _wrong_parts(field: BoundField) -> list[str]:
    raised = raised_on(field)
    if not raised:
        return []
    params = getattr(raised[0], "params", None) or {}
    return list(params.get("parts", ["day", "month", "year"]))


def _is_heading(field: BoundField) -> bool:
    return getattr(field.form, "heading_field", None) == field.name


def _label_text(field: BoundField) -> str:
    form, label = field.form, str(field.label)
    marked = getattr(form, "mark_optional", True)
    conditional = field.name in getattr(form, "conditional_fields", ())
    if field.field.required or not marked or conditional:
        return label
    return _("%(label)s (optional)") % {"label": label}


def _label(field: BoundField, block: str = "govuk-label") -> Params:
    size = "l" if _is_heading(field) else getattr(field.form, "label_size", "s")
    classes = [f"{block}--{size}"] if size else []
    classes.append(field.field.widget.attrs.get("label_class", ""))
    return {
        "text": _label_text(field),
        "classes": " ".join(filter(None, classes)),
        "isPageHeading": _is_heading(field),
    }


def _base(field: BoundField) -> Params:
    """Return what every macro takes: id, name, hint, error and extra attributes."""
    attrs = field.field.widget.attrs
    params: Params = {"id": _id(field), "idPrefix": _id(field), "name": field.html_name}
    if field.help_text:
        params["hint"] = {"text": str(field.help_text)}
        if hasattr(field.help_text, "__html__"):
            params["hint"] = {"html": str(field.help_text)}
    messages = messages_of(field)
    if messages:
        params["errorMessage"] = {"text": messages[0]}
    params |= {key: attrs[key] for key in TAKEN if key in attrs}
    for key in ("prefix", "suffix"):
        if key in params:
            params[key] = {"text": str(params[key])}
    params["classes"] = attrs.get("class", "")
    params["disabled"] = field.field.disabled
    params["attributes"] = {
        key: value
        for key, value in attrs.items()
        if key not in (*TAKEN, *DROPPED) and value not in (None, False)
    }
    return params


def _value(field: BoundField) -> str:
    return str(field.field.widget.format_value(field.value()) or "")


def _draw_input(field: BoundField) -> Markup:
    widget = field.field.widget
    params: Params = {"type": "text"}
    for kind, extra in INPUT_TYPES.items():
        if isinstance(widget, kind):
            params |= extra
    if isinstance(widget, forms.NumberInput):
        whole = isinstance(field.field, forms.IntegerField) and not isinstance(
            field.field, (forms.FloatField, forms.DecimalField)
        )
        params |= {"inputmode": "numeric" if whole else "decimal", "spellcheck": False}
    params |= _base(field) | {"label": _label(field), "value": _value(field)}
    if isinstance(widget, forms.NumberInput) and not params["classes"]:
        params["classes"] = "govuk-input--width-5"
    if isinstance(params.get("spellcheck"), str):
        params["spellcheck"] = params["spellcheck"] == "true"
    return govuk_macros()["govukInput"](params)


def _draw_password(field: BoundField) -> Markup:
    return govuk_macros()["govukPasswordInput"](_base(field) | {"label": _label(field)})


def _draw_textarea(field: BoundField) -> Markup:
    params = _base(field) | {"label": _label(field), "value": _value(field)}
    words = _limit(field, WordLimitValidator)
    characters = _limit(field, MaxLengthValidator)
    if not (words or characters):
        return govuk_macros()["govukTextarea"](params)
    told = (
        _("You can enter up to %(count)s words")
        if words
        else _("You can enter up to %(count)s characters")
    )
    params["textareaDescriptionText"] = told % {"count": "%{count}"}
    params |= {"maxwords": words} if words else {"maxlength": characters}
    return govuk_macros()["govukCharacterCount"](params)


def _limit(field: BoundField, kind: type[Any]) -> int | None:
    for validator in field.field.validators:
        if isinstance(validator, kind):
            limit = getattr(validator, "limit", None) or validator.limit_value
            return int(limit() if callable(limit) else limit)
    return None


def _draw_select(field: BoundField) -> Markup:
    items = [item for _name, group in _groups(field, keep_blank=True) for item in group]
    for item in items:
        item["selected"] = item.pop("checked")
        if item["value"] == "" and item["text"] in BLANK_LABELS:
            item["text"] = _("Choose one")
    return govuk_macros()["govukSelect"](_base(field) | {"label": _label(field), "items": items})


def _draw_file(field: BoundField) -> Markup:
    return govuk_macros()["govukFileUpload"](_base(field) | {"label": _label(field)})


def _draw_checkbox(field: BoundField) -> Markup:
    params = _base(field)
    item: Params = {
        "value": "true",
        "text": str(field.label),
        "checked": bool(field.value()) and field.value() not in ("false", "False", "0"),
        "disabled": field.field.disabled,
    }
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return govuk_macros()["govukCheckboxes"](params | {"items": [item]})


def _draw_choices(field: BoundField) -> Markup:
    # Django's checkboxes are a kind of its radios, so they are asked about first
    several = isinstance(field.field.widget, (forms.CheckboxSelectMultiple, forms.SelectMultiple))
    macro = govuk_macros()["govukCheckboxes" if several else "govukRadios"]
    params = _base(field)
    legend = _label(field, "govuk-fieldset__legend")
    groups = _number(field, _groups(field))
    if len(groups) == 1 and not groups[0][0]:
        return macro(params | {"fieldset": {"legend": legend}, "items": groups[0][1]})
    return _draw_groups(
        field,
        params,
        legend,
        [
            macro(
                {
                    "name": field.html_name,
                    "idPrefix": f"{_id(field)}-group-{number}",
                    "classes": params["classes"],
                    "fieldset": {"legend": {"text": heading, "classes": "app-choice-group__name"}}
                    if heading
                    else None,
                    "items": items,
                }
            )
            for number, (heading, items) in enumerate(groups, 1)
        ],
    )


def _draw_groups(
    field: BoundField, params: Params, legend: Params, drawn: Iterable[Markup]
) -> Markup:
    macros = govuk_macros()
    described, parts = [], []
    for key, macro in (("hint", "govukHint"), ("errorMessage", "govukErrorMessage")):
        if key in params:
            suffix = "error" if key == "errorMessage" else "hint"
            described.append(f"{_id(field)}-{suffix}")
            parts.append(macros[macro](params[key] | {"id": described[-1]}))
    inside = Markup().join([*parts, *drawn])
    fieldset = macros["govukFieldset"](
        {"describedBy": " ".join(described), "legend": legend, "html": inside}
    )
    error = " govuk-form-group--error" if "errorMessage" in params else ""
    return Markup('<div class="govuk-form-group app-choice-groups{}">{}</div>').format(
        error, fieldset
    )


def _groups(field: BoundField, *, keep_blank: bool = False) -> list[tuple[str, list[Params]]]:
    """Return the choices as the macros' items, by the name of their group."""
    widget = field.field.widget
    value = widget.format_value(field.value())
    groups: list[tuple[str, list[Params]]] = []
    for heading, options, _index in widget.optgroups(field.html_name, value, {}):
        items = []
        for option in options:
            text = str(option["label"])
            if str(option["value"]) == "" and text in BLANK_LABELS and not keep_blank:
                continue
            item: Params = {
                "value": str(option["value"]),
                "text": text,
                "checked": bool(option["selected"]),
                "disabled": field.field.disabled,
            }
            hint = _choice_hint(field.field, option["value"])
            if hint:
                item["hint"] = {"text": hint}
            items.append(item)
        name = str(heading or "")
        if groups and groups[-1][0] == name:
            groups[-1][1].extend(items)
        elif items:
            groups.append((name, items))
    return groups or [("", [])]


def _choice_hint(field: forms.Field, value: Any) -> str:
    from_instance: Callable[[Any], Any] | None = getattr(field, "hint_from_instance", None)
    if from_instance is not None and hasattr(value, "instance"):
        return str(from_instance(value.instance) or "")
    hints: dict[str, Any] = getattr(field, "choice_hints", {})
    return str(hints.get(str(value), ""))


def _number(
    field: BoundField, groups: list[tuple[str, list[Params]]]
) -> list[tuple[str, list[Params]]]:
    """Give the inputs their ids: the first has the field's own, which errors link to."""
    identity = _ids(_id(field))
    for _heading, items in groups:
        for item in items:
            item["id"] = next(identity)
    return groups


def _ids(first: str) -> Iterator[str]:
    yield first
    number = 2
    while True:
        yield f"{first}-{number}"
        number += 1


def _draw_date(field: BoundField) -> Markup:
    widget = field.field.widget
    value = field.value()
    values = value if isinstance(value, (list, tuple)) else widget.decompress(value)
    wrong = _wrong_parts(field)
    names = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    items = []
    for (part, label), shown in zip(names.items(), values, strict=False):
        width = "4" if part == "year" else "2"
        error = " govuk-input--error" if part in wrong else ""
        items.append(
            {
                "label": label,
                "name": f"{field.html_name}_{part}",
                "id": f"{_id(field)}-{part}",
                "value": str(shown or ""),
                "classes": f"govuk-input--width-{width}{error}",
            }
        )
    legend = _label(field, "govuk-fieldset__legend")
    return govuk_macros()["govukDateInput"](
        _base(field) | {"fieldset": {"legend": legend}, "items": items}
    )


Drawer = Callable[[BoundField], Markup]
DRAWERS: list[tuple[Any, Drawer]] = [
    (DateInputWidget, _draw_date),
    (CHOOSERS, _draw_choices),
    (forms.Select, _draw_select),
    (forms.CheckboxInput, _draw_checkbox),
    (forms.FileInput, _draw_file),
    (forms.Textarea, _draw_textarea),
    (forms.PasswordInput, _draw_password),
]
