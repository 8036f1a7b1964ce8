"""What an applicant does once the application is sent: withdraw, rename, reply, answer, accept."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import StepNotOpen
from core.permissions import require
from people.http import UserRequest
from placements.actions import applications, confirmation, managers, offers
from placements.choices import AGREED, WithdrawReason
from placements.forms.application_steps import (
    AnswerForm,
    ConditionsForm,
    DeclineForm,
    OfferForm,
    WithdrawForm,
)
from placements.forms.managers import NameManagerForm
from placements.lifecycle import APPLICATION
from placements.models import Application


def _for_step(request: UserRequest, reference: str, step: str) -> Application:
    """Find the application and insist that this person may take the step, now."""
    visible = Application.objects.visible_to(request.user).with_people()
    application: Application = get_object_or_404(visible, reference=reference)
    require(APPLICATION.steps[step].rule(request.user, application))
    if application.status not in APPLICATION.steps[step].sources:
        raise StepNotOpen(application, step)
    return application


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: UserRequest, reference: str) -> HttpResponse:
    """Ask why, before asking whether."""
    application = _for_step(request, reference, "withdraw")
    form = WithdrawForm(request.POST or None, initial={"reasons": request.GET.getlist("reason")})
    if request.method == "POST" and form.is_valid():
        query = QueryDict(mutable=True)
        query.setlist("reason", form.cleaned_data["reasons"])
        page = reverse("application-withdraw-check", args=[reference])
        return redirect(f"{page}?{query.urlencode()}")
    context = {"application": application, "form": form}
    return render(request, "placements/application_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw_check(request: UserRequest, reference: str) -> HttpResponse:
    """Say what withdrawing does, then do it."""
    application = _for_step(request, reference, "withdraw")
    form = WithdrawForm({"reasons": request.GET.getlist("reason")})
    if not form.is_valid():
        return redirect("application-withdraw", reference)
    reasons = form.cleaned_data["reasons"]
    if request.method == "POST":
        applications.withdraw(application, by=request.user, reasons=reasons)
        messages.success(request, _("Application withdrawn"))
        return redirect(application)
    context = {
        "application": application,
        "reasons": [WithdrawReason(reason).label for reason in reasons],
        "releases_place": application.status in AGREED,
        "can_apply_again": application.opportunity.is_taking_applications,
    }
    return render(request, "placements/application_withdraw_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_manager(request: UserRequest, reference: str) -> HttpResponse:
    """Name another line manager, as the applicant or as an admin who steps in."""
    application = _for_step(request, reference, "name_manager")
    form = NameManagerForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        managers.name_manager(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("We have asked %(name)s") % {"name": form.spoken_name})
        return redirect(application)
    context = {"application": application, "form": form}
    return render(request, "placements/application_manager.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_offer(request: UserRequest, reference: str) -> HttpResponse:
    """Show the terms of the offer and ask for a yes or a no."""
    application = _for_step(request, reference, "accept")
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(f"application-offer-{form.cleaned_data['answer']}", reference)
    context = {"application": application, "offer": application.offer, "form": form}
    return render(request, "placements/application_offer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_offer_accept(request: UserRequest, reference: str) -> HttpResponse:
    """Say what accepting means, then accept."""
    application = _for_step(request, reference, "accept")
    if request.method == "POST":
        offers.accept(application, by=request.user)
        messages.success(request, _("You accepted the place. Your reply has been recorded."))
        return redirect(application)
    context = {"application": application, "offer": application.offer}
    return render(request, "placements/application_offer_accept.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_offer_decline(request: UserRequest, reference: str) -> HttpResponse:
    """Ask why, then decline."""
    application = _for_step(request, reference, "decline")
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        offers.decline(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("You declined the place. Your reply has been recorded."))
        return redirect(application)
    context = {"application": application, "offer": application.offer, "form": form}
    return render(request, "placements/application_offer_decline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_answer(request: UserRequest, reference: str) -> HttpResponse:
    """Answer what the department asked."""
    application = _for_step(request, reference, "answer_department")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        applications.answer_department(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer has been sent"))
        return redirect(application)
    context = {"application": application, "form": form}
    return render(request, "placements/application_answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_conditions(request: UserRequest, reference: str) -> HttpResponse:
    """Show the department's conditions and ask for agreement."""
    application = _for_step(request, reference, "accept_conditions")
    form = ConditionsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirmation.accept_conditions(application, by=request.user)
        messages.success(request, _("You accepted the conditions"))
        return redirect(application)
    conditions = [each.conditions for each in application.approvals.all() if each.conditions]
    context = {"application": application, "conditions": conditions, "form": form}
    return render(request, "placements/application_conditions.html", context)


@require_safe
def application_dates(request: UserRequest, reference: str) -> HttpResponse:
    """Give the application's dates as a calendar file."""
    visible = Application.objects.visible_to(request.user).with_people()
    application = get_object_or_404(visible, reference=reference)
    return calendar_response(application.calendar_file(), reference)


def calendar_response(content: bytes, name: str) -> HttpResponse:
    """Send a calendar file that saves itself under the reference."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
