"""The engine says what plain SQL over the same facts says."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given

from matching.engine.build import build
from matching.engine.live import best, scores
from matching.engine.rules import failure_counts
from tests.matching.engine.instances import REFERENCE, fairly, many_offers, people

SQL = (Path(__file__).parent / "oracle.sql").read_text()
# low, so that lists are long; what is shown starts higher
BAR = 1


def as_json(facts):
    """Write facts so that SQL can read them; mappings become lists of pairs."""
    rows = {}
    for name, value in asdict(facts).items():
        if isinstance(value, dict):
            rows[name] = [{"k": key, "v": number} for key, number in value.items()]
        elif isinstance(value, frozenset):
            rows[name] = sorted(value)
        else:
            rows[name] = value
    return rows


@pytest.mark.django_db
@fairly
@given(people(), many_offers(most=20))
def test_the_list_is_the_one_of_plain_sql(person, offers):
    arrays = build(offers, REFERENCE, seed=3)
    places = {pk: row for row, pk in enumerate(arrays.pk.tolist())}
    facts = [as_json(offer) | {"lottery": places[offer.pk]} for offer in offers]

    with connection.cursor() as cursor:
        cursor.execute(
            SQL,
            {
                "person": json.dumps(as_json(person)),
                "offers": json.dumps(facts),
                "groups": list(REFERENCE.skill_groups),
                "neighbours": json.dumps(REFERENCE.neighbours.tolist()),
                "miles": json.dumps(REFERENCE.miles.tolist()),
                "bar": BAR,
            },
        )
        wanted = cursor.fetchall()

    points = scores(person, arrays, REFERENCE)
    may = (failure_counts(person, arrays, REFERENCE) == 0) & (points >= BAR)
    found = best(arrays, points, may, 7)
    assert [(one.pk, one.points) for one in found] == wanted
