"""Two days compared: the acts with their documents, which unit became which, and the tree that shows it."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

import openpyxl
import pytest
import story
from django.http import QueryDict
from django.test import Client

from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.comparing import asking, reading
from tinhgon_web.apparatus.comparing.tree import ROW, Tree, tree
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core.asof import AsOf

pytestmark = pytest.mark.django_db
WHOLE = "tu=2018-03-08"


def ask(query: str, on: str = "2019-10-09") -> asking.Ask:
    return asking.read(QueryDict(query), AsOf(on=story.day(on), today=story.END))


def compared(query: str, on: str = "2019-10-09") -> reading.Comparison:
    register = registers.register(registers.head())
    return reading.compare(register, ask(query, on), Scope(None, story.day(on)))


def drawn(query: str) -> Tree:
    found = tree(registers.register(registers.head()), ask(query), compared(query).pairs)
    assert found is not None
    return found


def test_the_acts_between_two_days_are_counted_by_sort() -> None:
    assert compared(WHOLE).counts == {asking.JOINED: 3, asking.MOVED: 1}


def test_an_act_of_the_first_day_is_before_and_one_of_the_second_is_counted() -> None:
    assert compared("tu=2019-03-01", "2019-04-01").counts == {asking.MOVED: 1}
    assert compared("tu=2019-02-28", "2019-03-01").counts == {asking.JOINED: 1}


def test_the_kinds_that_changed_are_counted_on_both_days() -> None:
    villages = next(one for one in compared(WHOLE).by_kind if one.kind.code == "village")
    assert (villages.before, villages.came, villages.went, villages.after) == (8, 0, 1, 7)


def test_what_went_into_what_is_told_without_what_stayed() -> None:
    pairs = {(row.source, row.target) for row in compared(WHOLE).pairs}
    assert ("x1v2", "x1v1") in pairs
    assert ("x1v1", "x1v1") in pairs
    assert ("p3", "p3") in pairs
    assert not any(source == "x2v1" for source, _target in pairs)


def test_acts_stand_under_their_documents(client: Client) -> None:
    text = client.get(f"/bo-may/so-sanh/?{WHOLE}").text
    assert text.index("101/QĐ-UBND") < text.index("202/QĐ-UBND")
    assert "Nhập Thôn 2 vào Thôn 1" in text


def test_one_sort_of_change_can_be_asked_for(client: Client) -> None:
    text = client.get(f"/bo-may/so-sanh/?{WHOLE}&loai=chuyen").text
    assert "Nhập Thôn 2 vào Thôn 1" not in text
    assert text.count('id="dong-') == 1


def test_a_place_has_its_own_changes() -> None:
    assert compared(f"{WHOLE}&noi=x1").counts == {asking.JOINED: 1}
    assert compared(f"{WHOLE}&noi=x2").counts == {}


def test_the_tree_sets_what_joins_beside_what_it_becomes() -> None:
    found = drawn(f"{WHOLE}&noi=x1")
    before = {box.unit: box for box in found.before if not box.is_head}
    [after] = [box for box in found.after if not box.is_head]
    assert {unit: box.fate for unit, box in before.items()} == {"x1v1": "stays", "x1v2": "joins"}
    assert after.fate == "grown"
    assert 2 * after.y == before["x1v1"].y + before["x1v2"].y
    assert {(link.fate, link.target) for link in found.links} == {("stays", "x1v1"), ("joins", "x1v1")}


def test_no_two_boxes_of_a_side_overlap() -> None:
    found = drawn(WHOLE)
    for side in (found.before, found.after):
        tops = sorted(box.y for box in side if not box.is_head)
        assert all(later - earlier >= ROW for earlier, later in itertools.pairwise(tops))


def test_two_equal_situations_teach_what_to_try(client: Client) -> None:
    text = client.get("/bo-may/so-sanh/?tu=2019-09-30").text
    assert "không có gì thay đổi" in text


@pytest.mark.parametrize("query", ["tu=mai", "tu=2030-01-01", "noi=khong-co", "loai=x&cap=y"])
def test_what_makes_no_sense_is_passed_over(client: Client, query: str) -> None:
    assert client.get(f"/bo-may/so-sanh/?{query}").status_code == 200


def test_a_role_over_a_place_sees_its_changes_alone(client_as: Callable[..., Client]) -> None:
    text = client_as("viewer", "x1").get(f"/bo-may/so-sanh/?{WHOLE}").text
    assert "Thôn 2" in text
    assert "Phòng Cán bộ" not in text


def test_the_workbook_tells_acts_and_units(client: Client) -> None:
    answer = client.get(f"/bo-may/so-sanh/so-sanh.xlsx?{WHOLE}&ngay=2019-10-09")
    acts, pairs = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    told = [cell for row in acts.iter_rows(values_only=True) for cell in row]
    assert "202/QĐ-UBND" in told
    assert "Điều 1" in told
    assert any("08/03/2018" in str(cell) for cell in told)
    assert [row[0] for row in pairs.iter_rows(values_only=True)].count("Thôn 2") == 1
