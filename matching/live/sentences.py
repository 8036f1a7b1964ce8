"""The facts behind points and rules, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.choices import Strength
from matching.engine.changes import SIGNAL, Effect
from matching.engine.changes import Change as Answer
from matching.engine.facts import ANY_DISTANCE, UNKNOWN, OpportunityFacts, PersonFacts
from matching.engine.points import TERMS, best_levels
from matching.engine.rules import REMOTE_ONLY
from matching.live.encode import monday_of
from matching.live.world import World
from people.choices import Clearance
from placements.models import Opportunity

MOST_NAMES = 3
LABELS = {term.slug: term.label for term in TERMS}


@dataclass(frozen=True)
class Said:
    """What a comparison found: in favour, and what is missing; either may be empty."""

    good: str = ""
    missing: str = ""


def listed(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """Name a few things: A, B and 2 more."""
    every = list(names)
    shown, rest = every[:most], len(every) - most
    if rest > 0:
        return _("%(names)s and %(count)s more") % {"names": ", ".join(shown), "count": rest}
    if len(shown) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(shown)
    return _("%(names)s and %(last)s") % {"names": ", ".join(shown[:-1]), "last": shown[-1]}


def _skills(world: World, places: Iterable[int]) -> str:
    return listed(sorted(world.skill_name(place) for place in places))


def _learn(person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    levels = best_levels(person)
    wanted = {skill: top for skill, top in offer.taught.items() if skill in person.learn}
    gained = {skill for skill, top in wanted.items() if top > levels[skill]}
    if not person.learn:
        return Said(missing=_("You have not said which skills you want to learn"))
    if not gained:
        return Said(missing=_("Teaches none of the skills you want to learn"))
    counts = {"count": len(gained), "all": len(person.learn), "names": _skills(world, gained)}
    if len(person.learn) == 1:
        good = _("Teaches the skill you want to learn: %(names)s") % counts
    else:
        good = _("Teaches %(count)s of the %(all)s skills you want to learn: %(names)s") % counts
    left = set(person.learn) - set(offer.taught)
    missing = _("Does not teach %(names)s") % {"names": _skills(world, left)} if left else ""
    return Said(good, missing)


def _held(person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    if not offer.needed:
        return Said(_("Asks for no skills you would need already"))
    levels = best_levels(person)
    short = {skill for skill, asked in offer.needed.items() if levels.get(skill, 0) < asked}
    told = {
        "count": len(offer.needed) - len(short),
        "all": len(offer.needed),
        "names": _skills(world, short),
    }
    if not short:
        names = {"names": _skills(world, offer.needed)}
        return Said(_("You have what it asks for: %(names)s") % names)
    missing = _("Asks for more than you have in %(names)s") % told
    if not told["count"]:
        return Said(missing=missing)
    return Said(_("You have %(count)s of the %(all)s skills it asks for") % told, missing)


def _interests(person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    group = world.reference.skill_groups
    shared = {group[skill] for skill in offer.taught} & {group[skill] for skill in person.learn}
    if not shared:
        return Said(missing=_("Is about other subjects than your skills to learn"))
    names = listed(sorted(world.groups[place][1] for place in shared))
    return Said(_("Is about subjects you chose: %(names)s") % {"names": names})


def _profession(person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    if person.profession in offer.professions:
        name = world.professions[person.profession][1]
        return Said(_("Names your profession: %(name)s") % {"name": name})
    return Said(missing=_("Does not name your profession"))


def _goals(person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    shared = person.goals & set(offer.taught)
    if shared:
        names = {"names": _skills(world, shared)}
        return Said(_("Teaches what your development plan names: %(names)s") % names)
    return Said(missing=_("Teaches no skill that your development plan names"))


def _text(person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    shared = set(person.words) & set(offer.words)
    if not shared:
        return Said(missing=_("Shares no telling words with your plan and skills"))
    every = list(world.words)
    best = sorted(shared, key=lambda word: (-person.words[word] * offer.words[word], word))
    names = listed(every[word] for word in best[:MOST_NAMES])
    return Said(_("Shares words with your plan and skills: %(names)s") % {"names": names})


def _place(person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    if offer.remote == REMOTE_ONLY and person.remote_ok:
        return Said(_("You can do it remotely"))
    if UNKNOWN in {person.region, offer.region}:
        return Said(missing=_("You have not said where you work"))
    region = {"region": world.regions[offer.region][1]}
    if person.region == offer.region:
        return Said(_("In your region: %(region)s") % region)
    if world.reference.neighbours[person.region, offer.region]:
        return Said(_("In %(region)s, next to your region") % region)
    return Said(missing=_("In %(region)s, away from your region") % region)


def _time(person: PersonFacts, offer: OpportunityFacts, _world: World) -> Said:
    weeks = offer.end_week - offer.start_week + 1
    first = max(offer.start_week, person.from_week)
    shared = max(0, min(offer.end_week, person.until_week) - first + 1)
    told = {"shared": shared, "weeks": weeks}
    if shared == weeks:
        return Said(
            ngettext(
                "Its %(weeks)s week is inside your dates",
                "All %(weeks)s weeks are inside your dates",
                weeks,
            )
            % told
        )
    missing = _("%(shared)s of its %(weeks)s weeks are inside your dates") % told
    return Said(missing=missing)


SAYERS: dict[str, Callable[[PersonFacts, OpportunityFacts, World], Said]] = {
    "learn": _learn,
    "held": _held,
    "interests": _interests,
    "profession": _profession,
    "goals": _goals,
    "text": _text,
    "place": _place,
    "time": _time,
}


def said(slug: str, person: PersonFacts, offer: OpportunityFacts, world: World) -> Said:
    """Tell what one signal compared and found."""
    return SAYERS[slug](person, offer, world)


def failing_rule(slug: str, fallback: str, opportunity: Opportunity, miles: int) -> str:
    """Say why a hard rule says no, with the facts of this opportunity."""
    facts = {
        "grade": lambda: (
            _("It is for %(low)s to %(high)s")
            % {"low": opportunity.lowest_grade, "high": opportunity.highest_grade}
        ),
        "clearance": lambda: (
            _("It needs clearance: %(level)s") % {"level": opportunity.get_clearance_display()}
        ),
        "hours": lambda: (
            _("It needs %(hours)s hours a week, more than you can spend")
            % {"hours": opportunity.hours_a_week}
        ),
        "distance": lambda: (
            _("It is %(miles)s miles from you, further than you can travel") % {"miles": miles}
        ),
    }
    return facts[slug]() if slug in facts else _(fallback)


def _signal(answer: Answer, _world: World) -> str:
    label = _(LABELS[answer.slug.removeprefix(SIGNAL)])
    return _("If you turned on the signal ‘%(label)s’") % {"label": label}


def _month(text: str, answer: Answer, _world: World) -> str:
    day = monday_of(answer.value)
    return _(text) % {"month": f"{_(day.strftime('%B'))} {day.year}"}


def _distance(answer: Answer, _world: World) -> str:
    if answer.value == ANY_DISTANCE:
        return _("If you could travel any distance")
    return _("If you could travel %(miles)s miles") % {"miles": answer.value}


def _clearance(answer: Answer, _world: World) -> str:
    level = Clearance.choices[answer.value][1]
    return _("If you held this clearance: %(level)s") % {"level": level}


CONDITIONS: dict[str, Callable[[Answer, World], str]] = {
    "start": partial(_month, "If you could start in %(month)s"),
    "end": partial(_month, "If you could stay until %(month)s"),
    "remote": lambda _answer, _world: _("If remote work suited you"),
    "hours": lambda answer, _world: (
        _("If you could spend %(hours)s hours a week") % {"hours": answer.value}
    ),
    "distance": _distance,
    "clearance": _clearance,
    "skills": lambda answer, _world: (
        _("If you added %(count)s more skills to learn") % {"count": answer.value}
    ),
    "skill": lambda answer, world: (
        _("If you also wanted to learn %(name)s") % {"name": world.skill_name(answer.value)}
    ),
}


def condition(answer: Answer, world: World) -> str:
    """Say a changed answer as a condition."""
    if answer.slug.startswith(SIGNAL):
        return _signal(answer, world)
    return CONDITIONS[answer.slug](answer, world)


def effect(found: Effect, world: World) -> str:
    """Say what a changed answer would do to a match."""
    told = {
        "condition": condition(found.change, world),
        "match": Strength(found.strength_after).label.lower(),
        "points": found.after - found.before,
    }
    if found.becomes_possible and found.strength_after:
        return _("%(condition)s, you could apply, and it would be a %(match)s") % told
    if found.becomes_possible:
        return _("%(condition)s, you could apply") % told
    if found.strength_after > found.strength_before:
        return _("%(condition)s, this would become a %(match)s") % told
    return _("%(condition)s, this would gain %(points)s points") % told


def help_sentence(answer: Answer, count: int, world: World) -> str:
    """Say how many matches a changed answer would bring."""
    told = {"condition": condition(answer, world), "count": count}
    return (
        ngettext("%(condition)s: %(count)s match", "%(condition)s: %(count)s matches", count)
        % told
    )


def hurdle(label: str, count: int) -> str:
    """Say how many opportunities a rule keeps from a person."""
    told = {"label": _(label), "count": count}
    return (
        ngettext(
            "%(label)s: stands in the way of %(count)s opportunity",
            "%(label)s: stands in the way of %(count)s opportunities",
            count,
        )
        % told
    )
