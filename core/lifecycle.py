"""Lifecycles as tables: who may take which step, from where, to where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from core.errors import StepNotAllowed, StepNotOpen


class Subject(Protocol):
    """Anything with a life: its state is in ``status``."""

    status: str


Rule = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Step:
    """One move: its button, the states it starts from, where it ends, and who may make it."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    rule: Rule


@dataclass(frozen=True)
class Change:
    """A step taken: what the action saves and the audit records."""

    step: str
    subject: Any
    before: str
    after: str


class Lifecycle:
    """All steps of one kind of thing."""

    def __init__(self, name: str, *steps: Step) -> None:
        """Index the steps by name; a name stands once."""
        self.name = name
        self.steps = {step.name: step for step in steps}
        if len(self.steps) != len(steps):
            raise ValueError(f"{name}: a step is named twice")

    def __iter__(self) -> Iterator[Step]:
        """Go through the steps in the order of the table."""
        return iter(self.steps.values())

    def open_to(self, actor: Any, subject: Subject) -> list[Step]:
        """List the steps this person may take now: the buttons of the page."""
        return [
            step for step in self if subject.status in step.sources and step.rule(actor, subject)
        ]

    def may(self, actor: Any, subject: Subject, name: str) -> bool:
        """Tell whether this person may take this step now."""
        step = self.steps[name]
        return subject.status in step.sources and step.rule(actor, subject)

    def advance(self, subject: Subject, name: str, *, by: Any) -> Change:
        """Move the thing in memory.

        Raises StepNotAllowed for the wrong person, StepNotOpen for the wrong time.
        """
        step = self.steps[name]
        if not step.rule(by, subject):
            raise StepNotAllowed(f"{by} may not {name} {subject}")
        if subject.status not in step.sources:
            raise StepNotOpen(subject, name)
        before, subject.status = subject.status, step.target
        return Change(step=name, subject=subject, before=before, after=step.target)
