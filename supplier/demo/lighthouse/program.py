"""Lighthouse itself: found or installed in the user's cache, never in the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: Lighthouse 13 wants Node 22; 12 fails with browsers of today.
PACKAGES = ("lighthouse@13", "node@22")
NEEDED_NODE = (22, 19)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: It now and then misses the beginning of a page and asks to be run again.
TRIES = 3
CATEGORIES = "performance,accessibility,best-practices,seo"


class CannotRun(Exception):
    """Something is missing on this machine; the words say what."""


@dataclass(frozen=True)
class Lighthouse:
    node: str
    script: Path
    browser: str

    def run(self, url: str, *, cookies: Mapping[str, str], output: Path) -> None:
        """Writes the report as JSON. Raises CannotRun with the last words of a run that failed."""
        flags = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")
        command = [self.node, str(self.script), url, f"--chrome-flags={flags}", f"--only-categories={CATEGORIES}"]
        command += ["--output=json", f"--output-path={output}", "--quiet"]
        if cookies:
            header = "; ".join(f"{name}={value}" for name, value in cookies.items())
            command.append(f"--extra-headers={json.dumps({'Cookie': header})}")
        environment = os.environ | {"CHROME_PATH": self.browser}
        for _try in range(TRIES):
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if not done.returncode:
                return
        raise CannotRun(f"Lighthouse failed on {url}: {done.stderr.strip().splitlines()[-1:]}")


def installed() -> Lighthouse:
    browser = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise CannotRun("No Chromium was found. Install one (on Debian: apt-get install chromium) or set CHROME_PATH.")
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stillhand-lighthouse"
    script = folder / "node_modules/lighthouse/cli/index.js"
    if not script.exists():
        _install(folder)
    return Lighthouse(_node(folder), script, browser)


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if not npm:
        raise CannotRun("Lighthouse comes by npm, and there is no npm on this machine. Nothing was measured.")
    print(f"Installing Lighthouse in {folder} …", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    packages = PACKAGES[:1] if _is_new_enough(shutil.which("node")) else PACKAGES
    command = [npm, "install", "--no-fund", "--no-audit", "--prefix", str(folder), *packages]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRun(f"npm could not install Lighthouse: {done.stderr.strip().splitlines()[-3:]}")


def _node(folder: Path) -> str:
    own = folder / "node_modules/.bin/node"
    return str(own) if own.exists() else str(shutil.which("node"))


def _is_new_enough(node: str | None) -> bool:
    if not node:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(map(int, re.findall(r"\d+", version)[:2])) >= NEEDED_NODE
