"""The portal's pictures and films, in parts when a player asks for parts."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from tinhgon_web.core.rights import public

OPEN = ("images", "media", "media_thumbnails")
"""Folders anybody may read; originals and papers go through views with rights."""
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
_PIECE = 1 << 16


@public
@require_safe
def serve_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file, or the part of it that is asked for."""
    file = _found(path)
    size = file.stat().st_size
    wanted = _RANGE.match(request.headers.get("Range", ""))
    response: HttpResponseBase
    if wanted and any(wanted.groups()):
        response = _part(file, size, *_bounds(wanted, size))
    else:
        response = FileResponse(file.open("rb"), content_type=_type(file))
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = http_date(file.stat().st_mtime)
    response["Cache-Control"] = "public, max-age=604800, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _found(path: str) -> Path:
    folder, _, rest = path.partition("/")
    if folder not in OPEN:
        raise Http404
    try:
        file = Path(safe_join(settings.PUBLIC_ROOT / folder, rest))
    except SuspiciousFileOperation as error:  # a way out of the folder
        raise Http404 from error
    if not file.is_file():
        raise Http404
    return file


def _type(file: Path) -> str:
    known = mimetypes.guess_type(file.name)[0] or ""
    return (
        known
        if known.startswith(("image/", "video/", "audio/")) and known != "image/svg+xml"
        else "application/octet-stream"
    )


def _bounds(wanted: re.Match[str], size: int) -> tuple[int, int]:
    first, last = wanted.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(file: Path, size: int, first: int, last: int) -> HttpResponseBase:
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_pieces(file, first, last), status=206, content_type=_type(file))
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _pieces(file: Path, first: int, last: int) -> Iterator[bytes]:
    with file.open("rb") as stream:
        stream.seek(first)
        left = last - first + 1
        while left > 0 and (piece := stream.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
