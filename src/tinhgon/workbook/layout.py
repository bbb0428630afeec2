"""The sheets and columns of the workbook: one description for the template and for the reading."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tinhgon.registry import kinds

ATTRIBUTE_PREFIX = "Thuộc tính: "
NOTES_PREFIX = "Ghi chú"
GUIDE, LISTS = "Hướng dẫn", "Danh mục"


@attrs.frozen(slots=True)
class Column:
    """A column: the field it fills, its header, how its cells are read (`cells.READERS`), and its help."""

    field: str
    header: str
    type: str = "text"
    required: bool = False
    help: str = ""
    choices: Mapping[str, str] = attrs.field(factory=dict)
    """What is printed -> what is recorded."""


@attrs.frozen(slots=True)
class Sheet:
    """A sheet: its columns, the fields that identify a row, and example rows (field -> value as typed)."""

    name: str
    help: str
    columns: tuple[Column, ...]
    unique: str = ""
    attributes: bool = False
    examples: tuple[Mapping[str, object], ...] = ()


def _choices(names: Mapping[str, str]) -> Mapping[str, str]:
    return {vietnamese: code for code, vietnamese in names.items()}


KIND = _choices({code: kind.vi for code, kind in kinds.KINDS.items()})
ROLE = _choices({code: names[0] for code, names in kinds.ROLES.items()})
HEADCOUNT = _choices({code: names[0] for code, names in kinds.HEADCOUNTS.items()})
ACT = _choices({code: act.vi for code, act in kinds.ACTS.items()})
CHANGE = {
    "đổi mã số": "code",
    "đổi thuộc tính": "attribute",
    "di chuyển sang cấp trên mới": "move",
    "di chuyển về Đảng": "move_party",
    "đóng chức danh": "post_closed",
    "thôi giữ chức danh": "holding_ended",
}
PLACEMENT = {
    "đơn vị trực thuộc": "child",
    "chức danh": "post",
    "chức danh mới": "new_post",
    "người giữ chức danh": "holder",
    "biên chế": "headcount",
}

REGION = {
    "trung du, miền núi phía Bắc": "north_mountain",
    "đồng bằng sông Hồng": "red_river",
    "Hà Nội": "ha_noi",
    "miền Trung": "centre",
    "Tây Nguyên": "tay_nguyen",
    "miền Nam": "south",
    "Thành phố Hồ Chí Minh": "ho_chi_minh",
}
_YES_NO = {"có": "yes", "không": "no"}


def _attribute(
    name: str, header: str, help_: str, choices: Mapping[str, str] | None = None, type_: str = "choice"
) -> Column:
    return Column(ATTRIBUTE_PREFIX + name, header, type_, False, help_, choices or {})


_ATTRIBUTES = (
    _attribute("region", "Vùng", "Vùng của tỉnh, để tra tiêu chuẩn thôn.", REGION),
    _attribute("mountain", "Miền núi", "Của tỉnh hoặc xã.", _YES_NO),
    _attribute("border", "Biên giới", "Của xã.", _YES_NO),
    _attribute("island", "Hải đảo", "Của xã.", _YES_NO),
    _attribute("special", "Đặc thù", "Của thôn: địa hình chia cắt, tái định cư…", _YES_NO),
    _attribute("function", "Chức năng", "Mã chức năng của cơ quan, ví dụ organisation.", type_="id"),
    _attribute("sector", "Lĩnh vực", "Mã lĩnh vực của đơn vị sự nghiệp, ví dụ education.", type_="id"),
    _attribute(
        "autonomy", "Nhóm tự chủ", "Nhóm tự chủ tài chính của đơn vị sự nghiệp: 1 đến 4.", type_="text"
    ),
)

_UNIT = Column("unit", "Đơn vị", "id", True, "Mã định danh của đơn vị (trang Đơn vị).")
_SOURCE = (
    Column("effective_on", "Từ ngày", "date", True, "Ngày có hiệu lực, ghi ngày/tháng/năm: 8/3/2018."),
    Column("document", "Văn bản", "id", True, "Mã văn bản ở trang Văn bản, hoặc văn bản đã có trong sổ."),
    Column("clause", "Điều khoản", "text", False, "Điều, khoản hoặc phụ lục, ví dụ: Điều 1."),
    Column("signed_on", "Ngày ký", "date", False, "Ngày ký văn bản, nếu khác ngày hiệu lực."),
    Column("approximate", "Ước lượng", "flag", False, "Ghi 'có' khi văn bản nói 'khoảng'.", {"có": "yes"}),
)
_DECIDED = {"effective_on": "1/1/2018", "document": "vd-qd-1", "clause": "Điều 1"}

DOCUMENTS = Sheet(
    "Văn bản",
    "Mọi số liệu phải dẫn một văn bản. Mỗi dòng một văn bản.",
    (
        Column("id", "Mã văn bản", "id", True, "Mã ngắn, tự đặt, không đổi: qd-158-2019."),
        Column("number", "Số, ký hiệu", "text", True, "Như in trên văn bản: 158/QĐ-UBND."),
        Column("type", "Loại văn bản", "text", True, "Nghị quyết, quyết định, chương trình, báo cáo…"),
        Column("issuer", "Cơ quan ban hành", "text", True),
        Column("title", "Trích yếu", "text", True),
        Column("signed_on", "Ngày ký", "date"),
        Column("effective_on", "Ngày hiệu lực", "date"),
        Column("carries_out", "Thực hiện văn bản", "ids", False, "Mã các văn bản, cách nhau bằng dấu ;"),
        Column("synthetic", "Giả định", "flag", False, "Ghi 'có' khi là văn bản giả định.", {"có": "yes"}),
        Column(
            "amends", "Sửa đổi văn bản", "ids", False, "Mã các văn bản được sửa đổi, cách nhau bằng dấu ;"
        ),
    ),
    unique="id",
    examples=(
        {
            "id": "vd-qd-1",
            "number": "158/QĐ-UBND",
            "type": "Quyết định",
            "issuer": "UBND tỉnh",
            "title": "Ví dụ: giao số liệu ban đầu",
            "signed_on": "29/12/2017",
            "synthetic": "có",
        },
        {
            "id": "vd-nq-2",
            "number": "21/NQ-HĐND",
            "type": "Nghị quyết",
            "issuer": "HĐND tỉnh",
            "title": "Ví dụ: sáp nhập thôn",
            "signed_on": "20/6/2019",
            "effective_on": "1/7/2019",
            "synthetic": "có",
        },
    ),
)
UNITS = Sheet(
    "Đơn vị",
    "Mỗi dòng một đơn vị: xã, thôn, sở, phòng, trường… Đơn vị cấp trên phải có ở đây hoặc đã có trong sổ.",
    (
        Column("unit", "Mã định danh", "id", True, "Mã riêng, không đổi, không dùng lại; khác với mã số."),
        Column("kind", "Loại", "choice", True, "Chọn trong danh sách.", KIND),
        Column("title", "Tên", "text", True),
        Column("code", "Mã số", "code", False, "Mã hành chính; định dạng Text để giữ số 0 ở đầu: 00022."),
        Column("parent", "Trực thuộc", "id", False, "Mã định danh của đơn vị cấp trên."),
        Column("party_parent", "Trực thuộc về Đảng", "id", False, "Mã định danh của tổ chức Đảng cấp trên."),
        *_ATTRIBUTES,
        *_SOURCE,
    ),
    unique="unit",
    attributes=True,
    examples=(
        {"unit": "vd-huyen", "kind": "huyện", "title": "Huyện Ví Dụ", "code": "999", **_DECIDED},
        {
            "unit": "vd-xa",
            "kind": "xã",
            "title": "Xã Ví Dụ",
            "code": "00022",
            "parent": "vd-huyen",
            **_DECIDED,
        },
        {"unit": "vd-thon-1", "kind": "thôn", "title": "Thôn 1", "parent": "vd-xa", **_DECIDED},
        {"unit": "vd-thon-2", "kind": "thôn", "title": "Thôn 2", "parent": "vd-xa", **_DECIDED},
    ),
)
MEASURES = Sheet(
    "Chỉ tiêu",
    "Số hộ, dân số, diện tích của đơn vị tại một ngày; ô nào không biết thì để trống.",
    (
        _UNIT,
        Column("households", "Số hộ", "whole"),
        Column("population", "Dân số", "whole"),
        Column("area_km2", "Diện tích (km²)", "number"),
        *_SOURCE,
    ),
    examples=({"unit": "vd-thon-1", "households": 120, "population": 480, "area_km2": 3.25, **_DECIDED},),
)
POSTS = Sheet(
    "Chức danh",
    "Mỗi dòng một chức danh của đơn vị.",
    (
        Column("post", "Mã chức danh", "id", True, "Mã riêng, không đổi, không dùng lại."),
        _UNIT,
        Column("role", "Vai trò", "choice", True, "Chọn trong danh sách.", ROLE),
        Column("title", "Tên chức danh", "text", True),
        *_SOURCE,
    ),
    unique="post",
    examples=(
        {"post": "vd-truong-thon-1", "unit": "vd-thon-1", "role": "cấp trưởng", "title": "Trưởng thôn"}
        | _DECIDED,
    ),
)
HOLDINGS = Sheet(
    "Người giữ chức danh",
    "Ai giữ chức danh nào từ ngày nào. Chỉ ghi mã cán bộ, không ghi họ tên.",
    (
        Column("holding", "Mã giữ chức danh", "id", True, "Mã riêng của lần giữ chức danh này."),
        Column("person", "Mã cán bộ", "person", True, "Mã cán bộ, ví dụ CB-00123; không ghi họ tên."),
        Column("post", "Chức danh", "id", True, "Mã chức danh (trang Chức danh)."),
        *_SOURCE,
    ),
    unique="holding",
    examples=({"holding": "vd-giu-1", "person": "CB-00123", "post": "vd-truong-thon-1", **_DECIDED},),
)
HEADCOUNTS = Sheet(
    "Biên chế",
    "Biên chế được giao và số có mặt của từng loại tại một ngày.",
    (
        _UNIT,
        Column("category", "Loại", "choice", True, "Chọn trong danh sách.", HEADCOUNT),
        Column("assigned", "Được giao", "whole", True),
        Column("present", "Có mặt", "whole"),
        *_SOURCE,
    ),
    examples=({"unit": "vd-xa", "category": "công chức", "assigned": 11, "present": 10, **_DECIDED},),
)
ACTS = Sheet(
    "Sắp xếp",
    "Mỗi dòng một phần chuyển: đơn vị cũ về đơn vị mới. Các dòng của một quyết định mang cùng mã sắp xếp.",
    (
        Column("act_id", "Mã sắp xếp", "id", True, "Giống nhau trên mọi dòng của một quyết định."),
        Column("act", "Hình thức", "choice", True, "Chọn trong danh sách.", ACT),
        Column("source", "Đơn vị cũ", "id", True, "Mã định danh của đơn vị được sắp xếp."),
        Column(
            "target", "Đơn vị mới", "id", False, "Mã định danh của đơn vị hình thành; giải thể thì trống."
        ),
        Column(
            "share", "Tỷ lệ", "share", False, "Phần dân số của đơn vị cũ chuyển đi; trống là toàn bộ (1)."
        ),
        Column("kind", "Loại mới", "choice", False, "Bắt buộc với đơn vị mới lập.", KIND),
        Column("title", "Tên mới", "text", False, "Bắt buộc với đơn vị mới lập."),
        Column("code", "Mã số mới", "code"),
        Column("parent", "Trực thuộc mới", "id"),
        Column("households", "Số hộ chuyển", "whole"),
        Column("population", "Dân số chuyển", "whole"),
        Column("area_km2", "Diện tích chuyển (km²)", "number"),
        Column("effective_on", "Từ ngày", "date", True, "Ngày quyết định có hiệu lực."),
        Column("signed_on", "Ngày ký", "date", True, "Ngày ký quyết định."),
        Column("operating_on", "Ngày hoạt động", "date", False, "Ngày đơn vị mới bắt đầu hoạt động."),
        Column("document", "Văn bản", "id", True, "Mã văn bản ở trang Văn bản."),
        Column("clause", "Điều khoản", "text"),
        Column("approximate", "Ước lượng", "flag", False, "", {"có": "yes"}),
    ),
    examples=tuple(
        {
            "act_id": "vd-sx-1",
            "act": "sáp nhập, hợp nhất",
            "source": source,
            "target": "vd-thon-3",
            "kind": "thôn",
            "title": "Thôn 3",
            "parent": "vd-xa",
            "effective_on": "1/7/2019",
            "signed_on": "20/6/2019",
            "document": "vd-nq-2",
        }
        for source in ("vd-thon-1", "vd-thon-2")
    ),
)
PLACEMENTS = Sheet(
    "Bố trí",
    "Những gì của đơn vị cũ đi về đâu, khi không theo phần chuyển duy nhất của đơn vị đó.",
    (
        Column("act_id", "Mã sắp xếp", "id", True, "Mã ở trang Sắp xếp."),
        Column("what", "Bố trí gì", "choice", True, "Chọn trong danh sách.", PLACEMENT),
        Column("subject", "Đối tượng", "id", False, "Mã đơn vị, chức danh hoặc mã giữ chức danh hiện có."),
        Column("to", "Về đâu", "id", False, "Mã đơn vị hoặc chức danh nhận; biên chế dôi dư thì trống."),
        Column("new_holding", "Mã giữ chức danh mới", "id"),
        Column("role", "Vai trò", "choice", False, "Với chức danh mới.", ROLE),
        Column("title", "Tên chức danh", "text", False, "Với chức danh mới."),
        Column("category", "Loại biên chế", "choice", False, "Với biên chế.", HEADCOUNT),
        Column("assigned", "Số biên chế", "whole", False, "Với biên chế."),
    ),
    examples=(
        {"act_id": "vd-sx-1", "what": "chức danh mới", "subject": "vd-truong-thon-3", "to": "vd-thon-3"}
        | {"role": "cấp trưởng", "title": "Trưởng thôn"},
        {"act_id": "vd-sx-1", "what": "người giữ chức danh", "subject": "vd-giu-1"}
        | {"to": "vd-truong-thon-3", "new_holding": "vd-giu-2"},
    ),
)
CHANGES = Sheet(
    "Thay đổi",
    "Những thay đổi khác: mã số, thuộc tính, cấp trên, đóng chức danh, thôi giữ chức danh.",
    (
        Column("change", "Thay đổi gì", "choice", True, "Chọn trong danh sách.", CHANGE),
        Column("subject", "Đối tượng", "id", True, "Mã đơn vị, chức danh hoặc mã giữ chức danh."),
        Column("fact", "Thuộc tính", "id", False, "Tên thuộc tính, khi đổi thuộc tính."),
        Column("value", "Giá trị mới", "code", False, "Mã số, giá trị hoặc mã đơn vị cấp trên mới."),
        Column("reason", "Lý do", "text"),
        *_SOURCE,
    ),
    examples=(
        {"change": "thôi giữ chức danh", "subject": "vd-giu-2", "reason": "nghỉ hưu", **_DECIDED}
        | {"effective_on": "1/9/2019"},
    ),
)
CLAIMS = Sheet(
    "Số liệu báo cáo",
    "Số liệu một báo cáo đã nêu, để đối chiếu với số hệ thống tính được; không làm thay đổi sổ.",
    (
        Column("indicator", "Mã chỉ số", "id", True, "Mã chỉ số, ví dụ: villages_obliged."),
        Column("value", "Giá trị", "signed", True),
        Column("start", "Kỳ từ ngày", "date", True),
        Column("end", "Kỳ đến ngày", "date", True),
        *_SOURCE,
    ),
    examples=(
        {"indicator": "divisions", "value": -81, "start": "8/3/2018", "end": "9/10/2019", **_DECIDED}
        | {"effective_on": "9/10/2019"},
    ),
)

SHEETS = (
    DOCUMENTS,
    UNITS,
    MEASURES,
    POSTS,
    HOLDINGS,
    HEADCOUNTS,
    ACTS,
    PLACEMENTS,
    CHANGES,
    CLAIMS,
)
