"""What a host has decided but not sent: kept in the session between the pages."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from core.wording import Audience, Wording
from placements.actions.hosts import Decision
from placements.actions.offers import Terms
from placements.candidates import Candidate
from placements.emails.hosts import preview
from placements.forms.hosts import LATER
from placements.lifecycle import APPLICATION
from placements.models import Offer, Opportunity
from placements.wording import APPLICATION_WORDING

MAILS = {"offer": "offer_made", "reserve": "put_on_reserve", "not_select": "not_selected"}
DATES = ("starts_on", "ends_on", "reply_by")


@dataclass(frozen=True)
class Card:
    """One applicant on the check page: the decision, and the mail word for word."""

    candidate: Candidate
    wording: Wording | None
    subject: str
    body: str


class DecisionDraft:
    """The unsent decisions about one opportunity, with the versions they were made on."""

    def __init__(self, session: SessionBase, opportunity: Opportunity) -> None:
        """Read what the session holds."""
        self.session = session
        self.key = f"decisions:{opportunity.reference}"
        self.data: dict[str, Any] = session.get(self.key) or {}

    def _save(self) -> None:
        self.session[self.key] = self.data

    @property
    def submit_id(self) -> str:
        """Give the mark of this one sending."""
        return str(self.data.get("submit", ""))

    @property
    def was_sent(self) -> bool:
        """Tell whether it went out."""
        return bool(self.data.get("sent"))

    @property
    def _steps(self) -> dict[str, str]:
        return dict(self.data.get("steps", {}))

    @property
    def initial_decisions(self) -> dict[str, str]:
        """Give the answers of the first page."""
        if self.was_sent:
            return {}
        return {f"{reference}-decision": step for reference, step in self._steps.items()}

    def begin(self, candidates: Sequence[Candidate], answers: Mapping[str, Any]) -> None:
        """Start anew with one decision for each applicant; details given before are kept."""
        steps = {reference: str(answer["decision"]) for reference, answer in answers.items()}
        kept = {} if self.was_sent else self.data
        self.data = {
            "submit": secrets.token_urlsafe(16),
            "steps": steps,
            "versions": {row.reference: row.application.version for row in candidates},
            "offer": kept.get("offer", {}),
            "not_select": kept.get("not_select", {}),
        }
        self._save()

    def _references(self, step: str) -> set[str]:
        return {reference for reference, chosen in self._steps.items() if chosen == step}

    def chosen(self, candidates: Sequence[Candidate], step: str) -> list[Candidate]:
        """List the applicants one decision was made for."""
        wanted = set() if self.was_sent else self._references(step)
        return [row for row in candidates if row.reference in wanted]

    def keep(self, step: str, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep the terms or the reasons."""
        self.data[step] = {
            reference: {
                name: value.isoformat() if isinstance(value, dt.date) else value
                for name, value in answer.items()
            }
            for reference, answer in answers.items()
        }
        self._save()

    def initial(self, step: str) -> dict[str, Any]:
        """Give the details given before, as the form shows them."""
        return {
            f"{reference}-{name}": dt.date.fromisoformat(value) if name in DATES else value
            for reference, answer in self.data.get(step, {}).items()
            for name, value in answer.items()
        }

    @property
    def next_page(self) -> str:
        """Name the page that asks for what is missing."""
        if self.was_sent or not self._steps:
            return "decisions"
        for step, page in (("offer", "decisions-offers"), ("not_select", "decisions-reasons")):
            if self._references(step) - set(self.data[step]):
                return page
        return "decisions-check"

    def told(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """List the applicants who hear of a decision."""
        wanted = {reference for reference, step in self._steps.items() if step != LATER}
        return [row for row in candidates if row.reference in wanted]

    def changed(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """List those that are no longer as they were decided on."""
        return [
            row
            for row in self.told(candidates)
            if row.application.version != self.data["versions"][row.reference]
        ]

    def decisions(self, candidates: Sequence[Candidate]) -> list[Decision]:
        """Give the decisions to send."""
        return [self._decision(row) for row in self.told(candidates)]

    def _decision(self, candidate: Candidate) -> Decision:
        reference = candidate.reference
        step = self._steps[reference]
        reasons = self.data["not_select"].get(reference, {}) if step == "not_select" else {}
        return Decision(
            pk=candidate.application.pk,
            version=self.data["versions"][reference],
            step=step,
            terms=self._terms(reference) if step == "offer" else None,
            reasons=list(reasons.get("reasons", [])),
            note=str(reasons.get("note", "")),
        )

    def _terms(self, reference: str) -> Terms:
        kept = self.data["offer"][reference]
        starts, ends, reply = (dt.date.fromisoformat(kept[name]) for name in DATES)
        return Terms(starts, ends, int(kept["hours_a_week"]), reply, kept["terms"] or "")

    def cards(self, candidates: Sequence[Candidate]) -> list[Card]:
        """Write the mails as they would go out now."""
        return [self._card(row, self._decision(row)) for row in self.told(candidates)]

    def _card(self, candidate: Candidate, decision: Decision) -> Card:
        application = candidate.application
        application.not_selected_reasons = decision.reasons
        application.not_selected_note = decision.note
        offer = _offer(candidate, decision.terms) if decision.terms else None
        subject, body = preview(MAILS[decision.step], application, offer)
        target = APPLICATION.steps[decision.step].target
        wording = APPLICATION_WORDING[target].for_audience(Audience.HOST)
        return Card(candidate, wording, subject, body)

    def note_sent(self) -> None:
        """Remember that it went out, so that a second press changes nothing."""
        self.data["sent"] = True
        self._save()


def _offer(candidate: Candidate, terms: Terms) -> Offer:
    """Make an offer that is only shown, never saved."""
    return Offer(
        application=candidate.application,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        hours_a_week=terms.hours_a_week,
        reply_by=terms.reply_by,
        terms=terms.words,
    )
