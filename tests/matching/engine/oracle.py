"""The rules and points once more, one pair at a time, with no arrays: the judge of the engine."""

from matching.engine.facts import ANY_DISTANCE

FIXED = {"organisation", "department", "applied", "busy"}


def level_of(person, skill):
    return max(person.held.get(skill, 0), person.learn.get(skill, 0))


def points(person, offer, reference):
    groups = reference.skill_groups
    taught, needed = offer.taught, offer.needed
    parts = {}

    gained = sum(
        max(0, top - level_of(person, s)) for s, top in taught.items() if s in person.learn
    )
    parts["learn"] = gained * (3600 // max(6, sum(taught.values())))

    if needed:
        had = sum(min(level_of(person, s), asked) for s, asked in needed.items())
        parts["held"] = had * (1800 // sum(needed.values()))
    else:
        parts["held"] = 1800

    offered = {groups[s] for s in taught}
    shared = offered & {groups[s] for s in person.learn}
    parts["interests"] = len(shared) * (700 // max(1, len(offered)))

    parts["profession"] = 300 if person.profession in offer.professions else 0
    parts["goals"] = len(person.goals & set(taught)) * (800 // max(2, len(taught)))
    parts["text"] = sum(n * offer.words.get(w, 0) for w, n in person.words.items())
    parts["place"] = place(person, offer, reference)

    first = max(offer.start_week, person.from_week)
    last = min(offer.end_week, person.until_week)
    parts["time"] = 700 * max(0, last - first + 1) // (offer.end_week - offer.start_week + 1)
    return {slug: 0 if slug in person.off else n for slug, n in parts.items()}


def place(person, offer, reference):
    if offer.remote == 2 and person.remote_ok:
        return 700
    if -1 in {person.region, offer.region}:
        return 150
    hybrid = offer.remote == 1 and person.remote_ok
    if person.region == offer.region:
        return 700
    if reference.neighbours[person.region, offer.region]:
        return 550 if hybrid else 450
    return 300 if hybrid else 150


def failures(person, offer, reference):
    clearance = 1 if person.clearance == -1 else person.clearance
    far = (
        offer.remote != 2
        and -1 not in {person.town, offer.town}
        and person.max_miles != ANY_DISTANCE
        and reference.miles[person.town, offer.town] > person.max_miles
    )
    checks = {
        "grade": person.grade and not offer.lowest_grade <= person.grade <= offer.highest_grade,
        "clearance": clearance < offer.clearance,
        "remote": offer.remote == 2 and not person.remote_ok,
        "pattern": offer.full_time and person.part_time and not person.hours,
        "before": offer.end_week < person.from_week,
        "after": offer.start_week > person.until_week,
        "hours": person.hours and offer.hours > person.hours,
        "distance": far,
        "organisation": offer.organisation in person.organisations,
        "department": person.department and offer.department == person.department,
        "applied": offer.pk in person.applied,
        "busy": offer.exclusive
        and any(a <= offer.end_week and b >= offer.start_week for a, b in person.busy),
    }
    return {slug for slug, failed in checks.items() if failed}
