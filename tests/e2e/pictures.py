"""Looking at a page: a picture of it, whether it fits, and what axe-core finds wrong for who does not see or point."""

from __future__ import annotations

from typing import Any

from conftest import HEIGHTS, ROOT
from playwright.sync_api import Page

SHOTS = ROOT / "var" / "shots"
_AXE = (ROOT / "tests/e2e/vendor/axe-core/axe.min.js").read_text(encoding="utf-8")


def resize(page: Page, width: int) -> None:
    """A window or a telephone of a width."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture of a page, to be looked at; `whole`: also of what is not in the window."""
    page.wait_for_load_state()
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)


def seen(page: Page, name: str) -> None:
    """A page as it is shown: pictured, nothing over the edge, nothing serious found."""
    picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    assert serious(page) == [], name


def serious(page: Page) -> list[str]:
    """What axe holds to be serious or critical, with where."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
