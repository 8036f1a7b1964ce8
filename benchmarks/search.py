"""How long the list of opportunities takes, from request to full page.

    python -m dev.servers .venv/bin/python -m benchmarks.search [--quick]

makes a database of its own, fills it with 300, 5,000 and 50,000 open opportunities, and prints,
for each way to use the list, how many queries it makes and how long the server takes.
"""

import argparse
import gc
import logging
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg
import structlog
from psycopg.sql import SQL, Identifier

DATABASE = "benchmark_search"
SIZES = (300, 5_000, 50_000)
RUNS = 60
QUICK_SIZES = (60,)
QUICK_RUNS = 2
GOAL_MS = 100
# Each way to use the list: its name, and addresses to take turns with.
CASES = {
    "list": ("",),
    "list, page 20": ("page=20",),
    "by title": ("sort=title",),
    "newest": ("sort=newest",),
    "one filter": ("type=shadowing", "region=wales", "remote=remote", "soon=1"),
    "three filters": (
        "type=placement&region=south-west&remote=hybrid",
        "type=exchange&length=longer&kind=university&kind=firm",
        "hours=day&grade=HEO&clearance=none",
        "skill=data-science&direction=outward&soon=1",
    ),
    "text": ("q=quantum", "q=data+science", "q=machine+lea", "q=laboratory+radar", "q=climate"),
    "text, many found": ("q=team", "q=colleagues+methods"),
    "text and filters": ("q=quantum&type=placement", "q=statistics&remote=remote&grade=SEO"),
    "typing slip": ("q=quantm+sensing", "q=geneomics", "q=statstics"),
    "nothing found": ("q=zzzzzz", "q=quantum&region=wales&type=shadowing&skill=radar"),
}


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description="Measure the list of opportunities.")
    parser.add_argument("--quick", action="store_true", help="one small size, few runs")
    quick = parser.parse_args().quick
    with own_database():
        from django.core.management import call_command  # noqa: PLC0415 - after the set-up

        call_command("migrate", verbosity=0)
        call_command("load_reference_data", verbosity=0)
        print(f"{'opportunities':>13}  {'use':<18}{'queries':>8}{'p50 ms':>8}{'p95 ms':>8}")
        for size in QUICK_SIZES if quick else SIZES:
            measure(size, QUICK_RUNS if quick else RUNS)


@contextmanager
def own_database() -> Iterator[None]:
    """Work in a database that is made for this and dropped after it."""
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    maintenance = f"{server}/postgres"
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(DATABASE))
    with psycopg.connect(maintenance, autocommit=True) as server_connection:
        server_connection.execute(drop)
        server_connection.execute(SQL("CREATE DATABASE {}").format(Identifier(DATABASE)))
    os.environ["DATABASE_URL"] = f"{server}/{DATABASE}"
    os.environ.update({"DJANGO_SETTINGS_MODULE": "stemfutures.settings", "DEMO": "1"})
    os.environ["DEBUG"] = "0"
    os.environ.setdefault("ALLOWED_HOSTS", "testserver")
    os.environ["LOG_LEVEL"] = "ERROR"
    django.setup()
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet, cache_logger_on_first_use=False)
    try:
        yield
    finally:
        from django.db import connection  # noqa: PLC0415 - after the set-up

        connection.close_pool()
        with psycopg.connect(maintenance, autocommit=True) as server_connection:
            server_connection.execute(drop)


def measure(size: int, runs: int) -> None:
    """Fill the database and print a line for each way to use the list."""
    from django.db import connection  # noqa: PLC0415 - after the set-up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from benchmarks.opportunities import fill  # noqa: PLC0415

    fill(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client(SERVER_NAME=os.environ["ALLOWED_HOSTS"].split(",")[0])
    for name, addresses in CASES.items():
        queries = 0
        client.get(f"/opportunities?{addresses[0]}")  # a new connection asks for its types
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(f"/opportunities?{address}")
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
            queries = max(queries, len(captured))
        times = []
        gc.collect()
        for number in range(max(runs, 2)):
            address = addresses[number % len(addresses)]
            started = time.perf_counter()
            client.get(f"/opportunities?{address}")
            times.append((time.perf_counter() - started) * 1000)
        slow = statistics.quantiles(times, n=20, method="inclusive")[-1]
        mark = "" if slow <= GOAL_MS else f"  over {GOAL_MS} ms"
        print(
            f"{size:>13,}  {name:<18}{queries:>8}{statistics.median(times):>8.0f}{slow:>8.0f}"
            f"{mark}",
            flush=True,
        )


if __name__ == "__main__":
    main()
