"""A lifecycle says who may do what, and when."""

from types import SimpleNamespace

import pytest

from core.errors import StepNotAllowed, StepNotOpen
from core.lifecycle import Change, Lifecycle, Step

OWNER, STRANGER = "owner", "stranger"
DOOR = Lifecycle(
    "door",
    Step("open", "Open", frozenset({"shut"}), "open", lambda who, _door: who == OWNER),
    Step("shut", "Shut", frozenset({"open"}), "shut", lambda _who, _door: True),
)


def test_a_step_moves_the_thing_and_says_what_changed():
    door = SimpleNamespace(status="shut")

    change = DOOR.advance(door, "open", by=OWNER)

    assert door.status == "open"
    assert change == Change("open", door, "shut", "open")


def test_the_wrong_person_is_stopped_and_nothing_moves():
    door = SimpleNamespace(status="shut")

    with pytest.raises(StepNotAllowed):
        DOOR.advance(door, "open", by=STRANGER)

    assert door.status == "shut"


def test_a_step_that_closed_meanwhile_says_so():
    door = SimpleNamespace(status="open")

    with pytest.raises(StepNotOpen) as caught:
        DOOR.advance(door, "open", by=OWNER)

    assert caught.value.subject is door
    assert caught.value.step == "open"


def test_the_buttons_are_the_steps_open_to_this_person_now():
    shut = SimpleNamespace(status="shut")

    assert [step.name for step in DOOR.open_to(OWNER, shut)] == ["open"]
    assert DOOR.open_to(STRANGER, shut) == []
    assert DOOR.may(OWNER, shut, "open")
    assert not DOOR.may(OWNER, shut, "shut")
    assert not DOOR.may(STRANGER, shut, "open")


def test_a_step_stands_once():
    step = Step("open", "Open", frozenset(), "open", lambda _who, _door: True)

    with pytest.raises(ValueError, match="twice"):
        Lifecycle("door", step, step)
