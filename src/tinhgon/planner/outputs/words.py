"""The words of a plan's papers and maps, in Vietnamese as an official writes it and in English."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tinhgon.planner.forms import LAW, MAX_P_RENAMED, is_max_p, target_of
from tinhgon.registry.kinds import KINDS, MEASURES
from tinhgon.rules.findings import number_en, number_vi
from tinhgon.rules.parameters import exact

LANGUAGES = ("vi", "en")

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Phương án sắp xếp đơn vị", "Plan for merging units"),
    "before": ("Trước sắp xếp", "Before"),
    "after": ("Sau sắp xếp", "After"),
    "number": ("STT", "No."),
    "parent": ("Đơn vị cấp trên", "Parent"),
    "unit": ("Đơn vị", "Unit"),
    "kind": ("Loại", "Kind"),
    "band": ("Diện", "Standing"),
    "must": ("Phải sắp xếp", "Must merge"),
    "may": ("Khuyến khích", "May merge"),
    "meets": ("Đạt tiêu chuẩn", "Meets the standard"),
    "kept": ("Giữ nguyên", "Kept"),
    "merged": ("Nhập", "Merged"),
    "below": ("Chưa đạt", "Below the standard"),
    "seat": ("Trụ sở đặt tại", "Seat"),
    "new_name": ("Tên dự kiến", "Proposed name"),
    "reason": ("Lý do", "Reason"),
    "standard": ("Tiêu chuẩn", "Standard"),
    "share": ("Tỷ lệ (%)", "Share (%)"),
    "units_before": ("Số đơn vị trước sắp xếp", "Units before"),
    "units_must": ("Trong đó phải sắp xếp", "Of which must merge"),
    "units_after": ("Số đơn vị sau sắp xếp", "Units after"),
    "fewer": ("Giảm", "Fewer"),
    "fewer_share": ("Tỷ lệ giảm (%)", "Fewer (%)"),
    "violations": ("Còn dưới tiêu chuẩn", "Left below the standard"),
    "renamed": ("Số dân ở đơn vị đổi tên", "Residents whose unit changes its name"),
    "total": ("Tổng cộng", "Total"),
    "none": ("Không có", "None"),
    "proven": ("Đã chứng minh tốt nhất", "Proven best"),
    "proof": ("Chứng minh", "Proof"),
    "not_proven": ("Chưa chứng minh", "Not proven"),
    "interrupted": (
        "Bị dừng giữa chừng: phần chưa giải là phương án tạm",
        "Interrupted: what was not solved is provisional",
    ),
    "synthetic": ("Dữ liệu minh họa", "Synthetic data"),
    "unverified": ("có giá trị chưa đối chiếu văn bản", "with values not checked against the text"),
    "borders": ("Ranh giới liền kề đã dùng", "Neighbours used"),
    "bound": ("Cận chứng minh", "Proven bound"),
    "defects": ("Dữ liệu cần xem lại", "Rows to look at"),
    "waived": ("không xét", "waived"),
}


def word(key: str, language: str) -> str:
    """One of the words above in "vi" or "en"."""
    return WORDS[key][LANGUAGES.index(language)]


def measure_name(measure: str, language: str) -> str:
    """The name of a measure with its unit; a column unknown to the register keeps its own name.

    >>> measure_name("area_km2", "vi")
    'diện tích tự nhiên (km²)'
    """
    if measure not in MEASURES:
        return measure
    vi, en, unit = MEASURES[measure]
    name = vi if language == "vi" else en
    return f"{name} ({unit})" if measure == "area_km2" else name


def kind_name(kind: str, language: str) -> str:
    """The word for a kind of the register; a kind written otherwise keeps its own word.

    >>> kind_name("village", "vi"), kind_name("buôn", "vi")
    ('thôn', 'buôn')
    """
    known = KINDS.get(kind)
    return kind if known is None else known.vi if language == "vi" else known.en


def number(value: float, language: str) -> str:
    """A number as the language writes it, with at most two decimals, cut and not rounded.

    >>> number(1234.5, "vi"), number(1234.5, "en")
    ('1.234,5', '1,234.5')
    """
    tidy = exact(float(f"{value:.9g}")) if not float(value).is_integer() else int(value)
    return number_vi(tidy) if language == "vi" else number_en(tidy)


def percent(ratio: float, language: str) -> str:
    """A share as a percentage; infinite where no standard is examined.

    >>> percent(0.425, "vi"), percent(float("inf"), "vi")
    ('42,5 %', 'không xét')
    """
    if math.isinf(ratio):
        return word("waived", language)
    return number(ratio * 100, language) + (" %" if language == "vi" else "%")


def question(form: str, language: str) -> str:
    """What a form of the question asks, in a clause."""
    if form == LAW:
        return (
            "ít đơn vị vi phạm nhất, rồi bỏ ít đơn vị nhất, rồi ít người đổi tên đơn vị nhất"
            if language == "vi"
            else "fewest units in violation, then fewest abolished, then fewest residents renamed"
        )
    if is_max_p(form):
        most = ("nhiều đơn vị đạt tiêu chuẩn nhất", "the most units that all meet the standard")
        then = (", rồi ít người đổi tên đơn vị nhất", ", then fewest residents renamed")
        at = LANGUAGES.index(language)
        return most[at] + (then[at] if form == MAX_P_RENAMED else "")
    if language == "vi":
        return f"còn {target_of(form)} đơn vị, ít đơn vị vi phạm nhất, rồi ít người đổi tên đơn vị nhất"
    return f"{target_of(form)} units in all, fewest in violation, then fewest residents renamed"
