"""Pages kept for readers: quick, never stale for long, never somebody's own, never poisoned."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import newsroom
import pytest
import story
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from tinhgon.registry import events
from tinhgon_web.apparatus import services
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.core.models import User
from tinhgon_web.portal import cache
from tinhgon_web.portal.models import ArticlePage, PublishedFigure

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(settings: Settings) -> Iterator[ArticlePage]:
    settings.PAGE_CACHE = True
    cache.STORE.clear()
    yield newsroom.article()
    cache.STORE.clear()


def queries(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address, headers=headers).status_code == 200
    return len(found)


def test_an_article_takes_at_most_15_queries_and_then_none(page: ArticlePage, settings: Settings) -> None:
    settings.PAGE_CACHE = False
    Client().get(page.url)
    assert queries(Client(), page.url) <= 15
    settings.PAGE_CACHE = True
    first = Client().get(page.url)
    assert queries(Client(), page.url) == 0
    again = Client().get(page.url)
    assert again.content == first.content
    assert not again.cookies
    assert again.headers["Content-Security-Policy"]


def test_a_reader_who_has_the_page_is_told_so(page: ArticlePage) -> None:
    tag = Client().get(page.url).headers["ETag"]
    answer = Client().get(page.url, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert answer.content == b""


def test_a_change_shows_when_the_state_is_looked_up_again(
    page: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_LOOK_EVERY", 0.0)
    assert "khi đăng" not in Client().get(page.url).text
    PublishedFigure.objects.filter(page=page).update(value=-7, seq=1)
    monkeypatch.setattr("tinhgon_web.portal.cache.registers.head", lambda: (10_000, "another"))
    before = Client().get("/").text
    page.title = "Tít mới"
    page.save_revision().publish()
    assert "Tít mới" in Client().get("/").text != before


def put_right(to: events.Event, on: str) -> None:
    """Say the entry that merged two divisions anew, as its door does."""
    merger = JournalEntry.objects.get(kind=to.name, payload__inputs=["p1", "p2"])
    why = {"citation": to.citation, "reason": "ghi nhầm ngày có hiệu lực"}
    services.record(
        acting=User.objects.get(pk=1),
        events=[events.Corrected(effective_on=story.day(on), target=merger.seq, replacement=to, **why)],
        recorded_at=story.moment(on),
    )


def test_a_kept_page_is_right_within_a_minute_of_a_correction(
    page: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 1000.0
    monkeypatch.setattr(cache.time, "monotonic", lambda: clock)
    before = Client().get(page.url).text
    assert before.count('<data value="-1">') == 2
    assert "put-right" not in before
    put_right(story.absorbed("p1", ("p2",), "2019-11-01", holders=()), on="2019-12-02")
    assert Client().get(page.url).text == before, "it is kept"
    clock += 60
    after = Client().get(page.url).text
    assert after.count('<data value="0">') == 2
    assert "đính chính ngày 02/12/2019: khi đăng, bài ghi −1" in after


def test_languages_and_looks_are_kept_apart(page: ArticlePage) -> None:
    def asked(**cookies: str) -> str:
        client = Client()
        client.cookies.load(cookies)
        return client.get(page.url).text

    assert '<html lang="vi" data-theme="auto">' in asked()
    assert '<html lang="en"' in asked(django_language="en")
    assert 'data-theme="dark"' in asked(looks="dark")
    assert asked(django_language="<script>", looks="<script>") == asked()
    assert '<html lang="vi" data-theme="auto">' in asked()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "evil"},
        {"X-Original-URL": "/evil"},
        {"X-Rewrite-URL": "/evil"},
        {"Referer": "https://evil.example/"},
        {"User-Agent": "evil"},
        {"Accept-Language": "evil"},
        {"Host": "localhost"},
    ],
)
def test_no_header_gets_into_a_page_that_is_kept(page: ArticlePage, headers: dict[str, str]) -> None:
    poisoned = Client().get(page.url, headers=headers).text
    cache.STORE.clear()
    assert poisoned == Client().get(page.url).text
    assert "evil" not in poisoned


def test_a_host_that_is_not_ours_is_refused_from_the_cache_too(page: ArticlePage) -> None:
    Client().get(page.url)
    assert Client().get(page.url, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "query", ["?x=1", "?trang=<script>", "?trang=1&trang=2", "?utm_source=evil", "?q=evil"]
)
def test_unknown_parameters_are_neither_kept_nor_answered_from_it(page: ArticlePage, query: str) -> None:
    Client().get(page.url)
    assert queries(Client(), page.url + query) > 0
    assert queries(Client(), page.url + query) > 0
    assert "evil" not in Client().get(page.url).text


def test_who_has_logged_in_gets_their_own_page(page: ArticlePage, client_as: Callable[..., Client]) -> None:
    Client().get(page.url)
    somebody = client_as("portal_editor")
    assert queries(somebody, page.url) > 0
    assert "ETag" not in somebody.get(page.url).headers


def test_forms_with_a_token_are_not_kept(page: ArticlePage) -> None:
    assert "ETag" not in Client().get("/tai-khoan/dang-nhap/").headers


def test_who_opened_a_form_still_gets_pictures(page: ArticlePage, settings: Settings) -> None:
    picture = settings.PUBLIC_ROOT / "images" / "doi.jpg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"\xff\xd8")
    client = Client()
    client.get("/hoi-dap/")
    assert "csrftoken" in client.cookies
    assert client.get("/tep-cong-khai/images/doi.jpg").status_code == 200


def test_a_page_that_is_not_there_is_not_kept(page: ArticlePage) -> None:
    assert Client().get("/sap-xep/chua-co/").status_code == 404
    newsroom.article("Chưa có", slug="chua-co")
    assert Client().get("/sap-xep/chua-co/").status_code == 200
