"""The line manager's answer, by an e-mailed link or signed in: GET looks, POST decides.

Answers travel in the session from page to page; only the last page writes them down.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from people.http import UserRequest
from placements.actions import codes, managers
from placements.answers import answers_for
from placements.choices import WITH_THE_MANAGER, Cover, ManagerDecision, NoSupportReason
from placements.forms.managers import (
    AnswerFields,
    ChangesForm,
    CodeForm,
    CoverForm,
    DecisionForm,
    NotManagerForm,
    QuestionForm,
    ReasonsForm,
    TakeBackForm,
)
from placements.journey import Viewer
from placements.lifecycle import APPLICATION
from placements.models import DecisionCode, ManagerRequest

TAKE_BACK = "take_back"
PAGE_OF = {
    ManagerDecision.YES.value: "cover",
    ManagerDecision.CHANGES.value: "changes",
    ManagerDecision.QUESTION.value: "question",
    ManagerDecision.NO.value: "reasons",
    TAKE_BACK: "change",
}
FORM_OF: dict[str, type[AnswerFields]] = {
    "cover": CoverForm,
    "changes": ChangesForm,
    "question": QuestionForm,
    "reasons": ReasonsForm,
    "change": TakeBackForm,
}


@dataclass
class Door:
    """One question to one line manager, and the way they came in."""

    asked: ManagerRequest
    base: str
    is_proven: bool

    def page(self, name: str) -> str:
        """Give the address of one of the pages behind this door."""
        return f"{self.base}/{name}"

    @property
    def name(self) -> str:
        """Give the applicant's name as a sentence starts with it."""
        return self.asked.applicant.name or "The applicant"

    @property
    def standing(self) -> str:
        """Tell whether the question still waits: open, expired, decided or superseded."""
        if self.asked.decision:
            return "decided"
        if not self.asked.is_open or self.asked.application.status not in WITH_THE_MANAGER:
            return "superseded"
        return "expired" if self.asked.is_expired else "open"

    @property
    def may_take_back(self) -> bool:
        """Tell whether a yes can still become a no."""
        application = self.asked.application
        return self.asked.decision == ManagerDecision.YES and APPLICATION.may(
            self.asked.manager, application, "take_back_support"
        )

    @property
    def needs_code(self) -> bool:
        """Tell whether the answer is confirmed by a code to the registered address."""
        return self.asked.application.is_high_stakes and not self.is_proven


Page = Callable[[HttpRequest, Door], HttpResponse]
View = Callable[..., HttpResponse]


def by_link(page: Page) -> View:
    """Open a page to whoever holds the e-mailed link, and keep the link to itself."""

    @login_not_required
    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        asked = ManagerRequest.objects.by_token(token)
        if asked is None:
            raise Http404
        is_proven = request.user.is_authenticated and request.user.pk == asked.manager_id
        base = reverse("manager-decision", args=[token])
        response = page(request, Door(asked, base, is_proven=is_proven))
        response["X-Robots-Tag"] = "noindex, nofollow"
        # not "no-referrer": a browser then posts with "Origin: null", which CSRF refuses
        response["Referrer-Policy"] = "same-origin"
        patch_cache_control(response, no_store=True, private=True)
        return response

    return view


def signed_in(page: Page) -> View:
    """Open a page to the line manager who signed in."""

    @wraps(page)
    def view(request: UserRequest, reference: str) -> HttpResponse:
        requests = ManagerRequest.objects.visible_to(request.user).with_application()
        asked = requests.about(reference).first()
        if asked is None:
            raise Http404
        base = reverse("manager-request", args=[reference])
        return page(request, Door(asked, base, is_proven=True))

    return view


def while_open(page: Page) -> Page:
    """Send people on when the question does not wait any more; a repeated POST lands on done."""

    @wraps(page)
    def guarded(request: HttpRequest, door: Door) -> HttpResponse:
        if door.standing == "open":
            return page(request, door)
        if door.standing == "expired":
            return redirect(door.page("expired"))
        if door.standing == "decided" and request.method == "POST":
            return redirect(door.page("done"))
        return redirect(door.base)

    return guarded


def overview(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what is asked, or what was decided, or why nothing is asked any more."""
    application = door.asked.application
    if door.standing == "expired":
        return redirect(door.page("expired"))
    context: dict[str, Any] = {
        "door": door,
        "application": application,
        "answers": answers_for(application, Viewer.MANAGER),
        "newer": application.manager_requests.open().filter(manager=door.asked.manager).exists(),
    }
    return render(request, f"placements/manager_{door.standing}.html", context)


@while_open
def decision(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask for yes, nearly, a question, or no."""
    form = DecisionForm(request.POST or None, name=door.name, initial=_kept(request, door))
    if request.method == "POST" and form.is_valid():
        _keep(request, door, form.cleaned_data)
        return redirect(door.page(PAGE_OF[form.cleaned_data["decision"]]))
    return _question(request, door, form, back=door.base)


def branch(name: str) -> Page:
    """Make the page that asks what one kind of answer needs."""
    kind = next(decision for decision, page in PAGE_OF.items() if page == name)

    def page(request: HttpRequest, door: Door) -> HttpResponse:
        form = FORM_OF[name](request.POST or None, name=door.name, initial=_kept(request, door))
        if request.method == "POST" and form.is_valid():
            _keep(request, door, {"decision": kind} | form.cleaned_data)
            return _to_proof(request, door)
        back = door.base if kind == TAKE_BACK else door.page("decision")
        return _question(request, door, form, back=back)

    return page if kind == TAKE_BACK else while_open(page)


def take_back(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask why a yes becomes a no, while it still can."""
    if not door.may_take_back:
        return redirect(door.base)
    return branch("change")(request, door)


def _question(request: HttpRequest, door: Door, form: AnswerFields, *, back: str) -> HttpResponse:
    context = {"door": door, "form": form, "application": door.asked.application, "back": back}
    return render(request, "placements/manager_question.html", context)


def _to_proof(request: HttpRequest, door: Door) -> HttpResponse:
    """Go on to the check, over a code where much is at stake."""
    if door.needs_code and not _is_proven(request, door):
        codes.send_code(door.asked)
        return redirect(door.page("code"))
    return redirect(door.page("check"))


def code(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask for the code that was mailed to the registered address."""
    if not _kept(request, door) or not door.needs_code:
        return redirect(door.base)
    is_resend = "resend" in request.POST
    form = CodeForm(request.POST if request.method == "POST" and not is_resend else None)
    sent = codes.send_code(door.asked) if is_resend else None
    if form.is_valid():
        proof = codes.check_code(door.asked, form.cleaned_data["code"])
        if proof is not None:
            _keep(request, door, {"code": proof.pk})
            return redirect(door.page("check"))
        form.add_error("code", codes.why_refused(door.asked))
    context = {"door": door, "form": form, "sent": sent}
    return render(request, "placements/manager_code.html", context)


def check(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the answer and exactly what the applicant will read, then write it down."""
    answer = _kept(request, door)
    if request.method == "POST" and door.standing == "decided" and not answer:
        return redirect(door.page("done"))
    if not _is_complete(answer, door):
        return redirect(door.base)
    if door.needs_code and not _is_proven(request, door):
        return redirect(door.page("code"))
    if request.method == "POST":
        _write_down(door, answer)
        request.session.pop(_key(door), None)
        return redirect(door.page("done"))
    context = {"door": door, "application": door.asked.application, "answer": _spoken(answer)}
    return render(request, "placements/manager_check.html", context)


def _is_complete(answer: dict[str, Any], door: Door) -> bool:
    """Tell whether the answer kept can be written down now."""
    if answer.get("decision") == TAKE_BACK:
        return door.may_take_back and bool(answer.get("words"))
    page = PAGE_OF.get(answer.get("decision", ""))
    if page is None or door.standing != "open":
        return False
    return FORM_OF[page](_as_posted(answer), name=door.name).is_valid()


def _as_posted(answer: dict[str, Any]) -> dict[str, Any]:
    day = answer.get("release_on")
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    return answer | {f"release_on_{part}": str(value) for part, value in parts.items()}


def _release_on(answer: dict[str, Any]) -> dt.date | None:
    """Give the date that belongs to an answer that asks for changes, and to no other."""
    return answer.get("release_on") if answer["decision"] == ManagerDecision.CHANGES else None


def _write_down(door: Door, answer: dict[str, Any]) -> None:
    """Call the action for what was answered, as the line manager."""
    asked, by, kind = door.asked, door.asked.manager, answer["decision"]
    if kind == ManagerDecision.YES:
        managers.support(asked, by=by, cover=answer["cover"], proven=True)
    elif kind == ManagerDecision.NO:
        managers.not_support(
            asked,
            by=by,
            reasons=answer["reasons"],
            possible_later=answer["possible_later"],
            proven=True,
        )
    elif kind == TAKE_BACK:
        managers.take_back_support(asked, by=by, words=answer["words"], proven=True)
    else:
        managers.ask_changes(
            asked,
            by=by,
            decision=kind,
            words=answer["words"],
            release_on=_release_on(answer),
            proven=True,
        )


def done(request: HttpRequest, door: Door) -> HttpResponse:
    """Say what was decided and what comes next; can be opened again."""
    if door.standing != "decided":
        return redirect(door.base)
    context = {"door": door, "application": door.asked.application}
    return render(request, "placements/manager_done.html", context)


@while_open
def not_manager(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask who does manage the applicant, or give it back to them to say."""
    asked = door.asked
    form = NotManagerForm(request.POST or None, application=asked.application)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["email"]:
            managers.redirect(asked, by=asked.manager, **form.cleaned_data)
        else:
            managers.not_the_manager(asked, by=asked.manager)
        return redirect(door.page("done"))
    context = {"door": door, "form": form}
    return render(request, "placements/manager_not_manager.html", context)


def expired(request: HttpRequest, door: Door) -> HttpResponse:
    """Say that the link is too old, and mail a new one to the same address only."""
    if door.standing != "expired":
        return redirect(door.base)
    is_sent = request.method == "POST"
    if is_sent:
        managers.renew_link(door.asked)
    return render(request, "placements/manager_expired.html", {"door": door, "is_sent": is_sent})


def _key(door: Door) -> str:
    return f"manager-answer-{door.asked.pk}"


def _kept(request: HttpRequest, door: Door) -> dict[str, Any]:
    """Give the answers of the pages before this one."""
    kept: dict[str, Any] = dict(request.session.get(_key(door), {}))
    day = kept.get("release_on")
    return kept | {"release_on": dt.date.fromisoformat(day)} if day else kept


def _keep(request: HttpRequest, door: Door, answers: dict[str, Any]) -> None:
    """Keep answers in the session; a date as its letters."""
    request.session[_key(door)] = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in (_kept(request, door) | answers).items()
    }


def _is_proven(request: HttpRequest, door: Door) -> bool:
    proof = _kept(request, door).get("code")
    return proof is not None and DecisionCode.objects.prove(door.asked, proof)


def _spoken(answer: dict[str, Any]) -> dict[str, Any]:
    """Spell the answer for the page that shows it."""
    return {
        "decision": answer["decision"],
        "cover": Cover(answer["cover"]).label if answer["decision"] == "yes" else "",
        "words": answer.get("words", ""),
        "release_on": _release_on(answer),
        "reasons": [NoSupportReason(key).label for key in answer.get("reasons", [])],
        "possible_later": answer.get("possible_later", ""),
    }
