"""What places are called: core names no units itself, but asks the app that keeps them (`settings.PLACES`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


def names(ids: Iterable[str]) -> Mapping[str, str]:
    """Unit id -> its name today; "" is the whole register. Unknown ids are left out; at most one query."""
    wanted = set(ids)
    units = wanted - {""}
    ask = cast(Callable[[Iterable[str]], Mapping[str, str]], import_string(settings.PLACES))
    found = dict(ask(sorted(units))) if units else {}
    return {**found, "": _("the whole register")} if "" in wanted else found
