"""The ribbon over made-up data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tinhgon_web.documents import selectors


def provenance(request: HttpRequest) -> dict[str, Any]:
    """Whether the page must say "dữ liệu minh họa"; asked only where a template does."""
    del request
    return {"synthetic": SimpleLazyObject(selectors.any_synthetic)}
