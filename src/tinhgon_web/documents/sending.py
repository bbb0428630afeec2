"""Sending a file of a document, to whoever the page has found may have it."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from tinhgon_web.documents import scanning
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.documents.services.filing import path_of


def to_save(row: DocumentFile, *, public: bool = False) -> FileResponse:
    """A file, always as something to save: a browser neither shows nor runs it here, and keeps only what is public.

    Raises:
        Http404: it is no longer where it was kept.
    """
    path = path_of(row.stored)
    if not path.is_file():
        raise Http404(_("The file is no longer in its place; tell the administrator."))
    response = FileResponse(path.open("rb"), as_attachment=True, filename=row.name)
    response.headers["Content-Type"] = scanning.TYPES[row.type]
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not public:
        response.headers["Cache-Control"] = "private, no-store"
    return response
