"""What stands in an opportunity's packed number, and that there is room for it."""

import pytest

from experts.choices import OrganisationKind
from people.choices import Clearance, OpportunityType
from placements.choices import Direction, HoursBand, LengthBand, RemoteShare
from placements.counting import BITS, FAILING
from placements.filters.opportunities import OpportunityFilter
from placements.models import Opportunity
from placements.models.search import SEARCH_CODES
from tests.factories.placements import OpportunityFactory

CHOICES = {
    "type": OpportunityType,
    "remote": RemoteShare,
    "length": LengthBand,
    "direction": Direction,
    "hours": HoursBand,
    "clearance": Clearance,
    "kind": OrganisationKind,
}


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_has_a_number_and_one_is_left_for_none(name):
    assert len(CHOICES[name]) < 1 << BITS[name]


def test_the_number_has_room_for_which_filter_fails():
    assert len(OpportunityFilter.base_filters) < 1 << 63 - FAILING


@pytest.mark.django_db
def test_the_number_holds_every_code_whatever_changes():
    opportunity = OpportunityFactory(clearance=Clearance.SC, remote=RemoteShare.HYBRID)
    Opportunity.objects.filter(pk=opportunity.pk).update(hours_a_week=4, search_kind=None)

    row = Opportunity.objects.values(*SEARCH_CODES).get(pk=opportunity.pk)
    number = Opportunity.objects.values_list("search_codes", flat=True).get(pk=opportunity.pk)
    for name, bits in BITS.items():
        none = (1 << bits) - 1
        code = row[f"search_{name}"]
        assert number & none == (none if code is None else code), name
        number >>= bits
    assert row["search_kind"] is None
    assert number == 0
