"""The service's settings, with the place of the tests' letter."""

from stemfutures.settings import *  # noqa: F403, TID251 - all of them
from stemfutures.settings import BASE_DIR, TEMPLATES  # noqa: TID251

TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "tests/notifications/templates"]
