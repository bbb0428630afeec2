"""Addresses of before July 2025 on the day after the reform, and hard cases of addresses as people write them.

Right answers: the package `vietnamadminunits` (its mapping of old communes to new ones), read through
`tinhgon.sources`; where a case is a known trap, its source stands beside it.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tinhgon.lookup import Converter, Gazetteer
from tinhgon.registry.fold import fold
from tinhgon.sources import vietnam2025, vietnam2025_names

BEFORE = vietnam2025.EFFECTIVE - dt.timedelta(1)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    try:
        data = vietnam2025.find_data()
    except vietnam2025.UnableToFindPackage as missing:
        pytest.skip(str(missing))
    register = fold(enumerate(vietnam2025.events_of(vietnam2025.read_reform(data)), 1))
    return Gazetteer(register, vietnam2025_names.former_names(data))


@pytest.mark.parametrize(
    ("written", "units"),
    [
        # the example of the package's own page: a divided ward, of which the package picks one by an outside service
        ("70 nguyễn sỹ sách, p.15, q.tân bình, tp.hcm", {"Phường Tân Bình", "Phường Tân Sơn"}),
        # a district with the name of a province (a comment in the package's parser tells of this mistake)
        ("Xã Tân Bắc, Huyện Quang Bình, Tỉnh Hà Giang", {"Xã Tân Trịnh"}),
        # a street with a place's name
        ("12 Điện Biên Phủ, Phường Hàng Bạc, Hoàn Kiếm, Hà Nội", {"Phường Hoàn Kiếm"}),
        # the tone put the old way and the new way
        ("Phường Hoà Hải, quận Ngũ Hành Sơn, Đà Nẵng", {"Phường Ngũ Hành Sơn"}),
        ("Phường Hòa Hải, quận Ngũ Hành Sơn, Đà Nẵng", {"Phường Ngũ Hành Sơn"}),
        # the old commune with the new province, as papers issued in between say
        ("Xã Nâm Nung, tỉnh Lâm Đồng", {"Xã Nâm Nung"}),
        # without the district
        ("thị trấn Đắk Mil, Đắk Nông", {"Xã Đức Lập"}),
        ("TT Đăk Mil, H. Đăk Mil, T. Đăk Nông", {"Xã Đức Lập"}),
        # an island district that had no communes
        ("Huyện Côn Đảo, Bà Rịa - Vũng Tàu", {"Đặc khu Côn Đảo"}),
        # a district that ended before, known under its old number
        ("Phường Thảo Điền, Q.2, TPHCM", {"Phường An Khánh"}),
        # spaces that are not spaces, invisible marks, capitals
        ("XÃ NÂM\u00a0NUNG,\u200b HUYỆN KRÔNG NÔ", {"Xã Nâm Nung"}),
    ],
)
def test_hard_cases(gazetteer: Gazetteer, written: str, units: set[str]) -> None:
    converter = Converter(gazetteer, to=vietnam2025.EFFECTIVE)
    assert {part.title for part in converter.convert(written).parts} == units


def test_namesakes_without_marks_are_all_given(gazetteer: Gazetteer) -> None:
    """Two communes of one district differ by their marks alone; the package answers with one of them."""
    converter = Converter(gazetteer, to=vietnam2025.EFFECTIVE, on=BEFORE)
    folded = converter.convert("xa nam can, huyen ky son, tinh nghe an")
    marked = converter.convert("Xã Nậm Càn, huyện Kỳ Sơn, tỉnh Nghệ An")
    assert (folded.status, len(folded.found)) == ("several", 2)
    assert marked.status == "one"
    assert marked.parts[0].unit in {part.unit for part in folded.parts}


def test_a_district_that_ended_is_where_its_communes_are(gazetteer: Gazetteer) -> None:
    conversion = Converter(gazetteer, to=vietnam2025.EFFECTIVE).convert("huyện Đắk R'Lấp, Đắk Nông")
    assert conversion.status == "divided"
    assert {part.title for part in conversion.parts} >= {"Xã Kiến Đức", "Xã Nhân Cơ"}
    assert {part.share for part in conversion.parts} == {None}
