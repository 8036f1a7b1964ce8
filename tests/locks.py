"""Waiting for the moment at which two people are in each other's way."""

import time

from django.db import connection


def wait_for_a_lock():
    """Wait until somebody's statement waits for this transaction."""
    end = time.monotonic() + 20
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < end, "nobody waits"
            time.sleep(0.02)
