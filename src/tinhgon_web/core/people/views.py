"""An administrator's pages of accounts and roles, and everybody's own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon_web.core import asof, role_words
from tinhgon_web.core.auditing import selectors as auditing
from tinhgon_web.core.models import Grant, User
from tinhgon_web.core.people import selectors, services, words
from tinhgon_web.core.people.forms import AccountForm, GrantForm, NewAccountForm
from tinhgon_web.core.rights import Right, requires, signed_in
from tinhgon_web.core.roles import Role

_LAST = 20


def _acting(request: HttpRequest) -> User:
    return cast(User, request.user)


@signed_in
@require_safe
def show_me(request: HttpRequest) -> HttpResponse:
    """One's own name, roles, and what guards the account."""
    user = _acting(request)
    page = {
        "roles": selectors.roles_of(user, asof.today()),
        "has_second_step": is_mfa_enabled(user),
        "lines": auditing.told(auditing.lines(by=user.pk)[:_LAST]),
        "role_texts": _role_texts(),
    }
    return render(request, "people/me.html", page)


@requires(Right.ADMINISTER)
@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """Every account with its roles of today."""
    query = request.GET.get("q", "").strip()
    page = {"people": selectors.accounts(search=query, on=asof.today()), "words": query}
    return render(request, "people/list.html", page)


@requires(Right.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account; its temporary password is shown once, on the page that answers."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = services.make_account(acting=_acting(request), **form.cleaned_data)
        return _person_page(request, user, password=password)
    return render(request, "people/add.html", {"form": form}, status=422 if form.errors else 200)


@requires(Right.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who it is, its roles, what was done with it; a POST corrects the name and title."""
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return _person_page(request, user)
    form = AccountForm(request.POST, instance=User.objects.get(pk=pk))
    if not form.is_valid():
        return _person_page(request, user, form=form)
    services.change_account(acting=_acting(request), user=user, **form.cleaned_data)
    return _done(request, user, _("Saved."))


@requires(Right.ADMINISTER)
@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role over a place."""
    user, form = get_object_or_404(User, pk=pk), GrantForm(request.POST)
    if not form.is_valid():
        return _person_page(request, user, grant_form=form)
    given = form.cleaned_data
    try:
        services.give_role(acting=_acting(request), user=user, **{**given, "role": Role(given["role"])})
    except services.UnableToAdminister as refused:
        form.add_error(None, words.refusal(refused.rule))
        return _person_page(request, user, grant_form=form)
    return _done(request, user, _("The role is given."))


@requires(Right.ADMINISTER)
@require_POST
def end_role(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """End a role from today on."""
    held = get_object_or_404(Grant.objects.select_related("user"), pk=grant, user_id=pk)
    return _tried(
        request,
        held.user,
        lambda: services.end_role(acting=_acting(request), grant=held, on=asof.today()),
        _("The role has ended."),
    )


@requires(Right.ADMINISTER)
@require_POST
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nobody log in with an account any more."""
    user = get_object_or_404(User, pk=pk)
    return _tried(
        request,
        user,
        lambda: services.close_account(acting=_acting(request), user=user),
        _("The account is closed."),
    )


@requires(Right.ADMINISTER)
@require_POST
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account."""
    user = get_object_or_404(User, pk=pk)
    services.open_account(acting=_acting(request), user=user)
    return _done(request, user, _("The account is open."))


@requires(Right.ADMINISTER)
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new temporary password, shown once."""
    user = get_object_or_404(User, pk=pk)
    password = services.set_temporary_password(acting=_acting(request), user=user)
    return _person_page(request, user, password=password)


@requires(Right.ADMINISTER)
@require_POST
def switch_off_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who has lost their phone and their recovery codes."""
    user = get_object_or_404(User, pk=pk)
    services.switch_off_second_step(acting=_acting(request), user=user)
    return _done(request, user, _("The second step is switched off."))


def _tried(request: HttpRequest, user: User, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except services.UnableToAdminister as refused:
        messages.error(request, words.refusal(refused.rule))
        return redirect("people:person", user.pk)
    return _done(request, user, done)


def _done(request: HttpRequest, user: User, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("people:person", user.pk)


def _person_page(
    request: HttpRequest,
    user: User,
    *,
    password: str = "",
    form: AccountForm | None = None,
    grant_form: GrantForm | None = None,
) -> HttpResponse:
    wrong = form or grant_form
    page: dict[str, Any] = {
        "person": user,
        "password": password,
        "form": form or AccountForm(instance=user),
        "grant_form": grant_form or GrantForm(initial={"start": asof.today().strftime("%d/%m/%Y")}),
        "roles": selectors.roles_of(user, asof.today()),
        "has_second_step": is_mfa_enabled(user),
        "lines": auditing.told(auditing.about(user)[:_LAST]),
        "role_texts": _role_texts(),
    }
    response = render(request, "people/person.html", page, status=422 if wrong else 200)
    if password:
        response.headers["Cache-Control"] = "no-store"
    return response


def _role_texts() -> list[tuple[str, str]]:
    return [(role_words.name(role), role_words.explained(role)) for role in Role]
