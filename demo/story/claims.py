"""Numbers that reports gave: those of the review, and others that differ, to be held against the computed ones."""

from __future__ import annotations

from tinhgon.registry import events

from . import parameters
from .book import Basis, Book, days, moment
from .sources import CTR26

_CLAIMS = (
    (
        "BC/TU",
        "Ban Thường vụ Tỉnh ủy Đắk Nông",
        "Sơ kết 2 năm thực hiện Chương trình hành động số 26-CTr/TU và số 30-CTr/TU",
        {
            "provincial_focal_points": -3,
            "divisions": -81,
            "division_leaders": -118,
            "villages_obliged": 171,
            "villages_forecast": -76,
            "commune_part_time": -301,
            "village_part_time": -1875,
            "public_service_units": -60,
            "public_service_heads": -60,
            "districts_service_units_done": 8,
        },
    ),
    (
        "BC/SNV",
        "Sở Nội vụ tỉnh Đắk Nông",
        "Kết quả sắp xếp tổ chức bộ máy đến tháng 9 năm 2019",
        {"divisions": -79, "villages_obliged": 173},
    ),
    (
        "BC/STC",
        "Sở Tài chính tỉnh Đắk Nông",
        "Kinh phí chi trả người hoạt động không chuyên trách",
        {"village_part_time": -1857},
    ),
)
_ABOUT = "division_leaders"
"""What the review reports with "about"."""


def tell(book: Book) -> None:
    """Write the claims, recorded during the conference."""
    for series, issuer, title, numbers in _CLAIMS:
        document = book.papers.decide(series, issuer, title, parameters.WINDOW_TO - days(4), CTR26)
        at = moment(parameters.WINDOW_TO, 8)
        for clause, (indicator, value) in enumerate(numbers.items(), 1):
            basis = Basis(document, f"Phần I, ý {clause}", parameters.WINDOW_TO, at, None, "u-09")
            book.add(
                basis,
                events.ClaimMade,
                indicator=indicator,
                value=value,
                start=parameters.WINDOW_FROM,
                end=parameters.WINDOW_TO,
                approximate=indicator == _ABOUT,
            )
