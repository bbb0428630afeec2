"""The table of units: filters, orders, pages and the workbook, by both readers alike."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
import story
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.apparatus.selectors.folded import FoldedReader
from tinhgon_web.apparatus.selectors.projected import ProjectedReader
from tinhgon_web.apparatus.table import asking, reading
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.exports import safe

pytestmark = pytest.mark.django_db
READS = settings(max_examples=60)


def names(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', text)


def chance(values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


@READS
@given(
    on=st.dates(story.BASE, dt.date(2020, 1, 1)),
    words=chance(["thon", "dak 1", "24601", "khong co"]),
    kind=chance(["village", "commune", "division"]),
    place=chance(["t", "h", "x1", "snv"]),
    status=chance(["dong", "ca-hai"]),
    band=chance(["nua", "duoi", "dat", "khong"]),
    least=chance(["100"]),
    sort=chance(["ho", "-ho,ten", "loai,-ten", "-tu", "den"]),
)
def test_both_readers_list_the_same(on: dt.date, **typed: str) -> None:
    place, kind, band = typed["place"], typed["kind"], typed["band"]
    params = QueryDict(mutable=True)
    given_ = {"q": typed["words"], "loai": kind, "noi": place, "tt": typed["status"], "muc": band}
    for name, value in {**given_, "ho-tu": typed["least"], "sx": typed["sort"]}.items():
        if value:
            params[name] = value
    ask, asof = asking.read(params), AsOf(on=on, today=story.END)
    scope = Scope(None, on)
    one = reading.every(asof, ProjectedReader(on), ask, scope, 1000)
    other = reading.every(asof, FoldedReader(on, registers.head()), ask, scope, 1000)
    assert one == other


def test_villages_under_half_of_the_standard_are_found(client: Client) -> None:
    text = client.get("/bo-may/bang/?loai=village&muc=nua&sx=-ho,ten&ngay=2018-12-31").text
    assert names(text) == ["Thôn 1", "Thôn 2"]
    assert 'aria-sort="descending"' in text


def test_words_are_found_without_diacritics_and_closed_units_when_asked(client: Client) -> None:
    assert names(client.get("/bo-may/bang/?q=phong+can+bo").text) == []
    assert names(client.get("/bo-may/bang/?q=phong+can+bo&tt=ca-hai").text) == ["Phòng Cán bộ"]


def test_an_empty_table_says_what_to_try(client: Client) -> None:
    text = client.get("/bo-may/bang/?q=phong+can+bo").text
    assert "Không có đơn vị nào như vậy" in text
    assert "Tìm cả trong các đơn vị đã đóng" in text


@pytest.mark.parametrize(
    "query",
    ["trang=x", "trang=999999", "sx=;drop", "ho-tu=nan", "ho-tu=1e999", "loai=%27", "cot=x"],
)
def test_what_makes_no_sense_is_passed_over(client: Client, query: str) -> None:
    assert client.get(f"/bo-may/bang/?{query}").status_code == 200


def test_a_click_on_a_column_keeps_the_order_before_as_the_next(client: Client) -> None:
    assert asking.resort(("loai", "ten"), "ho") == "ho,loai,ten"
    assert asking.resort(("ho", "ten"), "ho") == "-ho,ten"
    assert "sx=-ho%2Cten" in client.get("/bo-may/bang/?sx=ho,ten").text


def test_only_what_the_role_covers_is_listed(client_as: Callable[..., Client]) -> None:
    text = client_as("viewer", "x1").get("/bo-may/bang/?loai=village&tt=ca-hai").text
    assert sorted(names(text)) == ["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"]
    book = client_as("viewer", "x1").get("/bo-may/bang/don-vi.xlsx?loai=village&tt=ca-hai")
    assert len(rows_of(book.content)) == 4


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    head = next(index for index, row in enumerate(rows) if row[0] == "Tên")
    return rows[head + 1 :]


def test_the_workbook_holds_the_rows_and_says_what_it_is(client: Client) -> None:
    answer = client.get("/bo-may/bang/don-vi.xlsx?loai=village&sx=ten&ngay=2019-10-09&ho-so=2019-11-22")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head = " ".join(str(sheet.cell(row, 1).value) for row in range(1, 6))
    assert "09/10/2019" in head
    assert "22/11/2019" in head
    assert "DỮ LIỆU MINH HỌA" in head
    assert "mã băm" in head
    assert len(rows_of(answer.content)) == 7


def test_the_chosen_rows_alone_are_exported(client: Client) -> None:
    answer = client.get("/bo-may/bang/don-vi.xlsx?chon=x1v1&chon=x2v3&sx=ten")
    assert [row[0] for row in rows_of(answer.content)] == ["Thôn 1", "Thôn 3"]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@x", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
