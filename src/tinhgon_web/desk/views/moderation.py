"""The moderators' desk: the queue with its clocks, one comment with its history, the export, the chart of views."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.desk import duties, selectors, sheets, words
from tinhgon_web.desk.forms import DecisionForm
from tinhgon_web.desk.models import Comment
from tinhgon_web.desk.services import comments as service
from tinhgon_web.portal.models import ArticlePage

_A_PAGE, _AT_MOST = 30, 20_000
TABS = ("waiting", "reported", "accepted", "rejected", "removed", "")


@requires(Right.PUBLISH, Right.APPROVE)
@require_safe
def show_queue(request: HttpRequest) -> HttpResponse:
    """Comments by where they stand, those due first first."""
    state, query = _asked(request)
    rows = Paginator(selectors.queue(state, query), _A_PAGE).get_page(request.GET.get("trang"))
    counts = selectors.counts()
    page = {
        "rows": rows,
        "queued": selectors.with_clocks(rows),
        "tabs": [(tab, _names()[tab], counts.get(tab)) for tab in TABS],
        "state": state,
        "query": query,
        "duty": duties.COMPLAINT,
        "form": DecisionForm(),
    }
    return render(request, "desk/queue.html", page)


@requires(Right.PUBLISH, Right.APPROVE)
@require_safe
def show_comment(request: HttpRequest, comment: int) -> HttpResponse:
    """One comment: its words, what was objected, its history, and what can be done."""
    held = get_object_or_404(selectors.queue(""), pk=comment)
    [queued] = selectors.with_clocks([held])
    page = {
        "queued": queued,
        "comment": held,
        "steps": held.steps.select_related("by"),
        "reports": held.reports.order_by("-at"),
        "same": selectors.from_the_same(held),
        "duty": duties.COMPLAINT,
        "form": DecisionForm(),
        "names": words.STEPS,
        "reasons": words.REASONS,
    }
    return render(request, "desk/comment.html", page)


@requires(Right.PUBLISH, Right.APPROVE)
@require_POST
def decide(request: HttpRequest, comment: int) -> HttpResponse:
    """Take one decision on a comment."""
    get_object_or_404(Comment, pk=comment)
    form = DecisionForm(request.POST)
    acting, back = cast(User, request.user), redirect("moderation:comment", comment)
    if not form.is_valid():
        messages.error(request, words.refusal("reason"))
        return back
    try:
        _act(acting, comment, form)
    except service.UnableToModerate as error:
        messages.error(request, words.refusal(error.rule))
        return back
    messages.success(request, _("Decided."))
    return redirect("moderation:queue") if request.POST.get("tu") == "danh-sach" else back


def _act(acting: User, comment: int, form: DecisionForm) -> None:
    verb, note = form.cleaned_data["verb"], form.cleaned_data["note"]
    if verb == "erase":
        service.erase(acting=acting, comment=comment)
    elif verb == "keep":
        service.keep(acting=acting, comment=comment, note=note)
    else:
        service.decide(acting=acting, comment=comment, verb=verb, reason=form.reason, note=note)


@requires(Right.PUBLISH, Right.APPROVE)
@require_POST
def enter_request(request: HttpRequest, comment: int) -> HttpResponse:
    """Enter an authority's request to take a comment down: its clock runs from now."""
    held = get_object_or_404(Comment, pk=comment)
    try:
        service.report(
            comment=held,
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", "")[:500],
            by_authority=True,
            acting=cast(User, request.user),
        )
    except service.UnableToModerate as error:
        messages.error(request, words.refusal(error.rule))
    return redirect("moderation:comment", comment)


@requires(Right.PUBLISH, Right.APPROVE)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The comments found, as a workbook; no email, no digest."""
    state, query = _asked(request)
    rows = selectors.queue(state, query)[:_AT_MOST]
    return sheets.answer(sheets.comments(rows), "binh-luan.xlsx")


@requires(Right.PUBLISH, Right.APPROVE)
@require_safe
def show_views(request: HttpRequest) -> HttpResponse:
    """How often articles were read, day by day; `?bai=` of one."""
    asked = request.GET.get("bai", "")
    pk = int(asked) if asked.isdecimal() and len(asked) < 16 else None
    article = get_object_or_404(ArticlePage, pk=pk) if pk is not None else None
    today = timezone.localdate()
    bars = selectors.chart(pk, today)
    page: dict[str, Any] = {
        "article": article,
        "bars": bars,
        "most": max(bar.count for bar in bars),
        "total": sum(bar.count for bar in bars),
        "read": selectors.most_read(today),
    }
    return render(request, "desk/views.html", page)


def _asked(request: HttpRequest) -> tuple[str, str]:
    state = request.GET.get("o", "waiting")
    query = request.GET.get("q", "").strip()[:100]
    return (state if state in TABS else "waiting"), query


def _names() -> dict[str, str]:
    return {
        "waiting": _("Waiting"),
        "reported": _("Objected to"),
        "accepted": _("Now public"),
        "rejected": _("Rejected"),
        "removed": _("Taken down"),
        "": _("All"),
    }
