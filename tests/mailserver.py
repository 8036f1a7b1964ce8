"""A real mail server that keeps what it is sent, and refuses what it is told to refuse."""

import contextlib
import email
import threading
import time
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

from dev.processes import free_port

if TYPE_CHECKING:
    from email.message import Message


class Sink:
    """The letters that arrived; ``answers`` maps an address to a refusal, ``answer`` is to all."""

    def __init__(self, *, slow_by: float = 0.0) -> None:
        self.letters: list[Message] = []
        self.answers: dict[str, str] = {}
        self.slow_by = slow_by
        self.answer = "250 OK"
        self._lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        time.sleep(self.slow_by)  # noqa: ASYNC251 - a server that is busy is the point
        if self.answer.startswith("2"):
            with self._lock:
                self.letters.append(email.message_from_bytes(envelope.content))
        return self.answer

    @property
    def message_ids(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.letters]


@contextlib.contextmanager
def mail_server(*, slow_by: float = 0.0):
    """Run a mail server on a free port; gives the sink and its address."""
    sink, port = Sink(slow_by=slow_by), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()
