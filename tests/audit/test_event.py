"""What stands in the audit stays there."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.actions import record, record_change
from audit.models import Event
from core.lifecycle import Change
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_step_is_recorded_with_its_actor_and_both_states():
    person, actor = UserFactory.create_batch(2)

    event = record_change(Change("move", person, "here", "there"), by=actor, note_given=True)

    assert event.actor == actor
    assert event.action == "move"
    assert event.detail == {"before": "here", "after": "there", "note_given": True}
    assert list(Event.objects.about(person)) == [event]
    assert not Event.objects.about(actor).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda event: Event.objects.filter(pk=event.pk).update(action="other"),
        lambda event: Event.objects.filter(pk=event.pk).delete(),
        lambda event: event.delete(),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_event(change):
    person = UserFactory()
    event = record("named", person, by=person)

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        change(event)

    event.refresh_from_db()
    assert event.action == "named"


def test_the_database_refuses_to_empty_the_audit():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")

        with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic():
            cursor.execute("TRUNCATE audit_event")
