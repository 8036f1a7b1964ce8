"""Ask Django whether the settings would do in production: `check --deploy` without a warning."""

import os
import secrets
import subprocess
import sys

from dev.processes import ROOT

PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "ALLOWED_HOSTS": "stemfutures.example",
    "SITE_URL": "https://stemfutures.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "smtp://127.0.0.1:9",
}
COMMAND = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def main() -> int:
    """Run the check as production would start: nothing set but what it must set."""
    environment = {**os.environ, **PRODUCTION, "SECRET_KEY": secrets.token_urlsafe(64)}
    return subprocess.run(  # noqa: S603  # our own fixed command
        [sys.executable, *COMMAND], env=environment, cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
