"""A civil servant's own profile: an overview, one page for each question, and a check."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import require
from people import questions
from people.actions.profile import DomainNeeded, Stale
from people.forms.question import QuestionForm
from people.http import UserRequest
from people.models import Department, EmailDomain, Profile
from people.permissions import has_profile
from people.questions import Question

ORIGINS = {"check", "profile"}


@require_safe
def profile(request: UserRequest) -> HttpResponse:
    """Show every question, what is answered and what an answer would improve."""
    require(has_profile(request.user))
    found = Profile.objects.of(request.user)
    context = {
        "profile": found,
        "questions": [one for one in questions.ALL if one.applies(found)],
        "following": questions.next_useful(found),
        "completeness": questions.completeness(found),
    }
    return render(request, "people/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: UserRequest, slug: str) -> HttpResponse:
    """Ask one question and save its answer."""
    require(has_profile(request.user))
    if slug not in questions.BY_SLUG:
        raise Http404
    question, found = questions.BY_SLUG[slug], Profile.objects.of(request.user)
    if not question.applies(found):
        return redirect("profile")
    form = question.form(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not form.is_searching and form.is_valid():
        return _save(request, question, form)
    return _page(request, question, form)


def _save(request: UserRequest, question: Question, form: QuestionForm) -> HttpResponse:
    """Save an answer and go on; say so when it was saved elsewhere meanwhile."""
    version = form.cleaned_data["version"]
    try:
        saved = question.save(question.slug, by=request.user, version=version, **form.answer())
    except Stale:
        return _conflict(request, question)
    except DomainNeeded as needed:
        return _domain_needed(request, needed.department)
    fresh = Profile.objects.of(saved.user)
    return redirect(questions.page_after(question, fresh, _origin(request)))


def _origin(request: UserRequest) -> str:
    origin = request.GET.get("from", "")
    return origin if origin in ORIGINS else ""


def _page(
    request: UserRequest, question: Question, form: QuestionForm, **more: object
) -> HttpResponse:
    """Draw the page of a question."""
    back = {"check": "profile-check"}.get(_origin(request), "profile")
    context = {
        "question": question,
        "caption": questions.caption(question),
        "form": form,
        "back": reverse(back),
        "saved_meanwhile": None,
    }
    status = 409 if more else 200
    return render(request, "people/profile_question.html", context | more, status=status)


def _conflict(request: UserRequest, question: Question) -> HttpResponse:
    """Show what was typed beside what is saved now; sending again replaces it."""
    found = Profile.objects.of(request.user)
    typed = request.POST.copy()
    typed["version"] = str(found.version)
    form = question.form(found, typed)
    return _page(request, question, form, saved_meanwhile=question.answer(found) or "")


def _domain_needed(request: UserRequest, department: Department) -> HttpResponse:
    """Say which address shows that somebody works in a department."""
    context = {
        "department": department,
        "domains": EmailDomain.objects.used_by(department),
        "email": request.user.email,
    }
    return render(request, "people/department_needs_domain.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_check(request: UserRequest) -> HttpResponse:
    """Show the answers of the first visit before the first recommendations."""
    require(has_profile(request.user))
    found = Profile.objects.of(request.user)
    missing = questions.next_first(found)
    if missing is not None:
        return redirect(missing.url())
    if request.method == "POST":
        messages.success(request, _("Your profile is saved"))
        return redirect("recommended")
    shown = [one for one in questions.ALL if one.is_first or one.is_given(found)]
    return render(request, "people/profile_check.html", {"profile": found, "questions": shown})
