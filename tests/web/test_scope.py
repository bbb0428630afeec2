"""What a role over a part of the tree covers, on which day, and what its pages then show."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
import story
from django.core.exceptions import PermissionDenied
from django.test import Client

from tinhgon_web.apparatus.models import JournalEntry, UnitSpan
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core.roles import Right

pytestmark = pytest.mark.django_db
BEFORE, AFTER = dt.date(2019, 2, 28), dt.date(2019, 3, 1)
"""Village x1v2 went into x1v1 on the second."""


def test_a_place_covers_what_stands_under_it() -> None:
    units = Scope(["x1"], BEFORE).units
    assert units == {"x1", "x1v1", "x1v2", "x1v3", "x1v4"}
    assert Scope(["h"], BEFORE).units > units
    assert not Scope(["x1"], BEFORE).holds("x2v1")


def test_the_whole_register_is_covered_without_asking(
    django_assert_num_queries: Callable[..., object],
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]  # a context manager
        assert Scope(None, BEFORE).holds("x2v1")


def test_both_hierarchies_lead_down() -> None:
    assert Scope(["tu"], story.START).holds("hu")


def test_a_unit_is_covered_where_it_stood_on_the_day() -> None:
    assert Scope(["snv"], dt.date(2019, 3, 31)).holds("p3")
    assert not Scope(["snv"], dt.date(2019, 4, 1)).holds("p3")
    assert Scope(["tu"], dt.date(2019, 4, 1)).holds("p3")


def test_a_closed_unit_stands_where_it_last_stood() -> None:
    assert Scope(["x1"], dt.date(2020, 1, 1)).holds("x1v2")


def test_reading_goes_on_into_what_a_place_became_and_back_to_what_it_was_made_of() -> None:
    assert Scope(["x1v2"], AFTER).units == {"x1v1", "x1v2"}
    assert Scope(["x1v1"], AFTER).units == {"x1v1", "x1v2"}


def test_writing_does_not_pass_to_a_successor() -> None:
    assert Scope(["x1v2"], AFTER, Right.EDIT).units == {"x1v2"}


def test_nobody_without_a_grant_covers_anything() -> None:
    assert Scope([], BEFORE).units == frozenset()
    assert not UnitSpan.objects.filter(Scope([], BEFORE).about("unit")).exists()


def test_what_lies_outside_is_refused() -> None:
    with pytest.raises(PermissionDenied, match="phạm vi"):
        Scope(["x1"], BEFORE).check("x2")


def test_a_query_is_limited_as_the_set_is() -> None:
    scope = Scope(["x1"], BEFORE)
    found = UnitSpan.objects.filter(scope.about("unit")).values_list("unit", flat=True)
    assert set(found) == scope.units


def test_the_tree_shows_the_way_and_the_place(client_as: Callable[..., Client]) -> None:
    text = client_as("viewer", "x1").get("/bo-may/?ngay=2019-02-28").text
    shown = set(re.findall(r'data-unit="(\w+)"', text))
    assert shown == {"t", "h", "x1"}
    links = set(re.findall(r'href="/bo-may/don-vi/(\w+)/', text))
    assert links == {"x1"}, "the way there is named, not opened"


def test_a_branch_outside_is_refused(client_as: Callable[..., Client]) -> None:
    client = client_as("viewer", "x1")
    assert client.get("/bo-may/nhanh/x2/").status_code == 403
    assert "Xã Đắk 2" not in client.get("/bo-may/nhanh/h/").text


def test_the_totals_are_those_of_the_place(client_as: Callable[..., Client]) -> None:
    text = client_as("viewer", "x1").get("/bo-may/?ngay=2019-02-28").text
    assert re.search(r"Thôn</th><td class=\"n\">4<", text)
    assert "Huyện</th>" not in text


@pytest.mark.parametrize("known", ["", "&ho-so=2019-11-22"])
def test_a_search_finds_only_what_is_covered(client_as: Callable[..., Client], known: str) -> None:
    text = client_as("viewer", "x1").get(f"/bo-may/tim/?q=thon{known}").text
    found = set(re.findall(r'href="/bo-may/don-vi/(\w+)/', text))
    assert found == {"x1v1", "x1v3", "x1v4"}


def test_the_journal_lists_only_entries_about_the_place(client_as: Callable[..., Client]) -> None:
    client = client_as("viewer", "x1")
    shown = {int(seq) for seq in re.findall(r'id="dong-(\d+)"', client.get("/bo-may/nhat-ky/").text)}
    about = JournalEntry.objects.filter(Scope(["x1"], story.END).entries("seq"), effective_on__lte=story.END)
    assert shown == set(about.values_list("seq", flat=True))
    assert 0 < len(shown) < JournalEntry.objects.count()
    outside = JournalEntry.objects.exclude(seq__in=shown).first()
    assert outside is not None
    assert client.get(f"/bo-may/nhat-ky/{outside.seq}/").status_code == 403
    assert client.get(f"/bo-may/nhat-ky/{min(shown)}/").status_code == 200


def test_documents_are_those_of_the_place_and_what_they_carry_out(client_as: Callable[..., Client]) -> None:
    client = client_as("viewer", "x1")
    text = client.get("/van-ban/").text
    assert {"202/QĐ-UBND", "26-CTr/TU"} <= set(re.findall(r">([^<>]+)</a></th>", text))
    assert "101/QĐ-UBND" not in text, "it reorganises divisions of the province"
    assert client.get("/van-ban/qd1/").status_code == 403
    assert client.get("/van-ban/qd2/").status_code == 200


def test_figures_are_those_of_the_place(client_as: Callable[..., Client]) -> None:
    client = client_as("viewer", "x1")
    text = client.get("/so-ket/").text
    assert "Review" not in text
    assert "Sơ kết sắp xếp: Xã Đắk 1" in text or "Xã Đắk 1</h1>" in text
    assert "<b>−2</b>" in client_as("viewer").get("/so-ket/commune_part_time/").text
    assert "<b>−1</b>" in client.get("/so-ket/commune_part_time/").text


def test_an_export_is_of_the_place(client_as: Callable[..., Client]) -> None:
    def lines(client: Client) -> list[dict[str, str]]:
        text = client.get("/so-ket/commune_part_time.csv").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    assert len(lines(client_as("viewer"))) == 2
    assert len(lines(client_as("viewer", "x1"))) == 1


def test_figures_of_another_place_are_refused(client_as: Callable[..., Client]) -> None:
    client = client_as("viewer", "x1")
    for address in ("/so-ket/?noi=x2", "/so-ket/divisions/?noi=t", "/so-ket/divisions.csv?noi=t"):
        assert client.get(address).status_code == 403
    assert client.get("/so-ket/?noi=x1v1").status_code == 200
