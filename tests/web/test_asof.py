"""Every page obeys both days and hands them on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pages
import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", pages.EVERY)
def test_a_page_answers_on_other_days_and_its_links_carry_them(
    client_for: Callable[[str], Client], name: str
) -> None:
    client = client_for(name)
    if name not in pages.WHOLE:  # the others are asked for now below
        assert client.get(pages.EVERY[name], follow=True).status_code == 200
    address = pages.at(pages.EVERY[name], ngay="2019-06-15", ho_so="2019-11-22")
    response = client.get(address, follow=True)
    assert response.status_code == 200
    if name in pages.WHOLE or name in pages.FRAGMENTS:
        assert_links_carry_both_days(response.text)


def assert_links_carry_both_days(text: str) -> None:
    links = [link.replace("&amp;", "&") for link in re.findall(r'<a[^>]*href="([^"]+)"', text)]
    elsewhere = ("/static/", "/tai-khoan/", "/api/", "//")
    inside = [link for link in links if link.startswith("/") and not link.startswith(elsewhere)]
    assert inside
    for link in inside:
        changes_a_day = f'href="{link}" data-time' in text.replace("&amp;", "&")
        assert changes_a_day or ("ngay=" in link and "ho-so=" in link), link


@pytest.mark.parametrize("name", pages.WHOLE)
def test_a_band_says_when_either_day_is_not_now(client_for: Callable[[str], Client], name: str) -> None:
    client = client_for(name)
    address = pages.WHOLE[name]
    now = client.get(address, follow=True)
    assert now.status_code == 200
    assert 'class="band"' not in now.text
    earlier = client.get(pages.at(address, ngay="2019-06-15")).text
    assert 'class="band"' in earlier
    assert "15/06/2019" in earlier
    known = client.get(pages.at(address, ho_so="2019-11-22")).text
    assert "22/11/2019" in known
    assert "Không tính 3 dòng ghi sau ngày này" in known


def test_the_day_shown_changes_the_tree(client: Client) -> None:
    before = client.get("/bo-may/nhanh/x1/?ngay=2019-02-28").text
    after = client.get("/bo-may/nhanh/x1/?ngay=2019-03-01").text
    assert "Thôn 2" in before
    assert "Thôn 2" not in after


def test_the_day_of_knowledge_changes_the_tree(client: Client) -> None:
    known = client.get("/bo-may/nhanh/x1/?ngay=2019-03-01&ho-so=2019-03-01").text
    assert "Thôn 2" in known


def test_a_late_record_changes_a_figure_by_what_was_known(client: Client) -> None:
    now = client.get("/so-ket/commune_part_time/").text
    then = client.get("/so-ket/commune_part_time/?ho-so=2019-10-09").text
    assert "<b>−2</b>" in now
    assert "<b>−1</b>" in then


def test_a_correction_counts_only_once_it_was_recorded(client: Client) -> None:
    address = "/bo-may/don-vi/x2v3/?ngay=2019-10-01"
    assert "105" in client.get(address).text
    before = client.get(f"{address}&ho-so=2019-11-22").text
    assert "105 hộ" not in before
    assert "50 hộ" in before


def test_an_annulled_entry_stays_in_the_history_and_counts_for_nothing(client: Client) -> None:
    text = client.get("/bo-may/don-vi/x2v4/").text
    assert "đã đính chính ở dòng" in text
    assert "Hủy dòng" in text
    assert "45 hộ</td>" not in text


def test_a_unit_not_yet_recorded_is_not_found(client: Client) -> None:
    response = client.get("/bo-may/don-vi/x1/?ho-so=2015-01-01")
    assert response.status_code == 404
    assert "không có đơn vị nào mang mã" in response.text.lower()


def test_a_closed_unit_says_so(client: Client) -> None:
    assert "chấm dứt từ" in client.get("/bo-may/don-vi/x1v2/").text
    assert "sẽ chấm dứt từ" in client.get("/bo-may/don-vi/x1v2/?ngay=2019-02-01").text
    assert "chưa có" in client.get("/bo-may/don-vi/x1v2/?ngay=2015-01-01").text


def test_typed_days_lead_to_the_canonical_address(client: Client) -> None:
    response = client.get("/bo-may/?ngay=8/3/2018&ho-so=09/10/2019&q=thon")
    assert response.status_code == 302
    assert response.headers["Location"] == "/bo-may/?ngay=2018-03-08&ho-so=2019-10-09&q=thon"


def test_empty_fields_are_dropped_from_the_address(client: Client) -> None:
    assert client.get("/bo-may/?ngay=&ho-so=").headers["Location"] == "/bo-may/"


@pytest.mark.parametrize("typed", ["31/02/2019", "hôm qua", "2019-13-01", "<script>"])
def test_what_is_not_a_day_is_refused_with_the_way_out(client: Client, typed: str) -> None:
    response = client.get("/bo-may/", {"ngay": typed})
    assert response.status_code == 400
    assert "không phải là ngày" in response.text
    assert "<script>" not in response.text.replace("<script src", "")


def test_steps_lead_to_the_days_of_acts(client: Client) -> None:
    text = client.get("/bo-may/?ngay=2018-12-01").text
    assert "ngay=2018-07-20" in text
    assert "ngay=2019-03-01" in text


def test_before_everything_the_tree_says_it_is_empty(client: Client) -> None:
    assert "Chưa ghi nhận đơn vị nào" in client.get("/bo-may/?ngay=1999-01-01").text


def test_the_lasting_link_names_both_days(client: Client) -> None:
    text = client.get("/so-ket/divisions/").text.replace("&amp;", "&")
    assert "tu=2018-03-08" in text
    assert re.search(r'href="/so-ket/divisions/\?[^"]*ngay=2019-10-09[^"]*ho-so=2019-11-27', text)
