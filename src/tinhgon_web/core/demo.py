"""The accounts of the demo, of every role and level, with which anybody may look around; there only where DEMO=1."""

from __future__ import annotations

import attrs
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tinhgon_web.core import asof, audit
from tinhgon_web.core.models import Grant, User
from tinhgon_web.core.rights import public
from tinhgon_web.core.roles import Role


@attrs.frozen(slots=True)
class DemoAccount:
    """One account: its log-in name, the (made-up) person, what they are, and their role over a place."""

    username: str
    full_name: str
    title: str
    role: Role
    place: str = ""


ACCOUNTS = (
    DemoAccount("lanh-dao", "Nguyễn Văn Minh Họa", "Lãnh đạo tỉnh", Role.LEADER),
    DemoAccount("can-bo-tinh", "Trần Thị Minh Họa", "Chuyên viên Sở Nội vụ", Role.EDITOR),
    DemoAccount(
        "can-bo-huyen", "Lê Văn Minh Họa", "Chuyên viên Phòng Nội vụ huyện Đắk Glong", Role.EDITOR, "d-661"
    ),
    DemoAccount("can-bo-xa", "H'Minh Họa Niê", "Công chức xã Quảng Sơn", Role.EDITOR, "c-24616"),
    DemoAccount("phe-duyet", "Phạm Thị Minh Họa", "Trưởng phòng, Ban Tổ chức Tỉnh ủy", Role.APPROVER),
    DemoAccount(
        "duyet-huyen", "Lý Văn Minh Họa", "Lãnh đạo Ủy ban nhân dân huyện Đắk Glong", Role.APPROVER, "d-661"
    ),
    DemoAccount(
        "hdnd-xa", "Điểu Minh Họa", "Thường trực Hội đồng nhân dân xã Quảng Sơn", Role.APPROVER, "c-24616"
    ),
    DemoAccount("thanh-tra", "Hoàng Văn Minh Họa", "Thanh tra viên", Role.INSPECTOR),
    DemoAccount("bien-tap", "Vũ Thị Minh Họa", "Biên tập viên cổng thông tin", Role.PORTAL_EDITOR),
    DemoAccount("quan-tri", "Đỗ Văn Minh Họa", "Quản trị hệ thống", Role.ADMINISTRATOR),
    DemoAccount("nguoi-xem", "Bùi Thị Minh Họa", "Người xem", Role.VIEWER),
)


def make_accounts() -> list[User]:
    """Make the accounts that are missing, each with its grant; their passwords cannot be typed."""
    with transaction.atomic():
        return [_make(account) for account in ACCOUNTS]


def _make(account: DemoAccount) -> User:
    user, made = User.objects.get_or_create(
        username=account.username, defaults={"full_name": account.full_name, "title": account.title}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    if not user.grants.exists():
        grant = Grant.objects.create(
            user=user, role=account.role.value, place=account.place, start=asof.today()
        )
        after = {"user": user.pk, "role": grant.role}
        audit.write(acting=None, verb="give role", what=grant, after=after, place=grant.place)
    return user


@public
@require_POST
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in as one of the demo's accounts, without a password."""
    if not settings.DEMO:
        raise Http404
    username = request.POST.get("username", "")
    if username not in {account.username for account in ACCOUNTS}:
        raise Http404
    user = get_object_or_404(User, username=username, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else settings.LOGIN_REDIRECT_URL)
