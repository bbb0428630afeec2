"""The site's mark as telephones and desktops ask for it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageChops

from tinhgon_web.core.management.commands.draw_icons import ICONS, _bled, drawn

pytestmark = pytest.mark.django_db


def test_the_manifest_names_pictures_of_the_sizes_it_says(nobody: Client) -> None:
    icons = nobody.get("/ung-dung.webmanifest").json()["icons"]
    pictures = [one for one in icons if one["type"] == "image/png"]
    assert {(one["sizes"], one["purpose"]) for one in pictures} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for one in icons:
        assert finders.find(one["src"].removeprefix("/static/")), one["src"]


@pytest.mark.parametrize("name", ICONS)
def test_a_picture_is_the_mark_drawn(name: str) -> None:
    pixels, is_maskable = ICONS[name]
    mark = Path(str(finders.find("core/mark.svg"))).read_text(encoding="utf-8")
    made = Image.open(io.BytesIO(drawn(_bled(mark) if is_maskable else mark, pixels))).convert("RGBA")
    kept = Image.open(str(finders.find(f"core/{name}"))).convert("RGBA")
    assert kept.size == (pixels, pixels)
    assert max(high for _low, high in ImageChops.difference(made, kept).getextrema()) < 16
    corner = kept.getpixel((0, 0))
    assert isinstance(corner, tuple)
    assert corner[3] == (255 if is_maskable else 0), "only what may be cut off to a shape fills its corners"
