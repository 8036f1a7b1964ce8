"""One application through all five people it needs, each at a browser of their own."""

import pytest

from tests.browser import story
from tests.browser.people import KeyboardPerson
from tests.browser.story import Cast


@pytest.mark.parametrize(
    ("number", "javascript"), [(0, True), (1, False)], ids=["scripts", "no scripts"]
)
def test_an_application_becomes_a_placement(person, service, letters, number, javascript):
    cast = Cast.of(service, number)
    people = [person(javascript=javascript) for _each in range(4)]
    applicant, manager, host, admin = people

    story.join(applicant, cast)
    story.find(applicant, cast.opportunity)
    reference = story.apply(applicant, cast)
    letters.wait(cast.applicant, f"{reference}: sent to your manager")

    story.support(manager, cast, letters, reference)
    replied = letters.wait(cast.applicant, f"Your manager has replied about {reference}")
    applicant.open(replied.link_with(reference))
    applicant.sees("Supported by the line manager and sent to the host")

    story.offer(host, cast, letters, reference)
    story.accept(applicant, cast, letters)
    story.approve(admin, cast, reference)
    story.everybody_sees_it(people, cast, letters, reference)


def test_somebody_with_a_keyboard_only_can_apply(person, service, letters):
    cast = Cast.of(service, 2)
    applicant = person(kind=KeyboardPerson)

    story.join(applicant, cast)
    story.find(applicant, cast.opportunity)
    reference = story.apply(applicant, cast)

    letters.wait(cast.applicant, f"{reference}: sent to your manager")
