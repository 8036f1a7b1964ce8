"""One application through all five people it needs, each at a browser of their own."""

from tests.browser import story
from tests.browser.people import KeyboardPerson
from tests.browser.story import Cast


def test_an_application_becomes_a_placement(judged_story):
    ends = {"application-done", "manager-decision-done", "decisions-done", "approval-done"}

    assert ends <= judged_story.names


def test_an_application_becomes_a_placement_without_scripts(person, service, letters):
    people = [person(javascript=False) for _each in range(4)]
    story.tell(people, Cast.of(service, 1), letters)


def test_somebody_with_a_keyboard_only_can_apply(person, service, letters):
    cast = Cast.of(service, 2)
    applicant = person(kind=KeyboardPerson)

    story.join(applicant, cast)
    story.find(applicant, cast.opportunity)
    reference = story.apply(applicant, cast)

    letters.wait(cast.applicant, f"{reference}: sent to your manager")
