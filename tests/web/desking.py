"""For the tests of the desk: an article readers may comment on, and readers who solve puzzles."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from tinhgon_web.desk.models import Comment
from tinhgon_web.desk.services import comments
from tinhgon_web.portal.models import ArticlePage, FrontPage, SectionPage

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/144.0"


def article(slug: str = "bai", **fields: object) -> ArticlePage:
    """A published article; with `comments_open` unless told otherwise."""
    section = SectionPage.objects.first() or _section()
    values = {"title": f"Bài {slug}", "slug": slug, "lead": "Lời dẫn", "comments_open": True, **fields}
    page = ArticlePage(first_published_at=timezone.now(), last_published_at=timezone.now(), **values)
    section.add_child(instance=page)
    return page


def _section() -> SectionPage:
    root = Page.get_first_root_node()
    assert root is not None
    front = FrontPage(title="Cổng", slug="cong-thu")
    root.add_child(instance=front)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": front}
    )
    Site.clear_site_root_paths_cache()
    section = SectionPage(title="Tin", slug="tin")
    front.add_child(instance=section)
    return section


def said(page: ArticlePage, text: str = "Ý kiến", name: str = "Bạn đọc", **fields: object) -> Comment:
    """A comment that waits."""
    return comments.send(page=page, said=comments.Said(name, text, **fields), source="")  # type: ignore[arg-type]  # by name


def token(response: HttpResponse) -> str:
    """What ties a form to its puzzle."""
    found = re.search(r'name="token" value="([^"]+)"', response.text)
    assert found is not None, response.text
    return html.unescape(found.group(1))


def answered(response: HttpResponse) -> dict[str, str]:
    """The puzzle of a form as a person without JavaScript solves it."""
    asked = re.search(r"cụm từ số (\d): (.*?)</label>", response.text)
    assert asked is not None, response.text
    phrases = dict(one.split(". ", 1) for one in asked.group(2).split("; "))
    return {"token": token(response), "answer": phrases[asked.group(1)]}


def worked(response: HttpResponse) -> dict[str, str]:
    """The puzzle of a form as a browser solves it."""
    found = re.search(r'data-puzzle="([^"]+)"', response.text)
    assert found is not None
    puzzle = json.loads(html.unescape(found.group(1)))
    number = next(
        n
        for n in range(puzzle["most"] + 1)
        if hashlib.sha256(f"{puzzle['salt']}{n}".encode()).hexdigest() == puzzle["challenge"]
    )
    names = ("algorithm", "challenge", "salt", "signature")
    work = {**{name: puzzle[name] for name in names}, "number": number}
    return {"token": token(response), "work": base64.b64encode(json.dumps(work).encode()).decode()}


def send(client: Client, address: str, **fields: str) -> HttpResponse:
    """Open a form, answer its question and send it."""
    return client.post(address, {**answered(client.get(address)), **fields})
