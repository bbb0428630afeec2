"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.portal.views import library

app_name = "library"
urlpatterns = [
    path("", library.show_documents, name="list"),
    path("tep-kem-bai/", library.show_enclosed, name="enclosed"),
    path("hinh-anh/", library.show_photos, name="photos"),
    path("phim/", library.show_films, name="films"),
    path("tep/<int:number>/", library.send_paper, name="file"),
    path("cong-bo/<int:number>/", library.switch_paper, name="switch"),
    path("van-ban/<path:document>/", library.show_document, name="document"),
]
