"""The list of documents, adding and correcting them, and their files."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, Rights, requires
from tinhgon_web.documents import selectors, services
from tinhgon_web.documents.forms import DocumentForm, WantedForm
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.documents.sending import to_save
from tinhgon_web.documents.services.editing import fields_of

_A_PAGE = 50


@requires(Right.READ)
@require_safe
def show_documents(request: HttpRequest) -> HttpResponse:
    """Documents signed up to the day shown, searched without diacritics, also in their files."""
    asked = cast(Request, request)
    form = WantedForm(request.GET)
    wanted = form.wanted
    found = selectors.documents(asof=asked.asof, wanted=wanted, within=asked.scope)
    page = {
        "rows": Paginator(found, _A_PAGE).get_page(request.GET.get("trang")),
        "query": wanted.words,
        "wanted": wanted,
        "types": selectors.types(),
        "issuers": selectors.issuers(),
        "programmes": selectors.programmes(),
        "narrowed": bool(wanted.issuer or wanted.since or wanted.until or wanted.programme),
        "may_add": asked.rights.may(Right.EDIT),
    }
    return render(request, "documents/list.html", page)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest) -> HttpResponse:
    """A form for a new document; its page is where files are attached."""
    form = DocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.add_document(
            acting=cast(User, request.user),
            fields=form.fields_said,
            place=_own_place(cast(Request, request).rights),
        )
        return _to_document(request, made, _("Added."))
    return render(request, "documents/form.html", {"form": form}, status=400 if form.errors else 200)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_document(request: HttpRequest, document: str) -> HttpResponse:
    """A form that puts right what was written of a document."""
    found = _editable(request, document)
    before = fields_of(found)
    initial = {name: getattr(before, name) for name in before.__slots__ if not name.startswith("_")}
    form = DocumentForm(
        request.POST or None, initial={**initial, "seen": services.digest(before)}, document=found
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_document(
                acting=cast(User, request.user),
                document=found,
                fields=form.fields_said,
                seen=form.cleaned_data["seen"],
            )
        except services.UnableToOverwriteUnseen:
            page = {"form": form, "document": found, "theirs": before, "seen": services.digest(before)}
            return render(request, "documents/form.html", page, status=409)
        return _to_document(request, found, _("Corrected."))
    page = {"form": form, "document": found}
    return render(request, "documents/form.html", page, status=400 if form.errors else 200)


@requires(Right.EDIT)
@require_POST
def attach_file(request: HttpRequest, document: str) -> HttpResponse:
    """Attach the file sent, or say why not, on the document's page."""
    found = _editable(request, document)
    upload = request.FILES.get("tep")
    if not isinstance(upload, UploadedFile):
        messages.error(request, _("No file was chosen."))
        return _to_document(request, found)
    latest = request.POST.get("thay", "")
    supersedes = get_object_or_404(DocumentFile, pk=latest, document=found) if latest.isdigit() else None
    try:
        services.attach(acting=cast(User, request.user), document=found, upload=upload, supersedes=supersedes)
    except Refusal as refusal:
        messages.error(request, f"{upload.name}: {refusal.message(get_language() or 'vi')}")
        return _to_document(request, found)
    return _to_document(request, found, _("Attached."))


@requires(Right.READ)
@require_safe
def send_file(request: HttpRequest, number: int) -> FileResponse:
    """A file, always as something to save: a browser neither shows nor runs it here."""
    readable = selectors.readable(cast(Request, request).scope)
    return to_save(get_object_or_404(DocumentFile, pk=number, document__in=readable))


def about(request: HttpRequest, document: Document) -> dict[str, object]:
    """What a document's page shows beside its entries: its files, and the documents it names and is named by."""
    asked = cast(Request, request)
    readable = selectors.readable(asked.scope).values("pk")
    return {
        "carries_out": document.carries_out.filter(pk__in=readable),
        "carried_out_by": document.carried_out_by.filter(pk__in=readable),
        "amends": document.amends.filter(pk__in=readable),
        "amended_by": document.amended_by.filter(pk__in=readable),
        "files": selectors.files(document),
        "may_edit": may_edit(asked.rights, document),
        "most": settings.MOST_UPLOAD_BYTES >> 20,
    }


def may_edit(rights: Rights, document: Document) -> bool:
    """Whether somebody may correct a document: whoever edits the whole register, or the place that added it."""
    places = rights.places(Right.EDIT)
    return rights.may(Right.EDIT) and (places is None or document.place in places)


def _own_place(rights: Rights) -> str:
    places = rights.places(Right.EDIT)
    return min(places) if places else ""


def _editable(request: HttpRequest, document: str) -> Document:
    asked = cast(Request, request)
    found = get_object_or_404(selectors.readable(asked.scope), pk=document)
    if not may_edit(asked.rights, found):
        raise PermissionDenied(_("This document belongs to another place; ask its officers to correct it."))
    return found


def _to_document(request: HttpRequest, document: Document, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    query = urlencode(cast(Request, request).asof.params)
    address = reverse("document", args=[document.pk])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
