"""Events to plain JSON values and back. Unknown or missing fields are errors; defaults are not written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

import cattrs
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from tinhgon.citations import Citation
from tinhgon.refusal import Refusal
from tinhgon.registry import events

_LARGEST, _SHOWN = 1e15, 60  # beyond it a float no longer holds every whole number


class UnableToReadEvent(Refusal, ValueError):
    """A JSON value is not an event; says which field and why."""


def _wrong(value: Any, vi: str, en: str) -> UnableToReadEvent:
    shown = _short(value)
    return UnableToReadEvent(f"{shown} không phải {vi}", f"{shown} is not {en}")


def _short(value: Any) -> str:
    shown = repr(value) if not isinstance(value, int) or abs(value) < _LARGEST else "…"
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _number(value: Any, _: Any) -> events.Number:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(value, "số", "a number")
    if not abs(value) < _LARGEST:
        raise _wrong(value, "số hữu hạn", "a finite number")
    return value


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "chữ", "text")
    return value


def _whole(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not abs(value) < _LARGEST:
        raise _wrong(value, "số nguyên", "a whole number")
    return value


def _flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, "true hoặc false", "true or false")
    return value


def _day(value: Any, _: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(value, "ngày (NĂM-THÁNG-NGÀY)", "a day (YYYY-MM-DD)") from None


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=True)
    converter.register_unstructure_hook(dt.date, lambda day: day.isoformat())
    converter.register_structure_hook(dt.date, _day)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(float, lambda value, cls: float(_number(value, cls)))
    converter.register_structure_hook(bool, _flag)  # a bool is an int, too: without this it is read as one
    converter.register_structure_hook_func(lambda cls: cls == events.Number, _number)
    # Before the classes below, whose hooks look up the hooks of their fields when they are made.
    converter.register_structure_hook(events.Event, lambda data, _: from_json(data))
    converter.register_unstructure_hook(events.Event, to_json)
    for cls in (
        Citation,
        events.NewPost,
        events.Output,
        events.Flow,
        events.Placement,
        events.HeadcountPlacement,
        *events.EVENTS.values(),
    ):
        converter.register_structure_hook(
            cls, make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
        )
        converter.register_unstructure_hook(
            cls, make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
        )
    return converter


def to_json(event: events.Event) -> dict[str, Any]:
    """A JSON object with the event's name under "event" and its fields beside it."""
    return {"event": event.name, **_CONVERTER.unstructure(event, unstructure_as=type(event))}


def from_json(data: Mapping[str, Any]) -> events.Event:
    """The event a JSON object says.

    Raises:
        UnableToReadEvent: no such event, or a field is missing, unknown or of the wrong type.
    """
    fields = dict(data)
    name = fields.pop("event", None)
    cls = events.EVENTS.get(name) if isinstance(name, str) else None
    if cls is None:
        raise _wrong(name, "loại sự kiện", "a kind of event")
    try:
        return _CONVERTER.structure(fields, cls)
    except cattrs.BaseValidationError as error:
        vi, en = (
            "; ".join(cattrs.transform_error(error, path=str(name), format_exception=partial(_reason, lang)))
            for lang in ("vi", "en")
        )
        raise UnableToReadEvent(vi, en) from None
    except (TypeError, AttributeError) as error:
        raise UnableToReadEvent(f"{name}: {error}", f"{name}: {error}") from None


def _reason(lang: str, error: BaseException, _: type | None) -> str:
    if isinstance(error, UnableToReadEvent):
        return error.message(lang)
    if isinstance(error, KeyError):
        return f"thiếu trường {error}" if lang == "vi" else f"field {error} is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        extra = ", ".join(map(repr, sorted(error.extra_fields)))
        return f"trường lạ: {extra}" if lang == "vi" else f"unknown field: {extra}"
    return "sai kiểu dữ liệu" if lang == "vi" else f"wrong type of value ({error})"


_CONVERTER = _converter()
