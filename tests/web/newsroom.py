"""A small portal for tests: a front page, a section, articles."""

from __future__ import annotations

from typing import Any

import story
from wagtail.models import Page, Site

from tinhgon_web.portal.models import ArticlePage, FrontPage, SectionPage


def section() -> SectionPage:
    """The section of a fresh portal; the same when asked again."""
    found = SectionPage.objects.first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    front = FrontPage(title="Cổng", slug="cong")
    root.add_child(instance=front)
    Site.objects.filter(is_default_site=True).update(root_page=front)
    Site.clear_site_root_paths_cache()
    made = SectionPage(title="Sắp xếp", slug="sap-xep")
    front.add_child(instance=made)
    return made


def article(title: str = "Một bài", *, live: bool = True, **fields: Any) -> ArticlePage:
    """An article about the story's review, published when `live`."""
    usual = {
        "lead": "Giảm {{ divisions }} phòng.",
        "body": [
            ("text", "<p>Cả tỉnh giảm {{divisions}} phòng, ban.</p>"),
            ("figure", {"code": "divisions"}),
        ],
        "figures_from": story.START,
        "figures_to": story.END,
    }
    page = ArticlePage(title=title, live=False, **(usual | fields))
    section().add_child(instance=page)
    if live:
        page.save_revision().publish()
        page.refresh_from_db()
    return page
