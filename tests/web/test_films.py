"""Films made playable: real ffmpeg where it is installed, and nothing that only calls itself a film."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django.fixtures import Settings
from wagtailmedia.models import Media

from tinhgon_web.portal import cache
from tinhgon_web.portal.services import demo, films

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not films.is_possible(), reason="ffmpeg is missing (Debian package: ffmpeg)"),
]


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    default = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": default}


def test_a_film_gets_a_poster_its_size_and_its_length() -> None:
    kept_under = cache._state()
    film = demo._film("Đồi", 5)
    assert cache._state() != kept_under, "pages that show the film are made anew"
    assert (film.width, film.height, film.duration) == (960, 600, 6.0)
    assert Path(film.file.path).suffix == ".mp4"
    assert Path(film.thumbnail.path).read_bytes()[:2] == b"\xff\xd8"
    assert (
        len(list(Path(film.file.path).parent.iterdir())) == 2
    )  # what was uploaded goes when that is committed


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("danh-sach.mp4", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n"),
        ("ghep.mkv", b"ffconcat version 1.0\nfile /etc/passwd\n"),
        ("trang.mp4", b"<html><script>alert(1)</script></html>"),
        ("phim.exe", b"MZ"),
    ],
)
def test_what_is_no_film_is_refused_and_left_alone(name: str, content: bytes) -> None:
    row = Media(title="x", type="video", duration=1)
    row.file.save(name, ContentFile(content), save=True)
    before = row.file.name
    with pytest.raises(films.UnableToReadFilm, match="cannot be read as a film"):
        films.make_playable(film=row.pk)
    row.refresh_from_db()
    assert row.file.name == before
    assert not row.thumbnail
