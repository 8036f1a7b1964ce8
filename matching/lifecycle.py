"""The life of a matching round, as a table."""

from core.lifecycle import Lifecycle, Step
from matching.choices import RoundStatus as S
from matching.permissions import runs_rounds, runs_rounds_or_service

ONE = frozenset

ROUND = Lifecycle(
    "round",
    Step("open", "Open the round", ONE({S.PLANNED}), S.CHOOSING, runs_rounds_or_service),
    Step(
        "lock",
        "Lock the lists",
        ONE({S.CHOOSING, S.SECOND_ROUND}),
        S.LOCKED,
        runs_rounds_or_service,
    ),
    Step("check", "Start to check results", ONE({S.LOCKED}), S.CHECKING, runs_rounds),
    Step("publish", "Publish the results", ONE({S.CHECKING}), S.RESULTS_OUT, runs_rounds),
    Step(
        "open_second",
        "Open the second round",
        ONE({S.RESULTS_OUT}),
        S.SECOND_ROUND,
        runs_rounds_or_service,
    ),
    Step("finish", "Finish the round", ONE({S.RESULTS_OUT}), S.FINISHED, runs_rounds_or_service),
)
