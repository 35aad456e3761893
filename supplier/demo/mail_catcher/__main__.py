"""`python -m supplier.demo.mail_catcher --smtp-port 0 --web-port 0 --folder var/mail`; prints both ports."""

import argparse
from pathlib import Path

from supplier.demo.loopback import make_server, stop_on_sigterm

from .box import Box
from .smtp import Postman, start_smtp
from .web import Web


def main() -> None:
    options = _parser().parse_args()
    box = Box(options.folder)
    postman = Postman(box)
    controller, smtp_port = start_smtp(postman, options.smtp_port)
    server = make_server(Web(box, postman), options.web_port)
    stop_on_sigterm()
    print(smtp_port, server.server_port, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        controller.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mail_catcher", description="The demo's mailbox: nothing leaves this machine."
    )
    parser.add_argument("--smtp-port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--web-port", type=int, default=0, help="0 takes a free port")
    parser.add_argument(
        "--folder", type=Path, default=Path("var/mail"), help="where the letters are kept as .eml files"
    )
    return parser


if __name__ == "__main__":
    main()
