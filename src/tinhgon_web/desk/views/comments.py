"""Readers' side of comments: write one, object to one. Never kept by caches, so that articles' pages can be."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tinhgon_web.core.limits import Limit
from tinhgon_web.core.rights import public
from tinhgon_web.desk import puzzle, selectors, words
from tinhgon_web.desk.forms import CommentForm, ReportForm
from tinhgon_web.desk.models import Comment
from tinhgon_web.desk.services import comments as service
from tinhgon_web.desk.views import sending
from tinhgon_web.portal.models import ArticlePage

OFTEN, DAILY = Limit("comment", most=6, seconds=600), Limit("comment-day", most=30, seconds=86_400)
REPORTS = Limit("report", most=10, seconds=3600)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, page: int) -> HttpResponse:
    """The form of a comment on an article, or of a reply (`?tra-loi=`)."""
    article = get_object_or_404(ArticlePage.objects.live().public(), pk=page)
    if not service.is_open(article):
        return render(request, "desk/closed.html", {"article": article}, status=410)
    if "da-gui" in request.GET:
        return render(request, "desk/sent.html", {"article": article})
    form = CommentForm(request.POST or None)
    status = _sent(request, article, form) if request.method == "POST" else 200
    if status == 302:
        return redirect(f"{reverse('comments:write', args=[page])}?da-gui")
    parent = _parent(request, article)
    return sending.show(
        request, "desk/write.html", form, f"comment {page}", {"article": article, "parent": parent}, status
    )


def _parent(request: HttpRequest, article: ArticlePage) -> Comment | None:
    asked = request.GET.get("tra-loi", "")
    if not asked.isdecimal() or len(asked) > 15:
        return None
    rows = Comment.objects.filter(page=article, state=Comment.State.ACCEPTED, parent=None)
    return rows.filter(pk=int(asked)).first()


def _sent(request: HttpRequest, article: ArticlePage, form: CommentForm) -> int:
    """Take the form; the status of the answer, 302 when it was taken."""
    if not form.is_valid():
        return 422
    if not sending.within(request, OFTEN, DAILY):
        sending.refused(form, "often")
        return 429
    asked = request.GET.get("tra-loi", "")
    parent = int(asked) if asked.isdecimal() and len(asked) < 16 else None
    try:
        sending.send(
            form,
            f"comment {article.pk}",
            lambda fields: service.send(
                page=article, said=service.Said(**fields, parent=parent), source=sending.source_of(request)
            ),
        )
    except puzzle.UnableToAcceptPuzzle:
        sending.refused(form, "puzzle")
    except service.UnableToComment as error:
        sending.refused(form, error.rule)
    else:
        return 302
    return 422


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, comment: int) -> HttpResponse:
    """Object to a published comment."""
    held = get_object_or_404(selectors.queue(Comment.State.ACCEPTED), pk=comment)
    if held.page is None or not held.page.live:
        raise Http404
    if "da-gui" in request.GET:
        return render(request, "desk/sent.html", {"article": held.page, "reported": True})
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _reported(request, held, form)
        if status == 302:
            return redirect(f"{reverse('comments:report', args=[comment])}?da-gui")
    page = {"article": held.page, "comment": held}
    return sending.show(request, "desk/report.html", form, f"report {comment}", page, status)


def _reported(request: HttpRequest, comment: Comment, form: ReportForm) -> int:
    if not form.is_valid():
        return 422
    if not sending.within(request, REPORTS):
        sending.refused(form, "often")
        return 429
    try:
        sending.send(form, f"report {comment.pk}", lambda fields: service.report(comment=comment, **fields))
    except puzzle.UnableToAcceptPuzzle:
        sending.refused(form, "puzzle")
    except service.UnableToModerate as error:
        form.add_error(None, words.refusal(error.rule))
    else:
        return 302
    return 422
