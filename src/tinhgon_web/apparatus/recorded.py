"""Telling the other apps that the journal has grown: each may have an `on_recorded.py` with `on_recorded()`.

They are told once what was written is committed, and must be quick: what takes longer is given to the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def _told() -> tuple[Callable[[], None], ...]:
    names = (
        f"{config.name}.on_recorded"
        for config in apps.get_app_configs()
        if config.name.startswith("tinhgon_web.")
    )
    return tuple(import_module(name).on_recorded for name in names if find_spec(name) is not None)


def tell() -> None:
    """The journal has grown."""
    for on_recorded in _told():
        on_recorded()
