"""A reference that is taken already is drawn again; nobody notices."""

import pytest
from django.db import IntegrityError, transaction

from core import references
from placements.actions import drafts
from placements.models import Application, Opportunity, Placement
from placements.querysets.referenced import TRIES
from tests.factories.people import CivilServantFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory, PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draws(monkeypatch):
    """Say which references are drawn next, by the letters they are made of."""

    def draw(*ends):
        letters = iter("".join(ends))
        monkeypatch.setattr(references.secrets, "choice", lambda _alphabet: next(letters))

    return draw


@pytest.mark.parametrize(
    ("factory", "prefix"),
    [(OpportunityFactory, "OP"), (ApplicationFactory, "AP"), (PlacementFactory, "PL")],
)
def test_a_taken_reference_is_drawn_again(draws, factory, prefix):
    kind = factory._meta.model  # noqa: SLF001 - factory_boy's documented name for it
    taken = factory(reference=f"{prefix}-AAAAAAAA")
    fields = {
        field.attname: getattr(taken, field.attname)
        for field in kind._meta.concrete_fields  # noqa: SLF001 - Django's documented way
        if not field.primary_key and not field.generated and field.name != "reference"
    }
    Application.objects.update(status="withdrawn")
    if kind is Placement:
        fields |= {"application_id": ApplicationFactory(status="withdrawn").pk}
        fields |= {"is_exclusive": False}
    draws("AAAAAAAA", "AAAAAAAA", "BBBBBBBB")

    assert kind.objects.create(**fields).reference == f"{prefix}-BBBBBBBB"


def test_somebody_who_draws_a_taken_reference_still_gets_their_draft(ladder, draws):
    ApplicationFactory(reference="AP-AAAAAAAA")
    opportunity, person = OpportunityFactory(), CivilServantFactory()
    draws("AAAAAAAA", "BBBBBBBB")

    draft = drafts.start(opportunity, by=person)

    assert draft.reference == "AP-BBBBBBBB"


def test_a_draft_that_cannot_be_made_is_taken_for_no_other(ladder, draws):
    ApplicationFactory(reference="AP-AAAAAAAA")
    opportunity, person = OpportunityFactory(), CivilServantFactory()
    draws(*["AAAAAAAA"] * TRIES)

    with pytest.raises(IntegrityError, match="reference"), transaction.atomic():
        drafts.start(opportunity, by=person)


def test_after_some_tries_it_is_given_up(draws):
    person = OpportunityFactory(reference="OP-AAAAAAAA").created_by
    draws(*["AAAAAAAA"] * TRIES)

    with pytest.raises(IntegrityError), transaction.atomic():
        OpportunityFactory(created_by=person)

    assert Opportunity.objects.count() == 1


def test_a_reference_that_was_given_is_never_changed():
    OpportunityFactory(reference="OP-AAAAAAAA")

    with pytest.raises(IntegrityError), transaction.atomic():
        OpportunityFactory(reference="OP-AAAAAAAA")
