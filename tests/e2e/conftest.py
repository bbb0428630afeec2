"""A real server on a copy of the demo's database, and Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from serving import ROOT, Site, copied, environment

PATIENCE = 60_000
"""Milliseconds that anything may take before it has failed: a slow machine is no fault of the site."""
LATENCY = int(os.environ.get("LATENCY", "0"))
"""Milliseconds by which the browser is to delay every answer: what a test does not wait for is then not there yet."""
HEIGHTS = {1440: 900, 1024: 768, 390: 844}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def loaded(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo's register."""
    database = tmp_path_factory.mktemp("demo") / "db.sqlite3"
    command = [sys.executable, "tests/e2e/demo_database.py", str(pytestconfig.cache.mkdir("migrated"))]
    subprocess.run(command, cwd=ROOT, env=environment(database), check=True)
    return database


@pytest.fixture(scope="session")
def served(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of that database for the site to write to, with the files beside it."""
    return copied(loaded, tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def site(served: Path) -> Iterator[str]:
    """The address of a server on it, with a worker for its jobs."""
    one = Site(served)
    try:
        one.open()
        yield one.address
    finally:
        one.shut()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it the tests are skipped."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing, and with CI=true nothing may be skipped")
        pytest.skip("chromium is missing (Debian package: chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


def log_in(context: BrowserContext, account: str) -> None:
    """Log in as one of the demo's accounts, as the buttons of the log-in page do."""
    form = context.request.get("/tai-khoan/dang-nhap/").text()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert found is not None
    sent = {"csrfmiddlewaretoken": found.group(1), "username": account}
    answer = context.request.post("/tai-khoan/dang-nhap/minh-hoa/", form=sent)
    assert answer.ok, answer.status


def delay(page: Page) -> None:
    """Have the browser delay every answer by LATENCY."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    every = {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", every)


class Visitor:
    """Opens pages; remembers what the browser complained about."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []

    def close(self) -> None:
        """Close every page."""
        for context in self.contexts:
            context.close()

    def page(
        self,
        width: int = 1440,
        theme: str = "light",
        language: str = "vi",
        scripts: bool = True,
        account: str = "lanh-dao",
    ) -> Page:
        """A page in a context of its own, logged in as one of the demo's accounts ("": as nobody).

        Addresses are relative to the site.
        """
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        if language != "vi":
            context.add_cookies([{"name": "django_language", "value": language, "url": self.site}])
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if account:
            log_in(context, account)
        page = context.new_page()
        if LATENCY:
            delay(page)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _console(self, message: ConsoleMessage) -> None:
        # Drawing WebGL without a graphics card is slow, and the driver says so; that is no fault of the page.
        if message.type in ("error", "warning") and "GL Driver Message" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """A visitor whose browser must have had nothing to complain about."""
    one = Visitor(browser, site)
    yield one
    one.close()
    assert one.complaints == []
