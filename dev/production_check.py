"""Ask Django whether production would do: its deployment checks and `collectstatic` pass."""

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
COMMANDS = (
    ["check", "--deploy", "--fail-level", "WARNING"],
    ["collectstatic", "--noinput", "--clear", "--verbosity", "0"],
)


def main() -> int:
    """Run the commands as production would: nothing set but what it must set."""
    environment = {**os.environ, **PRODUCTION, "SECRET_KEY": secrets.token_urlsafe(64)}
    for command in COMMANDS:
        ended = subprocess.run(  # noqa: S603  # our own fixed commands
            [sys.executable, "manage.py", *command], env=environment, cwd=ROOT, check=False
        )
        if ended.returncode:
            return ended.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
