"""Films as browsers play them: made by ffmpeg where it is installed, otherwise left as they were uploaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.files import File
from django.db import transaction
from wagtail.log_actions import log
from wagtailmedia.models import Media

from tinhgon.refusal import Refusal

DEMUXERS = {".mp4": "mov", ".mov": "mov", ".m4v": "mov", ".webm": "matroska", ".mkv": "matroska"}
"""Ending of a name -> how ffmpeg reads it: not guessed, for a list of other files would be read as well."""
_WIDEST, _MOST_SECONDS = 1280, 1800
_FILM = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-pix_fmt", "yuv420p", "-c:a", "aac"]


class UnableToReadFilm(Refusal, ValueError):
    """What was uploaded is no film, or none that ffmpeg can read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            en=f"'{name}' cannot be read as a film; upload it again as MP4 or WebM.",
            vi=f"Không đọc được phim '{name}'; hãy tải lên lại ở dạng MP4 hoặc WebM.",
        )
        self.name = name


def is_possible() -> bool:
    """Whether ffmpeg is installed."""
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def make_playable(*, film: int, check: Callable[[], None] = lambda: None) -> None:
    """Put a film into MP4 (H.264, at most 1280 wide), with a poster, its size and its length.

    Raises:
        UnableToReadFilm: it is none.
    """
    row = Media.objects.get(pk=film)
    source = Path(row.file.path)
    with tempfile.TemporaryDirectory() as folder:
        made, poster = Path(folder) / f"{source.stem}-web.mp4", Path(folder) / f"{source.stem}.jpg"
        read = [*_reading(source), "-i", str(source)]
        fit = f"scale='min({_WIDEST},iw)':-2"
        _run([*read, "-vf", fit, *_FILM, "-movflags", "+faststart", str(made)], row.filename)
        check()
        _run(["-i", str(made), "-vf", "thumbnail", "-frames:v", "1", str(poster)], row.filename)
        width, height, seconds = _measure(made, row.filename)
        check()
        _keep(row, made, poster, {"width": width, "height": height, "duration": seconds})


def draw(*, still: Path, made: Path) -> None:
    """Six seconds of a slow look over a still picture, without sound."""
    look = "zoompan=z='1+on/900':d=150:s=960x600:fps=25,format=yuv420p"
    _run(["-i", str(still), "-vf", look, "-frames:v", "150", *_FILM, str(made)], still.name)


def _reading(source: Path) -> list[str]:
    demuxer = DEMUXERS.get(source.suffix.lower())
    if demuxer is None:
        raise UnableToReadFilm(source.name)
    return ["-protocol_whitelist", "file", "-f", demuxer]


def _run(arguments: list[str], name: str) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_MOST_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UnableToReadFilm(name) from error


def _measure(made: Path, name: str) -> tuple[int, int, float]:
    asked = ["-select_streams", "v:0", "-show_entries", "stream=width,height:format=duration"]
    command = ["ffprobe", "-v", "error", *asked, "-of", "json", str(made)]
    try:
        said = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
        [stream] = said["streams"]
        return stream["width"], stream["height"], float(said["format"]["duration"])
    except (subprocess.SubprocessError, KeyError, ValueError) as error:
        raise UnableToReadFilm(name) from error


def _keep(row: Media, made: Path, poster: Path, measured: dict[str, float]) -> None:
    """Put the new files in the old one's place; the old one goes once that holds."""
    old = row.file.name
    with made.open("rb") as film, poster.open("rb") as picture, transaction.atomic():
        row.file.save(made.name, File(film), save=False)
        row.thumbnail.save(poster.name, File(picture), save=False)
        files = {"file": row.file.name, "thumbnail": row.thumbnail.name}
        Media.objects.filter(pk=row.pk).update(**files, **measured)
        log(instance=row, action="wagtail.edit")  # pages that are kept are made anew by this word
        transaction.on_commit(lambda: row.file.storage.delete(old))
