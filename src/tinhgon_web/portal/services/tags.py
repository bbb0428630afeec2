"""Addresses of tags: without diacritics, as every address of the portal."""

from __future__ import annotations

from itertools import count

from django.utils.text import slugify
from taggit.models import Tag

from tinhgon import text

_NAMELESS = "the"


def plain(name: str) -> str:
    """A name as an address says it."""
    return slugify(text.fold(name))


def free_address(name: str) -> str:
    """The address of a new tag; a number tells those apart that differ by their marks alone (ma, mà, má)."""
    wanted = plain(name) or _NAMELESS
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in numbered if not Tag.objects.filter(slug=slug).exists())
