"""What an audit line says, in the reader's language.

An app says its own verbs and things in its `audit_words.py`, found by itself:

    VERBS = {"give role": _("gave a role")}
    KINDS = {"grant": _("role given")}

The fields that many lines have are named here; other fields stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _


@cache
def _said() -> tuple[Mapping[str, str | Promise], Mapping[str, str | Promise]]:
    verbs: dict[str, str | Promise] = {}
    kinds: dict[str, str | Promise] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.audit_words"
        if config.name.startswith("tinhgon_web.") and find_spec(name) is not None:
            module = import_module(name)
            verbs |= module.VERBS
            kinds |= module.KINDS
    return verbs, kinds


def verb(name: str) -> str:
    """What was done; a verb nobody has said stays as it is."""
    return str(_said()[0].get(name, name))


def kind(name: str) -> str:
    """What it was done to."""
    return str(_said()[1].get(name, name))


def field(name: str) -> str:
    """What a field of a line is called."""
    return {
        "user": _("account"),
        "role": _("role"),
        "start": _("from"),
        "end": _("until"),
        "fields": _("fields"),
        "reason": _("reason"),
        "events": _("events"),
        "note": _("note"),
        "title": _("title"),
        "name": _("name"),
        "variant": _("variant"),
        "step": _("step"),
        "on": _("on"),
        "version": _("version"),
        "entry": _("entry"),
        "entries": _("entries"),
        "first": _("first entry"),
        "last": _("last entry"),
        "document": _("document"),
        "left_out": _("rows left out"),
        "decision": _("decision"),
        "unit": _("unit"),
        "place": _("place"),
        "number": _("number"),
        "state": _("state"),
        "opens": _("opens"),
        "closes": _("closes"),
        "forms": _("forms"),
        "households": _("households"),
    }.get(name, name)
