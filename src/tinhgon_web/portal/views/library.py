"""The library: documents with their public files, photos, films; what may be open to the public is opened here too."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tinhgon import text
from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, public, requires
from tinhgon_web.documents import selectors as register
from tinhgon_web.documents.forms import WantedForm
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.documents.sending import to_save
from tinhgon_web.portal import library
from tinhgon_web.portal.services.papers import close_paper, open_paper

_A_PAGE, _LONGEST = 30, 200


@public
@require_safe
def show_documents(request: HttpRequest) -> HttpResponse:
    """Documents by words, type, issuer, days and programme; searched without diacritics, also in public files."""
    wanted = WantedForm(request.GET).wanted
    part = Paginator(library.open_documents(wanted), _A_PAGE).get_page(request.GET.get("trang"))
    programmes = [one for one in register.programmes() if not one.place]
    page = {
        "part": part,
        "rows": register.with_programmes(part, programmes),
        "wanted": wanted,
        "types": register.types(),
        "issuers": register.issuers(),
        "programmes": programmes,
    }
    return render(request, "portal/library/documents.html", page)


@public
@require_safe
def show_document(request: HttpRequest, document: str) -> HttpResponse:
    """A document: what it is, what it carries out, and its public files."""
    found = get_object_or_404(library.open_documents(register.Wanted()), pk=document)
    may_open = cast(Request, request).rights.may(Right.PUBLISH)
    public_files = set(library.papers().filter(document=found).values_list("pk", flat=True))
    files = [(one, one.pk in public_files) for one in found.files.all() if may_open or one.pk in public_files]
    page = {
        "document": found,
        "files": files,
        "may_open": may_open,
        "above": found.carries_out.filter(place=""),
        "below": found.carried_out_by.filter(place=""),
    }
    return render(request, "portal/library/document.html", page)


@public
@require_safe
def show_enclosed(request: HttpRequest) -> HttpResponse:
    """The files that published articles hold, by words without diacritics of their titles and of what they say."""
    words = text.clean(request.GET.get("q", "").replace("\0", " "))[:_LONGEST]
    return _shelf(request, "enclosed", library.enclosed(words), words=words)


@public
@require_safe
def show_photos(request: HttpRequest) -> HttpResponse:
    """The pictures of published articles."""
    return _shelf(request, "photos", library.photos())


@public
@require_safe
def show_films(request: HttpRequest) -> HttpResponse:
    """The films of published articles."""
    return _shelf(request, "films", library.films())


def _shelf(request: HttpRequest, name: str, rows: QuerySet[Any], **more: str) -> HttpResponse:
    part = Paginator(rows, _A_PAGE).get_page(request.GET.get("trang"))
    page = {"part": part, "rows": library.with_articles(part), **more}
    return render(request, f"portal/library/{name}.html", page)


@public
@require_safe
def send_paper(request: HttpRequest, number: int) -> FileResponse:
    """A file that was made public, as something to save."""
    del request
    return to_save(get_object_or_404(library.papers(), pk=number), public=True)


@requires(Right.PUBLISH)
@require_POST
def switch_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Make a file public, or take it back inside."""
    file = get_object_or_404(DocumentFile, pk=number, document__place="")
    act = open_paper if request.POST.get("mo") == "1" else close_paper
    act(acting=cast(User, request.user), file=file)
    return HttpResponseRedirect(reverse("library:document", args=[file.document_id]))
