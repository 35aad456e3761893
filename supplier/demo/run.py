"""`./bin/demo [PORT]`: the shop with its worker, a stand-in for Stripe and a mailbox, all on this machine."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("SHOP_VAR_DIR") or ROOT / "var")
HOST = "127.0.0.1"
PASSWORD = "stillhand-demo"


def main() -> int:
    started = time.monotonic()
    port = _port_asked_for()
    VAR.mkdir(parents=True, exist_ok=True)
    ports = _choose_ports()
    os.environ.update(environment_for(port=port, ports=ports))
    processes = Processes()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _prepare()
        _start_all(processes, port, ports)
        _wait_for_web(port)
        _print_addresses(port, ports, time.monotonic() - started)
        return processes.watch()
    except KeyboardInterrupt:
        print("\nStopping …")
        return 0
    finally:
        processes.stop()


def _port_asked_for() -> int:
    text = sys.argv[1] if len(sys.argv) > 1 else "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        sys.exit(f"{text!r} is not a port. Say, for example: ./bin/demo 8001")
    if not _is_free(int(text)):
        sys.exit(f"Port {text} is taken. Take another one, for example: ./bin/demo {int(text) + 1}")
    return int(text)


def _choose_ports() -> dict[str, int]:
    """The same ports as last time where they are free: unfinished payments keep their address."""
    file = VAR / "demo-ports.json"
    last: dict[str, int] = {}
    with contextlib.suppress(OSError, ValueError):
        last = json.loads(file.read_text())
    ports = {}
    for name in ("stripe", "smtp", "mailbox"):
        port = last.get(name, 0)
        ports[name] = port if port and _is_free(port) else _free_port()
    file.write_text(json.dumps(ports))
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def environment_for(*, port: int, ports: dict[str, int]) -> dict[str, str]:
    return {
        "SHOP_VAR_DIR": str(VAR),
        "DJANGO_SETTINGS_MODULE": "supplier.settings",
        "SECRET_KEY": _secret("secret_key"),
        "SITE_URL": f"http://{HOST}:{port}",
        "SERVE_MEDIA": "1",
        "EMAIL_URL": f"smtp://{HOST}:{ports['smtp']}",
        **_stripe(ports["stripe"]),
    }


def _stripe(port: int) -> dict[str, str]:
    """The stand-in, unless real keys are given."""
    if os.environ.get("STRIPE_SECRET_KEY"):
        return {}
    return {
        "STRIPE_SECRET_KEY": "sk_test_stand_in",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{_secret('webhook_secret')}",
        "STRIPE_API_BASE": f"http://{HOST}:{port}",
    }


def _secret(name: str) -> str:
    file = VAR / name
    if not file.exists():
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


def _prepare() -> None:
    """Database, static files and content; each step says what it does and is safe to repeat."""
    if not os.environ.get("DATABASE_URL"):
        from supplier.postgres.base import start_server

        print("Starting the database …", flush=True)
        start_server(VAR / "pg")  # this process keeps it running until the end
    _manage("Preparing the database …", "migrate", "--verbosity", "0")
    collect_static()
    _manage("Loading the demo's content …", "load_demo")


def _manage(words: str, *command: str) -> None:
    print(words, flush=True)
    if subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=False).returncode:
        sys.exit(f"`manage.py {' '.join(command)}` failed; what it said is above.")


def collect_static() -> None:
    """Compressing them takes a while, so only when our files or a package's may have changed."""
    stamp = VAR / "static.stamp"
    sources = [
        *sorted(path for path in (ROOT / "static").rglob("*") if path.is_file()),
        ROOT / "supplier/look/sheets.py",
        *ROOT.glob("requirements*.lock"),
    ]
    state = "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sources)
    if stamp.exists() and stamp.read_text() == state and (VAR / "static").exists():
        return
    _manage("Collecting styles and pictures …", "collectstatic", "--noinput", "--verbosity", "0")
    stamp.write_text(state)


class Processes:
    """The demo's servers; when one of them ends, all do."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        (VAR / "log").mkdir(exist_ok=True)

    def start(self, name: str, *command: str) -> None:
        with (VAR / "log" / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def watch(self) -> int:
        while True:
            for name, process in self.running.items():
                if process.poll() is not None:
                    print(f"The {name} stopped; its last words are in {VAR / 'log' / name}.log")
                    return 1
            time.sleep(0.5)

    def stop(self) -> None:
        for process in reversed(self.running.values()):
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        for process in self.running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start_all(processes: Processes, port: int, ports: dict[str, int]) -> None:
    if os.environ["STRIPE_SECRET_KEY"] == "sk_test_stand_in":
        processes.start(
            *("stripe-stand-in", "-m", "supplier.demo.stripe_stand_in", "--port", str(ports["stripe"])),
            *("--webhook-url", f"http://{HOST}:{port}/webhooks/stripe/"),
            *("--webhook-secret", os.environ["STRIPE_WEBHOOK_SECRET"], "--state", str(VAR / "stripe-stand-in.json")),
        )
    processes.start(
        *("mailbox", "-m", "supplier.demo.mail_catcher", "--smtp-port", str(ports["smtp"])),
        *("--web-port", str(ports["mailbox"]), "--folder", str(VAR / "mail")),
    )
    # Two: a mail server that hangs must not hold up payments and pictures.
    processes.start("mail-worker", "manage.py", "procrastinate", "worker", "-q", "mail")
    processes.start("worker", "manage.py", "procrastinate", "worker", "-q", "default,pictures")
    processes.start(
        # No access log: it would hold the tokens of guest links.
        *("web", "-m", "gunicorn", "-c", "python:supplier.serving", "supplier.wsgi"),
        *("--bind", f"{HOST}:{port}", "--workers", "2"),
    )


def _wait_for_web(port: int) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(120):
        with contextlib.suppress(OSError):
            opener.open(f"http://{HOST}:{port}/healthz", timeout=5)
            return
        time.sleep(0.25)
    raise RuntimeError(f"The web server did not start; see {VAR / 'log' / 'web.log'}")


def _print_addresses(port: int, ports: dict[str, int], seconds: float) -> None:
    site = f"http://{HOST}:{port}"
    print(
        f"""
The shop is open (after {seconds:.0f} s).

  Shop          {site}/
  Staff desk    {site}/desk/     staff@stillhand.example   {PASSWORD}
  Admin         {site}/admin/    owner@stillhand.example   {PASSWORD}
  Trade buyer   {site}/accounts/login/   buyer@clinic.example   {PASSWORD}
  Mailbox       http://{HOST}:{ports["mailbox"]}/     every letter that the shop sends

Card payments go to a stand-in for Stripe: no real card, no money. Ctrl-C stops everything.
""",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
