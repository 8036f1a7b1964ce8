"""Every question about a civil servant in one table: its form, its words, what saves it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filters import date_long
from people.actions import profile as actions
from people.choices import SkillUse
from people.forms import about, circumstances, skills
from people.forms.question import QuestionForm
from people.models import Profile, User
from people.permissions import has_profile

Words = str | Promise
Answer = Callable[[Profile], str]


@dataclass(frozen=True)
class Question:
    """One question: one page, one form, one answer."""

    slug: str
    name: Words
    title: Words
    form: type[QuestionForm]
    answer: Answer
    improves: Words
    save: Callable[..., Profile] = actions.save_fields
    is_first: bool = False
    then: str = ""
    given: Callable[[Profile], bool] | None = None

    def is_answered(self, profile: Profile) -> bool:
        """Tell whether the person has dealt with it, be it by leaving it empty."""
        return self.slug in profile.answered or self.is_given(profile)

    def is_given(self, profile: Profile) -> bool:
        """Tell whether the profile holds an answer."""
        return self.given(profile) if self.given else bool(self.answer(profile))

    def applies(self, profile: Profile) -> bool:
        """Tell whether it can be asked: levels need skills."""
        return not self.slug.endswith("-levels") or bool(_rows(profile, self.slug))

    def url(self, origin: str = "") -> str:
        """Give its page, which leads back to where the person came from."""
        address = reverse("profile-edit", args=[self.slug])
        return f"{address}?from={origin}" if origin else address


def _rows(profile: Profile, slug: str) -> list[Any]:
    use = SkillUse.LEARN if slug.startswith("skills-to-learn") else SkillUse.HELD
    return skills.rows_for(profile, use)


def _skills(use: SkillUse) -> Answer:
    def names(profile: Profile) -> str:
        return ", ".join(row.skill.name for row in skills.rows_for(profile, use))

    return names


def _levels(use: SkillUse) -> Answer:
    def levels(profile: Profile) -> str:
        rows = skills.rows_for(profile, use)
        return ", ".join(f"{row.skill.name}: {row.get_level_display()}" for row in rows)

    return levels


def _all_known(use: SkillUse) -> Callable[[Profile], bool]:
    def known(profile: Profile) -> bool:
        rows = skills.rows_for(profile, use)
        return bool(rows) and all(row.level for row in rows)

    return known


def _time(profile: Profile) -> str:
    hours, start, end = profile.hours_a_week, profile.available_from, profile.available_until
    if not hours:
        return ""
    said = [str(circumstances.HOURS.get(hours) or _("%(hours)d hours a week") % {"hours": hours})]
    if start:
        said.append(_("from %(date)s") % {"date": date_long(start)})
    if end:
        said.append(_("until %(date)s") % {"date": date_long(end)})
    return ", ".join(said)


def _location(profile: Profile) -> str:
    if not profile.town:
        return ""
    miles = profile.max_distance_miles
    said = [profile.town.name]
    if miles:
        known = dict(circumstances.DISTANCES).get(miles)
        said.append(str(known or _("Up to %(miles)d miles") % {"miles": miles}))
    if profile.remote_ok:
        said.append(_("Remote works for me"))
    return ", ".join(said)


def _text(value: object) -> str:
    return str(value) if value else ""


ALL = (
    Question(
        slug="name",
        name=gettext_lazy("Name"),
        title=gettext_lazy("What is your full name?"),
        form=about.NameForm,
        answer=lambda profile: profile.user.name,
        improves=gettext_lazy("Hosts and your manager see who is asking."),
        save=actions.save_name,
        is_first=True,
    ),
    Question(
        slug="department",
        name=gettext_lazy("Department"),
        title=gettext_lazy("Which department or agency do you work for?"),
        form=about.DepartmentForm,
        answer=lambda profile: _text(profile.user.department),
        improves=gettext_lazy("Decides who approves what you apply for."),
        save=actions.save_department,
        is_first=True,
        given=lambda profile: bool(profile.user.department and profile.grade),
    ),
    Question(
        slug="grade",
        name=gettext_lazy("Grade"),
        title=gettext_lazy("What is your grade?"),
        form=about.GradeForm,
        answer=lambda profile: _text(profile.grade),
        improves=gettext_lazy("Leaves out opportunities that are not open to your grade."),
        is_first=True,
    ),
    Question(
        slug="profession",
        name=gettext_lazy("Profession"),
        title=gettext_lazy("Which profession do you belong to?"),
        form=about.ProfessionForm,
        answer=lambda profile: _text(profile.profession),
        improves=gettext_lazy("Finds opportunities for people who do your kind of work."),
        is_first=True,
    ),
    Question(
        slug="skills-to-learn",
        name=gettext_lazy("Skills to learn"),
        title=gettext_lazy("Which skills do you want to learn?"),
        form=skills.SkillsToLearnForm,
        answer=_skills(SkillUse.LEARN),
        improves=gettext_lazy("The most important part of every recommendation."),
        save=actions.save_skills,
        is_first=True,
        then="skills-to-learn-levels",
    ),
    Question(
        slug="skills-to-learn-levels",
        name=gettext_lazy("Your level in them"),
        title=gettext_lazy("How well do you know these skills now?"),
        form=skills.LevelsToLearnForm,
        answer=_levels(SkillUse.LEARN),
        improves=gettext_lazy("Finds opportunities that start from where you are."),
        save=actions.save_levels,
        is_first=True,
        given=_all_known(SkillUse.LEARN),
    ),
    Question(
        slug="time",
        name=gettext_lazy("Time"),
        title=gettext_lazy("How much time could you spend, and when?"),
        form=circumstances.TimeForm,
        answer=_time,
        improves=gettext_lazy("Leaves out what does not fit into your weeks."),
        is_first=True,
    ),
    Question(
        slug="location",
        name=gettext_lazy("Place"),
        title=gettext_lazy("Where could you take part?"),
        form=circumstances.LocationForm,
        answer=_location,
        improves=gettext_lazy("Finds opportunities you can travel to."),
        is_first=True,
    ),
    Question(
        slug="skills",
        name=gettext_lazy("Skills you have"),
        title=gettext_lazy("Which skills do you have?"),
        form=skills.SkillsHeldForm,
        answer=_skills(SkillUse.HELD),
        improves=gettext_lazy("Shows hosts what you would bring."),
        save=actions.save_skills,
        then="skills-levels",
    ),
    Question(
        slug="skills-levels",
        name=gettext_lazy("Your level in skills you have"),
        title=gettext_lazy("How well do you know the skills you have?"),
        form=skills.LevelsHeldForm,
        answer=_levels(SkillUse.HELD),
        improves=gettext_lazy("Finds opportunities that ask for your level."),
        save=actions.save_levels,
        given=_all_known(SkillUse.HELD),
    ),
    Question(
        slug="working-pattern",
        name=gettext_lazy("Working pattern"),
        title=gettext_lazy("What is your working pattern?"),
        form=circumstances.WorkingPatternForm,
        answer=lambda profile: str(
            profile.get_working_pattern_display() if profile.working_pattern else ""
        ),
        improves=gettext_lazy("Finds hosts who can take you on your days."),
    ),
    Question(
        slug="line-manager",
        name=gettext_lazy("Line manager"),
        title=gettext_lazy("What is your line manager’s email address?"),
        form=about.LineManagerForm,
        answer=lambda profile: profile.line_manager.email if profile.line_manager else "",
        improves=gettext_lazy("Needed before you can send an application."),
        save=actions.save_line_manager,
    ),
    Question(
        slug="clearance",
        name=gettext_lazy("Security clearance"),
        title=gettext_lazy("Which security clearance do you have?"),
        form=circumstances.ClearanceForm,
        answer=lambda profile: str(profile.get_clearance_display() if profile.clearance else ""),
        improves=gettext_lazy("Shows opportunities that need the clearance you hold."),
    ),
    Question(
        slug="adjustments",
        name=gettext_lazy("What would help you take part"),
        title=gettext_lazy("What would help you take part?"),
        form=circumstances.AdjustmentsForm,
        answer=lambda profile: profile.adjustments,
        improves=gettext_lazy("Private. Saves you from explaining it for each application."),
    ),
    Question(
        slug="development-plan",
        name=gettext_lazy("Development plan"),
        title=gettext_lazy("What does your development plan say?"),
        form=circumstances.DevelopmentPlanForm,
        answer=lambda profile: profile.development_plan,
        improves=gettext_lazy("Fills in part of your business case."),
    ),
)
BY_SLUG = {question.slug: question for question in ALL}
FIRST = tuple(question for question in ALL if question.is_first)


def next_first(profile: Profile) -> Question | None:
    """Give the next question of a first visit that is not answered yet."""
    return _next(FIRST, profile)


def next_useful(profile: Profile) -> Question | None:
    """Give the next question of any kind that is not answered yet."""
    return _next(ALL, profile)


def _next(questions: Iterable[Question], profile: Profile) -> Question | None:
    return next(
        (one for one in questions if one.applies(profile) and not one.is_answered(profile)), None
    )


def page_after(question: Question, profile: Profile, origin: str) -> str:
    """Give where a saved answer leads: its follow-up, back, or the next question."""
    follow_up = BY_SLUG.get(question.then)
    if follow_up and follow_up.applies(profile) and not follow_up.is_answered(profile):
        return follow_up.url(origin)
    if origin == "check":
        return reverse("profile-check")
    following = next_first(profile)
    if origin == "profile" or not question.is_first:
        return reverse("profile")
    return following.url() if following else reverse("profile-check")


def first_page(user: User) -> str | None:
    """Give the first unanswered question of somebody who is new, else nothing."""
    if not has_profile(user):
        return None
    following = next_first(Profile.objects.of(user))
    return following.url() if following else None


def caption(question: Question) -> str:
    """Say how far the first visit is."""
    if not question.is_first:
        return _("About you")
    return _("About you, question %(number)d of %(count)d") % {
        "number": FIRST.index(question) + 1,
        "count": len(FIRST),
    }


def completeness(profile: Profile) -> str:
    """Say in words how complete a profile is."""
    asked = [one for one in ALL if one.applies(profile)]
    done = sum(one.is_answered(profile) for one in asked)
    missing = [one for one in FIRST if not one.is_answered(profile)]
    if not missing and done == len(asked):
        return _("You have answered every question.")
    if not missing:
        return _("You have answered all we need to recommend, and %(done)d of %(all)d in all.") % {
            "done": done,
            "all": len(asked),
        }
    return _("You have answered %(done)d of %(all)d questions. We cannot recommend well yet.") % {
        "done": done,
        "all": len(asked),
    }
