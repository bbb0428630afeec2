"""The organisation chart, and the tree that shows where a unit stands."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tinhgon_web.apparatus.chart.layout import HEIGHT, WIDTH, chart, wrapped
from tinhgon_web.apparatus.chart.reading import Node

pytestmark = pytest.mark.django_db
_numbers = itertools.count()


def node(children: list[Node]) -> Node:
    return Node(f"u{next(_numbers)}", "Phòng Tổ chức", "division", children)


TREES = st.recursive(
    st.builds(lambda: node([])), lambda under: st.lists(under, max_size=14).map(node), max_leaves=60
)


@given(tree=TREES)
def test_no_two_boxes_overlap_and_all_are_inside(tree: Node) -> None:
    drawn = chart(tree)
    assert len(drawn.boxes) == tree.size
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - WIDTH
        assert 0 <= box.y <= drawn.height - HEIGHT
    for one, other in itertools.combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


def test_a_long_name_takes_three_lines_at_most() -> None:
    lines = wrapped(
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Đắk Mil tỉnh Đắk Nông thuộc tỉnh"
    )
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_the_chart_leads_to_units_and_deeper(client: Client) -> None:
    text = client.get("/bo-may/so-do/?goc=h&sau=1").text
    assert "/bo-may/don-vi/x1/" in text
    assert "goc=x1" in text
    assert "/bo-may/don-vi/x1v1/" not in text
    assert "/bo-may/don-vi/x1v1/" in client.get("/bo-may/so-do/?goc=h&sau=2").text


def test_the_file_stands_alone(client: Client) -> None:
    answer = client.get("/bo-may/so-do/so-do.svg?goc=h&he=")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "href" not in answer.text


def test_the_party_has_its_own_chart(client: Client) -> None:
    text = client.get("/bo-may/so-do/?he=dang").text
    assert "Huyện ủy Đắk Mẫu" in text
    assert "Sở Nội vụ" not in text


@pytest.mark.parametrize(
    ("query", "status"), [("sau=x", 200), ("sau=99", 200), ("goc=khong-co", 404), ("goc=%00", 400)]
)
def test_what_makes_no_sense(client: Client, query: str, status: int) -> None:
    assert client.get(f"/bo-may/so-do/?{query}").status_code == status


def test_the_chart_holds_what_the_role_covers(client_as: Callable[..., Client]) -> None:
    client = client_as("viewer", "x1")
    assert client.get("/bo-may/so-do/?goc=x2").status_code == 403
    text = client.get("/bo-may/so-do/?sau=4").text
    assert "Xã Đắk 1" in text
    assert "Xã Đắk 2" not in text


def test_a_unit_is_shown_where_it_stands_in_the_tree(client: Client) -> None:
    text = client.get("/bo-may/?hien=x1v3").text
    assert 'data-unit="x1v3" aria-current="true"' in text
    assert "hien=x1v3" in client.get("/bo-may/?q=thon+3").text


def test_a_unit_outside_the_scope_is_not_shown_in_the_tree(client_as: Callable[..., Client]) -> None:
    assert 'data-unit="x2v3"' not in client_as("viewer", "x1").get("/bo-may/?hien=x2v3").text
