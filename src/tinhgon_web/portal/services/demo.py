"""The portal of the demo: an office, sections, articles written for it, pictures drawn by code. All is made up."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import yaml
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.documents.models import Document as Paper
from wagtail.images.models import Image
from wagtail.models import Page, Site
from wagtailmedia.models import Media

from tinhgon_web.portal import maps
from tinhgon_web.portal.models import ArticlePage, FrontPage, Office, SectionPage, Writer
from tinhgon_web.portal.services import films
from tinhgon_web.portal.services.papers import read_paper
from tinhgon_web.portal.services.publishing import keep_numbers

_WIDE, _HIGH = 1440, 900


def make_portal(*, path: Path) -> int:
    """Make the demo's portal from a file of words, once; returns how many articles were made."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    with transaction.atomic():
        if FrontPage.objects.exists():
            return 0
        front = _front(told["front"])
        writers = {one["slug"]: Writer.objects.create(**one) for one in told["writers"]}
        made = 0
        for section in told["sections"]:
            page = SectionPage(title=section["title"], slug=section["slug"], intro=section["intro"])
            front.add_child(instance=page)
            for article in section["articles"]:
                _article(page, article, writers)
                made += 1
        return made


def _front(told: Mapping[str, Any]) -> FrontPage:
    root = Page.get_first_root_node()
    assert root is not None
    old = list(root.get_children())
    front = FrontPage(title=told["title"], slug="cong", welcome=told["welcome"])
    root.add_child(instance=front)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page, site.site_name = front, told["title"]
    site.save()
    for page in old:  # Wagtail's own page of welcome
        Page.objects.get(pk=page.pk).delete()
    Office.objects.update_or_create(site=site, defaults=told["office"])
    return front


def _article(section: SectionPage, told: Mapping[str, Any], writers: Mapping[str, Writer]) -> None:
    published = timezone.make_aware(dt.datetime.fromisoformat(told["published"]))
    page = ArticlePage(
        title=told["title"],
        slug=told["slug"],
        lead=told["lead"],
        byline=told.get("byline", ""),
        cover=_picture(told["title"], told["picture"]) if "picture" in told else None,
        cover_credit="Hình minh họa vẽ bằng máy" if "picture" in told else "",
        figures_from=told.get("figures_from"),
        figures_to=told.get("figures_to"),
        comments_open=told.get("comments", False),
    )
    told_of = [(name, value) for one in told["body"] for name, value in one.items()]
    page.body = [
        (name, _block(name, value)) for name, value in told_of if name != "film" or films.is_possible()
    ]
    section.add_child(instance=page)
    page.tags.add(*told.get("tags", ()))
    page.writers.set([writers[slug] for slug in told.get("writers", ())])
    page.save()
    page.save_revision(log_action=False).publish(log_action=False)
    ArticlePage.objects.filter(pk=page.pk).update(
        first_published_at=published, last_published_at=published, latest_revision_created_at=published
    )
    keep_numbers(page=page, at=published)


def _block(name: str, value: Any) -> Any:
    if name == "photo":
        return {**value, "image": _picture(value["caption"], value.pop("image"))}
    if name == "film":
        return {**value, "film": _film(value["caption"], value.pop("film"))}
    if name == "paper":
        return {"document": _paper(**value), "about": ""}
    if name == "map":
        return {**value, "place": maps.placed(value["place"], value["on"])}
    if name == "chart":
        points = [{"label": label, "value": size} for label, size in value["points"]]
        return {"code": None, "first": None, "last": None, "unit": "", "source": ""} | {
            **value,
            "points": points,
        }
    return value


def _picture(title: str, seed: int) -> Image:
    """A landscape of hills and fields, drawn by code: no photo of anybody or anything."""
    buffer = io.BytesIO()
    _landscape(seed).save(buffer, "JPEG", quality=85)
    image = Image(title=f"Minh họa: {title}"[:255], width=_WIDE, height=_HIGH)
    image.file = ImageFile(io.BytesIO(buffer.getvalue()), name=f"minh-hoa-{seed}.jpg")
    image.save()
    return image


def _film(title: str, seed: int) -> Media:
    """Six seconds over such a landscape, made by ffmpeg."""
    with tempfile.TemporaryDirectory() as folder:
        still, made = Path(folder) / "canh.png", Path(folder) / f"minh-hoa-{seed}.mp4"
        _landscape(seed).save(still)
        films.draw(still=still, made=made)
        film = Media(title=f"Minh họa: {title}"[:255], type="video", duration=6)
        with made.open("rb") as stream:
            film.file.save(made.name, File(stream), save=True)
    films.make_playable(film=film.pk)
    film.refresh_from_db()
    return film


def _paper(title: str, lines: list[str]) -> Paper:
    """A file of a few lines, to take along and to be found by."""
    written = docx.Document()
    for line in (f"Minh họa: {title}", *lines):
        written.add_paragraph(line)
    kept = io.BytesIO()
    written.save(kept)
    paper = Paper(title=f"Minh họa: {title}"[:255], file_size=kept.tell())
    paper.file.save("minh-hoa.docx", ContentFile(kept.getvalue()), save=True)
    read_paper(paper=paper.pk, progress=lambda *_: None)
    return paper


def _landscape(seed: int) -> Picture.Image:
    sky = [(236, 214, 190), (214, 224, 232), (244, 226, 200), (206, 218, 214)][seed % 4]
    picture = Picture.new("RGB", (_WIDE, _HIGH), sky)
    draw = ImageDraw.Draw(picture)
    sun = 200 + (seed * 317) % 1000
    draw.ellipse((sun, 120, sun + 150, 270), fill=(214, 120, 84))
    for layer in range(5):
        top, shade = 360 + layer * 105, 150 - layer * 24
        points = [(0, _HIGH)]
        for x in range(0, _WIDE + 40, 40):
            wave = ((x * (layer + 2) + seed * 977) % 560) / 560
            points.append((x, top + int(110 * abs(wave - 0.5))))
        points.append((_WIDE, _HIGH))
        draw.polygon(points, fill=(shade - 40, shade + 10, shade - 20))
    for row in range(7):
        y = 790 + row * 16
        draw.line((0, y, _WIDE, y - 60), fill=(60, 84, 58), width=3)
    return picture
