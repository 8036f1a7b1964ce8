"""How a round reads: its state, how far it is, its dates, and how matching works."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.wording import Colour, Wording
from matching.choices import RoundStatus as S
from matching.models import Round

ROUND_WORDING: dict[str, Wording] = {
    S.PLANNED: Wording(gettext_lazy("Planned"), Colour.GREY),
    S.CHOOSING: Wording(gettext_lazy("Choosing"), Colour.GREEN),
    S.LOCKED: Wording(gettext_lazy("Locked"), Colour.PURPLE),
    S.CHECKING: Wording(gettext_lazy("Results being checked"), Colour.PURPLE),
    S.RESULTS_OUT: Wording(gettext_lazy("Results out"), Colour.BLUE),
    S.SECOND_ROUND: Wording(gettext_lazy("Second round"), Colour.TEAL),
    S.FINISHED: Wording(gettext_lazy("Finished"), Colour.GREY),
}
# where the tracker stands in each state of the first stage
STANDS = {S.CHOOSING: 0, S.LOCKED: 1, S.CHECKING: 2, S.RESULTS_OUT: 3, S.SECOND_ROUND: 4}


@dataclass(frozen=True)
class Stage:
    """One stage of the tracker."""

    label: str | Promise
    state: str
    due: dt.date | dt.datetime | None = None


def stages(row: Round) -> list[Stage]:
    """Say how far a round is: choose, lock, match, reply, second round."""
    labels = [_("Choose"), _("Lock"), _("Match"), _("Reply"), _("Second round")]
    now = len(labels) - 1 if row.is_second else STANDS.get(S(row.status), -1)
    if row.status == S.FINISHED:
        now = len(labels)
    return [
        Stage(label, "done" if place < now else "current" if place == now else "waiting")
        for place, label in enumerate(labels)
    ]


def dates(row: Round) -> list[tuple[str, str | dt.date]]:
    """List what happens when, in order."""
    return [
        (_("Opens"), row.opens_on),
        (_("Lists lock at 11:59pm on"), row.locks_on),
        (_("Results"), row.results_on),
        (_("Reply by 5pm on"), row.reply_by),
        (_("The second round opens"), row.second_opens_on),
        (_("Its lists lock at 11:59pm on"), row.second_locks_on),
        (_("Its results"), row.second_results_on),
        (_("Reply to them by 5pm on"), row.second_reply_by),
    ]


SAID_OF_STEPS: dict[str, Promise] = {
    "open": gettext_lazy("The round is open. People can choose now."),
    "lock": gettext_lazy("The lists are locked"),
    "check": gettext_lazy("Groups are closed. You can make trial runs now."),
    "open_second": gettext_lazy("The second round is open"),
    "finish": gettext_lazy("The round is finished"),
}
WHAT_STEPS_DO: dict[str, list[Promise]] = {
    "open": [
        gettext_lazy("People can put places on their list from this moment."),
        gettext_lazy("The round’s dates and rules cannot change any more."),
        gettext_lazy("The hash of the lottery’s seed stands on the round’s page from now on."),
    ],
    "lock": [
        gettext_lazy("Nobody can change a list any more."),
        gettext_lazy("The seed of the lottery becomes public."),
        gettext_lazy("Hosts can still group the people who listed them."),
    ],
    "check": [
        gettext_lazy("Hosts cannot change their groups any more."),
        gettext_lazy("You can make trial runs and look at them side by side."),
    ],
    "open_second": [
        gettext_lazy("Places that are free can be listed again."),
        gettext_lazy("People without a place keep their list and can change it."),
    ],
    "finish": [gettext_lazy("Nothing in the round can change any more.")],
}
