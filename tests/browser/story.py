"""One application told by the five people it passes through."""

import secrets
from dataclasses import dataclass

# An opportunity that a department must approve, with a place that nobody holds and a host that is
# no part of a department; the n-th, so that each telling has one of its own
OPPORTUNITY = """
    SELECT o.reference, o.title, host.slug, host.name, contact.email, contact.name
    FROM placements_opportunity o
    JOIN experts_organisation host ON host.id = o.organisation_id
    JOIN people_user contact ON contact.id = o.contact_id
    JOIN people_grade lowest ON lowest.id = o.lowest_grade_id
    JOIN people_grade highest ON highest.id = o.highest_grade_id
    JOIN people_grade senior ON senior.code = 'SEO'
    WHERE o.status = 'open' AND o.type = 'placement' AND o.direction = 'outward'
      AND o.clearance = 'none' AND host.department_id IS NULL AND o.cost_to_department <= 5000
      AND o.held < o.places AND o.closing_on > current_date + 3
      AND o.ends_on - o.starts_on > 40 AND o.hours_a_week > 10
      AND senior.rank BETWEEN lowest.rank AND highest.rank
    ORDER BY o.held, o.title OFFSET %s LIMIT 1
"""
DEPARTMENT = """
    SELECT department.slug, department.name, min(admin.email), min(domain.domain)
    FROM people_rolegrant
    JOIN people_department department ON department.id = people_rolegrant.department_id
    JOIN people_user admin ON admin.id = people_rolegrant.user_id
    JOIN people_emaildomain domain ON domain.department_id = department.id
    WHERE admin.email LIKE '%%@' || domain.domain
    GROUP BY 1, 2 ORDER BY department.name LIMIT 1
"""
WHY = "My team measures the same thing with older instruments."
BRING_BACK = "A method that my team can use, and a person to ask."
CASE = "We need this skill within a year, and nobody in the department has it."
SKILLS = ("Systems thinking", "Horizon scanning")


@dataclass(frozen=True)
class Opportunity:
    """What they apply for."""

    reference: str
    title: str
    host_slug: str
    host: str
    contact_email: str
    contact_name: str


@dataclass(frozen=True)
class Cast:
    """Who takes part in one telling, and in what."""

    opportunity: Opportunity
    department_slug: str
    department: str
    admin: str
    applicant: str
    manager: str

    @classmethod
    def of(cls, service, number):
        (found,) = service.rows(OPPORTUNITY, number)
        ((slug, department, admin, domain),) = service.rows(DEPARTMENT)
        own = secrets.token_hex(3)
        return cls(
            Opportunity(*found),
            slug,
            department,
            admin,
            f"rowan.ashby.{own}@{domain}",
            f"priya.nair.{own}@{domain}",
        )


def tell(people, cast, letters):
    """Tell all of it, from signing in for the first time to a confirmed placement."""
    applicant, manager, host, admin = people
    join(applicant, cast)
    find(applicant, cast.opportunity)
    reference = apply(applicant, cast)
    letters.wait(cast.applicant, f"{reference}: sent to your manager")
    support(manager, cast, letters, reference)
    replied = letters.wait(cast.applicant, f"Your manager has replied about {reference}")
    applicant.open(replied.link_with(reference))
    applicant.sees("Supported by the line manager and sent to the host")
    offer(host, cast, letters, reference)
    accept(applicant, cast, letters)
    approve(admin, cast, reference)
    everybody_sees_it(people, cast, letters, reference)


def join(person, cast, name="Rowan Ashby"):
    """Sign in for the first time and answer the questions about oneself."""
    person.sign_in(cast.applicant)
    person.letters.wait(cast.applicant, "welcome")
    if "name" in person.path:
        person.fill("full name", name)
        person.press("Continue")
    if "department" in person.path:
        person.choose(cast.department)
        person.press("Continue")
    person.choose("Senior Executive Officer")
    person.press("Continue")
    person.choose("Science and Engineering")
    person.press("Continue")
    for skill in SKILLS:
        person.fill("Search for a skill", skill)
        person.press("Search")
        person.choose(skill)
    person.press("Continue")
    for skill in SKILLS:
        person.choose("Awareness", group=skill)
    person.press("Continue")
    person.choose("1 day a week")
    person.press("Continue")
    person.fill("Where do you work?", "Leeds")
    person.choose("Up to 100 miles")
    person.choose("Remote works for me")
    person.press("Continue")
    assert person.path == "/profile/check"
    person.sees(name, "Systems thinking", "Leeds")
    person.press("Save and see recommendations")
    assert person.path == "/recommended"


def find(person, opportunity):
    """Search by words and open what was found."""
    person.follow("Find", exact=True)
    person.fill("Search", opportunity.title)
    person.press("Apply filters")
    person.follow(opportunity.title, exact=True)
    assert opportunity.reference in person.path
    person.sees(opportunity.title, opportunity.host, "Who has to agree")
    person.does_not_see(opportunity.contact_email)


def apply(person, cast):
    """Go through every part of the application, check it, and send it; give its reference."""
    person.follow("Apply", exact=True)
    assert person.heading() == "Check you can apply"
    person.press("Start your application")
    reference = person.path.split("/")[2]
    part(person, "Confirm your details")
    part(person, "Say why you want this", ("Why do you want this opportunity?", WHY))
    part(person, "Say what you will bring back", ("What will you bring back", BRING_BACK))
    part(person, "Choose dates")
    part(
        person,
        "Name your line manager",
        ("Full name", "Priya Nair"),
        ("Work email address", cast.manager),
    )
    part(person, "Write the business case", ("Business case", CASE))
    person.follow("Check your answers and send")
    person.sees(WHY, BRING_BACK, CASE, "Priya Nair", cast.manager)
    person.press("Send to my manager")
    person.sees("Sent to your line manager", reference)
    return reference


def part(person, title, *answers):
    """Fill in one part of the application and say that it is complete."""
    person.follow(title)
    assert person.heading() == title
    for label, value in answers:
        person.fill(label, value)
    person.choose("Yes, I have completed this section")
    person.press("Save and continue")
    assert person.path.endswith("/tasks"), person.text()[:500]


def support(person, cast, letters, reference):
    """Follow the link in the letter, with no account, and support with the code that is sent."""
    asked = letters.wait(cast.manager, "asks for your support")
    assert cast.opportunity.title in asked.body
    person.open(asked.link_with("/manager-decision/"))
    person.sees("Rowan Ashby", cast.opportunity.host, WHY)
    person.follow("Start", exact=True)
    person.choose("Yes")
    person.press("Continue")
    person.choose("The team will share it")
    person.press("Continue")
    if person.path.endswith("/code"):
        code = letters.wait(cast.manager, reference)
        person.fill("6-digit code", code.code)
        person.press("Continue")
    assert person.heading() == "Check your decision"
    person.press("Confirm decision")
    person.sees("You supported", "Rowan Ashby")
    letters.wait(cast.manager, "Your decision about")


def offer(person, cast, letters, reference):
    """Read the new application and offer the place."""
    told = letters.wait(cast.opportunity.contact_email, f"New application {reference}")
    person.sign_in(cast.opportunity.contact_email)
    person.open(told.link_with(reference))
    person.follow("Open among your applicants")
    person.sees("Rowan Ashby", WHY)
    person.does_not_see(CASE, cast.applicant)
    person.press("Start review")
    person.follow("Decide on this applicant")
    person.choose("Offer a place")
    person.press("Continue")
    person.press("Continue")
    assert person.heading().endswith("Check your decisions")
    person.press("Send decisions")
    person.sees("Decisions sent")


def accept(person, cast, letters):
    """Read the offer and accept it."""
    letter = letters.wait(cast.applicant, "You have an offer")
    person.open(letter.link_with("/applications/"))
    person.sees("Offer made")
    person.follow("Reply to the offer")
    person.choose("Yes, I accept the place")
    person.press("Continue")
    person.press("Accept the place")
    letters.wait(cast.applicant, "You accepted your offer")
    letters.wait(cast.opportunity.contact_email, "your offer was accepted")


def approve(person, cast, reference):
    """Open the request from the queue and approve it."""
    person.sign_in(cast.admin)
    person.open(f"/department/{cast.department_slug}/approvals")
    person.follow("Rowan Ashby")
    person.sees(reference)
    person.follow("Review and decide")
    person.choose("Approve")
    person.press("Continue")
    person.sees("Check your decision", reference)
    person.press("Confirm decision")
    person.sees(reference)


def everybody_sees_it(people, cast, letters, reference):
    """Each hears that it is confirmed; now, and only now, the two can reach each other."""
    applicant, manager, host, admin = people
    mine = letters.wait(cast.applicant, f"Your place is confirmed: {reference}")
    applicant.open(mine.link_with(f"/applications/{reference}"))
    applicant.sees("Confirmed", cast.opportunity.contact_email)

    theirs = letters.wait(cast.opportunity.contact_email, f"{reference} is confirmed")
    host.open(theirs.link_with("/applicants"))
    host.follow("Rowan Ashby")
    host.sees("Confirmed", cast.applicant)

    told = letters.wait(cast.manager, f"{reference} is confirmed")
    manager.sign_in(cast.manager, told.link_with(f"/applications/{reference}"))
    manager.sees("Rowan Ashby", "Confirmed")

    at_home = letters.wait(cast.admin, f"{reference} is confirmed")
    admin.open(at_home.link_with("/placements"))
    admin.sees("Rowan Ashby", reference, cast.opportunity.host)
