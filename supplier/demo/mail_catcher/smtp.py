"""The SMTP side: aiosmtpd in its own thread; it can be told to refuse, for tests of the outbox."""

import asyncio
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from supplier.demo.loopback import LOOPBACK

from .box import Box

REFUSALS = {"none": "", "4xx": "451 Told to refuse for now", "5xx": "550 Told to refuse for good", "hang": ""}
LARGEST_LETTER = 30_000_000


class UnknownRefusal(ValueError):
    """The control endpoint was asked for a refusal that does not exist."""


class Postman:
    """`refuse` is one of none, 4xx, 5xx, hang. A letter that hangs is neither kept nor answered."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.refuse = "none"

    def set_refuse(self, how: str) -> None:
        if how not in REFUSALS:
            raise UnknownRefusal(f"Unknown: {how}. Known: {', '.join(REFUSALS)}.")
        self.refuse = how

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        while self.refuse == "hang":
            await asyncio.sleep(0.1)
        if REFUSALS[self.refuse]:
            return REFUSALS[self.refuse]
        content = envelope.original_content or b""
        self.box.keep(content, sender=envelope.mail_from or "", recipients=list(envelope.rcpt_tos))
        return "250 Kept"


def start_smtp(postman: Postman, port: int) -> tuple[Controller, int]:
    """The running controller and its port; port 0 takes a free one."""
    options: dict[str, Any] = {"data_size_limit": LARGEST_LETTER, "enable_SMTPUTF8": True, "ident": "mail catcher"}
    # Without a name of its own aiosmtpd would look this machine's up for each connection, holding all the others.
    controller = _Controller(postman, hostname=LOOPBACK, port=port, server_hostname="localhost", **options)
    controller.start()
    return controller, controller.bound_port()


class _Controller(Controller):
    def bound_port(self) -> int:
        assert isinstance(self.server, asyncio.Server)
        port: int = self.server.sockets[0].getsockname()[1]
        return port

    def _trigger_server(self) -> None:
        # aiosmtpd knocks at the port to see whether the server is up, and knows only the port that was asked for.
        self.port = self.bound_port()
        super()._trigger_server()  # type: ignore[no-untyped-call]
