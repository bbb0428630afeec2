"""What is wrong with an input, row by row, in the words of the officer who has to repair it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tinhgon.refusal import Refusal

# code -> (Vietnamese, English); {0} is the column or the other unit concerned.
_WORDS = {
    "duplicate_id": ("mã trùng với dòng {0}", "the same id as row {0}"),
    "missing_id": ("thiếu mã đơn vị", "no unit id"),
    "missing_measure": ("thiếu số liệu cột {0}", "no value in column {0}"),
    "unreadable_measure": ("số liệu không đọc được: {0}", "a value that is no number: {0}"),
    "negative_measure": ("số liệu âm ở cột {0}", "a negative value in column {0}"),
    "zero_measure": ("số liệu bằng 0 ở cột {0}", "a value of 0 in column {0}"),
    "missing_name": ("thiếu tên đơn vị", "no name"),
    "missing_kind": ("thiếu loại đơn vị", "no kind of unit"),
    "area_apart": (
        "diện tích công bố và diện tích bản đồ khác nhau trên 10 lần: {0}",
        "the published area and that of the polygon differ more than tenfold: {0}",
    ),
    "missing_parent": ("không rõ đơn vị cấp trên: để nguyên", "no parent: left as it is"),
    "missing_geometry": ("thiếu hình học: không dò được địa giới", "no geometry: no border can be found"),
    "invalid_geometry": ("hình học lỗi, đã tự sửa: {0}", "invalid geometry, repaired: {0}"),
    "duplicate_geometry": ("hình học trùng với {0}", "the same geometry as {0}"),
    "no_neighbour": (
        "không giáp đơn vị nào trong cùng cấp trên",
        "borders no unit of its parent",
    ),
    "in_part": (
        "có thể chuyển một phần: chỉ xét nhập nguyên đơn vị",
        "may be transferred in part: only mergers of the whole unit are weighed",
    ),
    "no_rule": ("chưa biết tiêu chuẩn, để nguyên: {0}", "no standard is known, left as it is: {0}"),
}
FATAL = frozenset({"duplicate_id", "missing_id", "unreadable_measure", "negative_measure"})


@attrs.frozen(slots=True)
class Defect:
    """One thing wrong with one row. `row` counts data rows from 1, as a reader of the file does."""

    row: int
    unit: str
    code: str
    detail: str = ""

    @property
    def fatal(self) -> bool:
        """Whether no plan can be made before the row is repaired."""
        return self.code in FATAL

    def text(self, language: str = "vi") -> str:
        """One line in Vietnamese ("vi") or English ("en").

        >>> Defect(7, "01234", "zero_measure", "population").text("en")
        'row 7 (01234): a value of 0 in column population'
        """
        vi, en = _WORDS[self.code]
        head, words = (f"dòng {self.row}", vi) if language == "vi" else (f"row {self.row}", en)
        return f"{head} ({self.unit}): {words.format(self.detail)}"


class UnableToReadUnits(Refusal, ValueError):
    """The table cannot be planned with; `defects` says which rows to repair."""

    def __init__(self, vi: str, en: str, defects: Iterable[Defect] = ()) -> None:
        self.defects = tuple(defects)
        super().__init__(*(self._listed(words, language) for words, language in ((vi, "vi"), (en, "en"))))

    def _listed(self, words: str, language: str, most: int = 20) -> str:
        lines = [words, *(defect.text(language) for defect in self.defects[:most])]
        more = len(self.defects) - most
        if more > 0:
            lines.append(f"... và {more} dòng nữa" if language == "vi" else f"... and {more} more rows")
        return "\n  ".join(lines)


def refuse_fatal(defects: Iterable[Defect]) -> tuple[Defect, ...]:
    """The defects one can plan with; raises UnableToReadUnits when a row must be repaired first."""
    found = tuple(defects)
    fatal = [defect for defect in found if defect.fatal]
    if fatal:
        raise UnableToReadUnits(
            "Cần sửa các dòng sau rồi mới lập được phương án:",
            "These rows must be repaired before a plan can be made:",
            fatal,
        )
    return found
