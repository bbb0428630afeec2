"""The words of the register: kinds of unit, acts of reorganisation, roles of posts, measures.

A kind says to which family a unit belongs; a reorganisation never crosses families. Where a unit stands
(province, district or commune level) is not part of its kind: it follows from its place in the tree.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

ADMINISTRATIVE = "administrative"
PARTY = "party"
HIERARCHIES = (ADMINISTRATIVE, PARTY)


@attrs.frozen(slots=True)
class Kind:
    """A kind of unit: its code, family, block of the political system and names."""

    code: str
    family: str
    block: str
    vi: str
    en: str


_KINDS = (
    Kind("province", "province", "territory", "tỉnh", "province"),
    Kind("central_city", "province", "territory", "thành phố trực thuộc trung ương", "city under the centre"),
    Kind("district", "district", "territory", "huyện", "district"),
    Kind("urban_district", "district", "territory", "quận", "urban district"),
    Kind("town", "district", "territory", "thị xã", "town"),
    Kind("city", "district", "territory", "thành phố", "provincial city"),
    Kind("commune", "commune", "territory", "xã", "commune"),
    Kind("ward", "commune", "territory", "phường", "ward"),
    Kind("township", "commune", "territory", "thị trấn", "township"),
    Kind("special_zone", "commune", "territory", "đặc khu", "special zone"),
    Kind("village", "village", "territory", "thôn", "village"),
    Kind("residential_group", "village", "territory", "tổ dân phố", "residential group"),
    Kind("party_committee", "organisation", "party", "cấp ủy", "Party committee"),
    Kind("party_body", "organisation", "party", "cơ quan tham mưu của cấp ủy", "Party advisory body"),
    Kind("party_cell", "organisation", "party", "chi bộ", "Party cell"),
    Kind("council", "organisation", "state", "Hội đồng nhân dân", "People's Council"),
    Kind("committee", "organisation", "state", "Ủy ban nhân dân", "People's Committee"),
    Kind("department", "organisation", "state", "sở và tương đương", "department"),
    Kind("district_office", "organisation", "state", "cơ quan chuyên môn cấp huyện", "district office"),
    Kind("front_body", "organisation", "front", "Mặt trận Tổ quốc", "Fatherland Front"),
    Kind("mass_organisation", "organisation", "front", "đoàn thể", "mass organisation"),
    Kind("division", "organisation", "state", "phòng", "division"),
    Kind("board", "organisation", "state", "ban thuộc sở", "board"),
    Kind("sub_department", "organisation", "state", "chi cục", "sub-department"),
    Kind(
        "public_service_unit", "organisation", "service", "đơn vị sự nghiệp công lập", "public service unit"
    ),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _KINDS}
FAMILY: Mapping[str, str] = {kind.code: kind.family for kind in _KINDS}
STANDS_UNDER: Mapping[str, frozenset[str]] = {
    "province": frozenset(),
    "district": frozenset({"province"}),
    "commune": frozenset({"province", "district"}),  # since 1 July 2025 there is no district level
    "village": frozenset(
        {"commune", "district"}
    ),  # island districts without communes have villages of their own
}
"""Family of a territory -> families it may stand under in the administrative hierarchy; others stand anywhere."""
TERRITORIES = frozenset(kind.code for kind in _KINDS if kind.block == "territory")
SPECIAL_ZONE = "special_zone"
VILLAGE_KINDS = frozenset({"village", "residential_group"})
COMMUNE_KINDS = frozenset({"commune", "ward", "township", "special_zone"})
DISTRICT_KINDS = frozenset({"district", "urban_district", "town", "city"})
PROVINCE_KINDS = frozenset({"province", "central_city"})
DIVISION_KINDS = frozenset({"division", "board", "sub_department"})


@attrs.frozen(slots=True)
class Act:
    """A label over the general n -> m reorganisation, with how many units may go in and come out.

    `survivors` says which outputs were inputs: "all" (the act changes units that go on), "none" (all
    outputs are new), "one" (the single output is one of the inputs) or "any".
    """

    code: str
    inputs: tuple[int, int | None]
    outputs: tuple[int, int | None]
    survivors: str
    vi: str
    en: str


_ACTS = (
    Act("merge", (2, None), (1, 1), "none", "sáp nhập, hợp nhất", "merge"),
    Act("absorb", (2, None), (1, 1), "one", "nhập vào", "absorb"),
    Act("split", (1, 1), (2, None), "any", "chia, tách", "split"),
    Act("dissolve", (1, None), (0, 0), "none", "giải thể", "dissolve"),
    Act("transfer", (2, None), (2, None), "all", "điều chỉnh một phần", "transfer a part"),
    Act("rename", (1, 1), (1, 1), "all", "đổi tên", "rename"),
    Act("convert", (1, 1), (1, 1), "all", "chuyển đổi loại", "convert"),
    Act("rearrange", (1, None), (1, None), "any", "sắp xếp", "rearrange"),
)
ACTS: Mapping[str, Act] = {act.code: act for act in _ACTS}

HEAD, DEPUTY, PART_TIME, MEMBER = "head", "deputy", "part_time", "member"
SECRETARY, DEPUTY_SECRETARY, CHAIR, VICE_CHAIR = "secretary", "deputy_secretary", "chair", "vice_chair"
ROLES: Mapping[str, tuple[str, str]] = {
    HEAD: ("cấp trưởng", "head"),
    DEPUTY: ("cấp phó", "deputy"),
    SECRETARY: ("bí thư", "secretary"),
    DEPUTY_SECRETARY: ("phó bí thư", "deputy secretary"),
    CHAIR: ("chủ tịch", "chair"),
    VICE_CHAIR: ("phó chủ tịch", "vice-chair"),
    PART_TIME: ("người hoạt động không chuyên trách", "part-time post"),
    MEMBER: ("công chức, viên chức", "staff"),
}

MEASURES: Mapping[str, tuple[str, str, str]] = {
    "households": ("số hộ gia đình", "households", "hộ"),
    "population": ("quy mô dân số", "population", "người"),
    "area_km2": ("diện tích tự nhiên", "natural area", "km²"),
}
"""Measure code -> (Vietnamese name, English name, printed unit). All of them add up when units merge."""
COUNTS = frozenset({"households", "population"})
"""Measures that are whole numbers."""

HEADCOUNTS: Mapping[str, tuple[str, str]] = {
    "cadre": ("cán bộ", "elected cadre"),
    "civil_servant": ("công chức", "civil servant"),
    "public_employee": ("viên chức", "public employee"),
    "contract": ("hợp đồng lao động", "labour contract"),
    "part_time": ("người hoạt động không chuyên trách", "part-time"),
}

FAMILIES: Mapping[str, tuple[str, str]] = {
    "province": ("tỉnh", "province"),
    "district": ("cấp huyện", "district"),
    "commune": ("cấp xã", "commune"),
    "village": ("thôn, tổ dân phố", "village"),
    "organisation": ("cơ quan, tổ chức", "organisation"),
}

EVENT_NAMES: Mapping[str, tuple[str, str]] = {
    "unit_opened": ("ghi nhận đơn vị", "unit opened"),
    "fact_changed": ("đổi mã, thuộc tính", "fact changed"),
    "unit_moved": ("đổi cấp trên", "unit moved"),
    "measure_recorded": ("số liệu đo đếm", "measure recorded"),
    "headcount_recorded": ("biên chế", "headcount recorded"),
    "posts_opened": ("mở chức danh", "posts opened"),
    "posts_closed": ("chấm dứt chức danh", "posts closed"),
    "holding_started": ("nhận chức danh", "holding started"),
    "holding_ended": ("thôi chức danh", "holding ended"),
    "reorganised": ("sắp xếp", "reorganised"),
    "proposed": ("đề xuất", "proposed"),
    "proposal_withdrawn": ("rút đề xuất", "proposal withdrawn"),
    "claim_made": ("số báo cáo", "claim made"),
    "corrected": ("đính chính", "corrected"),
    "annulled": ("hủy", "annulled"),
    "deduplicated": ("gộp bản trùng", "deduplicated"),
}
"""Event -> (Vietnamese name, English name), for lists and refusals."""
