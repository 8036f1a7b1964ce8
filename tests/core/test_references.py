"""References can be said aloud and not guessed."""

import re

from core.references import application_reference, opportunity_reference, placement_reference


def test_references_have_their_prefix_and_no_letter_that_is_misheard():
    pattern = re.compile(r"(OP|AP|PL)-[0-9A-HJKMNP-TV-Z]{8}")

    for make in (opportunity_reference, application_reference, placement_reference):
        assert all(pattern.fullmatch(make()) for _ in range(200))


def test_references_do_not_repeat():
    assert len({opportunity_reference() for _ in range(2000)}) == 2000
