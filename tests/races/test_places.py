"""A thousand decisions at once over HTTP: every place is filled, none is given twice."""

import datetime as dt
import http.client
import os
import queue
import secrets
import socket
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from core.calendar import today
from dev.processes import Child
from people.models import User
from placements.choices import ApplicationStatus as S
from placements.choices import OpportunityStatus
from placements.models import Application, Offer, Opportunity
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.people import CivilServantFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db(transaction=True)

OPPORTUNITIES, PLACES, APPLICANTS = 50, 2, 20
CALLERS = 32
CSRF = secrets.token_hex(16)


@pytest.fixture
def server(tmp_path):
    """Serve the test's database with the web server that production uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
        **connection.settings_dict
    )
    command = [
        *(sys.executable, "-m", "gunicorn", "stemfutures.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", "8", "--no-control-socket"),
    ]
    environment = os.environ | {"DATABASE_URL": address, "LOG_LEVEL": "ERROR"}
    child = Child("web", command, log=tmp_path / "web.log", environment=environment).start()
    _wait_for(port)
    yield port
    child.stop()


def _wait_for(port):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the web server did not start")


@pytest.fixture
def attempts():
    """Lay out the opportunities, and for each applicant a host about to offer them a place."""
    organisation = OrganisationFactory()
    host = host_of(organisation)
    manager = CivilServantFactory()
    first = OpportunityFactory(organisation=organisation, places=PLACES, contact=host)
    opportunities = [first] + [
        OpportunityFactory(organisation=organisation, places=PLACES, contact=host)
        for _number in range(OPPORTUNITIES - 1)
    ]
    count = OPPORTUNITIES * APPLICANTS
    people = User.objects.bulk_create(
        User(name=f"Applicant {n}", email=f"a{n}@race.gov.uk", department=manager.department)
        for n in range(count)
    )
    applications = Application.objects.bulk_create(
        Application(
            opportunity=opportunities[n % OPPORTUNITIES],
            applicant=person,
            department=manager.department,
            manager=manager,
            status=S.SHORTLISTED,
            sent_at=timezone.now(),
            starts_on=first.starts_on,
            ends_on=first.ends_on,
        )
        for n, person in enumerate(people)
    )
    return [_attempt(host, application) for application in applications]


def _attempt(host, application):
    """Give the address, the cookie and the form of one press of "Send decisions"."""
    opportunity, reference = application.opportunity, application.reference
    submit = secrets.token_hex(8)
    draft = {
        "submit": submit,
        "steps": {reference: "offer"},
        "versions": {reference: application.version},
        "offer": {
            reference: {
                "starts_on": opportunity.starts_on.isoformat(),
                "ends_on": opportunity.ends_on.isoformat(),
                "reply_by": (today() + dt.timedelta(days=7)).isoformat(),
                "hours_a_week": 37,
                "terms": "",
            }
        },
        "not_select": {},
    }
    session = {
        SESSION_KEY: str(host.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: host.get_session_auth_hash(),
        f"decisions:{opportunity.reference}": draft,
    }
    key = secrets.token_hex(16)
    Session.objects.create(
        session_key=key,
        session_data=SessionStore().encode(session),
        expire_date=timezone.now() + dt.timedelta(hours=1),
    )
    where = reverse("decisions-check", args=[opportunity.organisation.slug, opportunity.reference])
    body = urlencode({"submit": submit, "csrfmiddlewaretoken": CSRF})
    return where, f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={CSRF}", body


def press_all(port, attempts):
    """Press every button, many at once; count the answers by their status."""
    waiting, answers = queue.SimpleQueue(), Counter()
    for attempt in attempts:
        waiting.put(attempt)
    lock = threading.Lock()

    def caller(_number):
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            try:
                where, cookie, body = waiting.get_nowait()
            except queue.Empty:
                return link.close()
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            link.request("POST", where, body, headers)
            response = link.getresponse()
            response.read()
            with lock:
                answers[response.status] += 1

    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(caller, range(CALLERS)))
    return answers


def test_a_thousand_decisions_fill_every_place_and_no_more(server, attempts):
    answers = press_all(server, attempts)

    filled = OPPORTUNITIES * PLACES
    assert answers == {302: filled, 200: len(attempts) - filled}
    assert Offer.objects.count() == filled
    assert Application.objects.in_states({S.OFFERED}).count() == filled
    rows = Opportunity.objects.filter(held=F("places"), status=OpportunityStatus.FILLED)
    assert rows.count() == OPPORTUNITIES
