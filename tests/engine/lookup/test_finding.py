"""Places found in what people write: one small province with every trap, on any day."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.building import act, day, opened, register_of

from tinhgon.lookup import Converter, Finder, Gazetteer
from tinhgon.registry import events
from tinhgon.registry.state import Register

MERGED, SPLIT, ENDED = day("2019-12-01"), day("2020-03-01"), day("2025-07-01")
TODAY = day("2026-01-01")


@pytest.fixture(scope="module")
def register() -> Register:
    places = [
        opened("dn", "province", title="Tỉnh Đắk Nông"),
        opened("qt", "province", title="Tỉnh Quảng Trị"),
        opened("kn", "district", "dn", title="Huyện Krông Nô"),
        opened("dl", "city", "dn", title="Thành phố Đà Lạt"),
        opened("txqt", "town", "qt", title="Thị xã Quảng Trị"),
        opened("dh", "city", "qt", title="Thành phố Đông Hà"),
        opened("nn", "commune", "kn", title="Xã Nâm Nung"),
        opened("hd", "commune", "kn", title="Xã Hoằng Đông"),
        opened("hdd", "commune", "kn", title="Xã Hoằng Đồng"),
        opened("lat", "commune", "kn", title="Xã Lát"),
        opened("p2a", "ward", "txqt", title="Phường 2"),
        opened("p2b", "ward", "dh", title="Phường 2"),
        opened("t3", "village", "nn", title="Thôn 3"),
        opened("t4", "village", "nn", title="Thôn 4"),
        opened("bp", "village", "nn", title="Bon Pi Nao"),
        opened("t3b", "village", "hd", title="Thôn 3"),
    ]
    new_village = events.Output("tt", "village", "Thôn Tân Tiến", parents={"administrative": "nn"})
    halves = [
        events.Output("e1", "commune", "Xã Đông Một", parents={"administrative": "kn"}),
        events.Output("e2", "commune", "Xã Đông Hai", parents={"administrative": "kn"}),
    ]
    return register_of(
        places,
        act("merge", ["t3", "t4"], [new_village], MERGED),
        act(
            "split",
            ["hdd"],
            halves,
            SPLIT,
            flows=(events.Flow("hdd", "e1", 0.25), events.Flow("hdd", "e2", 0.75)),
        ),
        act("rename", ["lat"], [events.Output("lat", "commune", "Xã Lạc")], SPLIT),
    )


@pytest.fixture(scope="module")
def gazetteer(register: Register) -> Gazetteer:
    return Gazetteer(register, {"dl": ["txdl", "Q9"]})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Xã Nâm Nung, huyện Krông Nô, tỉnh Đắk Nông", {"nn"}),
        ("xa nam nung krong no dak nong", {"nn"}),
        ("X. NÂM NUNG - H. KRÔNG NÔ - T. ĐẮK NÔNG", {"nn"}),
        ("nâm  nung", {"nn"}),
        ("Nâm Nung, Đắk Nông", {"nn"}),
        ("12 Quảng Trị, xã Nâm Nung, Krông Nô", {"nn"}),
        ("thôn 3 xã nâm nung", {"t3"}),
        ("Thôn 03, xã Nâm Nung", {"t3"}),
        ("thôn 3", {"t3", "t3b"}),
        ("bon pi nao", {"bp"}),
        ("P.2, TX Quảng Trị, Quảng Trị", {"p2a"}),
        ("phường 2, Đông Hà, Quảng Trị", {"p2b"}),
        ("phường 2", {"p2a", "p2b"}),
        ("Đà Lạt", {"dl"}),
        ("Q.9", {"dl"}),
        ("Xã Hoằng Đồng, Krông Nô", {"hdd"}),
        ("Xã Hoằng Đông, Krông Nô", {"hd"}),
        ("xa hoang dong", {"hd", "hdd"}),
        ("Xã Lạc", {"lat"}),
        ("xã Lát", {"lat"}),
        ("Tân Tiến", {"tt"}),
        ("Xã Nâm Nug, huyện Krông Nô", {"nn"}),
        ("", set()),
        (",,; ,", set()),
        ('hội nghị" x', set()),
    ],
)
def test_what_is_written_means(gazetteer: Gazetteer, written: str, meant: set[str]) -> None:
    assert {found.unit for found in Finder(gazetteer).find(written)} == meant


def test_decomposed_text_is_the_same_text(gazetteer: Gazetteer) -> None:
    written = unicodedata.normalize("NFD", "Xã Hoằng Đồng, huyện Krông Nô")
    assert [found.unit for found in Finder(gazetteer).find(written)] == ["hdd"]


def test_only_names_of_the_day_are_found(gazetteer: Gazetteer) -> None:
    after = Finder(gazetteer, on=SPLIT)
    assert after.find("xã lát, krông nô")[0].unit == "kn"
    assert [found.unit for found in after.find("xã Lạc")] == ["lat"]
    assert [found.unit for found in Finder(gazetteer, on=day("2016-01-01")).find("xã lát")] == ["lat"]


def test_a_name_nearly_right_is_marked(gazetteer: Gazetteer) -> None:
    [near] = Finder(gazetteer).find("Xã Nâm Nug, huyện Krông Nô")
    [sure] = Finder(gazetteer).find("Xã Nâm Nung, huyện Krông Nô")
    assert near.approximate
    assert not sure.approximate


def test_what_stands_before_the_name_is_the_street(gazetteer: Gazetteer) -> None:
    [found] = Finder(gazetteer).find("Số 5, tổ 2 bon Pi Nao, xã Nâm Nung")
    assert (found.unit, found.street) == ("bp", "Số 5, tổ 2")


def test_a_merged_village_is_its_successor(gazetteer: Gazetteer) -> None:
    conversion = Converter(gazetteer, to=TODAY).convert("Nhà số 7, thôn 4, xã Nâm Nung")
    assert conversion.status == "one"
    assert conversion.text == "Nhà số 7, Thôn Tân Tiến, Xã Nâm Nung, Huyện Krông Nô, Tỉnh Đắk Nông"


def test_a_divided_commune_has_all_its_parts(gazetteer: Gazetteer) -> None:
    conversion = Converter(gazetteer, to=TODAY).convert("Xã Hoằng Đồng")
    assert conversion.status == "divided"
    assert {part.unit: part.share for part in conversion.parts} == {"e1": 0.25, "e2": 0.75}
    assert conversion.text == ""


def test_namesakes_are_all_given(gazetteer: Gazetteer) -> None:
    conversion = Converter(gazetteer, to=TODAY).convert("phường 2")
    assert conversion.status == "several"
    assert {part.unit for part in conversion.parts} == {"p2a", "p2b"}


def test_before_the_act_a_place_is_itself(gazetteer: Gazetteer) -> None:
    conversion = Converter(gazetteer, to=day("2019-01-01")).convert("thôn 4 xã nâm nung")
    assert [part.unit for part in conversion.parts] == ["t4"]


def test_nothing_found_is_said(gazetteer: Gazetteer) -> None:
    assert Converter(gazetteer, to=TODAY).convert("Paris").status == "unknown"


@given(st.text(max_size=80))
def test_any_text_is_answered(gazetteer: Gazetteer, written: str) -> None:
    conversion = Converter(gazetteer, to=TODAY).convert(written)
    assert (conversion.status == "unknown") == (not conversion.found)


@given(
    st.lists(st.sampled_from(["xã", "nâm", "nung", "2", "phường", "đông", "hà", ",", "tỉnh", "quảng", "trị"]))
)
def test_shares_of_a_place_never_exceed_the_whole(gazetteer: Gazetteer, words: list[str]) -> None:
    for _, parts in Converter(gazetteer, to=TODAY).convert(" ".join(words)).found:
        assert sum(part.share or 0 for part in parts) <= 1 + 1e-9
