"""The whole service on a database of its own: web, worker, beat, and the mail that it sends."""

import contextlib
import email.policy
import os
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from dev.processes import LOOPBACK, ROOT, Child, free_port

CELERY = [sys.executable, "-m", "celery", "--app", "stemfutures.celery:app"]
ADDRESS = re.compile(r"https?://[^\s<>\")]+")
CODE = re.compile(r"\b\d{6}\b")
STARTS_WITHIN = 90
LETTER_WITHIN = 30
DATABASES_OF_VALKEY = 16


@dataclass(frozen=True)
class Letter:
    """One e-mail as its reader gets it."""

    to: str
    subject: str
    body: str

    @property
    def links(self):
        return [link.rstrip(".,") for link in ADDRESS.findall(self.body)]

    @property
    def code(self):
        found = CODE.search(self.body)
        assert found, f"there is no code in {self.body!r}"
        return found[0]

    def link_with(self, part):
        found = [link for link in self.links if part in link]
        assert found, f"no link with {part!r} among {self.links}"
        return found[0]


class Letters:
    """What arrived at the mail server; each letter is handed out once."""

    def __init__(self, sink):
        self._sink = sink
        self._read = set()

    def wait(self, to, subject="", within=LETTER_WITHIN):
        """Give the first letter to somebody that nobody read yet."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            for key, letter in self._unread():
                if letter.to == to and subject.lower() in letter.subject.lower():
                    self._read.add(key)
                    return letter
            time.sleep(0.1)
        waiting = [(letter.to, letter.subject) for _key, letter in self._unread()][-20:]
        raise AssertionError(f"no letter to {to} about {subject!r}; there are {waiting}")

    def _unread(self):
        for raw in list(self._sink.letters):
            if raw["Message-ID"] not in self._read:
                yield raw["Message-ID"], self._opened(raw)

    @staticmethod
    def _opened(raw):
        message = email.message_from_bytes(raw.as_bytes(), policy=email.policy.default)
        to = message["To"].addresses[0].addr_spec
        return Letter(to, message["Subject"].strip(), message.get_body(("plain",)).get_content())


class Service:
    """Web, worker and beat, started on a fresh database with the demo in it."""

    def __init__(self, home, name, mail_port):
        self.home = home
        self.site = f"http://{LOOPBACK}:{free_port()}"
        self._server = os.environ["DATABASE_URL"]
        self._name = f"test_browser_{name}"
        self.database = self._with_path(self._server, self._name)
        number = 1 + sum(map(ord, name)) % (DATABASES_OF_VALKEY - 1)
        self.environment = os.environ | {
            "DATABASE_URL": self.database,
            "REDIS_URL": self._with_path(os.environ["REDIS_URL"], str(number)),
            "EMAIL_URL": f"smtp://{LOOPBACK}:{mail_port}",
            "SITE_URL": self.site,
            "ALLOWED_HOSTS": f"{LOOPBACK},localhost",
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
        }

    @contextlib.contextmanager
    def running(self):
        """Run everything for as long as the block lasts."""
        self._make_database()
        with contextlib.ExitStack() as stack:
            stack.callback(self._drop_database)
            self._prepare()
            self._call_old_letters_sent()
            for name, command in self._commands().items():
                child = Child(
                    name, command, log=self.home / f"{name}.log", environment=self.environment
                ).start()
                stack.callback(child.stop)
            self._wait_for_first_page()
            yield self

    def rows(self, query, *values):
        """Read from the service's database what no page tells."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(query, values).fetchall()

    @staticmethod
    def _with_path(url, path):
        return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))

    def _commands(self):
        return {
            "web": [
                *(sys.executable, "-m", "gunicorn", "stemfutures.wsgi:application"),
                *("--bind", urlsplit(self.site).netloc, "--worker-class", "gthread"),
                *("--threads", "4", "--no-control-socket", "--graceful-timeout", "2"),
            ],
            "worker": [*CELERY, "worker", "--concurrency=1", "--loglevel=WARNING"],
            "beat": [*CELERY, "beat", f"--schedule={self.home / 'beat'}", "--pidfile="],
        }

    def _prepare(self):
        done = subprocess.run(
            [sys.executable, "-m", "dev.prepare"],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.returncode, done.stdout + done.stderr

    def _call_old_letters_sent(self):
        """Spare the worker the hundreds of letters that the demo's people would have had."""
        with psycopg.connect(self.database) as connection:
            connection.execute("UPDATE notifications_message SET state = 'sent', sent_at = now()")

    def _wait_for_first_page(self):
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.site, timeout=STARTS_WITHIN).close()  # noqa: S310 - our own
                return
            time.sleep(0.1)
        raise AssertionError("no first page: " + (self.home / "web.log").read_text()[-3000:])

    def _make_database(self):
        self._drop_database()
        self._at_server("CREATE DATABASE {}")

    def _drop_database(self):
        self._at_server("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def _at_server(self, statement):
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self._name)))
