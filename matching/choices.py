"""Closed vocabularies of matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_SEARCHES = 10


class Strength(models.IntegerChoices):
    """A match in words; the points each needs stand in engine/points.py."""

    NONE = 0, _("Not a match")
    PARTIAL = 1, _("Partial match")
    GOOD = 2, _("Good match")
    STRONG = 3, _("Strong match")


class Rhythm(models.TextChoices):
    """How often somebody hears of new opportunities."""

    DAILY = "daily", _("On each working day, if there is anything new")
    WEEKLY = "weekly", _("Once a week, if there is anything new")
    NEVER = "never", _("Never")


class RematchState(models.TextChoices):
    """How far a match of everybody has come."""

    WAITING = "waiting", _("Waiting")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Did not finish")


class RoundStatus(models.TextChoices):
    """How far a matching round has come."""

    PLANNED = "planned", _("Planned")
    CHOOSING = "choosing", _("Choosing")
    LOCKED = "locked", _("Locked")
    CHECKING = "checking", _("Results being checked")
    RESULTS_OUT = "results_out", _("Results out")
    SECOND_ROUND = "second_round", _("Second round")
    FINISHED = "finished", _("Finished")


TAKES_CHOICES = frozenset({RoundStatus.CHOOSING, RoundStatus.SECOND_ROUND})
PUBLIC_ROUND = frozenset(RoundStatus) - {RoundStatus.PLANNED}


class ListSupport(models.TextChoices):
    """What a line manager answered about a whole list."""

    NOT_ASKED = "not_asked", _("Not asked")
    ASKED = "asked", _("Asked")
    YES = "yes", _("Supported")
    NO = "no", _("Not supported")


class HostGroup(models.IntegerChoices):
    """How much a host wants somebody who listed them."""

    MOST_WANT = 1, _("Most want")
    WOULD_TAKE = 2, _("Would take")
    RESERVE = 3, _("Reserve")
    NO = 4, _("No")


class PairRuling(models.TextChoices):
    """What the scheme team decided about one person and one place."""

    EXCLUDE = "exclude", _("Must not be matched")
    HOLD = "hold", _("Must be matched")


class ResultState(models.TextChoices):
    """What a round came to for somebody."""

    MATCHED = "matched", _("Matched")
    RESERVE = "reserve", _("On reserve list")
    NOT_MATCHED = "not_matched", _("Not matched")


class Reply(models.TextChoices):
    """What somebody replies to a match."""

    ACCEPT = "accept", _("Accept")
    ACCEPT_OPEN = "accept_open", _("Accept, and move me if a higher choice becomes free")
    DECLINE = "decline", _("Decline")


STRENGTH_COLOURS = {
    Strength.NONE: "grey",
    Strength.PARTIAL: "yellow",
    Strength.GOOD: "teal",
    Strength.STRONG: "green",
}
