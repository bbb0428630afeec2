"""What is wrong with a workbook, cell by cell, in the words of the officer who has to repair it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from tinhgon.registry.refusals import UnableToFold

RULES: Mapping[str, tuple[str, str]] = {
    "not-a-workbook": (
        "không mở được như tệp .xlsx ({reason}); hãy lưu lại dạng Excel Workbook (.xlsx), không đặt mật khẩu",
        "cannot be opened as .xlsx ({reason}); save it as an Excel Workbook (.xlsx) without a password",
    ),
    "too-large": (
        "tệp vượt giới hạn an toàn: {reason}; hãy chia thành nhiều tệp",
        "the file is beyond the safe limit: {reason}; split it into several files",
    ),
    "empty-workbook": (
        "không có dòng dữ liệu nào (các dòng ví dụ của mẫu không được tính)",
        "there is no row of data (the template's examples do not count)",
    ),
    "unknown-sheet": (
        "trang này không có trong mẫu; gần nhất là '{nearest}'. Ghi chú riêng thì đặt tên trang bắt đầu bằng 'Ghi chú'",
        "the template has no such sheet; the nearest is '{nearest}'. Start the name of your own notes with 'Ghi chú'",
    ),
    "unknown-column": (
        "cột '{header}' không có trong mẫu; gần nhất là '{nearest}'. Hãy sửa tên hoặc xóa cột",
        "the template has no column '{header}'; the nearest is '{nearest}'. Correct its name or delete it",
    ),
    "missing-column": ("thiếu cột bắt buộc '{header}'", "the required column '{header}' is missing"),
    "duplicate-column": ("cột '{header}' có hai lần", "the column '{header}' is there twice"),
    "merged-cells": (
        "các ô {range} bị gộp; bỏ gộp (Unmerge Cells) rồi ghi giá trị vào từng dòng",
        "the cells {range} are merged; unmerge them and write the value on every row",
    ),
    "missing-value": ("chưa ghi", "is empty"),
    "formula-without-value": (
        "ô chứa công thức chưa được tính; mở và lưu lại bằng Excel, hoặc dán dạng giá trị (Paste Values)",
        "the cell is a formula that was never calculated; save the file in Excel, or paste values",
    ),
    "error-value": ("ô báo lỗi {value}", "the cell holds the error {value}"),
    "stray-characters": (
        "có ký tự không nhìn thấy hoặc lạ ({found}); hãy dán lại: {cleaned}",
        "there are invisible or stray characters ({found}); paste this instead: {cleaned}",
    ),
    "decomposed-text": (
        "chữ ở dạng Unicode tổ hợp (dấu rời); hãy dán lại dạng dựng sẵn: {cleaned}",
        "the text is decomposed Unicode (NFD); paste the composed form instead: {cleaned}",
    ),
    "not-text": (
        "là số {value}, có thể đã mất số 0 ở đầu; định dạng ô là Text rồi ghi lại, ví dụ '{example}'",
        "is the number {value} and may have lost leading zeros; format the cell as Text, write e.g. '{example}'",
    ),
    "date-not-text": (
        "đã bị Excel đổi thành ngày {value}; định dạng ô là Text rồi ghi lại",
        "was turned into the day {value} by Excel; format the cell as Text and write it again",
    ),
    "bad-id": (
        "'{value}' không phải mã: chỉ dùng chữ, số và các dấu . _ - / :, không có khoảng trắng",
        "'{value}' is not an id: letters, digits and . _ - / : only, no spaces",
    ),
    "personal-name": (
        "'{value}' giống tên người; ở đây chỉ ghi mã cán bộ (ví dụ CB-00123), không ghi họ tên",
        "'{value}' looks like a name; write the personnel code here (such as CB-00123), never a name",
    ),
    "bad-date": (
        "'{value}' không phải ngày; ghi ngày/tháng/năm, ví dụ 8/3/2018",
        "'{value}' is not a day; write day/month/year, such as 8/3/2018",
    ),
    "us-date": (
        "'{value}' viết theo thứ tự tháng/ngày/năm; ghi ngày trước: {example}",
        "'{value}' is written month first; write the day first: {example}",
    ),
    "bare-number-date": (
        "{value} là số, chưa phải ngày; nếu là ngày {example} thì định dạng ô là ngày hoặc ghi lại như vậy",
        "{value} is a bare number, not a day; if {example} is meant, format the cell as a date or write it so",
    ),
    "implausible-date": (
        "ngày {value} ngoài khoảng 2/9/1945 - 31/12/2100",
        "the day {value} is outside 2/9/1945 - 31/12/2100",
    ),
    "swapped-date": (
        "{value} là ngày của văn bản '{document}' ({signed}) bị đảo ngày và tháng; hãy kiểm tra và ghi lại",
        "{value} is the day of document '{document}' ({signed}) with day and month swapped; check and write it again",
    ),
    "signed-otherwise": (
        "ngày ký {value} khác ngày ký của văn bản '{document}' ({signed})",
        "signed on {value}, but document '{document}' was signed on {signed}",
    ),
    "number-as-text": (
        "'{value}' là chữ, chưa phải số; ghi lại là số: {example}",
        "'{value}' is text, not a number; write it as a number: {example}",
    ),
    "not-a-number": ("'{value}' không phải số", "'{value}' is not a number"),
    "not-whole": ("{value} phải là số nguyên", "{value} must be a whole number"),
    "negative": ("{value} là số âm", "{value} is negative"),
    "bad-share": (
        "tỷ lệ {value} phải lớn hơn 0 và không quá 1 (100 %)",
        "the share {value} must be above 0 and at most 1 (100%)",
    ),
    "unknown-choice": (
        "'{value}' không có trong danh mục; chọn một trong: {choices}",
        "'{value}' is not in the list; choose one of: {choices}",
    ),
    "duplicate-id": (
        "mã '{value}' đã có ở dòng {row}",
        "the id '{value}' is already on row {row}",
    ),
    "unknown-document": (
        "văn bản '{value}' không có ở trang 'Văn bản' và chưa có trong sổ",
        "document '{value}' is neither on the sheet 'Văn bản' nor in the register",
    ),
    "different-document": (
        "văn bản '{value}' đã có trong sổ với nội dung khác ({fields}); dùng mã khác hoặc bỏ dòng này",
        "document '{value}' is in the register with other content ({fields}); use another id or drop the row",
    ),
    "parent-cycle": (
        "trực thuộc vòng tròn: {units}",
        "the parents go round in a circle: {units}",
    ),
    "differs-within-act": (
        "khác với dòng {row} của cùng quyết định '{act}': '{value}' và '{first}'",
        "differs from row {row} of the same act '{act}': '{value}' and '{first}'",
    ),
    "unknown-row-act": (
        "quyết định sắp xếp '{value}' không có ở trang 'Sắp xếp'",
        "the act '{value}' is not on the sheet 'Sắp xếp'",
    ),
    "only-here": (
        "chỉ ghi khi {when}",
        "is written only for {when}",
    ),
    "needed-here": (
        "phải ghi khi {when}",
        "is needed for {when}",
    ),
    "depends": (
        "dựa vào một dòng bị từ chối ({ids}), nên cũng chưa nhận được; sửa dòng kia là đủ",
        "rests on a refused row ({ids}) and cannot be taken either; mending that row is enough",
    ),
    "outside-places": (
        "thuộc '{unit}', ngoài phạm vi được giao",
        "belongs to '{unit}', outside the places entrusted to you",
    ),
    "has-macros": (
        "tệp có macro ({reason}); hãy lưu lại dạng Excel Workbook (.xlsx)",
        "the file holds macros ({reason}); save it as an Excel Workbook (.xlsx)",
    ),
    "external-links": (
        "tệp lấy số liệu từ tệp khác ({reason}); trong Excel chọn Data > Edit Links > Break Link, hoặc dán giá trị",
        "the file draws on other workbooks ({reason}); in Excel choose Data > Edit Links > Break Link, or paste values",
    ),
    "breaks-register": (
        "dữ liệu này làm dòng {seq} đã có trong sổ không còn đúng: {reason}",
        "this data contradicts entry {seq} of the register: {reason}",
    ),
    "no-header": (
        "cột có dữ liệu nhưng không có tên cột",
        "the column holds data but has no header",
    ),
    "recorded-before": (
        "thời điểm ghi sổ {recorded_at} trước lần ghi cuối cùng {last}",
        "the moment of recording {recorded_at} is before the last entry's, {last}",
    ),
}


@attrs.frozen(slots=True)
class Problem:
    """One thing wrong: where it is (row 0 and empty names mean the whole file or sheet), the rule, its data.

    `rule` is a key of `RULES`, or `refusal` is what the register's fold said.
    """

    file: str
    rule: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    header: str = ""
    data: Mapping[str, object] = attrs.field(factory=dict)
    refusal: UnableToFold | None = None

    def reason(self, lang: str = "vi") -> str:
        """Why, without the place."""
        if self.refusal is not None:
            return self.refusal.reason(lang)
        vietnamese, english = RULES[self.rule]
        return (vietnamese if lang == "vi" else english).format(**self.data)

    def message(self, lang: str = "vi") -> str:
        """The whole line: file, sheet, row, column, reason and rule.

        >>> Problem("a.xlsx", "negative", "Chỉ tiêu", 7, "C", "Số hộ", {"value": -5}).message("en")
        "a.xlsx, sheet 'Chỉ tiêu', row 7, column C (Số hộ): -5 is negative [negative]"
        """
        sheet, row, column = ("trang", "dòng", "cột") if lang == "vi" else ("sheet", "row", "column")
        place = [self.file]
        if self.sheet:
            place.append(f"{sheet} '{self.sheet}'")
        if self.row:
            place.append(f"{row} {self.row}")
        if self.column:
            place.append(f"{column} {self.column}" + (f" ({self.header})" if self.header else ""))
        return f"{', '.join(place)}: {self.reason(lang)} [{self.rule}]"


class UnableToImport(ValueError):
    """A workbook is refused whole; `problems` lists everything found wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message("en") for problem in self.problems))

    def message(self, lang: str = "vi") -> str:
        """All problems, one a line."""
        return "\n".join(problem.message(lang) for problem in self.problems)
