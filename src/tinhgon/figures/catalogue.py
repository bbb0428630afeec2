"""The catalogue of indicators, and the figures they give over a window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tinhgon.figures import indicators as ask
from tinhgon.figures.figure import Counted, Figure
from tinhgon.figures.indicators import Indicator, Question
from tinhgon.figures.models import MODEL_INDICATORS
from tinhgon.figures.populations import Populations
from tinhgon.memory import collector_paused
from tinhgon.refusal import Refusal
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook

_REVIEW = (
    Indicator(
        "provincial_focal_points",
        "Đầu mối trực thuộc cấp tỉnh",
        "Focal points directly under the province",
        "Số cơ quan, tổ chức, đơn vị trực thuộc tỉnh cuối kỳ trừ đầu kỳ.",
        "Organs and units directly under the province at the end less those at the start.",
        "result",
        "đầu mối",
        "units",
        ask.units_of(ask.FOCAL_POINTS),
    ),
    Indicator(
        "divisions",
        "Phòng, ban, chi cục và tương đương cấp tỉnh",
        "Provincial divisions, boards, sub-departments and equivalent",
        "Số phòng, ban, chi cục trong các cơ quan cấp tỉnh cuối kỳ trừ đầu kỳ.",
        "Divisions, boards and sub-departments inside provincial bodies at the end less those at the start.",
        "result",
        "đơn vị",
        "units",
        ask.units_of(ask.DIVISIONS),
    ),
    Indicator(
        "division_leaders",
        "Lãnh đạo cấp phòng và tương đương",
        "Leaders of divisions and equivalent",
        "Số người giữ chức cấp trưởng, cấp phó ở phòng, ban, chi cục cấp tỉnh; một người tính một lần.",
        "People holding a head or deputy post in a provincial division or equivalent; each counted once.",
        "result",
        "người",
        "people",
        ask.people_in(ask.DIVISIONS, ask.LEADERS),
    ),
    Indicator(
        "villages_obliged",
        "Thôn, tổ dân phố thuộc diện phải sáp nhập",
        "Villages and residential groups that must merge",
        "Số thôn, tổ dân phố mà quy định có hiệu lực ngày cuối kỳ buộc phải sáp nhập, theo số hộ mới nhất.",
        "Villages that the law in force on the last day obliges to merge, by their latest households.",
        "obligation",
        "thôn, tổ dân phố",
        "villages",
        ask.villages_obliged,
    ),
    Indicator(
        "villages_forecast",
        "Thôn, tổ dân phố tăng giảm khi thực hiện các đề án",
        "Net change in villages once the schemes are carried out",
        "Thay đổi số thôn, tổ dân phố nếu mọi đề xuất còn chờ ngày cuối kỳ có hiệu lực.",
        "Change in the number of villages if every proposal waiting on the last day were in force.",
        "forecast",
        "thôn, tổ dân phố",
        "villages",
        ask.villages_forecast,
    ),
    Indicator(
        "commune_part_time",
        "Người hoạt động không chuyên trách cấp xã",
        "Part-time posts of communes",
        "Số chức danh không chuyên trách ở xã, phường, thị trấn cuối kỳ trừ đầu kỳ.",
        "Part-time posts in communes, wards and townships at the end less those at the start.",
        "result",
        "chức danh",
        "posts",
        ask.posts_of(ask.COMMUNES, ask.PART_TIME),
    ),
    Indicator(
        "village_part_time",
        "Người hoạt động không chuyên trách ở thôn, tổ dân phố",
        "Part-time posts of villages",
        "Số chức danh không chuyên trách ở thôn, tổ dân phố cuối kỳ trừ đầu kỳ.",
        "Part-time posts in villages and residential groups at the end less those at the start.",
        "result",
        "chức danh",
        "posts",
        ask.posts_of(ask.VILLAGES, ask.PART_TIME),
    ),
    Indicator(
        "public_service_units",
        "Đơn vị sự nghiệp công lập",
        "Public service units",
        "Số đơn vị sự nghiệp công lập mọi cấp cuối kỳ trừ đầu kỳ.",
        "Public service units of all levels at the end less those at the start.",
        "result",
        "đơn vị",
        "units",
        ask.units_of(ask.SERVICE_UNITS),
    ),
    Indicator(
        "public_service_heads",
        "Cấp trưởng đơn vị sự nghiệp công lập",
        "Heads of public service units",
        "Số chức danh cấp trưởng ở đơn vị sự nghiệp công lập cuối kỳ trừ đầu kỳ.",
        "Head posts of public service units at the end less those at the start.",
        "result",
        "cấp trưởng",
        "heads",
        ask.posts_of(ask.SERVICE_UNITS, ask.HEADS),
    ),
    Indicator(
        "districts_service_units_done",
        "Huyện, thị xã đã sáp nhập xong đơn vị sự nghiệp",
        "Districts done merging their public service units",
        "Số huyện, thị xã mà mọi đề xuất sáp nhập đơn vị sự nghiệp đã thực hiện xong trong kỳ.",
        "Districts whose every proposal to merge public service units was carried out in the window.",
        "result",
        "huyện, thị xã",
        "districts",
        ask.districts_service_units_done,
    ),
)
_BEYOND = (
    Indicator(
        "villages_unsettled",
        "Thôn phải sáp nhập chưa có đề xuất",
        "Villages that must merge without a proposal",
        "Số thôn, tổ dân phố phải sáp nhập mà chưa đề xuất nào đang chờ bao gồm.",
        "Villages obliged to merge that no waiting proposal takes in.",
        "obligation",
        "thôn, tổ dân phố",
        "villages",
        ask.villages_unsettled,
        in_review=False,
    ),
    *MODEL_INDICATORS,
)
CATALOGUE: dict[str, Indicator] = {indicator.code: indicator for indicator in (*_REVIEW, *_BEYOND)}
REVIEW = tuple(indicator.code for indicator in _REVIEW)


class UnableToFindIndicator(Refusal, LookupError):
    """No indicator has this code; lists those there are."""

    def __init__(self, code: str) -> None:
        known = ", ".join(CATALOGUE)
        super().__init__(
            f"không có chỉ tiêu '{code}'; các chỉ tiêu: {known}", f"no indicator '{code}'; there are: {known}"
        )
        self.code = code


class UnableToMeasureWindow(Refusal, ValueError):
    """The window ends before it starts."""

    def __init__(self, start: dt.date, end: dt.date) -> None:
        super().__init__(
            f"kỳ kết thúc ({end:%d/%m/%Y}) trước khi bắt đầu ({start:%d/%m/%Y})",
            f"the window ends ({end}) before it starts ({start})",
        )
        self.start, self.end = start, end


class UnableToFindPlace(Refusal, LookupError):
    """Figures were asked of a unit that the register does not know."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"không có đơn vị '{place}' trong sổ bộ; hãy chọn một đơn vị đang có",
            f"no unit '{place}' in the register; choose one that it holds",
        )
        self.place = place


def figures(
    register: Register,
    rulebook: Rulebook,
    start: dt.date,
    end: dt.date,
    codes: Iterable[str] = REVIEW,
    place: str | None = None,
) -> list[Figure]:
    """The figures of indicators over (start, end], each with its trace; of a whole register or of one unit and
    what stands under it.

    Raises:
        UnableToFindIndicator, UnableToMeasureWindow, UnableToFindPlace.
    """
    if end < start:
        raise UnableToMeasureWindow(start, end)
    if place is not None and place not in register.units:
        raise UnableToFindPlace(place)
    question = Question(register, rulebook, start, end, Populations(register, place), place)
    wanted = [_indicator(code) for code in codes]
    with collector_paused():
        return [_figure(indicator, question) for indicator in wanted]


def _indicator(code: str) -> Indicator:
    if code not in CATALOGUE:
        raise UnableToFindIndicator(code)
    return CATALOGUE[code]


def _figure(indicator: Indicator, question: Question) -> Figure:
    measured = indicator.measure(question)
    by_seq = question.register.event_by_seq
    trace = tuple(
        Counted(seq, by_seq[seq].name, by_seq[seq].effective_on, by_seq[seq].citation, delta)
        for seq, delta in measured.deltas.items()
    )
    return Figure(
        code=indicator.code,
        name_vi=indicator.vi,
        name_en=indicator.en,
        definition_vi=indicator.definition_vi,
        definition_en=indicator.definition_en,
        kind=indicator.kind,
        value=measured.value,
        unit_vi=indicator.unit_vi,
        unit_en=indicator.unit_en,
        approximate=any(by_seq[seq].approximate for seq in measured.deltas),
        start=question.start,
        end=question.end,
        trace=trace,
        citations=measured.citations,
        unverified=measured.unverified,
        rate=measured.rate,
        effects=measured.effects,
    )
