"""Paper forms: a batch declared, keyed by two officers who do not see each other's entry, settled, posted."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import forms
from tinhgon_web.consultation.models import Batch, Scan
from tinhgon_web.consultation.selectors import paper as reading
from tinhgon_web.consultation.selectors.results import parents
from tinhgon_web.consultation.services import paper, scans
from tinhgon_web.consultation.views.common import acting, batch_for, done, may_see_names, roll_for, words
from tinhgon_web.consultation.words import CHOICES, KEYED_CHOICES
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.core.rights import requires
from tinhgon_web.core.roles import Right
from tinhgon_web.documents.services import filing


@require_POST
@requires(Right.EDIT)
def open_batch(request: HttpRequest, round_id: int, unit: str) -> HttpResponse:
    """Take in a bundle of forms with the totals of its minutes."""
    roll, form = roll_for(request, round_id, unit, Right.EDIT), forms.BatchForm(request.POST)

    def act() -> None:
        paper.open_batch(
            acting=acting(request),
            roll=roll,
            declared=_declared(form),
            minutes=form.cleaned_data["minutes"],
        )

    return done(
        request, act, _("The batch is there: two officers key it now."), "consultation:roll", round_id, unit
    )


def _declared(form: forms.TotalsForm) -> dict[str, int]:
    if not form.is_valid():
        raise paper.UnableToKeyBatch(
            "Ghi đủ bốn tổng số của biên bản, bằng số", "write the four totals of the minutes as numbers"
        )
    return form.declared


@never_cache
@require_safe
@requires(Right.EDIT)
def show_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """A batch: who keyed it, and, once both have, where they differ."""
    return render(request, "consultation/batch.html", _page(request, batch_for(request, batch_id)))


def _page(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    user = acting(request)
    both = batch.first_by_id is not None and batch.second_by_id is not None
    units = parents([batch.roll.unit], AsOf(on=batch.roll.round.law_on, today=today()))
    return {
        "batch": batch,
        "roll": batch.roll,
        "round": batch.roll.round,
        "unit": units[batch.roll.unit],
        "keying": batch.state == Batch.State.KEYING,
        "both": both,
        "may_key": user.pk in (batch.first_by_id, batch.second_by_id) or not both,
        "mine": user.pk in (batch.first_by_id, batch.second_by_id),
        "comparison": reading.compare(batch) if both and batch.state == Batch.State.KEYING else None,
        "scans": batch.scans.all(),
        "scan_form": forms.ScanForm(),
        "choices": CHOICES,
        "keyed_choices": KEYED_CHOICES,
        "words": dict(KEYED_CHOICES),
        "totals_form": forms.TotalsForm(initial=batch.declared),
        "forms_count": sum(batch.declared.values()),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT)
def key_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Key every form of a batch: one row a household, one choice a form; only one's own entry is shown."""
    batch, refusal = batch_for(request, batch_id), ""
    if request.method == "POST":
        try:
            paper.key_batch(acting=acting(request), batch=batch, forms=forms.keyed_forms(request.POST.dict()))
            return HttpResponseRedirect(reverse("consultation:batch", args=[batch.pk]))
        except Refusal as error:
            refusal = words(error)
    own = batch.keyed.filter(by=acting(request)).exclude(entry=reading.SETTLED)
    keyed = {one.number: one for one in own}
    typed = request.POST.dict()
    lines = [
        (line, typed.get(f"phieu-{line.number}", keyed[line.number].choice if line.number in keyed else ""))
        for line in batch.roll.lines.all()
    ]
    opinions = "\n".join(f"{number}: {one.opinion}" for number, one in keyed.items() if one.opinion)
    page = _page(request, batch) | {
        "lines": lines,
        "opinions": typed.get("opinions", opinions),
        "refusal": refusal,
    }
    return render(request, "consultation/key.html", page, status=422 if refusal else 200)


@require_POST
@requires(Right.EDIT)
def settle(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Decide the forms on which the entries differ."""
    batch = batch_for(request, batch_id)
    return done(
        request,
        lambda: paper.settle(
            acting=acting(request), batch=batch, choices=forms.settlements(request.POST.dict())
        ),
        _("The differences are settled."),
        "consultation:batch",
        batch.pk,
    )


@require_POST
@requires(Right.EDIT)
def redeclare(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Correct the totals of the minutes."""
    batch, form = batch_for(request, batch_id), forms.TotalsForm(request.POST)

    def act() -> None:
        reason = request.POST.get("reason", "")
        paper.redeclare(acting=acting(request), batch=batch, declared=_declared(form), reason=reason)

    return done(request, act, _("The totals are corrected."), "consultation:batch", batch.pk)


@require_POST
@requires(Right.EDIT)
def post_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Write the batch into the ledger."""
    batch = batch_for(request, batch_id)
    return done(
        request,
        lambda: paper.post_batch(acting=acting(request), batch=batch),
        _("The batch is in the ledger."),
        "consultation:batch",
        batch.pk,
    )


@require_POST
@requires(Right.EDIT)
def attach_scan(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Keep a scan of the signed minutes."""
    batch, form = batch_for(request, batch_id), forms.ScanForm(request.POST, request.FILES)

    def act() -> None:
        if not form.is_valid():
            raise paper.UnableToKeyBatch("Chọn tệp biên bản đã quét", "choose the scan of the minutes")
        scans.attach_scan(acting=acting(request), batch=batch, upload=form.cleaned_data["file"])

    return done(request, act, _("The scan is kept."), "consultation:batch", batch.pk)


@never_cache
@require_safe
@requires(Right.READ)
def show_scan(request: HttpRequest, scan_id: int) -> HttpResponseBase:
    """A scan, as a file to save, for those who may see who is on the roll: people sign minutes."""
    scan = get_object_or_404(Scan.objects.select_related("batch__roll"), pk=scan_id)
    if not may_see_names(request, scan.batch.roll.unit):
        raise Http404
    response = FileResponse(filing.path_of(scan.stored).open("rb"), as_attachment=True, filename=scan.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@requires(Right.EDIT)
def drop_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Set the batch aside."""
    batch = batch_for(request, batch_id)
    return done(
        request,
        lambda: paper.drop_batch(acting=acting(request), batch=batch, reason=request.POST.get("reason", "")),
        _("The batch is set aside."),
        "consultation:batch",
        batch.pk,
    )
