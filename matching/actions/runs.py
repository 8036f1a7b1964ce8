"""Decides a round: rulings about pairs, trial runs, and the one that is published."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict, StepNotAllowed, StepNotOpen
from matching.actions.round_steps import locked, move
from matching.actions.rounds import scheme_page
from matching.choices import ResultState, RoundStatus
from matching.emails import results as emails
from matching.live.contest import Frozen, decide, digest, freeze, problems, settings_of
from matching.models import Choice, PairRule, Result, Round, RoundList, RoundPlace, Run
from matching.permissions import runs_rounds
from people.models import User
from placements.actions.rounds import offer_match


def runs_page(row: Round) -> str:
    """Give the address of the trial runs."""
    return f"{scheme_page(row)}/runs"


def _checking(row: Round, by: User) -> Round:
    """Lock a round whose results are being checked."""
    if not runs_rounds(by):
        raise StepNotAllowed(f"{by} does not run rounds")
    fresh: Round = Round.objects.locked(row.pk)
    if fresh.status != RoundStatus.CHECKING:
        raise StepNotOpen(scheme_page(fresh), "run")
    return fresh


@transaction.atomic
def rule_on_pair(
    mine: RoundList, place: RoundPlace, *, by: User, ruling: str, reason: str
) -> PairRule:
    """Say that a person and a place must, or must not, be matched, and why."""
    row = _checking(place.round, by)
    if not Choice.objects.filter(list=mine, place=place).exists():
        text = _("This person does not list this place. Nothing was changed.")
        raise Conflict(f"{scheme_page(row)}/pairs", text)
    rule, _created = PairRule.objects.update_or_create(
        list=mine,
        place=place,
        defaults={
            "ruling": ruling,
            "reason": reason,
            "ruled_by": by,
            "ruled_at": timezone.now(),
        },
    )
    record("rule_on_pair", rule, by=by, ruling=ruling, list=mine.reference)
    return rule


@transaction.atomic
def take_back_ruling(rule: PairRule, *, by: User) -> None:
    """Let the round decide about a pair again."""
    row = _checking(rule.place.round, by)
    record("take_back_ruling", rule, by=by, list=rule.list.reference, round=row.slug)
    rule.delete()


@transaction.atomic
def try_run(row: Round, *, by: User, settings: dict[str, int] | None = None) -> Run:
    """Freeze everything and decide the round once; nobody but the scheme team sees it."""
    row = _checking(row, by)
    frozen = freeze(row, settings or settings_of(row))
    try:
        decided = decide(frozen)
    except ValueError:
        text = _("More pairs are held than a place has seats. Take one ruling back first.")
        raise Conflict(f"{scheme_page(row)}/pairs", text) from None
    newest = Run.objects.of_stage(row).first()
    run: Run = Run.objects.create(
        round=row,
        stage=row.stage,
        number=newest.number + 1 if newest else 1,
        made_by=by,
        settings=frozen["settings"],
        inputs=frozen,
        inputs_hash=digest(frozen),
        outcome=decided.outcome,
        certificate=decided.certificate,
        counts=decided.counts,
    )
    record("try_run", run, by=by, hash=run.inputs_hash, settings=run.settings)
    return run


@transaction.atomic
def publish(run: Run, *, by: User) -> Round:
    """Let one run count: everybody hears at once, and nothing is half published.

    What the run was made from must still be so; else Conflict, and a new run is to be made.
    """
    row = locked(run.round, "publish", by=by)
    run = Run.objects.locked(run.pk)
    _require_current(run, row)
    move(row, "publish", by=by)
    run.published_at, run.published_by = timezone.now(), by
    run.save(update_fields=["published_at", "published_by"])
    lists = {mine.reference: mine for mine in RoundList.objects.of_round(row)}
    places = {
        place.opportunity.reference: place
        for place in RoundPlace.objects.of_round(row).with_opportunity()
    }
    for person in run.inputs["people"]:
        mine = lists[person["list"]]
        mine.round = row
        emails.result_ready(_result(run, mine, person, places))
    record("publish_run", run, by=by, hash=run.inputs_hash)
    return row


def _require_current(run: Run, row: Round) -> None:
    """Insist that the run is of this stage, sound, and made from what is so now."""
    found = list(problems(run.inputs, run.inputs_hash, run.outcome, run.certificate))
    now: Frozen = freeze(row, run.settings)
    if run.stage != row.stage or found or digest(now) != run.inputs_hash:
        text = _(
            "Something changed since this run was made, such as a place or a profile. Make a new"
            " run and publish that. Nothing was published."
        )
        raise Conflict(runs_page(row), text)


def _result(run: Run, mine: RoundList, person: Frozen, places: dict[str, RoundPlace]) -> Result:
    match = run.outcome.get(mine.reference)
    if match is None:
        open_still = any(not choice["shut"] for choice in person["choices"])
        state = ResultState.RESERVE if open_still else ResultState.NOT_MATCHED
        return Result.objects.create(run=run, list=mine, state=state)
    opportunity = places[match["place"]].opportunity
    application = offer_match(
        opportunity,
        mine.person,
        manager=mine.manager if mine.is_supported else None,
        matched_in=run.round.slug,
        reply_by=mine.round.reply_day,
        by=User.objects.system(),
    )
    return Result.objects.create(
        run=run,
        list=mine,
        state=ResultState.MATCHED,
        choice=match["choice"],
        application=application,
    )


def certificate_of(run: Run) -> dict[str, object]:
    """Give what is downloaded: the cut-offs and the commitment that the seed must fit."""
    row = run.round
    made = hashlib.sha256(f"{row.slug}:{row.seed}".encode()).hexdigest()
    return {**run.certificate, "seed_hash": made, "run": run.number}
