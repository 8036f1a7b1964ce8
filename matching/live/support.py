"""Whether a line manager's answer about a list covers a place."""

from matching.models import RoundList
from people.choices import ManagerStep
from people.models import User
from placements.actions.drafts import rung_for
from placements.models import Opportunity


class Ladder:
    """Departments' ladders, each rung asked for once."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.known: dict[tuple[int | None, str, int], bool] = {}

    def asks_manager(self, person: User, opportunity: Opportunity) -> bool:
        """Tell whether the line manager has to support this."""
        case = (person.department_id, opportunity.type, opportunity.working_days)
        if case not in self.known:
            self.known[case] = rung_for(opportunity, person).manager == ManagerStep.SUPPORTS
        return self.known[case]

    def covers(self, mine: RoundList, opportunity: Opportunity) -> bool:
        """Tell whether a place may be given as far as the line manager is concerned."""
        if mine.is_supported and opportunity.working_days <= mine.support_days:
            return True
        return not self.asks_manager(mine.person, opportunity)
