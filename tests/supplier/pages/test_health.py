"""Without a database: a process of its own, so that the tests' connection is not touched."""

import os
import subprocess
import sys
from pathlib import Path

ASK = """
from django.test import Client
client = Client(raise_request_exception=False)
for path in ("/healthz", "/robots.txt", "/"):
    response = client.get(path)
    print(response.status_code, "Something broke on our side" in response.content.decode())
"""


def test_shop_without_its_database_says_so_and_stays_polite() -> None:
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "SITE_URL": "http://testserver"}
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", ASK]
    answer = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)

    assert answer.stdout.splitlines() == ["503 False", "200 False", "500 True"]
