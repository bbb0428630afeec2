"""Why an event is refused: the rule broken, in the officer's words, in Vietnamese and English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tinhgon.registry import kinds

RULES: Mapping[str, tuple[str, str]] = {
    "unknown-unit": (
        "đơn vị '{unit}' chưa có trong sổ; hãy ghi nhận đơn vị trước sự kiện này",
        "unit '{unit}' is not in the register; record its opening before this event",
    ),
    "closed-unit": (
        "đơn vị '{unit}' đã chấm dứt từ {since}; chọn đơn vị kế tục hoặc sửa ngày",
        "unit '{unit}' has been closed since {since}; use its successor or correct the date",
    ),
    "not-yet-open": (
        "đơn vị '{unit}' chỉ có từ {since}; ngày của sự kiện phải từ ngày đó trở đi",
        "unit '{unit}' exists only from {since}; the event cannot be earlier",
    ),
    "overlap-unit": (
        "mã định danh '{unit}' đã được dùng cho một đơn vị; mỗi đơn vị ghi nhận một lần",
        "id '{unit}' is already a unit's; a unit is opened once",
    ),
    "overlap-code": (
        "mã '{code}' đang là của đơn vị '{other}'; hai đơn vị không dùng chung mã cùng lúc",
        "code '{code}' is held by unit '{other}'; two units cannot hold one code at once",
    ),
    "overlap-post": (
        "chức danh '{post}' đã có trong sổ; mỗi chức danh mở một lần",
        "post '{post}' is already in the register; a post is opened once",
    ),
    "overlap-holding": (
        "chức danh '{post}' đang do '{person}' giữ; kết thúc việc giữ chức danh đó trước",
        "post '{post}' is held by '{person}'; end that holding first",
    ),
    "overlap-holding-id": (
        "mã giữ chức danh '{holding}' đã được dùng",
        "holding id '{holding}' is already used",
    ),
    "unknown-post": (
        "chức danh '{post}' chưa có trong sổ hoặc đã chấm dứt",
        "post '{post}' is not in the register or is closed",
    ),
    "unknown-holding": (
        "không có việc giữ chức danh '{holding}' đang hiệu lực",
        "holding '{holding}' is not in force",
    ),
    "unknown-kind": (
        "loại đơn vị '{kind}' không có trong danh mục",
        "unit kind '{kind}' is not in the catalogue",
    ),
    "unknown-role": ("vai trò '{role}' không có trong danh mục", "role '{role}' is not in the catalogue"),
    "unknown-measure": (
        "chỉ tiêu '{measure}' không có trong danh mục, hoặc giá trị {value} không phải số không âm (số hộ, số người"
        " phải là số nguyên)",
        "measure '{measure}' is not in the catalogue, or its value {value} is not a number of at least zero (whole"
        " where people or households are counted)",
    ),
    "unknown-act": ("hình thức '{act}' không có trong danh mục", "act '{act}' is not in the catalogue"),
    "unknown-hierarchy": (
        "hệ thống thứ bậc '{hierarchy}' không có trong danh mục",
        "hierarchy '{hierarchy}' is not in the catalogue",
    ),
    "reserved-fact": (
        "'{fact}' không đổi bằng sự kiện này: đổi tên, đổi loại là quyết định sắp xếp; đổi cấp trên là di chuyển",
        "'{fact}' does not change this way: renaming and converting are reorganisations, a new parent is a move",
    ),
    "misplaced": (
        "'{unit}' ({kind}) không thể trực thuộc '{parent}' ({parent_kind}): sai cấp",
        "'{unit}' ({kind}) cannot stand under '{parent}' ({parent_kind}): wrong level",
    ),
    "cycle": (
        "'{unit}' không thể trực thuộc '{parent}': '{parent}' đang ở dưới '{unit}'",
        "'{unit}' cannot be put under '{parent}', which is below it",
    ),
    "date-before-cause": (
        "{later_name} ({later}) trước {earlier_name} ({earlier})",
        "{later_name} ({later}) is before {earlier_name} ({earlier})",
    ),
    "unsigned": (
        "quyết định sắp xếp phải có ngày ký; phương án chưa ký ghi là đề xuất",
        "a reorganisation needs its day of signature; an unsigned one is recorded as a proposal",
    ),
    "cardinality": (
        "'{act}' cần số đơn vị vào → ra là {needed}, đi tiếp: {going_on}; ở đây {inputs} → {outputs}, đi tiếp:"
        " {survivors} (mỗi đơn vị ghi một lần)",
        "'{act}' needs {needed} units in → out, of which go on: {going_on}; here {inputs} → {outputs}, going on:"
        " {survivors} (each stated once)",
    ),
    "families": (
        "không sắp xếp chung các loại đơn vị khác nhau: {family}",
        "units of different families cannot be reorganised together: {family}",
    ),
    "unbalanced-shares": (
        "tỷ lệ chuyển đi của '{unit}' cộng lại là {total}, phải bằng 1",
        "the shares leaving '{unit}' add up to {total}, not 1",
    ),
    "nothing-flows-in": (
        "không phần nào chuyển đến '{unit}'; ghi phần chuyển đến hoặc bỏ đơn vị này khỏi kết quả",
        "nothing flows into '{unit}'; state what does or leave it out of the result",
    ),
    "overlap-flow": (
        "phần chuyển từ '{source}' đến '{target}' ghi hai lần; gộp thành một",
        "the flow from '{source}' to '{target}' is stated twice; join them into one",
    ),
    "nothing-changes": (
        "'{act}' không làm thay đổi gì ở '{unit}'; ghi tên mới hoặc loại mới",
        "'{act}' changes nothing of '{unit}'; state the new name or kind",
    ),
    "unbalanced-measure": (
        "{measure} của '{unit}' ghi là {stated}, nhưng cộng các phần chuyển đến được {sum}",
        "{measure} of '{unit}' is stated as {stated}, but what flows in adds up to {sum}",
    ),
    "unbalanced-headcount": (
        "biên chế loại '{category}': trước là {before}, sau cộng dôi dư là {after}",
        "headcount '{category}' was {before} before and is {after} after, released included",
    ),
    "left-hanging": (
        "đơn vị '{unit}' chấm dứt mà {what} chưa có nơi về: {items}",
        "unit '{unit}' closes while its {what} have nowhere to go: {items}",
    ),
    "unknown-proposal": (
        "đề xuất '{proposal}' chưa có, đã rút hoặc đã thực hiện",
        "proposal '{proposal}' does not exist, was withdrawn or was carried out",
    ),
    "overlap-proposal": (
        "đề xuất '{proposal}' đã có trong sổ",
        "proposal '{proposal}' is already in the register",
    ),
    "unknown-entry": (
        "dòng {target} không có trước dòng này, hoặc không sửa, hủy được theo cách này",
        "entry {target} does not exist before this one, or cannot be corrected or annulled in this way",
    ),
    "foreign-unit": (
        "'{unit}' có trong phần chuyển nhưng không phải đơn vị vào hoặc ra của quyết định này",
        "'{unit}' is in a flow or placement but is no input or output of this act",
    ),
    "missing-detail": (
        "đơn vị mới '{unit}' thiếu mã định danh, loại hoặc tên",
        "new unit '{unit}' lacks its id, kind or title",
    ),
    "duplicate-of-itself": (
        "'{unit}' không thể là bản trùng của chính nó hoặc của một bản trùng khác",
        "'{unit}' cannot be a duplicate of itself or of another duplicate",
    ),
}


_SURVIVORS = {
    "all": ("tất cả", "all"),
    "none": ("không", "none"),
    "one": ("một", "one"),
    "any": ("tùy quyết định", "any"),
}
_MEASURED = {**kinds.MEASURES, **kinds.HEADCOUNTS}
_DATES = {
    "signed_on": ("ngày ký", "signed_on"),
    "effective_on": ("ngày hiệu lực", "effective_on"),
    "operating_on": ("ngày hoạt động", "operating_on"),
    "start": ("ngày đầu kỳ", "start"),
    "end": ("ngày cuối kỳ", "end"),
}
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "what": {"children": ("đơn vị trực thuộc", "children"), "headcount": ("biên chế", "headcount")},
    "later_name": _DATES,
    "earlier_name": _DATES,
    "act": {act.code: (act.vi, act.en) for act in kinds.ACTS.values()},
    "going_on": _SURVIVORS,
    "measure": _MEASURED,
    "category": _MEASURED,
    "family": kinds.FAMILIES,
}
"""Codes in a refusal's data -> the words officers know them by; what is not here is shown as it is."""


def _worded(name: str, value: object, lang: str) -> object:
    if isinstance(value, tuple | list):
        return ", ".join(str(_worded(name, one, lang)) for one in value)
    if isinstance(value, dt.date) and lang == "vi":
        return f"{value:%d/%m/%Y}"
    words = _WORDS.get(name, {}).get(str(value))
    return value if words is None else words[lang != "vi"]


class UnableToFold(ValueError):
    """An event contradicts what the register holds. Carries the entry, the rule's code and its data."""

    def __init__(self, rule: str, seq: int = 0, event: str = "", **data: object) -> None:
        self.rule = rule
        self.seq = seq
        self.event = event
        self.data = data
        super().__init__(self.message("en"))

    def reason(self, lang: str = "vi") -> str:
        """The refusal as a sentence, without the place and the rule's code."""
        vietnamese, english = RULES[self.rule]
        data = {name: _worded(name, value, lang) for name, value in self.data.items()}
        return (vietnamese if lang == "vi" else english).format(**data)

    def message(self, lang: str = "vi") -> str:
        """The refusal as a sentence, naming entry, event and rule."""
        event = kinds.EVENT_NAMES.get(self.event, (self.event, self.event))[lang != "vi"]
        place = f"dòng {self.seq}" if lang == "vi" else f"entry {self.seq}"
        by = self.data.get("corrected_by")
        if by is not None:
            event += f", theo đính chính ở dòng {by}" if lang == "vi" else f", as corrected by entry {by}"
        head = f"{place} ({event}): " if self.seq else ""
        return f"{head}{self.reason(lang)} [{self.rule}]"
