"""What people reply to a result, what silence does, and who gets what comes free."""

import datetime as dt

import numpy as np
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from core.calendar import add_working_days, today
from core.errors import StepNotAllowed, StepNotOpen
from matching.choices import Reply, ResultState, RoundStatus
from matching.emails import results as emails
from matching.engine.contest import NOTHING
from matching.engine.vacancies import fill_vacancies, moves
from matching.live.contest import allocation_of, contest_of, open_choices
from matching.models import Result, Round, RoundPlace, Run
from people.models import User
from placements.actions import offers
from placements.actions.rounds import let_lapse, move_up, offer_match
from placements.choices import HOLDS_A_PLACE, ApplicationStatus
from placements.models import Application

DAYS_TO_REPLY = 5


def takes_a_reply(result: Result) -> bool:
    """Tell whether somebody can still reply: they have an offer, and results are out."""
    if result.application is None or result.run.round.status != RoundStatus.RESULTS_OUT:
        return False
    return result.application.status == ApplicationStatus.OFFERED


@transaction.atomic
def reply(result: Result, *, by: User, answer: str) -> Result:
    """Accept, accept and stay open to move up, or decline; a second press changes nothing."""
    row = Round.objects.locked(result.run.round_id)
    result = Result.objects.with_details().locked(result.pk)
    if result.list.person_id != by.pk:
        raise StepNotAllowed(f"{by} may not reply for {result.list}")
    application = result.application
    if application is None or not takes_a_reply(result):
        raise StepNotOpen(_result_page(row), "reply")
    if answer == Reply.ACCEPT_OPEN and result.choice == 1:
        answer = Reply.ACCEPT
    result.replied_at = timezone.now()
    result.is_open_to_move = answer == Reply.ACCEPT_OPEN
    result.save(update_fields=["replied_at", "is_open_to_move"])
    record("reply_to_result", result, by=by, answer=answer)
    if answer == Reply.ACCEPT:
        offers.accept(application, by=by)
    elif answer == Reply.DECLINE:
        offers.decline(application, by=by, reason="")
        fill_free_places(row)
    return result


def _result_page(row: Round) -> str:
    return f"/rounds/{row.slug}/result"


@transaction.atomic
def settle(application: Application, *, by: User) -> None:
    """End the time to reply: who accepted and stayed open keeps the place, silence gives it up."""
    result = Result.objects.with_details().get(application=application)
    Round.objects.locked(result.run.round_id)
    if result.is_open_to_move:
        offers.accept(application, by=result.list.person)
        return
    let_lapse(application, by=by)
    emails.place_expired(result)


@transaction.atomic
def fill_free_places(row: Round) -> int:
    """Give what came free down the order of the published cut-offs; count who got something.

    Nobody who holds a place loses it, unless for a higher choice that they asked for.
    """
    row = Round.objects.locked(row.pk)
    run = Run.objects.published(row).first()
    if run is None or row.status != RoundStatus.RESULTS_OUT or run.stage != row.stage:
        return 0
    results = {
        result.list.reference: result for result in Result.objects.with_details().of_run(run)
    }
    people = run.inputs["people"]
    mine = [results[person["list"]] for person in people]
    held = {each.list.reference: {"place": _place_of(each)} for each in mine if _holds(each)}
    before = allocation_of(run.inputs, held)
    contest = contest_of(run.inputs)
    seats = _seats(run, before.match)
    contest = type(contest)(
        contest.at,
        contest.choice,
        contest.priority,
        contest.lottery,
        seats,
        np.minimum(contest.reserve, seats),
        contest.served,
    )
    waiting = np.array([_waits(each) for each in mine], dtype=np.bool_)
    after = fill_vacancies(contest, before, waiting)
    changed = [move for move in moves(before, after) if move.joined != NOTHING]
    # whoever moves gives their place back first, so that it is there for who comes after them
    for move in changed:
        application = mine[move.person].application
        if move.left != NOTHING and application is not None:
            move_up(application, by=User.objects.system())
    for move in changed:
        choice = open_choices(people[move.person])[int(after.place[move.person])]
        _join(mine[move.person], choice, row, has_left=move.left != NOTHING)
    return len(changed)


def _holds(result: Result) -> bool:
    application = result.application
    return application is not None and application.status in HOLDS_A_PLACE


def _waits(result: Result) -> bool:
    """Tell whether somebody may get a place that came free."""
    if result.application is None:
        return result.state == ResultState.RESERVE
    is_offered = result.application.status == ApplicationStatus.OFFERED
    return result.is_open_to_move and is_offered


def _place_of(result: Result) -> str:
    return result.application.opportunity.reference if result.application else ""


def _seats(
    run: Run, match: np.ndarray[tuple[int], np.dtype[np.int32]]
) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Count the seats as they are now: what is held, and what is free, up to the round's own."""
    rows = RoundPlace.objects.of_round(run.round)
    by_reference = {place.opportunity.reference: place for place in rows}
    taken = match[match != NOTHING].tolist()
    seats = []
    for number, said in enumerate(run.inputs["places"]):
        place = by_reference[said["place"]]
        left = place.opportunity.places_left if place.is_available_after_lock else 0
        seats.append(max(taken.count(number), min(said["seats"], taken.count(number) + left)))
    return np.array(seats, dtype=np.int32)


def _join(result: Result, choice: dict[str, object], row: Round, *, has_left: bool) -> None:
    """Give a free place in the caller's transaction, on a round that it holds locked."""
    places = RoundPlace.objects.of_round(row).with_opportunity()
    place = places.with_reference(str(choice["place"]))
    mine = result.list
    application = offer_match(
        place.opportunity,
        mine.person,
        manager=mine.manager if mine.is_supported else None,
        matched_in=row.slug,
        reply_by=_new_reply_day(row),
        by=User.objects.system(),
    )
    result.application, result.state = application, ResultState.MATCHED
    result.choice, result.has_moved = int(str(choice["position"])), has_left
    result.save(update_fields=["application", "state", "choice", "has_moved"])
    record("fill_free_place", result, by=User.objects.system(), moved=has_left)
    if has_left:
        emails.place_changed(result)
    else:
        emails.place_came_free(result)


def _new_reply_day(row: Round) -> dt.date:
    """Give whoever hears late the usual working days to reply."""
    return max(row.reply_day, add_working_days(today(), DAYS_TO_REPLY))


def by_the_clock() -> int:
    """Settle what nobody replied to in time, and give what came free to others."""
    service, done = User.objects.system(), 0
    for row in Round.objects.with_results_out():
        for application in Application.objects.matched_and_lapsed(row.slug):
            settle(application, by=service)
            done += 1
        done += fill_free_places(row)
    return done
