"""The browser of the tests: the system's Chromium, else the one that Playwright brought."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

#: It finds no host but this machine.
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


def find_chromium() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
        return path if Path(path).exists() else None


CHROMIUM = find_chromium()
#: Without a browser its tests are skipped and say so, unless one is demanded (then they fail).
IS_SKIPPED = CHROMIUM is None and not os.environ.get("REQUIRE_BROWSER")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-dev-shm-usage", NOWHERE_ELSE])
