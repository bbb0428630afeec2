"""Fills the plain site with the demo's leading article and four more: python fill.py demo/portal.yaml"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import django
import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plain_settings")
django.setup()

from django.core.files.images import ImageFile  # noqa: E402  # Django first
from django.core.management import call_command  # noqa: E402  # as above
from PIL import Image as Picture  # noqa: E402  # as above
from plain_articles.models import PlainArticle  # noqa: E402  # as above
from wagtail.images.models import Image  # noqa: E402  # as above
from wagtail.models import Page  # noqa: E402  # as above


def fill(told: dict) -> None:
    """Make the tables, a picture and five articles of the same words."""
    call_command("migrate", verbosity=0)
    content = io.BytesIO()
    Picture.new("RGB", (1440, 900), (90, 120, 80)).save(content, "JPEG")
    image = Image.objects.create(title="x", file=ImageFile(content, name="x.jpg"))
    home = Page.objects.get(depth=2)
    for number in range(5):
        page = PlainArticle(title=told["title"], slug=f"bai-{number}", lead=told["lead"])
        page.body = [one for said in told["body"] for one in blocks(said, image)]
        home.add_child(instance=page)
        page.save_revision().publish()


def blocks(said: dict, image: Image) -> list:
    """A block of the demo's article as the plain site has it; figures and films it has none."""
    [(name, value)] = said.items()
    if name == "photo":
        return [("photo", {"image": image, "caption": value["caption"]})]
    return [(name, value)] if name in ("text", "heading", "quote") else []


if __name__ == "__main__":
    fill(yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))["sections"][0]["articles"][0])
