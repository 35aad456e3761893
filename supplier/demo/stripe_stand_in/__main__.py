"""`python -m supplier.demo.stripe_stand_in --port 0 --webhook-url URL --webhook-secret SECRET [--state FILE]`"""

import argparse
from pathlib import Path

from supplier.demo.loopback import LOOPBACK, make_server, stop_on_sigterm

from .app import StandIn
from .control import keep_expiring
from .webhooks import PAUSES


def main() -> None:
    options = _parser().parse_args()
    stand_in = StandIn(
        webhook_url=options.webhook_url,
        webhook_secret=options.webhook_secret,
        state=options.state,
        pauses=tuple(options.retry_after),
    )
    server = make_server(stand_in, options.port)
    stand_in.store.base_url = f"http://{LOOPBACK}:{server.server_port}"
    keep_expiring(stand_in.store)
    stop_on_sigterm()
    print(server.server_port, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stripe_stand_in", description="A stand-in for Stripe: no real card, no money."
    )
    parser.add_argument(
        "--port", type=int, default=0, help="0 takes a free port; the port is printed on the first line"
    )
    parser.add_argument(
        "--webhook-url", default="", help="where signed events go, such as http://127.0.0.1:8000/webhooks/stripe/"
    )
    parser.add_argument("--webhook-secret", default="whsec_stand_in", help="the secret that signs them")
    parser.add_argument("--state", type=Path, default=None, help="a file that keeps the sessions over a restart")
    parser.add_argument("--retry-after", type=float, nargs="*", default=PAUSES, help="seconds before each further try")
    return parser


if __name__ == "__main__":
    main()
