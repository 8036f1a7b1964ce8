"""What one person is recommended, and why; the one way in for pages of any app."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from matching.choices import STRENGTH_COLOURS, Strength
from matching.engine import live
from matching.engine.build import build
from matching.engine.changes import (
    obstacles,
    popular_skills,
    strength,
    what_would_change,
    what_would_help,
)
from matching.engine.facts import UNKNOWN, OpportunityFacts, PersonFacts
from matching.engine.points import TERMS, highest
from matching.engine.rules import BITS, COMPARES, BitRule, CompareRule
from matching.engine.work import K
from matching.live import sentences, store
from matching.live.encode import encode, open_opportunities, person_facts
from matching.live.world import World
from matching.models import Preference
from people.models import Profile, User
from placements.models import Opportunity

MOST = 10
NEAR = 3
REASONS = 3
# more than are shown, in case one closed a moment ago
SLACK = 5
# signals that nobody can do much about are never given as what is missing
NOT_A_GAP = frozenset({"profession", "text", "goals"})


@dataclass(frozen=True)
class Line:
    """One signal of a match: what was compared, and its points."""

    slug: str
    label: str
    compared: str
    found: str
    points: int
    maximum: int
    is_off: bool


@dataclass(frozen=True)
class Card:
    """One recommended opportunity."""

    opportunity: Opportunity
    points: int
    strength: Strength
    reasons: list[str]
    gap: str

    @property
    def colour(self) -> str:
        """Give the colour of the tag."""
        return STRENGTH_COLOURS[self.strength]


@dataclass(frozen=True)
class Missing:
    """Something the profile does not tell yet, and where to tell it."""

    text: str
    href: str


@dataclass(frozen=True)
class Recommendations:
    """What the page shows."""

    cards: list[Card]
    near: list[Card]
    helps: list[str] = field(default_factory=list)
    hurdles: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    off: list[str] = field(default_factory=list)
    total: int = 0
    eligible: int = 0

    @property
    def is_ready(self) -> bool:
        """Tell whether the profile says enough to compare with."""
        return not any(item.href == SKILLS for item in self.missing)


@dataclass(frozen=True)
class Check:
    """One hard rule, kept or not."""

    label: str
    passed: bool
    sentence: str


@dataclass(frozen=True)
class Why:
    """One opportunity, explained."""

    opportunity: Opportunity
    points: int
    maximum: int
    strength: Strength
    lines: list[Line]
    checks: list[Check]
    changes: list[str]
    is_open: bool
    is_near: bool

    @property
    def failed(self) -> list[Check]:
        """List the rules that say no."""
        return [check for check in self.checks if not check.passed]

    @property
    def colour(self) -> str:
        """Give the colour of the tag."""
        return STRENGTH_COLOURS[self.strength]


SKILLS = "/profile/edit/skills-to-learn"


def missing_answers(facts: PersonFacts) -> list[Missing]:
    """List what the profile should tell before matches can be good."""
    blanks = [
        (not facts.learn, _("the skills you want to learn"), "skills-to-learn"),
        (not facts.grade, _("your grade"), "grade"),
        (facts.town == UNKNOWN, _("where you work and how far you can travel"), "location"),
        (not facts.hours, _("how much time you could spend"), "time"),
    ]
    return [Missing(text, f"/profile/edit/{page}") for blank, text, page in blanks if blank]


def recommend(user: User, limit: int = MOST) -> Recommendations:
    """Find the opportunities that suit a person best, as things stand this moment."""
    state = store.state()
    profile = Profile.objects.with_answers().filter(user=user).first()
    person = person_facts(user, profile, state.world)
    missing = missing_answers(person)
    off = [str(_(term.label)) for term in TERMS if term.slug in person.off]
    if not person.learn:
        return Recommendations([], [], missing=missing, off=off)
    reference = state.world.reference
    answer = live.search(person, state.blocks, reference, limit + SLACK)
    found = _cards(person, answer, state.world, limit)
    helps = []
    if not any(card.strength > Strength.PARTIAL for card in found.cards):
        popular = popular_skills(person, state.blocks, reference)
        helps = [
            sentences.help_sentence(change, count, state.world)
            for change, count in what_would_help(person, state.blocks, reference, popular)
        ]
    hurdles = [] if found.cards else _hurdles(person, state)
    return Recommendations(
        found.cards, found.near, helps, hurdles, missing, off, answer.total, answer.eligible
    )


def among_best(user: User, wanted: Collection[int]) -> list[Card]:
    """Draw those of some opportunities that are among a person's best as things stand now."""
    state = store.state()
    profile = Profile.objects.with_answers().filter(user=user).first()
    person = person_facts(user, profile, state.world)
    if not person.learn:
        return []
    answer = live.search(person, state.blocks, state.world.reference, K)
    matches = [one for one in answer.matches if one.pk in wanted]
    return _cards(person, replace(answer, matches=matches, near=[]), state.world, K).cards


def _hurdles(person: PersonFacts, state: store.State) -> list[str]:
    rules: list[BitRule | CompareRule] = [*BITS, *COMPARES]
    labels = {rule.slug: rule.label for rule in rules}
    found = obstacles(person, state.blocks, state.world.reference)
    return [sentences.hurdle(labels[slug], count) for slug, count in found]


def _cards(person: PersonFacts, answer: live.Answer, world: World, limit: int) -> Recommendations:
    """Draw cards for what was found and is still open."""
    wanted = [one.pk for one in (*answer.matches, *answer.near)]
    rows = open_opportunities().filter(pk__in=wanted)
    opportunities = {row.pk: row for row in rows.with_details()}
    facts = {offer.pk: offer for offer in encode(rows, world)}
    arrays = build(facts.values(), world.reference, seed=0)
    row_of = {int(pk): row for row, pk in enumerate(arrays.pk)}

    def draw(found: Sequence[live.Found], most: int) -> list[Card]:
        open_still = [one.pk for one in found if one.pk in opportunities and one.pk in facts]
        cards = []
        for pk in open_still[:most]:
            parts = live.explain(person, arrays, world.reference, row_of[pk])
            failed = live.why_not(person, arrays, world.reference, row_of[pk])
            blocked = [
                _rule_sentence(rule, person, facts[pk], opportunities[pk], world)
                for rule in failed
            ]
            cards.append(
                _card(person, facts[pk], opportunities[pk], world, parts=parts, blocked=blocked)
            )
        return cards

    return Recommendations(draw(answer.matches, limit), draw(answer.near, NEAR))


def _card(  # noqa: PLR0913 - what was found, beside what it was found from
    person: PersonFacts,
    offer: OpportunityFacts,
    opportunity: Opportunity,
    world: World,
    *,
    parts: dict[str, int],
    blocked: list[str],
) -> Card:
    said = {slug: sentences.said(slug, person, offer, world) for slug in parts}
    counted = [term for term in TERMS if term.slug not in person.off]
    telling = {**parts, "held": parts["held"] if offer.needed else 1}
    ranked = sorted(counted, key=lambda term: -telling[term.slug])
    reasons = [said[term.slug].good for term in ranked if parts[term.slug]]
    lost = sorted(counted, key=lambda term: parts[term.slug] - term.worth)
    gaps = [said[term.slug].missing for term in lost if term.slug not in NOT_A_GAP]
    points = sum(parts.values())
    gaps = blocked or gaps
    return Card(
        opportunity=opportunity,
        points=points,
        strength=Strength(strength(points, person.off)),
        reasons=[reason for reason in reasons if reason][:REASONS],
        gap=next((gap for gap in gaps if gap), ""),
    )


def _rule_sentence(
    rule: BitRule | CompareRule,
    person: PersonFacts,
    offer: OpportunityFacts,
    opportunity: Opportunity,
    world: World,
) -> str:
    known = UNKNOWN not in {person.town, offer.town}
    miles = int(world.reference.miles[person.town, offer.town]) if known else 0
    return sentences.failing_rule(rule.slug, rule.sentence, opportunity, miles)


def explain(user: User, opportunity: Opportunity) -> Why:
    """Explain one opportunity to one person: every point, every rule, and what would change it."""
    world = store.state().world
    profile = Profile.objects.with_answers().filter(user=user).first()
    person = person_facts(user, profile, world)
    offer = encode(Opportunity.objects.filter(pk=opportunity.pk), world)[0]
    reference = world.reference
    one = build([offer], reference, seed=0)
    parts = live.explain(person, one, reference, 0)
    failed = live.why_not(person, one, reference, 0)
    points = sum(parts.values())
    return Why(
        opportunity=opportunity,
        points=points,
        maximum=highest(person.off),
        strength=Strength(strength(points, person.off)),
        lines=_lines(person, offer, parts, world),
        checks=_checks(person, offer, opportunity, world),
        changes=[
            sentences.effect(effect, world)
            for effect in what_would_change(person, offer, reference)
        ],
        is_open=opportunity.is_taking_applications,
        is_near=len(failed) == 1 and not failed[0].fixed,
    )


def _lines(
    person: PersonFacts, offer: OpportunityFacts, parts: dict[str, int], world: World
) -> list[Line]:
    lines = []
    for term in TERMS:
        said = sentences.said(term.slug, person, offer, world)
        lines.append(
            Line(
                slug=term.slug,
                label=_(term.label),
                compared=_(term.sentence),
                found=". ".join(filter(None, (said.good, said.missing))),
                points=parts[term.slug],
                maximum=term.worth,
                is_off=term.slug in person.off,
            )
        )
    return lines


def _checks(
    person: PersonFacts, offer: OpportunityFacts, opportunity: Opportunity, world: World
) -> list[Check]:
    one = build([offer], world.reference, seed=0)
    broken = {rule.slug: rule for rule in live.why_not(person, one, world.reference, 0)}
    rules: list[BitRule | CompareRule] = [*BITS, *COMPARES]
    labels = {rule.slug: rule.label for rule in rules}
    return [
        Check(
            label=_(label),
            passed=slug not in broken,
            sentence=_rule_sentence(broken[slug], person, offer, opportunity, world)
            if slug in broken
            else "",
        )
        for slug, label in labels.items()
    ]


def signals_table() -> list[tuple[str, str, str, int]]:
    """List every signal with its words and its most points, for the settings page."""
    return [(term.slug, _(term.label), _(term.sentence), term.worth) for term in TERMS]


def used_signals(user: User) -> list[str]:
    """List the signals a person has not turned off."""
    off = Preference.objects.off_for(user)
    return [term.slug for term in TERMS if term.slug not in off]
