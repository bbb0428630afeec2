"""Every address of the site; each app lists its own, in Vietnamese."""

from __future__ import annotations

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from tinhgon_web.api.interface import api
from tinhgon_web.apparatus.views import show_document
from tinhgon_web.core.styleguide import show_styleguide

urlpatterns = [
    path("tong-quan/", include("tinhgon_web.reports.board.urls")),
    path("chuong-trinh/", include("tinhgon_web.work.urls")),
    path("so-ket/", include("tinhgon_web.reports.urls")),
    path("bo-may/", include("tinhgon_web.apparatus.urls")),
    path("bo-may/", include("tinhgon_web.doors.urls")),
    path("de-an/", include("tinhgon_web.schemes.urls")),
    path("van-ban/", include("tinhgon_web.documents.urls")),
    path("van-ban/<path:document>/", show_document, name="document"),
    path("nhap-du-lieu/", include("tinhgon_web.exchange.import_urls")),
    path("xuat-du-lieu/", include("tinhgon_web.exchange.export_urls")),
    path("cong-viec/", include("tinhgon_web.core.job_urls")),
    path("api/v1/", api.urls),
    path("du-lieu-mo/", include("tinhgon_web.api.urls")),
    path("dot-lay-y-kien/", include("tinhgon_web.consultation.urls")),
    path("lay-y-kien/", include("tinhgon_web.consultation.public_urls")),
    path("styleguide/", show_styleguide, name="styleguide"),
    path("tuy-chon/", include("tinhgon_web.core.urls")),
    path("nguoi-dung/", include("tinhgon_web.core.people.urls")),
    path("nhat-ky-he-thong/", include("tinhgon_web.core.auditing.urls")),
    path("tai-khoan/", include("tinhgon_web.core.account_urls")),
    path("tra-cuu/", include("tinhgon_web.portal.where.urls")),
    path("binh-luan/", include("tinhgon_web.desk.comment_urls")),
    path("dem/", include("tinhgon_web.desk.count_urls")),
    path("kiem-duyet/", include("tinhgon_web.desk.moderation_urls")),
    path("hoi-dap/", include("tinhgon_web.desk.hotline_urls")),
    path("duong-day-nong/", include("tinhgon_web.desk.ticket_urls")),
    path("tim-kiem/", include("tinhgon_web.portal.search.urls")),
    path("thu-vien/", include("tinhgon_web.portal.library_urls")),
    path("chuong-trinh-cong-khai/", include("tinhgon_web.portal.promised.urls")),
    path("de-an-cong-khai/", include("tinhgon_web.portal.consulted.urls")),
    path("", include("tinhgon_web.portal.urls")),
    path("bien-tap/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]

handler403 = "tinhgon_web.core.views.forbidden"
handler404 = "tinhgon_web.portal.views.missing.not_found"
handler500 = "tinhgon_web.core.views.broken"
