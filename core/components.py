"""Hands the GOV.UK macros and our own components to templates and to the form renderer."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

Macro = Callable[..., Markup]

PACKAGE = "govuk_frontend_jinja"
FOLDER = "components/"


@cache
def govuk_macros() -> dict[str, Macro]:
    """Return every macro of the GOV.UK package by its name, such as govukButton."""
    # The package reads parameters that were never given, so it needs a lenient environment.
    environment = Environment(
        loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}), autoescape=True
    )
    macros: dict[str, Macro] = {}
    for path in environment.list_templates():
        found = re.fullmatch(rf"{PACKAGE}/components/([a-z-]+)/macro\.html", path)
        if found:
            name = "govuk" + "".join(part.capitalize() for part in found[1].split("-"))
            macros[name] = getattr(environment.get_template(path).module, name)
    return macros


class Component:
    """One macro of templates/components, looked up when it is called."""

    def __init__(self, environment: Environment, name: str) -> None:
        self.environment = environment
        self.name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Markup:
        """Draw the component."""
        module = self.environment.get_template(f"{FOLDER}{self.name}.html").module
        macro: Macro = getattr(module, self.name)
        return macro(*args, **kwargs)


def own_components(environment: Environment) -> dict[str, Component]:
    """Return a component for each file of templates/components, by the file's name."""
    names = {
        PurePosixPath(path).stem
        for path in environment.list_templates(extensions=["html"])
        if path.startswith(FOLDER)
    }
    return {name: Component(environment, name) for name in sorted(names)}
