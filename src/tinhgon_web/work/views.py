"""The programmes with their targets, and the forms that change them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.work import selectors, services
from tinhgon_web.work.forms import ProgrammeForm, TargetForm
from tinhgon_web.work.models import Programme, Target


def _may_edit(request: HttpRequest) -> bool:
    """Whether the reader may set targets: who edits the whole register."""
    rights = cast(Request, request).rights
    return rights.may(Right.EDIT) and rights.places(Right.EDIT) is None


def _check_may_edit(request: HttpRequest) -> User:
    if not _may_edit(request):
        raise PermissionDenied(_("Targets are set by whoever edits the whole register."))
    return cast(User, request.user)


def _may_publish(request: HttpRequest) -> bool:
    rights = cast(Request, request).rights
    return rights.may(Right.PUBLISH) and rights.places(Right.PUBLISH) is None


@requires(Right.PUBLISH)
@require_POST
def publish_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Show a programme to the public, or no longer."""
    if not _may_publish(request):
        raise PermissionDenied(_("Programmes are published by whoever publishes for the whole register."))
    found = get_object_or_404(Programme, pk=programme)
    published = request.POST.get("published") == "yes"
    services.publish_programme(acting=cast(User, request.user), programme=found, published=published)
    messages.success(
        request,
        _("The public sees the programme now.")
        if published
        else _("The public no longer sees the programme."),
    )
    return redirect("work:programmes")


@requires(Right.READ)
@require_safe
def show_programmes(request: HttpRequest) -> HttpResponse:
    """Every programme with the targets of the places the reader may see."""
    asked = cast(Request, request)
    found = selectors.seen(selectors.programmes(), asked.scope)
    places = apparatus.reader(asked.asof).units(
        target.place for _one, targets in found for target in targets if target.place
    )
    page = {
        "found": found,
        "places": places,
        "may_edit": _may_edit(request),
        "may_publish": _may_publish(request),
    }
    return render(request, "work/programmes.html", page)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_programme(request: HttpRequest) -> HttpResponse:
    """Make a document a programme."""
    acting = _check_may_edit(request)
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_programme(acting=acting, **form.cleaned_data)
        except services.UnableToSetTarget as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The programme is there; give it targets."))
            return redirect("work:programmes")
    return _form(request, form, _("Add a programme"))


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_target(request: HttpRequest, programme: str) -> HttpResponse:
    """Give a programme a target."""
    acting = _check_may_edit(request)
    found = get_object_or_404(Programme.objects.select_related("document"), pk=programme)
    title = _("Add a target of %(number)s") % {"number": found.document.number}
    return _set(request, acting, Target(programme=found), TargetForm(request.POST or None), title)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_target(request: HttpRequest, target: int) -> HttpResponse:
    """Change a target."""
    acting = _check_may_edit(request)
    found = get_object_or_404(Target.objects.select_related("programme__document"), pk=target)
    form = TargetForm(request.POST or None, initial=services.told(found))
    title = _("Change a target of %(number)s") % {"number": found.programme.document.number}
    return _set(request, acting, found, form, title)


def _set(request: HttpRequest, acting: User, target: Target, form: TargetForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            services.set_target(acting=acting, target=target, fields=form.cleaned_data)
        except services.UnableToSetTarget as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The target is set."))
            return redirect("work:programmes")
    return _form(request, form, title)


@requires(Right.EDIT)
@require_POST
def remove_target(request: HttpRequest, target: int) -> HttpResponse:
    """Take a target away."""
    acting = _check_may_edit(request)
    services.remove_target(acting=acting, target=get_object_or_404(Target, pk=target))
    messages.success(request, _("The target is gone."))
    return redirect("work:programmes")


def _form(request: HttpRequest, form: ProgrammeForm | TargetForm, title: str) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, "work/form.html", {"form": form, "title": title}, status=status)
