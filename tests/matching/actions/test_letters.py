"""One letter to each person about what is new: at their rhythm, once, and of what is open only."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connections, transaction
from django.utils import timezone

from audit.models import Event
from core.calendar import today
from experts.choices import OrganisationStatus
from matching import actions, tasks
from matching.actions import letters
from matching.choices import Rhythm
from matching.models import Edition, News, Preference
from notifications.models import Message
from notifications.rendering import render
from people.choices import SkillLevel
from people.models import User
from people.questions import ALL
from placements.choices import OpportunityStatus, PlacementStatus
from placements.models import Opportunity
from tests.factories.matching import SavedSearchFactory, learner, teaching
from tests.factories.people import GradeFactory, SkillFactory, TownFactory
from tests.factories.placements import ApplicationFactory, PlacementFactory
from tests.locks import wait_for_a_lock

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
# editions are dated by the clock of the database, which nobody moves
LAST_WEEK = MONDAY - dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def skills():
    return SkillFactory.create_batch(2)


@pytest.fixture
def user(skills):
    return complete(learner(*skills, town=TownFactory(), hours_a_week=37))


def complete(user):
    """Have every question of the first visit answered."""
    user.profile.answered = [question.slug for question in ALL]
    user.profile.save()
    return user


def news_for(user, *skills, **fields):
    """Make an opportunity that is among somebody's best, and note it as news to them."""
    opportunity = teaching(*skills, level=SkillLevel.EXPERT, **fields)
    Opportunity.objects.refresh_search([opportunity.pk])
    actions.rebuild_if_stale()
    edition = Edition.objects.get(opportunity=opportunity)
    actions.news.note_news({(user.pk, opportunity.pk): edition.number})
    return opportunity


def edit(opportunity, user):
    """Change something material, so that it is news again."""
    opportunity.hours_a_week -= 1
    opportunity.save()
    actions.rebuild_if_stale()
    number = Edition.objects.get(opportunity=opportunity).number
    actions.news.note_news({(user.pk, opportunity.pk): number})


def tell(user):
    return actions.tell_news(User.objects.get(pk=user.pk))


def letter():
    """Read the one letter there is."""
    return render(Message.objects.get(template="matching/emails/new_for_you"))


def test_a_new_match_is_told_with_a_reason_and_a_link(user, skills):
    opportunity = news_for(user, *skills, title="Measure very small things")

    assert tell(user)

    subject, body = letter()
    assert subject == "1 new opportunity for you"
    assert "* Measure very small things, " in body
    assert "Strong match. Teaches 2 of the 2 skills you want to learn" in body
    assert opportunity.get_absolute_url() in body
    assert "/recommended/emails" in body
    assert "you hear of new opportunities once a week when there are any." in body
    assert "changed since" not in body


def test_it_is_written_down_as_done_by_the_service(user, skills):
    news_for(user, *skills)

    tell(user)

    event = Event.objects.get(action="tell_news")
    assert (event.actor, event.detail) == (User.objects.system(), {"opportunities": 1})


def test_nothing_new_is_no_letter(user):
    assert not tell(user)
    assert not Message.objects.exists()


def test_a_second_look_on_the_same_day_writes_nothing(user, skills):
    news_for(user, *skills)
    assert tell(user)
    news_for(user, *skills)

    assert not tell(user)
    assert Message.objects.count() == 1


def test_what_was_told_is_not_told_again(user, skills):
    Preference.objects.create(user=user, rhythm=Rhythm.DAILY)
    news_for(user, *skills)
    assert tell(user)

    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        assert not tell(user)


def test_a_material_change_is_told_again_and_said(user, skills):
    Preference.objects.create(user=user, rhythm=Rhythm.DAILY)
    opportunity = news_for(user, *skills)
    assert tell(user)
    Message.objects.all().delete()

    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        edit(opportunity, user)
        assert tell(user)

    assert "It has changed since we told you about it." in letter()[1]


@pytest.mark.parametrize(
    ("rhythm", "looked", "now", "is_due"),
    [
        (Rhythm.DAILY, None, "2026-11-24", True),
        (Rhythm.DAILY, "2026-11-23", "2026-11-24", True),
        (Rhythm.DAILY, "2026-11-24", "2026-11-24", False),
        (Rhythm.DAILY, None, "2026-11-28", False),  # a Saturday
        (Rhythm.DAILY, None, "2026-12-25", False),
        (Rhythm.WEEKLY, None, "2026-11-23", True),
        (Rhythm.WEEKLY, None, "2026-11-24", False),
        (Rhythm.WEEKLY, "2026-11-23", "2026-11-27", False),
        (Rhythm.WEEKLY, "2026-11-16", "2026-11-23", True),
        (Rhythm.WEEKLY, "2026-11-16", "2026-11-25", True),  # Monday was missed
        (Rhythm.WEEKLY, None, "2026-05-25", False),  # a bank holiday
        (Rhythm.WEEKLY, None, "2026-05-26", True),
        (Rhythm.NEVER, None, "2026-11-23", False),
    ],
)
def test_each_rhythm_has_its_day(user, skills, rhythm, looked, now, is_due):  # noqa: PLR0913, PLR0917 - a table of four columns
    Preference.objects.create(user=user, rhythm=rhythm, looked_on=looked)
    news_for(user, *skills)

    day = dt.datetime.combine(dt.date.fromisoformat(now), dt.time(9), tzinfo=dt.UTC)
    with time_machine.travel(day, tick=False):
        assert letters._is_due(Preference.objects.get(), user.department) is is_due  # noqa: SLF001 - the rule alone
        assert (user.pk in actions.whom_to_tell()) or not is_due


def closed(opportunity):
    opportunity.status = OpportunityStatus.PAUSED
    opportunity.save()


def over(opportunity):
    Opportunity.objects.filter(pk=opportunity.pk).update(
        closing_on=today() - dt.timedelta(days=1), choosing_on=today()
    )


def hidden(opportunity):
    opportunity.organisation.status = OrganisationStatus.SUSPENDED
    opportunity.organisation.save()


@pytest.mark.parametrize("end", [closed, over, hidden])
def test_what_is_closed_or_hidden_by_then_is_not_told(user, skills, end):
    end(news_for(user, *skills))

    assert not tell(user)
    assert not News.objects.waiting().exists()


@pytest.mark.parametrize("end", [closed, over, hidden])
def test_what_closes_before_the_letter_goes_out_is_not_in_it(user, skills, end):
    stays, goes = news_for(user, *skills, title="Stays"), news_for(user, *skills, title="Goes")
    assert tell(user)

    end(goes)

    body = letter()[1]
    assert "* Stays" in body
    assert "* Goes" not in body
    end(stays)
    assert "has closed since" in letter()[1]


def incomplete(user):
    user.profile.answered = []
    user.profile.grade = None
    user.profile.save()


def gone(user):
    user.is_active = False
    user.save()


def away(user):
    PlacementFactory(person=user, status=PlacementStatus.UNDER_WAY)


def silent(user):
    actions.choose_rhythm(user, by=user, rhythm=Rhythm.NEVER)


@pytest.mark.parametrize("reason", [incomplete, gone, away, silent])
def test_some_get_no_letter(user, skills, reason):
    news_for(user, *skills)
    reason(user)

    assert not tell(user)
    assert not Message.objects.filter(template="matching/emails/new_for_you").exists()


def test_what_is_among_the_best_no_more_is_not_told(user, skills):
    news_for(user, *skills)
    user.profile.profile_skills.all().delete()

    assert not tell(user)


def test_new_results_of_a_saved_search_are_in_the_same_letter(user, skills):
    SavedSearchFactory(user=user, looked_at=LAST_WEEK, name="All light", query="q=lasers")
    best = news_for(user, *skills, title="Lasers for me")
    other = news_for(user, SkillFactory(), title="Lasers elsewhere", lowest_grade=high_grade())
    teaching(SkillFactory(), title="Sensors")

    assert tell(user)

    subject, body = letter()
    assert subject == "2 new opportunities for you"
    assert "# New for your saved search ‘All light’" in body
    assert body.count("* Lasers for me, ") == body.count("* Lasers elsewhere, ") == 1
    assert body.index(best.reference) < body.index("saved search") < body.index(other.reference)
    assert "/opportunities?q=lasers" in body


def test_a_saved_search_is_silent_about_what_was_told_or_applied_for(user):
    Preference.objects.create(user=user, rhythm=Rhythm.DAILY)
    SavedSearchFactory(user=user, looked_at=LAST_WEEK, query="q=lasers")
    mine = opening(title="Lasers one")
    ApplicationFactory(applicant=user, opportunity=mine)
    opening(title="Lasers two")
    assert tell(user)
    assert "Lasers one" not in letter()[1]

    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        assert not tell(user)


def opening(**fields):
    opportunity = teaching(SkillFactory(), lowest_grade=high_grade(), **fields)
    Opportunity.objects.refresh_search([opportunity.pk])
    actions.rebuild_if_stale()
    return opportunity


def high_grade():
    return GradeFactory(code="SCS9", name="Grade far above", rank=11)


def test_two_searches_that_find_the_same_tell_it_once(user):
    SavedSearchFactory(user=user, looked_at=LAST_WEEK, name="One", query="q=lasers")
    SavedSearchFactory(user=user, looked_at=LAST_WEEK, name="Two", query="q=lasers&sort=title")
    opening(title="Lasers two")

    assert tell(user)

    body = letter()[1]
    assert body.count("* Lasers two") == 1
    assert "‘Two’" not in body


def test_what_was_open_long_before_the_search_was_saved_is_not_new(user):
    with time_machine.travel(MONDAY - dt.timedelta(days=30), tick=False):
        opening(
            title="Lasers two",
            closing_on=today() + dt.timedelta(days=60),
            choosing_on=today() + dt.timedelta(days=61),
        )
        Edition.objects.update(since=timezone.now())
    SavedSearchFactory(user=user, query="q=lasers")

    assert not tell(user)


def test_beat_hands_out_those_with_something_new_and_one_failure_stops_nobody(
    user, skills, at_once, monkeypatch
):
    other = complete(learner(*skills, town=TownFactory(), hours_a_week=37))
    bystander = complete(learner(*skills))
    news_for(user, *skills)
    news_for(other, *skills)
    honest = letters.among_best

    def fails(person, wanted):
        if person == user:
            raise RuntimeError("the arrays are damaged")
        return honest(person, wanted)

    monkeypatch.setattr(letters, "among_best", fails)
    assert tasks.send_news() == 2
    assert [message.recipient for message in Message.objects.all()] == [other]

    monkeypatch.setattr(letters, "among_best", honest)
    assert tasks.send_news() == 1
    assert set(Message.objects.values_list("recipient", flat=True)) == {user.pk, other.pk}
    assert tasks.send_news() == 0
    assert bystander.pk not in actions.whom_to_tell()


def test_a_run_that_is_killed_before_its_end_leaves_nothing(user, skills, monkeypatch):
    news_for(user, *skills)
    monkeypatch.setattr(letters, "new_for_you", _killed)
    with pytest.raises(KeyboardInterrupt):
        tell(user)
    monkeypatch.undo()
    assert News.objects.waiting().exists()
    assert not Event.objects.filter(action="tell_news").exists()

    assert tell(user)
    assert Message.objects.count() == 1


def _killed(*_args, **_kwargs):
    raise KeyboardInterrupt


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_writes(user, skills):
    news_for(user, *skills)

    def second():
        try:
            return tell(user)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            assert tell(user)
            late = pool.submit(second)
            wait_for_a_lock()
        assert not late.result(20)
    assert Message.objects.count() == 1
