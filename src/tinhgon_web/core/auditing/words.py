"""What an audit line says, in the reader's language.

An app says its own verbs, things and fields in its `audit_words.py`, found by itself:

    VERBS = {"give role": _("gave a role")}
    KINDS = {"grant": _("role given")}
    FIELDS = {"start": _("from")}

What may stand in a field is said by the choices of the model, or by VALUES = {field: function}, which gives a value in
words, or as it is where it does not know it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import attrs
from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tinhgon_web.core.templatetags.tinhgon import plain_day

Words = Mapping[str, str | Promise]


@attrs.frozen(slots=True)
class _Said:
    """What all apps say."""

    verbs: dict[str, str | Promise] = attrs.Factory(dict)
    kinds: dict[str, str | Promise] = attrs.Factory(dict)
    fields: dict[str, str | Promise] = attrs.Factory(dict)
    values: dict[str, list[Callable[[str], str]]] = attrs.Factory(dict)


@cache
def _said() -> _Said:
    said = _Said()
    for config in apps.get_app_configs():
        name = f"{config.name}.audit_words"
        if config.name.startswith("tinhgon_web.") and find_spec(name) is not None:
            module = import_module(name)
            said.verbs.update(module.VERBS)
            said.kinds.update(module.KINDS)
            said.fields.update(getattr(module, "FIELDS", {}))
            for field_, tell in getattr(module, "VALUES", {}).items():
                said.values.setdefault(field_, []).append(tell)
    return said


def verb(name: str) -> str:
    """What was done; a verb nobody has said stays as it is."""
    return str(_said().verbs.get(name, name))


def kind(name: str) -> str:
    """What it was done to."""
    return str(_said().kinds.get(name, name))


def field(name: str) -> str:
    """What a field of a line is called; the id of a unit or the cell of a workbook stays as it is."""
    return str(_said().fields.get(name, name))


def value(kind: str, field: str, held: Any) -> str:
    """What stands in a field of a thing."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return _("yes") if held else _("no")
    if isinstance(held, list):
        return ", ".join(value(kind, field, one) for one in held)
    if isinstance(held, dict):
        return "; ".join(
            f"{_said().fields.get(name, name)}: {value(kind, name, one)}" for name, one in held.items()
        )
    day = _day(held)
    if day is not None:
        return plain_day(day)
    told = (tell(str(held)) for tell in _said().values.get(field, ()))
    chosen = next((words for words in told if words != str(held)), None)
    return str(chosen or _choices(kind, field).get(str(held), held))


def _day(held: Any) -> dt.date | None:
    """The day that a value is, as JSON holds one."""
    with suppress(TypeError, ValueError):
        return dt.date.fromisoformat(held) if len(held) == len("2019-10-09") else None
    return None


@cache
def models() -> dict[str, type[Model]]:
    """The models of our apps, by the names under which lines speak of them."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("tinhgon_web.")]
    return {str(model._meta.model_name): model for config in ours for model in config.get_models()}


@cache
def _choices(kind: str, field: str) -> Words:
    model = models().get(kind)
    found = next((one for one in model._meta.get_fields() if one.name == field), None) if model else None
    chosen = getattr(found, "flatchoices", ())
    return {
        str(held): words for held, words in chosen if isinstance(words, Promise)
    }  # others were never worded
