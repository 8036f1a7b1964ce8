"""Everybody of the two tenants at a browser, and all that the database holds."""

from http.cookies import SimpleCookie

from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from tests.access import ROWS
from tests.client import QuickClient
from tests.world import PEOPLE, World

# what may change by looking: who is signed in where, and how often somebody tried
NOT_CONTENT = {"sessions.session", "usersessions.usersession"}


class Visitors:
    """The world, and everybody in it at a browser."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cookies = {who: self._sign_in(world.person(who)) for who in PEOPLE}

    def _sign_in(self, person):
        client = QuickClient()
        if person is not None:
            client.force_login(person)
        return client.cookies.output(header="", sep=";")

    def client(self, who, **options):
        """Give a browser as it was right after signing in."""
        client = QuickClient(**options)
        client.cookies = SimpleCookie(self.cookies[who])
        return client

    def ask(self, who, method, where, *data, look=None, **extra):
        """Ask, look at what is there then, and forget whatever was written."""
        with transaction.atomic():
            response = getattr(self.client(who), method)(where, *data, **extra)
            response.seen = look() if look else None
            transaction.set_rollback(True)
        return response

    def statuses(self, name, method, people=PEOPLE):
        """Ask one URL as several people."""
        where = address(name, self.world.mine)
        return {who: self.ask(who, method, where).status_code for who in people}


def address(name, tenant):
    """Give the address of a row of the table, for one tenant's things."""
    row = ROWS[name]
    return reverse(name, args=row.args(tenant)) + row.query(tenant)


def entitled(name, method="get"):
    """Name somebody who gets the page itself, or nobody."""
    statuses = getattr(ROWS[name], method) or {}
    order = ("applicant", "manager", "host", "admin", "scheme", "stranger", "nobody")
    return next((who for who in order if statuses.get(who) == 200), None)


def holdings():
    """Sum up every row of every table; two equal sums are two equal databases."""
    tables = sorted(
        model._meta.db_table  # noqa: SLF001 - Django's documented way to look at a model
        for model in apps.get_models()
        if model._meta.label_lower not in NOT_CONTENT  # noqa: SLF001 - as above
    )
    parts = " UNION ALL ".join(
        f"SELECT '{table}', count(*), md5(string_agg(t::text, '' ORDER BY t::text))"  # noqa: S608
        f' FROM "{table}" t'
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(parts)
        return cursor.fetchall()
