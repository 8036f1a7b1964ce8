"""Compose what people write in an application."""

from functools import cache
from random import Random

from home.demo.reading import content, in_text, skills
from home.demo.shapes import DemoAnswers, DemoOpportunity
from home.demo.texts import ABOUT_YOU

NEEDS_ARTICLE = (
    "Defence",
    "Department",
    "Environment Agency",
    "Government Office",
    "Health and Safety",
    "Met Office",
    "National",
    "Office for",
    "Scottish",
    "UK ",
    "University of",
    "Welsh",
)


@cache
def make_answers() -> DemoAnswers:
    """Give every bank of texts."""
    return DemoAnswers(**{name: tuple(texts) for name, texts in content("answers").items()})


def write_why(opportunity: DemoOpportunity, host: str, random: Random) -> str:
    """Write why somebody wants this opportunity, with its skill and its work named."""
    text = _filled(random.choice(make_answers().why), opportunity, host)
    plain = [one for one in opportunity.activities if not ABOUT_YOU.search(one)]
    return f"{text} {random.choice(make_answers().hooks).format(a=random.choice(plain))}"


def write_bring_back(opportunity: DemoOpportunity, host: str, random: Random) -> str:
    """Write what somebody will bring back to their department."""
    return _filled(random.choice(make_answers().bring_back), opportunity, host)


def _filled(text: str, opportunity: DemoOpportunity, host: str) -> str:
    skill = in_text(skills()[opportunity.skills_learned[0].skill]["name"])
    short = _with_article(host)
    return text.format(
        skill=skill,
        skill_cap=skill[0].upper() + skill[1:],
        host=short,
        host_cap=short[0].upper() + short[1:],
    )


def _with_article(host: str) -> str:
    """Put "the" before names that ask for it."""
    if host.startswith("The "):
        return host[0].lower() + host[1:]
    return f"the {host}" if host.startswith(NEEDS_ARTICLE) else host
