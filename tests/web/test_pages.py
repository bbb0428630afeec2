"""What the pages say: the engine's numbers, with the way down to events and documents."""

from __future__ import annotations

import csv
import io
import re

import pytest
import story
from django.test import Client

from tinhgon.figures import REVIEW, figures
from tinhgon.registry.folder import RegisterFolder
from tinhgon.rules import Rulebook

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def plain(text: str) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def tile(text: str, code: str) -> str:
    found = re.search(rf'<a class="tile[^>]*data-code="{code}">.*?</a>', text, re.DOTALL)
    assert found is not None
    return found.group()


def test_the_review_shows_what_the_engine_computes(client: Client, folder: RegisterFolder) -> None:
    text = client.get("/so-ket/").text
    for figure in figures(folder.register(), Rulebook.load(), story.START, story.END):
        shown = plain(tile(text, figure.code))
        sign = "−" if figure.value < 0 else "+" if figure.value > 0 and figure.kind != "obligation" else ""
        assert f" {sign}{abs(figure.value)} " in shown, figure.code
        assert figure.name_vi in shown


def test_result_forecast_and_obligation_look_different(client: Client) -> None:
    text = client.get("/so-ket/").text
    assert 'class="tile result"' in tile(text, "divisions")
    assert 'class="tile forecast"' in tile(text, "villages_forecast")
    assert 'class="tile obligation"' in tile(text, "villages_obliged")


def test_an_approximate_figure_says_about(client: Client) -> None:
    text = client.get("/so-ket/").text
    assert "khoảng" in tile(text, "divisions")
    assert "khoảng" not in tile(text, "public_service_units")


def test_a_reported_number_that_differs_is_shown_with_the_difference(client: Client) -> None:
    text = plain(client.get("/so-ket/").text)
    assert "báo cáo −2" in text
    assert "Đơn vị sự nghiệp công lập 08/03/2018 – 09/10/2019 −2 −1 −1 88-BC/TU, Mục 1" in text


def test_another_window_gives_other_numbers(client: Client) -> None:
    text = client.get("/so-ket/?tu=2019-01-01").text
    assert " 0 " in plain(tile(text, "divisions"))


@pytest.mark.parametrize("start", ["2020-01-01", "mai"])
def test_a_window_that_is_none_is_refused(client: Client, start: str) -> None:
    response = client.get(f"/so-ket/?tu={start}")
    assert response.status_code == 400
    assert "không tạo thành một khoảng" in response.text


@pytest.mark.parametrize("code", REVIEW)
def test_each_figure_opens_onto_its_events_and_documents(
    client: Client, code: str, folder: RegisterFolder
) -> None:
    [figure] = figures(folder.register(), Rulebook.load(), story.START, story.END, [code])
    text = client.get(f"/so-ket/{code}/").text
    assert figure.definition_vi in text
    for counted in figure.trace:
        assert f'id="dong-{counted.seq}"' in text
        assert folder.documents[counted.citation.document].number in text


def test_the_panel_is_the_page_without_its_frame(client: Client) -> None:
    panel = client.get("/so-ket/divisions/", headers=HTMX).text
    page = client.get("/so-ket/divisions/").text
    assert "<html" not in panel
    assert "<html" in page
    assert "Nhập Phòng Cán bộ vào Phòng Tổ chức" in panel
    assert "Nhập Phòng Cán bộ vào Phòng Tổ chức" in page


def test_an_unknown_figure_is_not_found(client: Client) -> None:
    assert client.get("/so-ket/khong-co/").status_code == 404


def test_the_export_lists_what_is_counted(client: Client, folder: RegisterFolder) -> None:
    [figure] = figures(folder.register(), Rulebook.load(), story.START, story.END, ["division_leaders"])
    response = client.get("/so-ket/division_leaders.csv")
    text = response.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["seq"]) for row in rows] == [counted.seq for counted in figure.trace]
    assert sum(int(row["delta"]) for row in rows) == figure.value
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_export_defuses_formulas() -> None:
    from tinhgon_web.core.exports import safe

    assert [safe(cell) for cell in ("=1+1", "@x", "-cmd", "-3", "+2", "chữ")] == [
        "'=1+1",
        "'@x",
        "'-cmd",
        "-3",
        "+2",
        "chữ",
    ]


def test_a_branch_is_loaded_alone(client: Client) -> None:
    text = client.get("/bo-may/nhanh/snv/?muc=3").text
    assert "<html" not in text
    assert 'aria-level="3"' in text
    assert "Phòng Tổ chức" in text


def test_the_tree_opens_by_plain_links_too(client: Client) -> None:
    text = client.get("/bo-may/?mo=t&mo=snv").text
    assert "Phòng Tổ chức" in text
    closed = client.get("/bo-may/?mo=t").text
    assert "Phòng Tổ chức" not in closed
    assert "mo=t&amp;mo=snv" in closed


@pytest.mark.parametrize("query", ["dak 1", "Đắk 1", "DAK 1", "24601"])
def test_a_search_needs_no_diacritics(client: Client, query: str) -> None:
    text = client.get("/bo-may/", {"q": query}).text
    assert '/bo-may/don-vi/x1/"' in text
    assert '/bo-may/don-vi/x2/"' not in text


def test_a_search_lists_places_before_offices(client: Client) -> None:
    text = client.get("/bo-may/", {"q": "đắk mẫu"}).text
    assert text.index('/bo-may/don-vi/h/"') < text.index('/bo-may/don-vi/hu/"')


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    assert "hãy bớt từ" in client.get("/bo-may/?q=khongcogi").text


def test_a_unit_shows_its_measure_against_the_standard(client: Client) -> None:
    text = plain(client.get("/bo-may/don-vi/x1v2/?ngay=2019-02-01").text)
    assert "tiêu chuẩn 200" in text
    assert "40 %" in text
    assert "80 hộ, bằng 40 % mức 200 hộ: phải sáp nhập" in text
    assert "14/2018/TT-BNV" in text


def test_a_legal_value_nobody_checked_is_marked(client: Client) -> None:
    not_sure_yet, checked = (
        client.get(f"/bo-may/don-vi/x1v1/?ngay={on}").text for on in ("2019-02-01", "2019-10-09")
    )
    assert "chưa đối chiếu với nguồn dẫn" in not_sure_yet
    assert "đã đối chiếu với nguồn dẫn" in checked


def test_one_person_in_two_posts_is_one_person_and_two_posts(client: Client) -> None:
    text = plain(client.get("/bo-may/don-vi/ttyt/").text)
    assert "chức danh: 1, người: 1" in text
    assert "Y Bhăm Niê" in text
    assert "giữ 2 chức danh" in text
    assert "đồng thời là Trưởng phòng, Phòng Tổ chức" in text
    assert "người giữ hai chức danh tính một lần theo người, hai lần theo chức danh" in text


def test_headcount_stands_against_what_is_assigned(client: Client) -> None:
    text = plain(client.get("/bo-may/don-vi/snv/").text)
    assert "Biên chế so với số được giao" in text
    assert " 40 37 còn thiếu 3 " in text


def test_a_unit_shows_the_schemes_it_is_in(client: Client) -> None:
    waiting = plain(client.get("/bo-may/don-vi/x2v2/").text)
    assert "Đề án có đơn vị này 1 Nhập Thôn 2 vào Thôn 1 đang chờ · từ 01/06/2019" in waiting
    before = plain(client.get("/bo-may/don-vi/x2v2/?ngay=2019-05-31").text)
    assert "chưa có đề án nào trong sổ bộ bao gồm đơn vị này" in before


def test_a_mark_of_the_history_leads_to_its_line(client: Client) -> None:
    text = client.get("/bo-may/don-vi/x2v3/").text
    marks = re.findall(r'<a href="#(dong-\d+)" tabindex="-1">', text)
    assert marks
    assert all(f'id="{mark}"' in text for mark in marks)
    assert "ghi muộn quá 60 ngày: 2" in plain(text)
    assert "về sau được sửa: 1" in plain(text)


def test_a_unit_shows_its_lineage_on_both_sides(client: Client) -> None:
    into, gone = (client.get(f"/bo-may/don-vi/{unit}/").text for unit in ("x1v1", "x1v2"))
    for text in (into, gone):
        assert "Nguồn gốc và kế tục" in text
        assert text.count('class="box') == 2
    assert "Nguồn gốc và kế tục" not in client.get("/bo-may/don-vi/x2v2/").text


def test_an_act_names_what_it_found(client: Client) -> None:
    assert "Nhập Thôn 2 vào Thôn 1" in client.get("/bo-may/don-vi/x1v1/").text


def test_documents_are_found_without_diacritics_and_by_type(client: Client) -> None:
    assert "202/QĐ-UBND" in client.get("/van-ban/?q=sap nhap thon").text
    only = client.get("/van-ban/", {"loai": "báo cáo"}).text
    assert "88-BC/TU" in only
    assert ">202/QĐ-UBND<" not in only


def test_documents_not_yet_signed_are_not_listed(client: Client) -> None:
    assert "202/QĐ-UBND" not in client.get("/van-ban/?ngay=2019-01-31").text


def test_documents_known_only_later_are_not_listed(client: Client) -> None:
    assert "202/QĐ-UBND" not in client.get("/van-ban/?ho-so=2019-03-01").text
    assert "202/QĐ-UBND" in client.get("/van-ban/?ho-so=2019-03-02").text


def test_a_document_lists_the_entries_that_cite_it(client: Client) -> None:
    text = client.get("/van-ban/qd2/").text
    assert "Nhập Thôn 2 vào Thôn 1" in text
    assert "26-CTr/TU" in text


def test_made_up_data_carries_its_ribbon(client: Client) -> None:
    for address in ("/so-ket/", "/bo-may/", "/van-ban/", "/bo-may/don-vi/x1/"):
        assert "Dữ liệu minh họa" in client.get(address).text


def test_vietnamese_is_spoken_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get("/so-ket/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="vi"' in response.text
    assert response.headers["Content-Language"] == "vi"


def test_the_language_can_be_switched(client: Client) -> None:
    response = client.post("/tuy-chon/ngon-ngu/", {"language": "en", "next": "/so-ket/"})
    assert response.headers["Location"] == "/so-ket/"
    text = client.get("/so-ket/").text
    assert '<html lang="en"' in text
    assert "Review of the reorganisation" in text
    assert "Public service units" in text


def test_the_looks_can_be_switched(client: Client) -> None:
    client.post("/tuy-chon/giao-dien/", {"theme": "dark", "next": "/bo-may/"})
    assert 'data-theme="dark"' in client.get("/bo-may/").text


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_switch_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    response = client.post("/tuy-chon/ngon-ngu/", {"language": "vi", "next": elsewhere})
    assert response.headers["Location"] == "/"
