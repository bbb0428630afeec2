"""Why a step of a scheme is refused: the rule broken, where it stands, and the way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tinhgon.citations import Citation
from tinhgon.refusal import Refusal

RULES: Mapping[str, tuple[str, str]] = {
    "unknown-step": (
        "thủ tục của ngày {on:%d/%m/%Y} không có bước '{step}'; các bước: {steps}",
        "the procedure of {on} has no step '{step}'; its steps are {steps}",
    ),
    "out-of-order": (
        "chưa thể thực hiện bước '{step}': phải xong bước '{before}' trước",
        "step '{step}' cannot be taken yet: '{before}' comes before it",
    ),
    "taken-already": (
        "bước '{step}' đã thực hiện ngày {since:%d/%m/%Y}; muốn làm lại thì trả lại đề án về bước đó",
        "step '{step}' was taken on {since}; to take it again, return the scheme to it",
    ),
    "date-before-cause": (
        "ngày thực hiện bước '{step}' ({on:%d/%m/%Y}) trước ngày của bước '{before}' ({since:%d/%m/%Y}); sửa lại ngày",
        "step '{step}' is dated {on}, before '{before}' on {since}; correct the date",
    ),
    "before-session": (
        "nghị quyết đề ngày {on:%d/%m/%Y}, trước kỳ họp quyết định ngày {since:%d/%m/%Y}; sửa lại ngày của nghị quyết",
        "the resolution is dated {on}, before the session that decided it on {since}; correct its date",
    ),
    "missing-paper": (
        "bước '{step}' còn thiếu: {missing}; đính kèm rồi thực hiện lại",
        "step '{step}' lacks: {missing}; attach it and take the step again",
    ),
    "own-scheme": (
        "người lập đề án không được thực hiện bước '{step}'; chuyển cho người khác có thẩm quyền",
        "whoever drafted the scheme may not take step '{step}'; pass it to another who may",
    ),
    "return-forward": (
        "không trả lại về bước '{step}': đề án chưa qua bước đó",
        "the scheme cannot be returned to '{step}', which it has not passed",
    ),
    "return-enacted": (
        "đề án đã có hiệu lực, không trả lại được; muốn bỏ thì hủy nghị quyết",
        "the scheme is in force and cannot be returned; to undo it, annul the decision",
    ),
    "return-reason": (
        "trả lại đề án phải ghi lý do",
        "a scheme is returned with a reason",
    ),
}


class UnableToTakeStep(Refusal, ValueError):
    """A step, or the return of a scheme, that the procedure does not allow. Carries the rule's code and its data."""

    def __init__(self, rule: str, citation: Citation | None, verified: bool, **data: object) -> None:
        self.rule, self.citation, self.verified, self.data = rule, citation, verified, data
        vi, en = RULES[rule]
        super().__init__(self._cited(_worded(vi, data, 0), "vi"), self._cited(_worded(en, data, 1), "en"))

    def _cited(self, said: str, lang: str) -> str:
        if self.citation is None:
            return f"{said}."
        doubt = (
            ("chưa đối chiếu nguyên văn" if lang == "vi" else "text not checked") if not self.verified else ""
        )
        return f"{said} ({self.citation}{'; ' + doubt if doubt else ''})."


class UnableToFindProcedure(Refusal, LookupError):
    """The law known for a day has no procedure for such schemes."""

    def __init__(self, kind: str, on: dt.date) -> None:
        super().__init__(
            f"Ngày {on:%d/%m/%Y} chưa biết thủ tục sắp xếp {kind}; chọn ngày khác hoặc thêm quy định địa phương.",
            f"No procedure for the reorganisation of {kind} is known on {on}; choose another day or add local rules.",
        )
        self.kind, self.on = kind, on


def _worded(text: str, data: Mapping[str, object], language: int) -> str:
    said = {name: value[language] if isinstance(value, tuple) else value for name, value in data.items()}
    sentence = text.format(**said)
    return sentence[0].upper() + sentence[1:]
