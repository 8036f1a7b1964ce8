"""How the state of a message reads to the person it is for."""

from django.utils.translation import gettext_lazy as _

from core.wording import Colour, Wording
from notifications.choices import MessageState

MESSAGE_WORDING: dict[str, Wording] = {
    MessageState.PENDING: Wording(_("On its way"), Colour.YELLOW),
    MessageState.SENDING: Wording(_("On its way"), Colour.YELLOW),
    MessageState.SENT: Wording(_("Sent"), Colour.BLUE),
    MessageState.FAILED: Wording(_("Not delivered"), Colour.RED),
    MessageState.DEAD: Wording(_("Not delivered"), Colour.RED),
}
