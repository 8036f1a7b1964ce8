"""Bring the demo's database up to date: tables, reference data, and the demo's people once."""

import os

import django
from django.core.management import call_command, get_commands


def main() -> None:
    """Migrate, load what the service needs to know, and fill an empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemfutures.settings")
    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415  # needs django.setup()

    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable")
    known = get_commands()
    if "load_reference_data" in known:
        call_command("load_reference_data")
    if "seed_demo" in known and not get_user_model().objects.exists():
        call_command("seed_demo")


if __name__ == "__main__":
    main()
