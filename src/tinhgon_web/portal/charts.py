"""Charts in articles: numbers an editor typed, or a figure of the register year by year, drawn as SVG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import attrs
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tinhgon.registry.events import Number
from tinhgon_web.apparatus import registers
from tinhgon_web.core.asof import today
from tinhgon_web.core.templatetags.tinhgon import number, valued
from tinhgon_web.reports.computed import computed

BARS, LINE = "bars", "line"
WIDTH, HEIGHT = 480, 280
_TOP, _BOTTOM, _SIDE, _LETTER = 34, 40, 10, 7.6
TYPED = "typed"


@attrs.frozen(slots=True)
class Point:
    """A number with what it is of; `text` is how it is written, `href` where it is counted."""

    label: str
    value: Number | None
    text: str
    href: str = ""


@attrs.frozen(slots=True)
class Series:
    """The points of a chart in order; `kind`: typed by an editor, or a result, obligation or forecast."""

    points: list[Point]
    unit: str
    kind: str
    counted_to: dt.date | None = None


def typed(points: Sequence[tuple[str, float]], unit: str) -> Series:
    """What an editor typed."""
    return Series([Point(label, value, number(_whole(value))) for label, value in points], unit, TYPED)


def yearly(code: str, first: int, last: int) -> Series:
    """A figure of the register over each of some years; the running year up to today."""
    head, found = registers.head(), []
    for start, end in _years(first, last):
        [figure] = computed(head, start, end, [code])
        asked = urlencode({"tu": start.isoformat(), "den": end.isoformat()})
        href = f"{reverse('portal:figure', args=[code])}?{asked}"
        found.append((figure, Point(str(end.year), figure.value, valued(figure.value, figure.kind), href)))
    if not found:
        return Series([], "", TYPED)
    figure = found[-1][0]
    unit = figure.unit_vi if get_language() == "vi" else figure.unit_en
    return Series([point for _figure, point in found], unit, figure.kind, figure.end)


def _years(first: int, last: int) -> Iterator[tuple[dt.date, dt.date]]:
    for year in range(first, last + 1):
        start, end = dt.date(year - 1, 12, 31), min(dt.date(year, 12, 31), today())
        if start < end:
            yield start, end


def _whole(value: float) -> Number:
    return int(value) if value == int(value) else value


def draw(series: Series, *, name: str, form: str) -> SafeString:
    """One `<svg>` of fixed proportions: bars or a line over a base line, each point with its number."""
    if not series.points:
        return SafeString("")
    frame = _Frame.of(series.points)
    marks = _line(series.points, frame) if form == LINE else _bars(series.points, frame)
    parts = [
        f'<svg class="chart-drawing {escape(series.kind)}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-label="{escape(name)}">',
        f'<path class="base" d="M{_SIDE} {frame.y(0)}H{WIDTH - _SIDE}"/>',
        *marks,
        *_words(series.points, frame),
        "</svg>",
    ]
    # Every part is escaped where it is put in.
    return mark_safe("".join(parts))


@attrs.frozen(slots=True)
class _Frame:
    """How values and places in the row become units of the drawing."""

    low: float
    span: float
    slot: float
    bottom: int

    @classmethod
    def of(cls, points: Sequence[Point]) -> _Frame:
        values = [float(point.value) for point in points if point.value is not None]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        # Numbers below the base line are written under their bars, above the labels.
        bottom = _BOTTOM + (22 if low < 0 else 0)
        return cls(low, (high - low) or 1.0, (WIDTH - 2 * _SIDE) / len(points), bottom)

    def x(self, index: int) -> int:
        return round(_SIDE + (index + 0.5) * self.slot)

    def y(self, value: float) -> int:
        share = (value - self.low) / self.span
        return round(HEIGHT - self.bottom - share * (HEIGHT - _TOP - self.bottom))


def _bars(points: Sequence[Point], frame: _Frame) -> Iterator[str]:
    width = max(2, round(min(64.0, frame.slot * 0.66)))
    for index, point in enumerate(points):
        if point.value is not None:
            ends = sorted((frame.y(0), frame.y(float(point.value))))
            yield (
                f'<rect class="bar" x="{frame.x(index) - width // 2}" y="{ends[0]}" width="{width}" '
                f'height="{max(1, ends[1] - ends[0])}"><title>{_said(point)}</title></rect>'
            )


def _line(points: Sequence[Point], frame: _Frame) -> Iterator[str]:
    at = [
        (frame.x(n), frame.y(float(one.value)), one) for n, one in enumerate(points) if one.value is not None
    ]
    yield f'<path class="run" d="M{" L".join(f"{x} {y}" for x, y, _point in at)}"/>' if at else ""
    for x, y, point in at:
        yield f'<circle class="dot" cx="{x}" cy="{y}" r="5"><title>{_said(point)}</title></circle>'


def _words(points: Sequence[Point], frame: _Frame) -> Iterator[str]:
    """Labels below and numbers at the points; of many only as many as there is room for."""
    for index in _room(points, frame, [len(point.label) for point in points]):
        yield f'<text class="label" x="{frame.x(index)}" y="{HEIGHT - 12}">{escape(points[index].label)}</text>'
    for index in _room(points, frame, [len(point.text) for point in points]):
        value = points[index].value
        if value is not None:
            below = value < 0
            y = frame.y(float(value)) + (18 if below else -9)
            yield f'<text class="value" x="{frame.x(index)}" y="{y}">{escape(points[index].text)}</text>'


def _room(points: Sequence[Point], frame: _Frame, letters: list[int]) -> range:
    wide = max(letters) * _LETTER + 8
    step = max(1, -(-int(wide) // max(1, int(frame.slot))))
    return range((len(points) - 1) % step, len(points), step)


def _said(point: Point) -> str:
    return f"{escape(point.label)}: {escape(point.text)}"
