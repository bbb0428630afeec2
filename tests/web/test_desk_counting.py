"""View counts: once for each reader, article and day; machines and other sites do not count; none is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import logged_in
from desking import BROWSER, article
from django.test import Client

from tinhgon_web.desk import selectors
from tinhgon_web.desk.models import Seen, Views
from tinhgon_web.desk.services.counting import count_view
from tinhgon_web.portal.models import ArticlePage

OWN = {"Origin": "http://testserver", "User-Agent": BROWSER}
DAY = dt.date(2026, 11, 23)


@pytest.fixture
def page(db: None) -> ArticlePage:
    return article()


def look(client: Client, page: ArticlePage, **headers: str) -> int:
    response = client.post(f"/dem/{page.pk}/", headers={**OWN, **headers})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return int(response.json()["views"])


def test_a_reader_counts_once_a_day(page: ArticlePage, nobody: Client) -> None:
    assert [look(nobody, page) for _ in range(3)] == [1, 1, 1]
    assert look(nobody, page, **{"User-Agent": f"{BROWSER} khác"}) == 2
    assert nobody.get(f"/dem/{page.pk}/").json() == {"views": 2}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"},
        {"User-Agent": "curl/8"},
        {"User-Agent": ""},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_machines_and_other_sites_do_not_count(
    page: ArticlePage, nobody: Client, headers: dict[str, str]
) -> None:
    assert look(nobody, page, **headers) == 0


def test_looking_at_the_number_does_not_count(page: ArticlePage, nobody: Client) -> None:
    nobody.get(f"/dem/{page.pk}/", headers=OWN)
    assert not Views.objects.exists()


def test_what_is_not_published_cannot_be_told_by_its_number(page: ArticlePage, nobody: Client) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(live=False)
    for pk in (page.pk, 10**9):
        assert nobody.post(f"/dem/{pk}/", headers=OWN).status_code == 404


def test_a_flood_of_made_up_browsers_is_stopped(page: ArticlePage, nobody: Client) -> None:
    assert [look(nobody, page, **{"User-Agent": f"{BROWSER} {n}"}) for n in range(65)][-1] == 60


def test_no_address_is_kept_and_the_digests_go_with_the_day(page: ArticlePage) -> None:
    count_view(page=page.pk, reader="10.1.2.3 Firefox", day=DAY)
    assert "10.1.2.3" not in str(list(Seen.objects.values()))
    count_view(page=page.pk, reader="10.1.2.3 Firefox", day=DAY + dt.timedelta(days=1))
    assert list(Seen.objects.values_list("day", flat=True)) == [DAY + dt.timedelta(days=1)]
    assert selectors.views_of(page.pk) == 2


def test_the_chart_has_thirty_days_and_every_view(page: ArticlePage) -> None:
    for day, readers in ((0, 3), (1, 1), (29, 2), (30, 5)):
        for reader in range(readers):
            count_view(page=page.pk, reader=str(reader), day=DAY - dt.timedelta(days=day))
    bars = selectors.chart(page.pk, DAY)
    assert [bar.count for bar in bars if bar.count] == [2, 1, 3]
    assert len(bars) == 30
    assert max(bar.height for bar in bars) == 180
    [row] = selectors.most_read(DAY)
    assert (row["lately"], row["ever"]) == (6, 11)


def test_editors_see_the_chart_of_all_and_of_one(page: ArticlePage, nobody: Client) -> None:
    look(nobody, page)
    editor = logged_in("portal_editor")
    assert f"?bai={page.pk}" in editor.get("/kiem-duyet/luot-xem/").text
    assert editor.get(f"/kiem-duyet/luot-xem/?bai={page.pk}").status_code == 200
    assert editor.get("/kiem-duyet/luot-xem/?bai=999999999").status_code == 404


def test_the_article_asks_for_its_number(page: ArticlePage, nobody: Client) -> None:
    text = nobody.get(page.url or "").text
    assert f'data-views="/dem/{page.pk}/"' in text
    assert "desk/js/views.js" in text
