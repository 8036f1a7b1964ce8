"""Builds the template environment: strict, escaped, translated, with every component at hand."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from core.components import govuk_macros, own_components
from core.context import SERVICE
from core.drawing import draw_field, error_summary, has_errors
from core.filters import FILTERS


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def query(request: HttpRequest, **changes: Any) -> str:
    """Return this page's query string with some values changed; None takes a value out."""
    values = request.GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None:
            values.setlist(name, [str(each) for each in _many(value)])
    return f"?{values.urlencode()}" if values else "?"


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 backend draws every page with."""
    options.setdefault("autoescape", True)
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    extensions = [*options.pop("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
    built = Environment(extensions=extensions, **options)  # noqa: S701 - set above
    built.install_gettext_callables(  # type: ignore[attr-defined] # the i18n extension adds it
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    built.policies["ext.i18n.trimmed"] = True
    built.filters.update(FILTERS)
    built.globals.update(govuk_macros())
    built.globals.update(
        url=url,
        query=query,
        static=static,
        service=SERVICE,
        get_language=get_language,
        draw_field=draw_field,
        error_summary=error_summary,
        has_errors=has_errors,
    )
    built.globals.update(own_components(built))
    return built
