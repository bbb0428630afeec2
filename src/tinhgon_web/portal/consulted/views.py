"""The pages of schemes open for comment; nobody logs in, and nothing of who answered is on them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhgon_web.core.rights import public
from tinhgon_web.documents.sending import to_save
from tinhgon_web.portal.consulted import matters, proposals, results

_A_PAGE = 20


@public
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """What people are asked about now, then what they were asked about."""
    found = matters.matters()
    over = Paginator([one for one in found if one.is_over], _A_PAGE).get_page(request.GET.get("trang"))
    page = {"going": [one for one in found if not one.is_over], "part": over}
    return render(request, "portal/consulted/list.html", page)


@public
@require_safe
def show_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One matter: the proposal with its map and figures, documents, the way to the form; results once published."""
    matter = matters.matter(number)
    if matter is None:
        raise Http404(_("There is no such page"))
    page = {
        "matter": matter,
        "proposal": proposals.proposal_of(matter),
        "villages": proposals.villages(matter),
        "documents": proposals.documents(matter),
        "papers": proposals.papers(matter),
        "results": results.published(matter),
        "terms": results.terms_of(matter),
    }
    return render(request, "portal/consulted/detail.html", page)


@public
@require_safe
def send_paper(_request: HttpRequest, number: int, paper: int) -> FileResponse:
    """The file of a paper the office made public; not to be kept by browsers, since it can be made private again."""
    matter = matters.matter(number)
    found = proposals.papers(matter).filter(paper=paper).first() if matter is not None else None
    if found is None or found.paper.file is None:
        raise Http404(_("There is no such page"))
    return to_save(found.paper.file)
