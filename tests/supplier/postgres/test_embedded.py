"""The embedded server: started by whoever comes first, shared, stopped by the last; killed holders don't matter."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ASK = "from django.db import connection as c; k = c.cursor(); k.execute('{sql}'); print(k.fetchone()[0])"
WAIT = (
    "import time; from django.db import connection as c; c.ensure_connection(); print('up', flush=True); time.sleep(60)"
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    if os.geteuid() == 0:  # the server's own user must be able to enter
        for folder in (tmp_path, *tmp_path.parents[:3]):
            folder.chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**clean, "SHOP_VAR_DIR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "supplier.settings"}


def run(code: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return result.stdout.strip()


def start(environment: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", f"import django; django.setup(); {WAIT}"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as out:
        assert out.readline().strip() == "up"
    return process


def is_running(environment: dict[str, str]) -> bool:
    return (Path(environment["SHOP_VAR_DIR"]) / "pg" / "postmaster.pid").exists()


def test_check_starts_no_server(environment: dict[str, str]):
    run("from django.core.management import call_command; call_command('check', verbosity=0)", environment)
    assert not is_running(environment)


def test_first_connection_starts_it_and_the_last_to_leave_stops_it(environment: dict[str, str]):
    first = start(environment)
    assert is_running(environment)
    locale = run(ASK.format(sql="SELECT datlocale FROM pg_database WHERE datname = current_database()"), environment)
    assert locale == "C.UTF-8"
    assert is_running(environment)  # the first is still there
    first.send_signal(signal.SIGTERM)
    first.wait(20)
    assert not is_running(environment)


def test_killed_process_does_not_keep_the_server_for_ever(environment: dict[str, str]):
    killed = start(environment)
    killed.kill()
    killed.wait(20)
    assert is_running(environment)
    assert run(ASK.format(sql="SELECT 41 + 1"), environment) == "42"
    end = time.monotonic() + 10
    while is_running(environment) and time.monotonic() < end:
        time.sleep(0.1)
    assert not is_running(environment)


def test_two_cold_starts_at_once_share_one_server(environment: dict[str, str]):
    command = [
        sys.executable,
        "-c",
        "import django; django.setup(); " + ASK.format(sql="SELECT pg_postmaster_start_time()"),
    ]
    processes = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    answers = {process.communicate(timeout=60)[0].strip() for process in processes}
    assert all(process.returncode == 0 for process in processes)
    assert all(answers)
    assert not json.loads((Path(environment["SHOP_VAR_DIR"]) / "pg" / ".handle_pids.json").read_text())
