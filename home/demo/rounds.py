"""Two matching rounds of the demo: one in which people choose, one whose results are out."""

import datetime as dt
from collections.abc import Sequence

from core.calendar import add_working_days, today
from matching.actions import lists, round_steps, rounds, runs
from matching.choices import HostGroup, ListSupport, RoundStatus
from matching.live.eligible import eligible
from matching.models import Choice, Grouping, Round, RoundList, RoundPlace
from matching.querysets.rounds import could_take_part
from people.choices import OpportunityType
from people.models import RoleGrant, User

PLACES = 10
PEOPLE = 14
LISTED = 4
ALL_DAYS = 520
TYPES = [OpportunityType.PLACEMENT, OpportunityType.EXCHANGE]
GROUPS = (HostGroup.MOST_WANT, HostGroup.WOULD_TAKE, HostGroup.WOULD_TAKE, HostGroup.RESERVE)


def load_rounds(people: Sequence[User]) -> list[Round]:
    """Make both rounds, the way the scheme team, people and hosts would."""
    grant = RoleGrant.objects.live().of_scheme_team().first()
    if grant is None:
        return []
    team = grant.user
    half = len(people) // 2
    return [
        _with_results(team, people[:half]),
        _choosing(team, people[half:]),
    ]


def _dates(opens: int) -> dict[str, dt.date]:
    """Give the days of a round that opened so many days ago."""
    first = today() - dt.timedelta(days=opens)
    steps = {
        "opens_on": 0,
        "locks_on": 16,
        "results_on": 26,
        "reply_by": 34,
        "second_opens_on": 38,
        "second_locks_on": 45,
        "second_results_on": 52,
        "second_reply_by": 60,
    }
    return {name: first + dt.timedelta(days=days) for name, days in steps.items()}


def _planned(name: str, opens: int, team: User) -> Round:
    values = {
        "name": name,
        "types": TYPES,
        **_dates(opens),
        "most_choices": 8,
        "fairness_points": 400,
        "waiting_points": 300,
        "reserve_percent": 0,
        "reserve_regions": [],
        "reserve_departments": [],
    }
    row = rounds.plan(by=team, values=values)
    found = could_take_part(row)[:PLACES]
    rounds.add_places(row, by=team, references=[each.reference for each in found])
    if row.round_places.exists():
        row = round_steps.open_round(row, by=team)
    return row


def _choosing(team: User, people: Sequence[User]) -> Round:
    row = _planned(f"Round {add_working_days(today(), 0):%B %Y}", 5, team)
    for person, places in _wishes(row, people):
        for place in places:
            lists.add(place, by=person)
    return row


def _with_results(team: User, people: Sequence[User]) -> Round:
    """Make a round whose lists were locked some time ago; nobody can add to them by now."""
    before = today() - dt.timedelta(days=28)
    row = _planned(f"Round {before:%B %Y}", 28, team)
    for number, (person, places) in enumerate(_wishes(row, people)):
        mine = RoundList.objects.create(
            round=row,
            person=person,
            manager=person.profile.line_manager,
            support=ListSupport.YES,
            support_days=ALL_DAYS,
        )
        for position, place in enumerate(places, start=1):
            Choice.objects.create(list=mine, place=place, position=position)
            host = place.opportunity.contact
            group = GROUPS[(number + position) % len(GROUPS)]
            Grouping.objects.create(place=place, list=mine, group=group, grouped_by=host)
    if row.status != RoundStatus.CHOOSING:
        return row
    row = round_steps.start_checks(round_steps.lock_lists(row, by=team), by=team)
    return runs.publish(runs.try_run(row, by=team), by=team)


def _wishes(row: Round, people: Sequence[User]) -> list[tuple[User, list[RoundPlace]]]:
    """Choose who lists what: only what they may have, and everybody begins somewhere else."""
    places = list(RoundPlace.objects.of_round(row).with_opportunity())
    found: list[tuple[User, list[RoundPlace]]] = []
    for number, person in enumerate(people):
        if len(found) == PEOPLE:
            break
        may = eligible(person, [place.opportunity_id for place in places])
        wanted = [place for place in places if place.opportunity_id in may]
        turned = wanted[number % 3 :] + wanted[: number % 3]
        if turned:
            found.append((person, turned[:LISTED]))
    return found
