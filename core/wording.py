"""How a state reads: one label and colour for each audience, and whose turn it is."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class Audience(StrEnum):
    """Who is looking at a status."""

    APPLICANT = "applicant"
    HOST = "host"
    DEPARTMENT = "department"


class Colour(StrEnum):
    """What a tag's colour means; the page maps it to a class."""

    GREY = "grey"  # not started or over
    BLUE = "blue"  # new or live information
    YELLOW = "yellow"  # waiting for someone else
    ORANGE = "orange"  # you need to act
    PURPLE = "purple"  # being looked at
    TEAL = "teal"  # part-way good
    GREEN = "green"  # good outcome or open
    MAGENTA = "magenta"  # a person said no
    RED = "red"  # overdue or broken, nothing else


@dataclass(frozen=True)
class Wording:
    """A tag: the words and their colour."""

    label: str | Promise
    colour: Colour
